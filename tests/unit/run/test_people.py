"""People are matched over tools by id and alias, e-mail or full name, and never by first name."""

from dataclasses import replace
from datetime import UTC, datetime

from retro.config.shape import PersonSection
from retro.model import Board, CheckItem, Owner, OwnerKind, Person, Snapshot, Task
from retro.run.people import all_with_people, match, with_people


def snapshot(*owners: Owner) -> Snapshot:
    """A board with one task that has these owners."""
    board = Board(key="b", name="B", source="s")
    task = Task(key="t", board="b", title="T", owners=owners)
    return Snapshot(board=board, tasks=(task,), read_at=datetime(2026, 11, 23, tzinfo=UTC))


def test_full_names_and_addresses_match() -> None:
    """The same full name, or the same address, is the same person on two tools."""
    owners = (
        Owner("notion:1", "Léa Martin", email="lea@agence.example"),
        Owner("trello:2", "LEA MARTIN"),
        Owner("trello:3", "lmartin", email="Lea@agence.example"),
    )
    _people, person_of = match([snapshot(*owners)], {})
    assert len(set(person_of.values())) == 1


def test_first_names_do_not_match() -> None:
    """Two accounts called Léa stay two people."""
    _people, person_of = match([snapshot(Owner("trello:1", "Léa"), Owner("notion:2", "Léa"))], {})
    assert len(set(person_of.values())) == 2


def test_the_configuration_goes_first() -> None:
    """Configured ids and aliases give the person's key and name."""
    configured = {"lea": PersonSection(name="Léa Martin", ids=["trello:1"], aliases=["L. Martin"])}
    shot = snapshot(Owner("trello:1", "lm"), Owner("notion:9", "l. martin"), Owner("notion:8", "Marc Petit"))
    people, person_of = match([shot], configured)
    assert (person_of["trello:1"], person_of["notion:9"], person_of["notion:8"]) == ("lea", "lea", "notion:8")
    names = {person.key: person.name for person in people}
    owners = with_people(shot.tasks[0], person_of, names).owners
    assert [(owner.key, owner.name) for owner in owners[:2]] == [("lea", "Léa Martin")] * 2


def test_all_tasks_have_their_people() -> None:
    """Tasks that share their owners are each matched, also where one of them has a reviewer or a checklist besides."""
    known, other = (Owner("trello:1", "Léa Martin"),), (Owner("trello:2", "lm"),)
    plain = Task(key="0", board="b", title="T", owners=known)
    reviewed = replace(plain, key="1", reviewer=other[0])
    listed = replace(plain, key="2", checklist=(CheckItem("c", "C", owner=other[0]),))
    tasks = [plain, reviewed, listed, replace(plain, key="3"), *(replace(plain, key=key, owners=other) for key in "45")]
    person_of, names = {"trello:1": "trello:1", "trello:2": "trello:1"}, {"trello:1": "Léa Martin"}
    found = list(all_with_people(tasks, person_of, names, {}))
    assert found == [with_people(task, person_of, names) for task in tasks]
    assert found[0] is plain
    assert {owner.key for task in found for owner in (*task.owners, task.reviewer or known[0])} == {"trello:1"}


def test_a_team_is_nobody() -> None:
    """A team is no person, and keeps its own key."""
    team = Owner("notion:t", "Studio Lumen", kind=OwnerKind.TEAM)
    people, person_of = match([snapshot(team)], {})
    assert not people
    assert "notion:t" not in person_of


def test_who_left_every_place_is_gone() -> None:
    """Gone from one board and a member of another is no leaving; nor is one closed account of two."""

    def told(key: str, *, left: bool) -> Snapshot:
        person = Person(key=key, name="Léa Martin", keys=(key,), left=left)
        return replace(snapshot(Owner(key, "Léa Martin")), people=(person,))

    def left(*snapshots: Snapshot) -> list[bool]:
        return [person.left for person in match(snapshots, {})[0]]

    assert left(told("trello:1", left=True)) == [True]
    assert left(told("trello:1", left=True), told("trello:1", left=False)) == [False]
    assert left(told("trello:1", left=True), told("trello:2", left=False)) == [False]
    assert left(told("trello:1", left=True), told("trello:2", left=True)) == [True]
    assert left(snapshot(Owner("notion:1", "Léa Martin"))) == [False]
