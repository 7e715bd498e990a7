"""Teams and roles of the configuration are known on every board, by id, alias or name, and are nobody in particular."""

from datetime import UTC, datetime

import pytest

from retro.config.load import parse
from retro.config.shape import PersonSection, Settings, TeamSection
from retro.model import Board, Owner, OwnerKind, Portfolio, Snapshot, Task
from retro.ports import ConfigurationError
from retro.run.doctor.people import of_teams
from retro.run.read import Reading, join
from retro.run.teams import teams

PEOPLE = {"lea": PersonSection(name="Léa Martin"), "karim": PersonSection(name="Karim Benali")}


def snapshot(*owners: Owner, reviewer: Owner | None = None) -> Snapshot:
    """A board with one task that has these owners."""
    task = Task(key="t", board="b", title="T", owners=owners, reviewer=reviewer)
    return Snapshot(
        board=Board(key="b", name="B", source="s"), tasks=(task,), read_at=datetime(2026, 11, 23, tzinfo=UTC)
    )


def joined(shot: Snapshot, configured: dict[str, TeamSection]) -> Portfolio:
    """A portfolio of one board."""
    return join(Reading(sources=(), snapshots=(shot,)), Settings(people=PEOPLE, teams=configured), lambda *_given: None)


def test_teams_are_known_by_id_alias_and_name() -> None:
    """A group of Notion, a supplier's other name and a role in a cell of text are all the team that is configured."""
    design = TeamSection(name="Équipe design", ids=["notion:g"], aliases=["Studio Lumen"], members=["lea"])
    owners = (
        Owner("notion:g", "Designers", OwnerKind.TEAM),
        Owner("file:studio lumen", "STUDIO LUMEN", OwnerKind.PERSON),
        Owner("notion:name/equipe design", "equipe design", OwnerKind.TEXT),
        Owner("file:lea", "Léa", OwnerKind.PERSON),
    )
    portfolio = joined(snapshot(*owners), {"design": design})
    known = portfolio.tasks[0].owners
    assert [(owner.key, owner.name, owner.kind) for owner in known[:3]] == [
        ("team:design", "Équipe design", OwnerKind.TEAM)
    ] * 3
    assert known[3] == owners[3]
    assert portfolio.teams[0].keys == ("file:studio lumen", "notion:g", "notion:name/equipe design")
    assert "Équipe design" not in {person.name for person in portfolio.people}


def test_a_reviewer_may_be_a_team() -> None:
    """Whoever reviews is looked for among teams too."""
    legal = TeamSection(name="Juridique", size=2)
    portfolio = joined(snapshot(reviewer=Owner("x:j", "juridique", OwnerKind.TEXT)), {"legal": legal})
    assert portfolio.tasks[0].reviewer == Owner("team:legal", "Juridique", OwnerKind.TEAM)


def test_a_text_that_a_list_of_people_knows_is_a_person() -> None:
    """A name in a column of options is a person where the configuration, or another board's people, know it."""
    owners = (
        Owner("notion:name/lea martin", "Léa Martin", OwnerKind.TEXT),
        Owner("notion:name/marc petit", "Marc Petit", OwnerKind.TEXT),
        Owner("trello:9", "Marc Petit", OwnerKind.PERSON),
        Owner("notion:name/studio", "Studio Lumen", OwnerKind.TEXT),
    )
    known = joined(snapshot(*owners), {}).tasks[0].owners
    assert [owner.kind for owner in known] == [OwnerKind.PERSON] * 3 + [OwnerKind.TEXT]


def test_without_teams_nothing_is_looked_for() -> None:
    """A configuration without teams has none."""
    assert teams([snapshot(Owner("x:j", "Graphiste"))], {}) == ()


def test_doctor_names_teams_that_nobody_names() -> None:
    """A configured team that no task has, nor reviews, is worth a look."""
    configured = {key: TeamSection(name=key, size=1) for key in ("a", "b", "c")}
    shot = snapshot(Owner("x:a", "A"), reviewer=Owner("x:b", "B"))
    portfolio = joined(shot, configured)
    assert [check.subject for check in of_teams(portfolio.teams, portfolio.tasks)] == ["[teams.c]"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[teams.a]\nname='A'", "a team has members, or a size"),
        ("[people.lea]\n[teams.a]\nmembers=['lea']\nsize=2", "a team has members, or a size"),
        ("[people.lea]\n[teams.a]\nmembers=['lae']", 'Did you mean "lea"?'),
    ],
)
def test_teams_are_checked(text: str, said: str) -> None:
    """A team has people of the configuration, or a number of them."""
    with pytest.raises(ConfigurationError, match=said.replace("?", r"\?")):
        parse(text, "retro.toml")
