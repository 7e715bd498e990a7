"""OWN104, and how many people a cell of text names."""

from dataclasses import replace

import pytest

from retro.lint.examples import a_task, case
from retro.model import Finding, Owner, OwnerKind, Person
from retro_practices.own.unknown_owner import UnknownOwner
from retro_practices.owners import names_in

TEAM = (Person(key="p1", name="Nadia Belkacem", aliases=("N. Belkacem",)), Person(key="p2", name="Hugo Ferrand"))
KNOWN = (
    a_task("[Web] A", owners=("Nadia Belkacem",), text_owners=True),
    a_task("[Web] B", owners=("Hugo Ferrand",), text_owners=True),
)


def judged(name: str, *, people: tuple[Person, ...] = TEAM) -> list[Finding]:
    """What the rule says of a task of that owner, among tasks of people whom the list knows."""
    task = a_task("[Print] Carte", owners=(name,), text_owners=True)
    return list(UnknownOwner().check(case("", *KNOWN, task, people=people).context()))


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Nadia Belkassem", "Nadia Belkacem"),
        ("Nadia", "Nadia Belkacem"),
        ("Oscar Lune", None),
        ("o.lune@orfeo.example", None),
    ],
)
def test_a_name_that_no_list_holds(name: str, near: str | None) -> None:
    """It is told, with the one it may be meant for."""
    (finding,) = judged(name)
    assert finding.params.get("name") == near


@pytest.mark.parametrize(
    "name",
    [
        "nadia belkacem",
        "Belkacem, Nadia",
        "N. Belkacem",
        "Nadia Belkacem (Print)",
        "nadia.belkacem@orfeo.example",
        "Studio Ficelle – Oscar",
        "Agence Ficelle",
        "Tout le monde",
        "?",
        "Oscar & Lila",
    ],
)
def test_who_is_known_or_another_rules_matter(name: str) -> None:
    """Names as people write them; suppliers, groups, nobody, and several in one cell."""
    assert judged(name) == []


def test_a_short_list_is_no_list_of_the_team() -> None:
    """Where it knows less than the asked share of the typed names, it judges nobody."""
    tasks = [a_task(f"[Web] {n}", owners=(name,), text_owners=True) for n, name in enumerate(["Ana B", "Bo C", "Cy D"])]
    one = case("", KNOWN[0], *tasks, people=TEAM).context()
    assert list(UnknownOwner().check(one)) == []
    assert len(list(UnknownOwner(known=0.25).check(one))) == 3


def test_an_account_of_a_tool_is_known_until_it_is_gone() -> None:
    """Members need no line in retro.toml; one who left, or is only an id, is told even without a list."""
    ids = ("5abbe4b7ddc1b351ef961414", "4f2c0000-0000-4000-8000-000000000000")
    owners = [
        Owner("trello:1", "Oscar Lune"),
        Owner("trello:2", "Lila Roc"),
        *(Owner(f"t:{each}", each) for each in ids),
    ]
    tasks = [replace(a_task(f"[Web] {n}"), owners=(owner,)) for n, owner in enumerate(owners)]
    people = (
        Person(key="trello:1", name="Oscar Lune", keys=("trello:1",)),
        Person(key="trello:2", name="Lila Roc", keys=("trello:2",), left=True),
    )
    context = case("", *tasks, people=people).context()
    assert [finding.params["owner"] for finding in UnknownOwner().check(context)] == ["Lila Roc", *ids]


def test_each_unknown_owner_of_a_task_is_a_finding() -> None:
    """Two findings of one task keep apart by their detail."""
    task = replace(
        a_task("[Print] Carte"),
        owners=(Owner("f:oscar lune", "Oscar Lune", OwnerKind.TEXT), Owner("f:lila roc", "Lila Roc", OwnerKind.TEXT)),
    )
    found = list(UnknownOwner(known=0).check(case("", *KNOWN, task, people=TEAM).context()))
    assert len({finding.identity for finding in found}) == len(found) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nadia ou Hugo", ("Nadia", "Hugo")),
        ("Nadia+Hugo", ("Nadia", "Hugo")),
        ("Nadia - Hugo", ("Nadia", "Hugo")),
        ("@nadia @hugo", ("@nadia", "@hugo")),
        ("Nadia, Hugo", ("Nadia", "Hugo")),
        ("Nadia → Hugo", ("Nadia", "Hugo")),
        ("Nadia (Web & Print)", ("Nadia (Web & Print)",)),
        ("Nadia – Studio Ficelle", ("Nadia – Studio Ficelle",)),
        ("Nadia, studio Ficelle", ("Nadia, studio Ficelle",)),
        ("Ferrand, Hugo", ("Ferrand, Hugo",)),
        ("Ferrand & Fils", ("Ferrand & Fils",)),
        ("R&D", ("R&D",)),
        ("Nadia @ Ficelle", ("Nadia @ Ficelle",)),
        ("Hugo, TBD", ("Hugo",)),
        ("n/a", ()),
    ],
)
def test_how_many_people_a_cell_names(text: str, names: tuple[str, ...]) -> None:
    """Words and marks divide names; brackets, houses, suppliers and last names first do not."""
    found = names_in(text)
    assert len(found) == len(names)
    assert all(each in text for each in found)
