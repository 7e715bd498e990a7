"""The critical chain of each project that misses its date or only just makes it, and what can be done about it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, ChainStep, Task
from retro.report import wording
from retro.report.bars import Bar, bar
from retro.report.chain import step_notes
from retro.report.html.facets import Facets
from retro.report.html.timeline import FUTURE
from retro.report.meeting.pen import PLAIN
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable, web_address

MOST = 12
"""Projects whose chain is shown, the worst first."""

MOST_OPEN = 3
"""Those of them that stand open."""

_FIRST, _LAST = 12, 4
"""Tasks of a long chain that are shown: where it begins, and where it ends."""

_NEVER = (date.max, date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One task of a chain. `before` tells how long it is after the one before it, where no link asks for that."""

    title: str = ""
    url: str | None = None
    who: str = ""
    dates: str = ""
    tone: str = ""
    before: str = ""
    notes: str = ""
    left_out: str = ""
    """Said in the place of tasks in the middle that are not shown; then the rest is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One project: what its date hangs on, task by task, and the ways out with what each gains."""

    facets: str
    name: str
    tone: str
    verdict: str
    end: str
    unfolded: bool
    steps: tuple[Step, ...]
    levers: tuple[str, ...]
    crowded: str


def chains(
    assessment: Assessment, found: list[Outlook], late: frozenset[str], facets: Facets
) -> tuple[tuple[Chain, ...], int]:
    """The chains, worst first, and how many projects more are missed or tight."""
    drawer = _Drawer(assessment, late, facets)
    told = [outlook for outlook in found if outlook.prospect in (Prospect.MISSED, Prospect.TIGHT)]
    drawn = [chain for outlook in told[:MOST] if (chain := drawer.chain(outlook)) is not None]
    return tuple(drawn), max(0, len(told) - MOST)


class _Drawer:
    """What the chains of one page share."""

    def __init__(self, assessment: Assessment, late: frozenset[str], facets: Facets) -> None:
        self._assessment, self._late, self._facets = assessment, late, facets
        self._zone = ZoneInfo(assessment.zone_name)
        self._today = assessment.now.astimezone(self._zone).date()
        self._tasks = named(assessment.portfolio.tasks)
        self._people = {person.key: person.name for person in assessment.portfolio.people}
        self._critical: dict[str, list[str]] = defaultdict(list)
        for key, planned in assessment.schedule.tasks.items():
            if planned.critical and planned.anchor is not None and key in self._tasks and self._tasks[key].is_open:
                self._critical[planned.anchor].append(key)
        self._open_left = MOST_OPEN

    def chain(self, outlook: Outlook) -> Chain | None:
        """The chain of one project; None where its tasks are not known."""
        anchor = outlook.anchor
        if anchor is None:
            return None
        steps = tuple(self._steps(anchor))
        if not steps:
            return None
        self._open_left -= 1
        return Chain(
            facets=self._facets.of_project(outlook.project, self._tasks),
            name=printable(outlook.project.name),
            tone="late" if outlook.prospect is Prospect.MISSED else "doing",
            verdict=wording.verdict(outlook, self._assessment.day_minutes),
            end=_("{anchor} on {date}", anchor=printable(anchor.name), date=format_date(outlook.day, Style.LONG))
            if outlook.day
            else printable(anchor.name),
            unfolded=self._open_left >= 0,
            steps=steps,
            levers=tuple(wording.levers(anchor, self._tasks, self._assessment.day_minutes, wording.title)),
            crowded=wording.crowded(outlook.crowded, self._tasks),
        )

    def _steps(self, anchor: AnchorVerdict) -> Iterator[Step]:
        """What holds a missed date up; for one that is met, the tasks without room, in their order."""
        steps = [step for step in anchor.steps if step.task in self._tasks]
        steps = steps or [ChainStep(task=key) for key in anchor.chain if key in self._tasks]
        known = [(step, self._bar(self._tasks[step.task])) for step in steps]
        if not known:
            loose = [(ChainStep(task=key), self._bar(self._tasks[key])) for key in self._critical[anchor.key]]
            known = sorted(loose, key=lambda each: (each[1].start, each[1].finish) if each[1] else _NEVER)
        left_out = len(known) - _FIRST - _LAST
        before: Bar | None = None
        for number, (step, drawn) in enumerate(known):
            if left_out > 1 and number == _FIRST:
                yield Step(left_out=plural("… {count} more task …", "… {count} more tasks …", left_out))
            if left_out <= 1 or number < _FIRST or number >= len(known) - _LAST:
                yield self._step(step, drawn, before)
            before = drawn

    def _step(self, step: ChainStep, drawn: Bar | None, before: Bar | None) -> Step:
        task = self._tasks[step.task]
        return Step(
            title=wording.title(task),
            url=web_address(task.url),
            who=PLAIN.owners(task),
            dates="" if drawn is None else _days(drawn),
            tone=drawn.tone if drawn is not None else "",
            before=self._between(before.finish, drawn.start)
            if before is not None and drawn is not None and not step.lag_minutes
            else "",
            notes=", ".join(step_notes(step, task, self._people, self._assessment.day_minutes)),
        )

    def _bar(self, task: Task) -> Bar | None:
        planned = self._assessment.schedule.tasks.get(task.key)
        return bar(task, planned, late=task.key in self._late, today=self._today, zone=self._zone)

    def _between(self, finish: date, start: date) -> str:
        """The working days that lie between two tasks; "" where there are none, or years of them."""
        if start - finish > FUTURE:
            return ""
        days = (finish + timedelta(days=ahead) for ahead in range(1, (start - finish).days))
        idle = sum(bool(self._assessment.work_minutes(None, day)) for day in days)
        return plural("{count} working day between", "{count} working days between", idle) if idle else ""


def _days(drawn: Bar) -> str:
    """From when to when; one day stands once."""
    first, last = format_date(drawn.start), format_date(drawn.finish)
    return first if first == last else f"{first} → {last}"
