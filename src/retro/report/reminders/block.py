"""One person's block: what to update before the meeting, what is due in its week, and what others wait for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, Owner, Task
from retro.report import wording
from retro.report.chat.message import Line, Run
from retro.report.untrusted import web_address
from retro.report.week import Mine, Weeks

_MOST_TASKS = 3
"""Of a list: a reminder is read on the way."""
_LONGEST_ADDRESS = 300
"""Characters: addresses of cards and pages have about a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one person is reminded of. All of it is as it will be at the meeting, if nothing is done."""

    mine: Mine
    lines: tuple[Line, ...]

    @property
    def owner(self) -> Owner:
        """Whom it is for."""
        return self.mine.owner


def blocks(assessment: Assessment, people: Iterable[Owner], meeting: datetime) -> tuple[Block, ...]:
    """The blocks of those who have something to see to, in the order of `people`; others are not written to."""
    weeks = Weeks.of(replace(assessment, now=meeting))
    today = assessment.now.astimezone(meeting.tzinfo).date()
    found = ((mine, tuple(_lines(mine, today))) for mine in map(weeks.week_of, people))
    return tuple(Block(mine=mine, lines=lines) for mine, lines in found if lines)


def _lines(mine: Mine, today: date) -> Iterator[Line]:
    """One line for each list that holds anything."""
    week = _("Due in the week of {date}", date=format_date(mine.week, Style.SHORT))
    for label, tasks in (
        (_("To update before the meeting"), [(each.task, each.day) for each in mine.late]),
        (week, [(each.task, each.day) for each in mine.due]),
        (_("Others wait for it"), [(each.task, each.day) for each in mine.asked]),
    ):
        if tasks:
            yield _line(label, tasks, today)


def _line(label: str, tasks: Sequence[tuple[Task, date | None]], today: date) -> Line:
    runs = [Run(_("{who}: {what}", who=label, what=""))]
    for number, (task, day) in enumerate(tasks[:_MOST_TASKS]):
        address = web_address(task.url)
        url = address if address is not None and len(address) <= _LONGEST_ADDRESS else None
        runs += [Run(" · ")] if number else []
        runs.append(Run(wording.short_title(task), url=url))
        runs += [Run(f" ({wording.when(day, today)})")] if day is not None else []
    if (more := len(tasks) - _MOST_TASKS) > 0:
        runs.append(Run(f" · {plural('{count} more', '{count} more', more)}"))
    return tuple(runs)
