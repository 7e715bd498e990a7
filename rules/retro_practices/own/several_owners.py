"""OWN102 several-owners."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from retro.i18n.words import fold, says_no_owner
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, OwnerKind, Person, Severity, Task, Template
from retro.ports import Capabilities, Context
from retro_practices.owners import is_collective, names_in, reversed_names


class SeveralOwners(BaseRule):
    """A task with more than one owner.

    What it says:
        An open task names two people or more, as members or in words ("Julie & Karim"). "Durand, Camille" is one
        person, by the list of people or by a usual given name behind the comma; so is "Léa, studio Lumen". With
        `pilot = "first"` the first one named is the owner and the rule is silent; it also is where the tool allows one
        owner only. Several groups and nobody else are another rule's business.

    Why:
        One task, one owner: with two, each thinks that the other one has it. Helpers belong in the description, in
        comments or on their own task.

    How to fix it in Notion:
        Keep one person in the owner column; put the others in a second column ("Contributeurs", "Helpers"), or give
        each their own row.

    How to fix it in Trello:
        Keep one member on the card. Others follow it with Watch, or get their own card for their part.
    """

    code: ClassVar[str] = "OWN102"
    name: ClassVar[str] = "several-owners"
    french_name: ClassVar[str] = "plusieurs responsables"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("several owners: {owners}")
    many: ClassVar[Template | None] = Template("several owners on {count} of {base} tasks")
    field: ClassVar[str | None] = "owners"

    pilot: Literal["none", "first"] = Field(
        default="none", description="first: the first one named is the owner, the others help; nothing is said."
    )

    good: ClassVar[tuple[Case, ...]] = (
        case("One owner.", a_task("[Print] Flyer", owners=("Léa Martin",))),
        case(
            "Last name first, as the list of people knows her.",
            a_task("[Print] Flyer", owners=("Durand, Camille",), text_owners=True),
            people=(Person(key="camille", name="Camille Durand"),),
        ),
        case(
            "The first one named is the pilot.",
            a_task("[Print] Flyer", owners=("Léa Martin", "Karim Benali")),
            options={"pilot": "first"},
        ),
        case(
            "A tool that holds one owner only.",
            a_task("[Print] Flyer", owners=("Léa Martin", "Karim Benali")),
            capabilities={"equipe": Capabilities(most_owners=1)},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Two members on one card.", a_task("[Print] Flyer", owners=("Léa Martin", "Karim Benali"))),
            on("[Print] Flyer", owners=("Léa Martin", "Karim Benali")),
        ),
        bad(
            case("Two names in one cell.", a_task("[Print] Flyer", owners=("Julie & Karim",), text_owners=True)),
            on("[Print] Flyer", owners=("Julie", "Karim")),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count the people whom a task names."""
        if self.pilot == "first":
            return
        known = frozenset(name for person in context.portfolio.people for name in _names(person))
        text = OwnerKind.TEXT
        for task in self.base(context):
            owners_ = task.owners
            if not owners_ or (len(owners_) == 1 and owners_[0].kind is not text) or context.can(task).most_owners == 1:
                continue
            owners = _people(task, known)
            if len(owners) > 1 and not all(map(is_collective, owners)):
                yield self.on_task(task, {"owners": owners})


def _people(task: Task, known: frozenset[str]) -> tuple[str, ...]:
    """Everybody whom the owners' place names, once each, in the order of the board."""
    named: dict[str, str] = {}
    for owner in task.owners:
        if owner.kind is OwnerKind.TEXT:
            for name in names_in(owner.name, known):
                named.setdefault(fold(name), name)
        elif not says_no_owner(owner.name):
            named.setdefault(owner.key, owner.name)
    return tuple(named.values())


def _names(person: Person) -> Iterator[str]:
    """How a person may be written: name and aliases, and the name with its last word or words first."""
    for name in (person.name, *person.aliases):
        yield fold(name)
    yield from reversed_names(person.name)
