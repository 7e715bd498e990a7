"""Who has several accounts, and who may have: pairs are asked about, never joined."""

import pytest

from retro.model import Owner, Person, Task
from retro.run.discovery.people import busy, doubtful, joined


def person(key: str, name: str, *keys: str) -> Person:
    """A person with accounts."""
    return Person(key=key, name=name, keys=keys or (key,), email="lea@agence.example" if keys else None)


def test_people_of_several_accounts_are_proposed() -> None:
    """Two accounts make a table with both ids and the address; one account needs none."""
    (made,) = joined([person("notion:1", "Léa Martin", "notion:1", "trello:2"), person("trello:3", "Hugo Roy")])
    assert (made.alias, made.ids, made.aliases) == (
        "lea_martin",
        ("notion:1", "trello:2"),
        ("lea@agence.example",),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Léa", "Léa Martin"),
        ("lmartin", "Léa Martin"),
        ("lea.martin@agence.example", "Léa Martin"),
        ("Martin Léa", "Léa Martin"),
        ("Léa M.", "Léa Martin"),
        ("Léa Martins", "Léa Martin"),
    ],
)
def test_names_that_may_mean_one_person(one: str, other: str) -> None:
    """A name alone, a user name, the other order, an initial, a slip of the keyboard."""
    (pair,) = doubtful([person("t:1", one), person("n:2", other)])
    assert {*pair.ids} == {"t:1", "n:2"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Léa Martin", "Hugo Martin"),
        ("Léa Martin", "Léa Petit"),
        ("Léa", "Hugo Roy"),
        ("Docs Lead", "Lead"),
        ("", "Léa"),
    ],
)
def test_names_that_do_not(one: str, other: str) -> None:
    """A last or first name in common is no reason, nor are places in a team."""
    assert not doubtful([person("t:1", one), person("n:2", other)])


def test_only_those_who_are_named_count() -> None:
    """A member of a board without any task is not looked at."""
    task = Task(key="t", board="b", title="T", reviewer=Owner("t:1", "Léa"))
    assert busy([person("t:1", "Léa"), person("t:2", "Hugo")], [task]) == [person("t:1", "Léa")]
