"""SRC101 unreadable-value."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Category, Finding, Severity, Task, Template
from retro.ports import Context

_BY_FIELD: Mapping[str, Template] = {
    "start": Template("unreadable start date: “{text}”"),
    "due": Template("unreadable due date: “{text}”"),
    "estimate": Template("unreadable estimate: “{text}”"),
    "percent": Template("unreadable percentage: “{text}”"),
    "owners": Template("unreadable owner: “{text}”"),
}


class UnreadableValue(BaseRule):
    """A cell that could not be read.

    What it says:
        A date, a number or a person on the board could not be read: "29nd", "TBC", 31/02/2027. The words are kept as
        they are, the plan goes on without the value, and the finding shows both the field and the words. Tasks that
        are done count too: their dates are facts of the plan.

    Why:
        What retro cannot read, most people misread too. Left alone, the task silently counts as undated or unestimated.

    How to fix it in Notion:
        Write a real date or number in the cell; better, make the column a date, a number or a person, so that nothing
        else fits in.

    How to fix it in Trello:
        Write a real date or number in the card's field; better, use Dates and Members, which hold nothing else.
    """

    code: ClassVar[str] = "SRC101"
    name: ClassVar[str] = "unreadable-value"
    french_name: ClassVar[str] = "valeur illisible"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("unreadable value in “{field}”: “{text}”")
    templates: ClassVar[tuple[Template, ...]] = tuple(_BY_FIELD.values())
    many: ClassVar[Template | None] = Template("unreadable values on {count} of {base} tasks")
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("Everything could be read.", a_task("[Print] Flyer")),
        case("An idea may hold anything.", a_task("Podcast", section="Idées", unreadable=(("due", "un jour"),))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("No such day.", a_task("[Print] Flyer", due=None, unreadable=(("due", "31/02/2027"),))),
            on("[Print] Flyer", detail="due", field="due", text="31/02/2027"),
        ),
        bad(
            case(
                "Two cells of one row.",
                a_task("[Web] FAQ", unreadable=(("estimate", "à voir"), ("actual_finish", "29nd"))),
            ),
            on("[Web] FAQ", detail="actual_finish", field="actual_finish", text="29nd"),
            on("[Web] FAQ", detail="estimate", field="estimate", text="à voir"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Every task that is counted, ideas and cancelled ones apart."""
        away = (Category.IDEA, Category.CANCELLED)
        return (task for task in context.portfolio.tasks if task.counts and task.status.category not in away)

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each value that a connector kept as words."""
        for task in self.base(context):
            for value in task.unreadable:
                facts = {"field": value.field, "text": value.text}
                yield self.on_task(task, facts, template=_BY_FIELD.get(value.field), detail=value.field)
