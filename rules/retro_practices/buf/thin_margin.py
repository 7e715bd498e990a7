"""BUF101 thin-margin."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.calendars import Calendar
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import (
    BoardKind,
    Day,
    EstimateOrigin,
    Finding,
    Param,
    Schedule,
    Severity,
    Task,
    TaskSchedule,
    Template,
)
from retro.ports import Context
from retro_practices.assumptions import DefaultWork
from retro_practices.launch_day import after_launch_day, on_launch_day
from retro_practices.planned_tasks import judged

_QUARTER = 15
_CANNOT = Template("cannot end early enough to keep {percent} % of margin before {latest}, its latest finish")
_TOO_LATE = Template("due on {due}, after its latest finish of {latest}")
_CANNOT_AT_ALL = Template("cannot end by {latest}, its latest finish")


def _shown(earliest: datetime | None = None, *, margin: int = 210, origin: str = "number") -> Schedule:
    """A page of two and a half days of work, to be finished on Friday the 15th at the latest."""
    key = key_of("[Web] Landing page")
    planned = TaskSchedule(
        key=key,
        estimate_minutes=1050,
        estimate_origin=EstimateOrigin(origin),
        work_minutes=1050,
        earliest_finish=earliest,
        latest_finish=datetime(2027, 1, 15, 17, tzinfo=ZONE),
        margin_minutes=margin,
        critical=True,
    )
    return Schedule(tasks={key: planned})


def _both(earliest: datetime) -> Schedule:
    """The page, and its texts alike."""
    (page,) = _shown(earliest).tasks.values()
    texts = replace(page, key=key_of("[Web] Textes"))
    return Schedule(tasks={each.key: each for each in (page, texts)})


def _pooled(protects: int) -> Schedule:
    """The same where margins are pooled: what is left of the chain that the page ends, or 0 within one."""
    shown = _shown(margin=0)
    return Schedule(tasks={key: replace(each, protects_minutes=protects) for key, each in shown.tasks.items()})


def _page(due: date | None) -> Task:
    return a_task("[Web] Landing page", due=due)


class ThinMargin(BaseRule):
    """A critical task whose dates keep too little free before its latest finish.

    What it says:
        A task that carries a margin (it lies on the chain that decides the end date) is due later than its latest
        finish less `min` of its work, or, without a due date, cannot end by then. An error where it is later than the
        latest finish itself. Of a chain without dates the first such task is told; what is overdue is another rule's
        business, and what happens on the day of the launch is due that day. Where the plan would hold without durations
        that nobody gave, the finding is information only.

        Where margins are pooled (`margin_mode = "project"`), it is the last task of a chain that is to leave `min` of
        what is left of the whole chain; those before it are to be due by their latest finishes, no more.

    Why:
        Something always takes longer. A fifth of the work, kept free on the critical tasks, is what absorbs it; without
        it the first delay moves the launch.

    How to fix it in Notion:
        Bring the date of the row forward to the advised one, or gain time before it: less work, fewer waits, an
        earlier start.

    How to fix it in Trello:
        Bring the card's due date forward to the advised one, or gain time before it: less work, fewer waits, an
        earlier start.
    """

    code: ClassVar[str] = "BUF101"
    name: ClassVar[str] = "thin-margin"
    french_name: ClassVar[str] = "marge trop mince"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("due on {due}, at the latest on {latest}: less than {percent} % of margin")
    templates: ClassVar[tuple[Template, ...]] = (_CANNOT, _TOO_LATE, _CANNOT_AT_ALL)
    many: ClassVar[Template | None] = Template("too little margin on {count} of {base} tasks")
    field: ClassVar[str | None] = "due"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    min: float = Field(default=0.20, ge=0, description="The share of its work that is to stay free after the task.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Half a day is kept free.", _page(datetime(2027, 1, 15, 12, tzinfo=ZONE)), schedule=_shown()),
        case("Not critical: no margin is asked of it.", _page(date(2027, 1, 15)), schedule=_shown(margin=0)),
        case("Less is enough here.", _page(date(2027, 1, 15)), schedule=_shown(), options={"min": 0}),
        case(
            "What happens on the day is due on the day.",
            a_task("Landing page en ligne", due=date(2027, 1, 15), key=key_of("[Web] Landing page")),
            schedule=_shown(),
            end=date(2027, 1, 15),
        ),
        case("It is overdue: that says more.", _page(date(2027, 1, 8)), schedule=_shown(), options={"min": 3}),
        case("Within a chain whose margin is pooled.", _page(date(2027, 1, 15)), schedule=_pooled(0)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Due on the very last day.", _page(date(2027, 1, 15)), schedule=_shown()),
            on(
                "[Web] Landing page",
                due=date(2027, 1, 15),
                latest=date(2027, 1, 15),
                percent=20,
                left_minutes=0,
                wanted_minutes=210,
            ),
        ),
        bad(
            case("Due after it: an error.", _page(date(2027, 1, 18)), schedule=_shown()),
            on(
                "[Web] Landing page",
                due=date(2027, 1, 18),
                latest=date(2027, 1, 15),
                percent=20,
                left_minutes=-420,
                wanted_minutes=210,
            ),
        ),
        bad(
            case(
                "No date, and even the earliest end leaves too little.",
                _page(None),
                schedule=_shown(datetime(2027, 1, 15, 15, tzinfo=ZONE)),
            ),
            on("[Web] Landing page", latest=date(2027, 1, 15), percent=20, left_minutes=120, wanted_minutes=210),
        ),
        bad(
            case(
                "Of a chain without dates, the first one.",
                _page(None),
                a_task("[Web] Textes", due=None),
                links=(a_link("[Web] Textes", "[Web] Landing page"),),
                schedule=_both(datetime(2027, 1, 15, 15, tzinfo=ZONE)),
            ),
            on("[Web] Textes", latest=date(2027, 1, 15), percent=20, left_minutes=120, wanted_minutes=210),
        ),
        bad(
            case("The last of a chain of five days.", _page(date(2027, 1, 15)), schedule=_pooled(2100)),
            on(
                "[Web] Landing page",
                due=date(2027, 1, 15),
                latest=date(2027, 1, 15),
                percent=20,
                left_minutes=0,
                wanted_minutes=420,
            ),
        ),
        bad(
            case("Nobody estimated it: only information.", _page(date(2027, 1, 15)), schedule=_shown(origin="default")),
            on(
                "[Web] Landing page",
                assumed=True,
                due=date(2027, 1, 15),
                latest=date(2027, 1, 15),
                percent=20,
                left_minutes=0,
                wanted_minutes=210,
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the planned finish of each task that carries a margin with its latest one, on its own calendar."""
        defaults, today = context.derived(DefaultWork), context.today
        apart = context.derived(on_launch_day) | context.derived(after_launch_day)
        undated: dict[str, Finding] = {}
        known, margins = dict[int, tuple[_Ordinals, _Ordinals]](), _Margins(self.min)
        for task, planned, _due in judged(self, context):
            if planned.latest_finish is None or (protected := _protected(task, planned)) is None:
                continue
            calendar = context.calendar_of(task)
            # Apart, as boards and the schedule tell instants on two clocks: it takes long to see that such are equal.
            latest, ending = known.get(id(calendar)) or known.setdefault(id(calendar), _tables(calendar))
            # It ends when it is due, else as early as it can.
            ends = task.due or planned.earliest_finish
            if ends is None:
                continue
            left, wanted = latest[planned.latest_finish] - ending[ends], margins[protected]
            if left >= wanted or task.key in apart:
                continue
            if task.due is not None and context.day(task.due) < today:
                continue
            late = left < 0 and _is_late(task, planned, context)
            facts: dict[str, Param] = {
                "latest": context.day(planned.latest_finish),
                "percent": round(self.min * 100),
                "left_minutes": left,
                "wanted_minutes": wanted,
            }
            template = _CANNOT_AT_ALL if late else _CANNOT
            if task.due is not None:
                template = _TOO_LATE if late else self.template
                facts["due"] = context.day(task.due)
            found = self.on_task(
                task,
                facts,
                template=template,
                assumed=defaults.cause(task, short=wanted - left),
                severity=Severity.ERROR if late else None,
            )
            if task.due is not None:
                yield found
            else:
                undated[task.key] = found
        for key, found in undated.items():
            before = (undated.get(link.predecessor) for link in context.predecessors.get(key, ()))
            if not any(each is not None and (found.assumed or not each.assumed) for each in before):
                yield found


