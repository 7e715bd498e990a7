"""The rows of one project's timeline at the terminal: what is open, and what was done lately."""

import heapq
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import format_date, plural
from retro.model import Assessment, Category, Project, Task, as_date
from retro.report import wording
from retro.report.bars import Bar, bar
from retro.report.slips import signed
from retro.report.terminal_timeline import Strip

_LATELY = timedelta(days=7)
"""Before the week of today: what was done since stands among what is open."""


def project_strips(
    project: Project, tasks: Mapping[str, Task], late: AbstractSet[str], assessment: Assessment, *, most: int
) -> tuple[list[Strip], list[str]]:
    """The rows in the order of their dates, about `most` of them, and sentences that count what is left out.

    Each has its owners, how far it has slipped (where a baseline is shown) and its latest date. Where there are too
    many, what is late stands, then what is under way, then what comes next.
    """
    zone = ZoneInfo(assessment.zone_name)
    today = as_date(assessment.now, zone)
    since = today - timedelta(days=today.weekday()) - _LATELY
    members = [tasks[key] for key in project.tasks if key in tasks]
    shown = [task for task in members if task.counts and task.status.category not in _ASIDE]
    planned = assessment.schedule.tasks
    bars = [(bar(each, planned.get(each.key), late=each.key in late, today=today, zone=zone), each) for each in shown]
    known = [(drawn, task) for drawn, task in bars if drawn is not None]
    rows = [each for each in known if each[0].tone != "done" or each[0].finish >= since]
    most += len(rows) == most + 1  # the last one takes no more room than the line that would count it
    shown_rows = heapq.nsmallest(most, rows, key=lambda each: (_urgency(each[0], today), *_in_order(each)))
    shown_rows.sort(key=_in_order)
    slips = assessment.slippage
    moved = {each.key: each.moved for each in slips.tasks} if slips is not None else {}
    agreed = slips.planned if slips is not None else {}

    def strip(drawn: Bar, task: Task) -> Strip:
        plan = planned.get(task.key)
        latest = plan.latest_finish if plan is not None and drawn.tone != "done" else None
        slip = (signed(moved.get(task.key)),) if slips is not None else ()
        return Strip(
            title=wording.title(task),
            bar=drawn,
            cells=(wording.names(task), *slip, "" if latest is None else format_date(as_date(latest, zone))),
            bold=plan is not None and plan.critical,
            agreed=agreed.get(task.key),
        )

    more, over, undated = len(rows) - len(shown_rows), len(known) - len(rows), len(shown) - len(known)
    sentences = (
        (more, plural("… and {count} more task: `retro schedule`", "… and {count} more tasks: `retro schedule`", more)),
        (over, plural("{count} task is done and not drawn.", "{count} tasks are done and not drawn.", over)),
        (
            undated,
            plural(
                "{count} task has no dates and is not drawn.",
                "{count} tasks have no dates and are not drawn.",
                undated,
            ),
        ),
    )
    return [strip(drawn, task) for drawn, task in shown_rows], [said for count, said in sentences if count > 0]


def _urgency(drawn: Bar, today: date) -> int:
    """What is late comes before what is under way, then what comes next; what is neither, and long gone, comes last."""
    to_come = len(_URGENT)
    return _URGENT.get(drawn.tone, to_come if drawn.finish >= today else to_come + 1)


def _in_order(row: tuple[Bar, Task]) -> tuple[date, date, str, str]:
    drawn, task = row
    return drawn.start, drawn.finish, task.title, task.key


_ASIDE = (Category.IDEA, Category.CANCELLED)
_URGENT = {"late": 0, "doing": 1}
