"""DAT109 due-after-latest."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.calendars import Calendar
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_link, a_schedule, a_task, bad, case, on, planned
from retro.model import (
    BoardKind,
    Day,
    EstimateOrigin,
    Finding,
    Fix,
    Severity,
    Task,
    TaskSchedule,
    Template,
    as_date,
    is_instant,
)
from retro.ports import Context
from retro_practices.assumptions import DefaultWork
from retro_practices.launch_day import after_launch_day, on_launch_day
from retro_practices.planned_tasks import judged

_LATEST = datetime(2027, 2, 3, 17, tzinfo=ZONE)
_PLAN = a_schedule(planned("[Web] FAQ", latest=_LATEST))
_NEXT = a_task("[Web] Recette", due=date(2027, 2, 12))


class DueAfterLatest(BaseRule):
    """A task that is due later than the launch can wait for it.

    What it says:
        The due date of an open task lies after its latest finish, the last day on which it may end if all that comes
        after it is still to be ready for the end date. Even if every date on the board is kept, the end date is
        missed. The latest finish is proposed, while it is still to come. A date after the end date itself is another
        rule's business, unless links show that the launch waits for the task; so is what is overdue already.

    Why:
        Everybody may keep their own date and the launch still fails. Nobody sees that on a board, card by card: it
        takes the chain.

    How to fix it in Notion:
        Bring the row's date forward to the one proposed. If that cannot be, gain time after it: less work, tasks side
        by side, or a later launch, decided now.

    How to fix it in Trello:
        Bring the card's due date forward to the one proposed. If that cannot be, gain time after it: less work, tasks
        side by side, or a later launch, decided now.
    """

    code: ClassVar[str] = "DAT109"
    name: ClassVar[str] = "due-after-latest"
    french_name: ClassVar[str] = "attendue après sa fin au plus tard"
    default: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("due on {due}, and it has to end by {latest} for what comes after it")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are due after their latest finish")
    field: ClassVar[str | None] = "due"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    fixes: ClassVar[str] = "unsafe"

    good: ClassVar[tuple[Case, ...]] = (
        case("Due on the last possible day.", a_task("[Web] FAQ", due=date(2027, 2, 3)), schedule=_PLAN),
        case("After the launch, nothing is too late.", a_task("[Web] FAQ"), schedule=a_schedule(planned("[Web] FAQ"))),
        case(
            "Due on Saturday, with work until Friday evening: the same thing.",
            a_task("[Web] FAQ", due=date(2027, 2, 6)),
            schedule=a_schedule(planned("[Web] FAQ", latest=datetime(2027, 2, 5, 17, tzinfo=ZONE))),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Two days too late for what follows.", a_task("[Web] FAQ", due=date(2027, 2, 5)), schedule=_PLAN),
            on("[Web] FAQ", fix=date(2027, 2, 3), due=date(2027, 2, 5), latest=date(2027, 2, 3), late_minutes=840),
        ),
        bad(
            case(
                "Too late only by a duration that nobody gave: information.",
                a_task("[Web] FAQ", due=date(2027, 2, 5)),
                _NEXT,
                links=(a_link("[Web] FAQ", "[Web] Recette"),),
                schedule=a_schedule(
                    planned("[Web] FAQ", latest=_LATEST),
                    planned("[Web] Recette", work=2100, origin=EstimateOrigin.DEFAULT),
                ),
            ),
            on(
                "[Web] FAQ",
                fix=date(2027, 2, 3),
                due=date(2027, 2, 5),
                latest=date(2027, 2, 3),
                late_minutes=840,
                assumed=True,
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the day of each due date with that of its latest finish."""
        defaults, today, zone = context.derived(DefaultWork), context.today, context.zone
        launches, after = context.derived(on_launch_day), context.derived(after_launch_day)
        ends = {verdict.key: verdict.on(context.zone) for verdict in context.schedule.anchors}
        for task, dates, due in judged(self, context):
            if due is None or due < today or dates.latest_finish is None:
                continue
            if due <= (latest := as_date(dates.latest_finish, zone)):
                continue
            if task.key in after or (task.key in launches and _leads_to(task, context) <= after):
                continue
            if task.key not in context.successors and due > ends.get(dates.anchor or "", date.max):
                continue
            calendar = context.calendar_of(task)
            late = calendar.ordinal(_end(due, calendar)) - calendar.ordinal(_end(latest, calendar))
            if late > 0:
                yield self.on_task(
                    task,
                    {"due": due, "latest": latest, "late_minutes": late},
                    fix=_fix(task, dates, context),
                    assumed=defaults.behind_latest_finish(task, late),
                )


def _leads_to(task: Task, context: Context) -> set[str]:
    """What waits for a task."""
    return {link.successor for link in context.successors.get(task.key, ())}


def _end(day: date, calendar: Calendar) -> datetime:
    return calendar.last_minute(day)


def _fix(task: Task, dates: TaskSchedule, context: Context) -> Fix | None:
    """The latest finish, in the kind of date that the board holds, while it is still to come."""
    finish = dates.latest_finish
    if finish is None or context.day(finish) < context.today:
        return None
    if task.start is not None and context.day(task.start) > context.day(finish):
        return None
    new: Day = finish if task.due is not None and is_instant(task.due) else context.day(finish)
    return Fix(field="due", new=new)
