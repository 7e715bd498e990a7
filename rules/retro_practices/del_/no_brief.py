"""DEL103 no-brief."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import Attachment, Category, CheckItem, Finding, Severity, Task, Template
from retro.ports import Capabilities, Context


class NoBrief(BaseRule):
    """Work under way on a card that holds nothing but its title.

    What it says:
        A task is under way, and its card has neither a description nor a checklist, an attachment, a link, a related
        page or a comment. What its parent says counts for its parts. Nothing is said where the tool does not show
        what is inside a card, nor of milestones and of tasks with parts of their own.

    Why:
        What is not written down is asked for again, or made twice. Three lines are enough: for whom, what for, in
        which format.

    How to fix it in Notion:
        Write the brief in the page, or put the link to it in a property.

    How to fix it in Trello:
        Write the brief in the card's description, or attach it.
    """

    code: ClassVar[str] = "DEL103"
    name: ClassVar[str] = "no-brief"
    french_name: ClassVar[str] = "sans brief"
    default: ClassVar[Severity] = Severity.INFO
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("under way without a brief: no description, checklist, link or attachment")
    many: ClassVar[Template | None] = Template("no brief on {count} of {base} tasks under way")
    field: ClassVar[str | None] = "description"

    good: ClassVar[tuple[Case, ...]] = (
        case("A description.", a_task("[Print] Flyer", section="À produire", description="A5, 500 exemplaires")),
        case(
            "An attachment.",
            a_task(
                "[Print] Flyer",
                section="À produire",
                description="",
                attachments=(Attachment("brief.pdf", "https://example.org/brief.pdf"),),
            ),
        ),
        case(
            "A checklist.",
            a_task("[Print] Flyer", section="À produire", description="", checklist=(CheckItem("1", "Recto"),)),
        ),
        case("Not begun.", a_task("[Print] Flyer", description="")),
        case("The card was not read.", a_task("[Print] Flyer", section="À produire")),
        case(
            "The tool does not show what is inside.",
            a_task("[Print] Flyer", section="À produire", description=""),
            capabilities={"equipe": Capabilities(bodies_read=False)},
        ),
        case(
            "The parent says it.",
            a_task("[Print] Flyer", section="À produire", description="A5, 500 exemplaires"),
            a_task("[Print] Maquette", section="À produire", description="", parent=key_of("[Print] Flyer")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("An empty card under way.", a_task("[Print] Flyer", section="À produire", description="")),
            on("[Print] Flyer"),
        ),
        bad(
            case("Blank is empty.", a_task("[Web] Page tarifs", section="À produire", description=" \n")),
            on("[Web] Page tarifs"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """The tasks under way whose card could be read."""
        return (
            task
            for task in super().base(context)
            if task.status.category is Category.DOING and task.description is not None
        )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look into each card."""
        for task in self.base(context):
            if _says_something(task) or task.milestone or task.key in context.parents:
                continue
            parent = context.tasks.get(task.parent) if task.parent is not None else None
            if (parent is None or not _says_something(parent)) and context.can(task).bodies_read:
                yield self.on_task(task)


def _says_something(task: Task) -> bool:
    """Whether a card holds more than its title, or its title itself is a link."""
    return bool(
        (task.description and task.description.strip())
        or task.checklist
        or task.attachments
        or task.comments
        or task.related
        or "://" in task.title
        or any("://" in text for text in task.extra.values())
    )
