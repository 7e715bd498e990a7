"""OWN103 collective-owner."""

from collections.abc import Iterator
from typing import ClassVar

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, OwnerKind, Person, Severity, Task, Template
from retro.ports import Context
from retro_practices.owners import collectives, nobodys

_TEAM = OwnerKind.TEAM


class CollectiveOwner(BaseRule):
    """A task that a group owns.

    What it says:
        The owner of an open task is a team, a company, a mailbox or everybody: "Équipe design", "Marketing", "Agence",
        "contact@…", "Tout le monde". A supplier with a contact ("Léa – Studio Lumen") is an owner, and so is whoever
        the configuration lists among people. Words count whole: Marie Toussaint is not "tous".

    Why:
        One task, one owner: what everybody has, nobody has. A group may do the work; one person says when it is done.

    How to fix it in Notion:
        Put the person who answers for it in the owner column; the team or the supplier fits in a column of its own.

    How to fix it in Trello:
        Add the person who answers for it as a member of the card, instead of the shared account; a label can name the
        team or the supplier.
    """

    code: ClassVar[str] = "OWN103"
    name: ClassVar[str] = "collective-owner"
    french_name: ClassVar[str] = "responsable collectif"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("owned by a group, not by a person: {owner}")
    many: ClassVar[Template | None] = Template("owned by a group on {count} of {base} tasks")
    field: ClassVar[str | None] = "owners"

    good: ClassVar[tuple[Case, ...]] = (
        case("A person.", a_task("[Print] Flyer", owners=("Marie Toussaint",))),
        case(
            "A supplier, and whom to ask there.",
            a_task("[Print] Flyer", owners=("Léa – Studio Lumen",), text_owners=True),
            a_task("[Web] FAQ", owners=("Camille (Social)",), text_owners=True),
        ),
        case(
            "The configuration lists it among people.",
            a_task("[Print] Flyer", owners=("Studio Lumen",)),
            people=(Person(key="lumen", name="Studio Lumen"),),
        ),
        case("Somebody is there beside the team.", a_task("[Print] Flyer", owners=("Équipe design", "Léa Martin"))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A team.", a_task("[Print] Flyer", owners=("Équipe design",), text_owners=True)),
            on("[Print] Flyer", owner="Équipe design"),
        ),
        bad(
            case("Everybody is nobody.", a_task("[Print] Flyer", owners=("Tout le monde",), text_owners=True)),
            on("[Print] Flyer", owner="Tout le monde"),
        ),
        bad(
            case("A shared account.", a_task("[Print] Flyer", owners=("contact@lumen.example",))),
            on("[Print] Flyer", owner="contact@lumen.example"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks that are wanted and name anybody."""
        return (task for task in super().base(context) if task.owners)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for one person among those named."""
        people = frozenset(name for person in context.portfolio.people for name in _listed(person))
        nobody, groups = (
            context.derived(nobodys),
            {name for name in context.derived(collectives) if fold(name) not in people},
        )
        for task in self.base(context):
            for owner in task.owners:
                # Most tasks have a person: they are told by one look at each owner.
                if owner.name not in groups and owner.kind is not _TEAM and owner.name not in nobody:
                    break
            else:
                if named := [owner.name for owner in task.owners if owner.name not in nobody]:
                    yield self.on_task(task, {"owner": ", ".join(named)})


def _listed(person: Person) -> Iterator[str]:
    """The names of a person of the configuration: one whom a tool brought has that tool's key."""
    if person.key not in person.keys:
        yield from map(fold, (person.name, *person.aliases))
