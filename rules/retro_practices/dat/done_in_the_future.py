"""DAT106 done-in-the-future."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import NOW, ZONE, Bad, Case, a_task, bad, case, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context

_FINISHED = Template("really finished on {date}, which is still to come")
_BEGUN = Template("really begun on {date}, which is still to come")
_DONE = a_task("[Web] FAQ", section="Terminé")


class DoneInTheFuture(BaseRule):
    """A task that is told to have been done, or begun, on a day that is still to come.

    What it says:
        The day on which a task was completed, or the real start or end in a column of its own, lies after today. An
        hour of today is fine.

    Why:
        What really happened is in the past. A real date in the future is a plan in the wrong column, or a year
        mistyped, and every comparison of plan and reality rests on it.

    How to fix it in Notion:
        Correct the real date ("Fin réelle", "Actual end") of the row, or move it to the column of planned dates.

    How to fix it in Trello:
        Correct the custom field that holds the real date; the tick of a due date is dated by Trello itself.
    """

    code: ClassVar[str] = "DAT106"
    name: ClassVar[str] = "done-in-the-future"
    french_name: ClassVar[str] = "terminée dans le futur"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("completed on {date}, which is still to come")
    templates: ClassVar[tuple[Template, ...]] = (_FINISHED, _BEGUN)
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have a real date that is still to come")
    field: ClassVar[str | None] = "actual_finish"
    rests_on: ClassVar[frozenset[str]] = frozenset({"actual_start", "actual_finish"})

    good: ClassVar[tuple[Case, ...]] = (
        case("Finished on Friday.", replace(_DONE, actual_finish=date(2027, 1, 8))),
        case("Completed this afternoon, says a clock that is ahead.", replace(_DONE, completed=NOW.replace(hour=15))),
        case("Done before its due date.", _DONE),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A year mistyped.", replace(_DONE, actual_finish=date(2028, 1, 8))),
            on("[Web] FAQ", detail="actual_finish", date=date(2028, 1, 8)),
        ),
        bad(
            case("To do, and begun next week.", replace(a_task("[Web] FAQ"), actual_start=date(2027, 1, 18))),
            on("[Web] FAQ", detail="actual_start", date=date(2027, 1, 18)),
        ),
        bad(
            case("Ticked tomorrow.", replace(_DONE, completed=datetime(2027, 1, 12, 9, tzinfo=ZONE))),
            on("[Web] FAQ", detail="completed", date=date(2027, 1, 12)),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Every task that is counted, done or not, and has a date of what really happened."""
        return (task for task in context.counted if task.actual_finish or task.completed or task.actual_start)

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare what is told to have happened with today; one finding a task, its end before its start."""
        today = context.today
        for task in self.base(context):
            told = (
                ("actual_finish", task.actual_finish, _FINISHED),
                ("completed", task.completed, self.template),
                ("actual_start", task.actual_start, _BEGUN),
            )
            for name, day, template in told:
                if day is not None and context.day(day) > today:
                    yield self.on_task(task, {"date": context.day(day)}, template=template, detail=name)
                    break
