"""OWN104 unknown-owner."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold, says_no_owner
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, Owner, OwnerKind, Person, Severity, Template
from retro.ports import Context
from retro_practices.owners import has_group, is_collective, names_in, reversed_names

_NEAR = Template("in no list of people: {owner} ({name}?)")
_GONE = Template("owned by somebody who has left: {owner}")
_ID = re.compile(r"[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What a tool leaves of somebody whom it no longer names."""
_ID_LENGTHS = (24, 36)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ALIKE = 0.85


class UnknownOwner(BaseRule):
    """A task owned by somebody who has left, or whom nobody knows.

    What it says:
        The owner of an open task has a closed account, is no longer a member of the board, or is only an id any more.
        Or the owner is a name typed by hand that is in no list: neither under [people] in retro.toml nor among the
        members of a tool; near one of them, that one is proposed. Names are only held against a list that knows half
        of them (`known`): a few people in retro.toml for their leave are no list of the team. Groups, suppliers and
        placeholders are the business of other rules.

    Why:
        Nobody works on it, and everybody thinks that somebody does. A name that is not matched has no calendar: no
        leave, no part time, no load.

    How to fix it in Notion:
        Give the row to somebody of the workspace. If the name is right, add it under [people] in retro.toml, as a
        name or as one of the `aliases`.

    How to fix it in Trello:
        Give the card to a member of the board. If the name is right, add it under [people] in retro.toml, as a name
        or as one of the `aliases`.
    """

    code: ClassVar[str] = "OWN104"
    name: ClassVar[str] = "unknown-owner"
    french_name: ClassVar[str] = "responsable inconnu"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("in no list of people: {owner}")
    templates: ClassVar[tuple[Template, ...]] = (_NEAR, _GONE)
    many: ClassVar[Template | None] = Template("unknown owner on {count} of {base} tasks")
    field: ClassVar[str | None] = "owners"

    known: float = Field(
        default=0.5, ge=0, le=1, description="The part of the typed names that a list of people has to know to count."
    )

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "The list knows her, last name first or not.",
            a_task("[Print] Flyer", owners=("Durand, Camille",), text_owners=True),
            people=(Person(key="camille", name="Camille Durand"),),
        ),
        case("There is no list.", a_task("[Print] Flyer", owners=("Camille Durand",), text_owners=True)),
        case(
            "One person is listed for her leave: no list of the team.",
            a_task("[Print] Flyer", owners=("Karim Benali",), text_owners=True),
            a_task("[Web] FAQ", owners=("Nora Petit",), text_owners=True),
            people=(Person(key="camille", name="Camille Durand"),),
        ),
        case(
            "A supplier's contact, a group, nobody.",
            a_task("[Web] Blog", owners=("Camille Durand",), text_owners=True),
            a_task("[Print] Flyer", owners=("Léa – Studio Lumen",), text_owners=True),
            a_task("[Print] Affiche", owners=("Agence Lumen",), text_owners=True),
            a_task("[Web] FAQ", owners=("TBD",), text_owners=True),
            people=(Person(key="camille", name="Camille Durand"),),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Somebody who has left the board.",
                a_task("[Print] Flyer", owners=("Karim Benali",)),
                people=(Person(key="karim benali", name="Karim Benali", keys=("karim benali",), left=True),),
            ),
            on("[Print] Flyer", owner="Karim Benali"),
        ),
        bad(
            case(
                "A typing error, and a name that nobody knows.",
                a_task("[Web] Blog", owners=("Camille Durand",), text_owners=True),
                a_task("[Web] Page tarifs", owners=("Léa Martin",), text_owners=True),
                a_task("[Print] Flyer", owners=("Camile Durand",), text_owners=True),
                a_task("[Web] FAQ", owners=("Nora Petit",), text_owners=True),
                people=(Person(key="camille", name="Camille Durand"), Person(key="lea", name="Léa Martin")),
            ),
            on("[Print] Flyer", owner="Camile Durand", name="Camille Durand"),
            on("[Web] FAQ", owner="Nora Petit"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look up the owners of each task among the people who are known."""
        people = context.derived(_known)
        strangers = _strangers(context, people, self.known) if people.listed else frozenset[Owner]()
        for task in self.base(context):
            for owner in task.owners:
                if owner.key in people.left or (len(owner.name) in _ID_LENGTHS and _ID.fullmatch(owner.name)):
                    yield self.on_task(task, {"owner": owner.name}, template=_GONE, detail=_detail(task.owners, owner))
                elif strangers and owner in strangers:
                    near = people.near(owner.name)
                    facts = {"owner": owner.name, "name": near} if near else {"owner": owner.name}
                    template = _NEAR if near else self.template
                    yield self.on_task(task, facts, template=template, detail=_detail(task.owners, owner))


@dataclass(frozen=True, slots=True)
class _Known:
    """Who is known: keys of the people of the configuration and of the tools, names as people may be written."""

    keys: frozenset[str]
    names: Mapping[str, str]
    """Names by their folded form."""
    left: frozenset[str]
    listed: bool
    """Whether the configuration lists people."""

    def is_typed(self, owner: Owner) -> bool:
        """Whether an owner is one name typed by hand, of one person who may be in a list."""
        if owner.kind is OwnerKind.TEAM or owner.key in self.keys or not _made_of(owner):
            return False
        name = owner.name
        return not (says_no_owner(name) or is_collective(name) or has_group(name) or len(names_in(name)) > 1)

    def knows(self, name: str) -> bool:
        """Whether a name is somebody's, what stands in brackets and the domain of an address aside."""
        plain = fold(name)
        bare = fold(_ASIDE.sub(" ", name))
        if "@" in plain:
            bare = " ".join(re.findall(r"[^\W\d_]+", plain.split("@", 1)[0]))
        return plain in self.names or bare in self.names

    def near(self, name: str) -> str | None:
        """The one name that was meant: misspelt, or given by its first word only."""
        plain = fold(_ASIDE.sub(" ", name))
        if found := get_close_matches(plain, list(self.names), n=1, cutoff=_ALIKE):
            return self.names[found[0]]
        begin = {whole for known, whole in self.names.items() if known.split()[0] == plain}
        return begin.pop() if len(begin) == 1 else None


def _strangers(context: Context, people: _Known, least: float) -> frozenset[Owner]:
    """The typed owners whom the list does not know, if it knows at least that part of all of them."""
    typed = {owner for owner in {each for task in context.wanted for each in task.owners} if people.is_typed(owner)}
    unknown = frozenset(owner for owner in typed if not people.knows(owner.name))
    return unknown if len(unknown) <= (1 - least) * len(typed) else frozenset()


def _known(context: Context) -> _Known:
    people = context.portfolio.people
    listed = [person for person in people if person.key not in person.keys]
    names: dict[str, str] = {}
    for person in people:
        if person.key not in person.keys or not _typed_key(person):
            for each in (person.name, *person.aliases):
                if plain := fold(each):
                    names.setdefault(plain, person.name)
            for each in reversed_names(person.name):
                names.setdefault(each, person.name)
    return _Known(
        keys=frozenset(person.key for person in listed),
        names=names,
        left=frozenset(person.key for person in people if person.left),
        listed=bool(listed),
    )


def _typed_key(person: Person) -> bool:
    """Whether a person is known by nothing but a name that somebody typed."""
    return all(key.endswith(fold(person.name)) for key in person.keys)


def _made_of(owner: Owner) -> bool:
    """Whether an owner's key is made of the name: the tool has no account of that person."""
    return owner.kind is OwnerKind.TEXT or owner.key.endswith(fold(owner.name))


def _detail(owners: tuple[Owner, ...], owner: Owner) -> str:
    """Whom a finding is about, where a task has several owners."""
    return owner.key if len(owners) > 1 else ""
