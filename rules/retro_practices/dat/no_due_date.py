"""DAT101 no-due-date."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_task, bad, case, key_of, on
from retro.model import EstimateOrigin, Finding, Fix, Schedule, Severity, Task, TaskSchedule, Template
from retro.ports import Context
from retro_practices.columns import told_by


class NoDueDate(BaseRule):
    """A task without a due date.

    What it says:
        An open task has no due date. Parents are judged too. Ideas need no date yet, and where a
        table has no column for it another rule says so once. Where the plan has an advised
        finish for it, that date is proposed.

    Why:
        Who does what, and by when: without the third part a task is a wish, and the calendar of the tool does not
        show it.

    How to fix it in Notion:
        Fill the date column ("Échéance", "Date", "Due") of the row.

    How to fix it in Trello:
        Open the card, choose Dates, and set a due date.
    """

    code: ClassVar[str] = "DAT101"
    name: ClassVar[str] = "no-due-date"
    french_name: ClassVar[str] = "sans échéance"
    default: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("no due date")
    many: ClassVar[Template | None] = Template("no due date on {count} of {base} tasks")
    field: ClassVar[str | None] = "due"
    fixes: ClassVar[str] = "unsafe"

    good: ClassVar[tuple[Case, ...]] = (
        case("It has a date.", a_task("[Print] Flyer", due=date(2027, 2, 1))),
        case("An idea needs no date.", a_task("Podcast", section="Idées", due=None)),
        case(
            "Words stand where the date should: another rule shows them.",
            a_task("[Print] Flyer", due=None, unreadable=(("due", "31/02/2027"),)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("By when?", a_task("[Print] Flyer", due=None)), on("[Print] Flyer")),
        bad(
            case(
                "The plan knows when it should be finished, and proposes that day.",
                a_task("[Print] Flyer", due=None),
                schedule=Schedule(
                    tasks={
                        key_of("[Print] Flyer"): TaskSchedule(
                            key=key_of("[Print] Flyer"),
                            estimate_minutes=420,
                            estimate_origin=EstimateOrigin.NUMBER,
                            advised_finish=datetime(2027, 2, 10, 17, tzinfo=ZONE),
                        )
                    }
                ),
            ),
            on("[Print] Flyer", fix=date(2027, 2, 10)),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks that are wanted, on boards that have a place for a due date."""
        return told_by("due", super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for a due date."""
        for task in self.base(context):
            if task.due is None and not any(value.field == "due" for value in task.unreadable):
                planned = context.schedule.tasks.get(task.key)
                advised = planned.advised_finish if planned else None
                yield self.on_task(task, fix=Fix(field="due", new=context.day(advised)) if advised else None)
