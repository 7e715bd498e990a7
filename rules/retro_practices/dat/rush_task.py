"""DAT111 rush-task."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import EstimateOrigin, Finding, History, Severity, Task, Template
from retro.ports import Context
from retro_practices.planned_tasks import judged

_MONTH = 30
"""Days off, at most, that are looked for between the creation of a task and its due date."""


def _created(title: str, on_: datetime, due: date | datetime) -> Task:
    return replace(a_task(title, due=due), created=on_)


_MONDAY = datetime(2027, 1, 11, 8, 30, tzinfo=ZONE)


class RushTask(BaseRule):
    """A task that was asked for when its time was already short.

    What it says:
        An open task was created less than its duration before its due date: five days of work, asked for on Monday
        for Wednesday; or anything at all "for this afternoon". The day on which it was created counts as a whole. A
        duration that nobody gave makes the finding an assumption. The time at which a task was created is the tool's
        own. Nothing is said of boards given as files, and of tasks that were only written down after they were due.

    Why:
        What is asked for at the last minute pushes something else aside. One is an emergency; when the debrief counts
        twenty, the plan lacks a step in which needs are gathered.

    How to fix it in Notion:
        Give it a date that leaves time for it, or say on the row what may slip in its place.

    How to fix it in Trello:
        Give it a date that leaves time for it, or say on the card what may slip in its place.
    """

    code: ClassVar[str] = "DAT111"
    name: ClassVar[str] = "rush-task"
    french_name: ClassVar[str] = "demande de dernière minute"
    default: ClassVar[Severity] = Severity.INFO
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template("asked for on {created} and due on {due}: less than the time it takes")
    field: ClassVar[str | None] = "due"

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Two days of work, asked for on Monday for Wednesday.",
            _created("[Print] Flyer", _MONDAY, date(2027, 1, 13)),
            schedule=a_schedule(planned("[Print] Flyer", work=840)),
            history=History(),
        ),
        case(
            "Written down once it was over.",
            _created("[Print] Flyer", _MONDAY, date(2027, 1, 6)),
            schedule=a_schedule(planned("[Print] Flyer")),
            history=History(),
        ),
        case(
            "A file: nothing is remembered of it.",
            _created("[Print] Flyer", _MONDAY, date(2027, 1, 12)),
            schedule=a_schedule(planned("[Print] Flyer", work=2100)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Five days of work, asked for on Monday for Wednesday.",
                _created("[Print] Flyer", _MONDAY, date(2027, 1, 13)),
                schedule=a_schedule(planned("[Print] Flyer", work=2100)),
                history=History(),
            ),
            on("[Print] Flyer", created=date(2027, 1, 11), due=date(2027, 1, 13)),
        ),
        bad(
            case(
                "For this afternoon; nobody said how long it takes.",
                _created("[Social] Post", _MONDAY, datetime(2027, 1, 11, 15, tzinfo=ZONE)),
                schedule=a_schedule(planned("[Social] Post", origin=EstimateOrigin.DEFAULT)),
                history=History(),
            ),
            on("[Social] Post", created=date(2027, 1, 11), due=date(2027, 1, 11), assumed=True),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the working time from a task's creation to its due date with its duration."""
        if context.history is None:
            return
        day_minutes, parents = max(context.calendar.day_minutes, 1), context.parents
        for task, planned_, _due in judged(self, context):
            if task.created is None or task.due is None or task.key in parents:
                continue
            apart = task.due.toordinal() - task.created.toordinal()
            if apart < -1 or apart > 2 * planned_.estimate_minutes // day_minutes + _MONTH:
                continue
            created, due = context.day(task.created), context.day(task.due)
            if created > due:
                continue
            calendar = context.calendar_of(task)
            end = task.due if isinstance(task.due, datetime) else calendar.last_minute(due)
            if calendar.minutes_between(_midnight(created, context), end) < planned_.estimate_minutes:
                yield self.on_task(
                    task,
                    {"created": created, "due": due},
                    assumed=planned_.estimate_origin is EstimateOrigin.DEFAULT,
                )


def _midnight(day: date, context: Context) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=context.zone)
