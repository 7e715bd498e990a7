"""OWN101 no-owner."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.columns import told_by
from retro_practices.owners import nobodys

_PLACEHOLDER = Template("no owner yet (“{owner}”)")


class NoOwner(BaseRule):
    """A task that nobody owns.

    What it says:
        An open task has no owner, or words in the owner's place that name nobody: "TBD", "?", "à définir". Parents
        are judged too. Ideas need no owner yet.

    Why:
        One task, one owner: the person who makes it happen, even if others help. What belongs to everybody is done
        by nobody, and nobody sees it slip.

    How to fix it in Notion:
        Put one person in the row's person column ("Responsable", "Assigné à", "Owner").

    How to fix it in Trello:
        Open the card, choose Members, and add the one person who owns it.
    """

    code: ClassVar[str] = "OWN101"
    name: ClassVar[str] = "no-owner"
    french_name: ClassVar[str] = "sans responsable"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("no owner")
    templates: ClassVar[tuple[Template, ...]] = (_PLACEHOLDER,)
    many: ClassVar[Template | None] = Template("no owner on {count} of {base} tasks")
    field: ClassVar[str | None] = "owners"

    good: ClassVar[tuple[Case, ...]] = (
        case("Léa owns it.", a_task("[Print] Flyer", owners=("Léa Martin",))),
        case("An idea needs no owner.", a_task("Podcast", section="Idées", owners=())),
        case("What is done is done.", a_task("[Web] FAQ", section="Terminé", owners=())),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Nobody is on the card.", a_task("[Print] Flyer", owners=())), on("[Print] Flyer")),
        bad(
            case("Words that name nobody.", a_task("[Print] Flyer", owners=("à définir",), text_owners=True)),
            on("[Print] Flyer", owner="à définir"),
        ),
        bad(
            case(
                "A parent needs an owner too.",
                a_task("[Web] Site", owners=()),
                a_task("[Web] Home page", parent="trello:web-site"),
            ),
            on("[Web] Site"),
        ),
        bad(
            case(
                "A list that no word list knows: only information.", a_task("[Web] FAQ", section="Zone 51", owners=())
            ),
            on("[Web] FAQ", assumed=True),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks that are wanted, where there is any place for owners."""
        return told_by("owners", super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for anyone at all in the owners' place."""
        nobody = context.derived(nobodys)
        for task in self.base(context):
            if not task.owners:
                yield self.on_task(task)
            elif nobody and all(owner.name in nobody for owner in task.owners):
                words = ", ".join(owner.name for owner in task.owners)
                yield self.on_task(task, {"owner": words}, template=_PLACEHOLDER)
