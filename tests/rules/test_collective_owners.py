"""OWN103: who is a person, and who is a group."""

from dataclasses import replace

import pytest

from retro.lint.examples import a_task, case
from retro.model import Owner, OwnerKind, Person
from retro_practices.own.collective_owner import CollectiveOwner
from retro_practices.own.several_owners import SeveralOwners
from retro_practices.owners import is_collective


@pytest.mark.parametrize(
    "name",
    [
        "Équipe",
        "L’équipe",
        "Toute l’équipe",
        "Équipe web",
        "Équipe de Nora",
        "Team Nora",
        "Sales team",
        "The whole team",
        "Tous",
        "Anybody",
        "Marketing",
        "Com interne",
        "Réseaux sociaux",
        "Pôle digital",
        "Direction",
        "Agence Orage",
        "Orage agency",
        "Studio Orage",
        "Le client",
        "Imprimeur",
        "Web / SEO",
        "bonjour@orage.example",
        "equipe-web@orage.example",
        "marketing@orage.example",
    ],
)
def test_a_group_is_told(name: str) -> None:
    """Teams, departments, companies, mailboxes and everybody are no persons."""
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "Nora",
        "Nora Toussaint",
        "Toussaint, Nora",
        "Jean-Équipe Dupond",
        "Nora Web",
        "Nora (Web)",
        "Nora Petit (équipe web)",
        "Nora – Studio Orage",
        "Studio Orage - Nora",
        "Nora Studio Orage",
        "Nora de l’agence",
        "Nora from the agency",
        "Nora, agence Orage",
        "Nora Direction",
        "nora.petit@orage.example",
        "n.web@orage.example",
        "?",
        "",
    ],
)
def test_a_person_is_left_alone(name: str) -> None:
    """Whole words only; whoever stands beside the group answers for it; nobody at all is another rule's matter."""
    assert not is_collective(name)


def test_a_team_of_the_tool_is_a_group_whatever_its_name() -> None:
    """A tool that knows teams is believed, except against the list of people."""
    task = a_task("[Print] Flyer", owners=())
    owned = replace(task, owners=(Owner("t", "Nora", OwnerKind.TEAM),))
    context = case("", owned).context()
    assert [finding.params["owner"] for finding in CollectiveOwner().check(context)] == ["Nora"]


def test_a_person_whom_a_tool_brought_is_in_no_list() -> None:
    """Every account on a board is among the people; only the configuration makes a person of "Studio Orage"."""
    task = a_task("[Print] Flyer", owners=("Studio Orage",))
    brought = (Person(key="trello:1", name="Studio Orage", keys=("trello:1",)),)
    listed = (Person(key="orage", name="Nora Petit", aliases=("Studio Orage",), keys=("trello:1",)),)
    assert len(list(CollectiveOwner().check(case("", task, people=brought).context()))) == 1
    assert list(CollectiveOwner().check(case("", task, people=listed).context())) == []


def test_several_groups_are_one_remark() -> None:
    """Two departments in one cell are a collective owner, not several owners; a person among them makes it several."""
    for written, expected in (("Marketing / Web", (0, 1)), ("Marketing / Nora", (1, 0))):
        context = case("", a_task("[Print] Flyer", owners=(written,), text_owners=True)).context()
        assert tuple(len(list(rule.check(context))) for rule in (SeveralOwners(), CollectiveOwner())) == expected