def _is_late(task: Task, planned: TaskSchedule, context: Context) -> bool:
    """Whether what ends after its latest finish is told as too late: by days, or without a due date of its own.

    Where only default durations after it make it so, too little margin is all that is sure.
    """
    if task.due is None or planned.latest_finish is None:
        return True
    due, latest, calendar = context.day(task.due), context.day(planned.latest_finish), context.calendar_of(task)
    days = calendar.ordinal(calendar.last_minute(due)) - calendar.ordinal(calendar.last_minute(latest))
    if days <= 0:
        return False
    nobodys = planned.estimate_origin is EstimateOrigin.DEFAULT
    return nobodys or not context.derived(DefaultWork).behind_latest_finish(task, days)


def _protected(task: Task, planned: TaskSchedule) -> int | None:
    """The work that the margin after a task is a share of; None: it carries none."""
    if planned.protects_minutes is not None:
        # Within a pooled chain what cannot be in time is told of its last task; a date that someone set is theirs.
        return planned.protects_minutes if planned.protects_minutes or task.due is not None else None
    return planned.work_minutes if planned.margin_minutes else None


class _Margins(dict[int, int]):
    """The margin asked for some work in minutes, rounded up to a quarter of an hour as the schedule rounds it."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def __missing__(self, work: int) -> int:
        found = self[work] = int(-(-round(work * self._share, 3) // _QUARTER)) * _QUARTER
        return found


def _tables(calendar: Calendar) -> tuple["_Ordinals", "_Ordinals"]:
    return _Ordinals(calendar), _Ordinals(calendar)


class _Ordinals(dict[Day, int]):
    """Ends as ordinals of one calendar: an instant, or the last minute of a day. Tasks share them by the thousand."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self._calendar = calendar

    def __missing__(self, day: Day) -> int:
        calendar = self._calendar
        found = self[day] = calendar.ordinal(day if isinstance(day, datetime) else calendar.last_minute(day))
        return found
