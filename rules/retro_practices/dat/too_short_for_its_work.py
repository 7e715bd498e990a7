"""DAT107 too-short-for-its-work."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.calendars import Calendar
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import Category, Day, EstimateOrigin, Finding, Severity, Task, Template
from retro.ports import Context

_JUDGED = frozenset({Category.TODO, Category.DOING})
_STATED = frozenset({EstimateOrigin.NUMBER, EstimateOrigin.POINTS, EstimateOrigin.SIZE})
_HOUR = 60

_DATED = a_task("[Web] FAQ", start=date(2027, 1, 25), due=date(2027, 1, 27))


class TooShortForItsWork(BaseRule):
    """A task whose dates leave less time than its work takes.

    What it says:
        From the start to the due date of an open task there are fewer working hours, on its owner's calendar, than
        its estimate asks for. Only an estimate that somebody gave is compared: a number, points or a size. Dates on
        days off alone are another rule's business.

    Why:
        The two cannot both be true: either it will be late, or somebody works at night, or the estimate is wrong.
        Whoever set the dates did not see how long it takes.

    How to fix it in Notion:
        Bring the start forward, move the due date, or correct the estimate; or make two rows of it, for two people.

    How to fix it in Trello:
        Bring the start forward, move the due date, or correct the estimate; or make two cards of it, for two people.
    """

    code: ClassVar[str] = "DAT107"
    name: ClassVar[str] = "too-short-for-its-work"
    french_name: ClassVar[str] = "trop courte pour son travail"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{work} h of work, and {hours} working hours from {start} to {due}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have dates too short for their work")
    field: ClassVar[str | None] = "due"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "start", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case("Three days for three days of work.", _DATED, schedule=a_schedule(planned("[Web] FAQ", work=1260))),
        case(
            "Nobody said how long it takes.",
            a_task("[Web] FAQ", start=date(2027, 1, 30), due=date(2027, 1, 31)),
            schedule=a_schedule(planned("[Web] FAQ", origin=EstimateOrigin.DEFAULT)),
        ),
        case("No start.", a_task("[Web] FAQ"), schedule=a_schedule(planned("[Web] FAQ", work=8400))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Five days of work in three.", _DATED, schedule=a_schedule(planned("[Web] FAQ", work=2100))),
            on(
                "[Web] FAQ",
                start=date(2027, 1, 25),
                due=date(2027, 1, 27),
                work=35.0,
                hours=21.0,
                work_minutes=2100,
                held_minutes=1260,
            ),
        ),
        bad(
            case(
                "Two hours of one morning for a day of work.",
                a_task(
                    "[Web] FAQ",
                    start=datetime(2027, 1, 25, 10, tzinfo=ZONE),
                    due=datetime(2027, 1, 25, 12, tzinfo=ZONE),
                ),
                schedule=a_schedule(planned("[Web] FAQ")),
            ),
            on(
                "[Web] FAQ",
                start=date(2027, 1, 25),
                due=date(2027, 1, 25),
                work=7.0,
                hours=2.0,
                work_minutes=420,
                held_minutes=120,
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks to do and under way with both dates, where people choose them."""
        computed = {board.key for board in context.portfolio.boards if board.begins is not None}
        return (
            task
            for task in super().base(context)
            if task.start is not None
            and task.due is not None
            and task.status.category in _JUDGED
            and task.board not in computed
        )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count the working minutes between the two dates on the owner's calendar."""
        for task in self.base(context):
            plan = context.schedule.tasks.get(task.key)
            if plan is None or task.start is None or task.due is None or plan.estimate_origin not in _STATED:
                continue
            calendar = context.calendar_of(task)
            held = _held(task.start, task.due, calendar)
            if not held and not calendar.is_working_day(context.day(task.due)):
                continue  # that it stands on a day off says more
            if 0 <= held < plan.estimate_minutes:
                yield self.on_task(task, _facts(task.start, task.due, plan.estimate_minutes, held, context))


def _facts(start: Day, due: Day, work: int, held: int, context: Context) -> dict[str, date | float | int]:
    return {
        "start": context.day(start),
        "due": context.day(due),
        "work": work / _HOUR,
        "hours": held / _HOUR,
        "work_minutes": work,
        "held_minutes": held,
    }


def _held(start: Day, due: Day, calendar: Calendar) -> int:
    """Working minutes from a start to a due date: a date is its first minute as one, its last as the other."""
    first = start if isinstance(start, datetime) else calendar.first_minute(start)
    last = due if isinstance(due, datetime) else calendar.last_minute(due)
    return calendar.minutes_between(first, last)
