"""Names in a people's column."""

import pytest

from retro.model import OwnerKind
from retro_files.people import People


def names(cell: str, *column: str, heading: str = "Responsable") -> list[str]:
    """Whom a cell names, in a column of these cells."""
    return [owner.name for owner in People("plan", heading, (cell, *column)).owners(cell)]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Léa Martin", ["Léa Martin"]),
        ("Léa; Paul", ["Léa", "Paul"]),
        ("Léa & Paul", ["Léa", "Paul"]),
        ("Léa et Paul", ["Léa", "Paul"]),
        ("Léa/Paul", ["Léa", "Paul"]),
        ("Comms / Release Signal", ["Comms", "Release Signal"]),
        ("Jean Dupont, Marie Martin", ["Jean Dupont", "Marie Martin"]),
        ("Léa, Paul, Zoé", ["Léa", "Paul", "Zoé"]),
        ("Durand, Camille", ["Durand, Camille"]),
        ("Léa; léa", ["Léa"]),
        ("Violette", ["Violette"]),
        ("TBD", []),
        ("à définir", []),
        ("?", []),
        ("N/A", []),
        ("", []),
    ],
)
def test_a_cell_names_one_or_several(cell: str, said: list[str]) -> None:
    """Signs and words between names divide them; who is nobody is no owner."""
    assert names(cell) == said


def test_a_comma_divides_names_that_stand_alone_elsewhere() -> None:
    """First names known from the column are two people; "Durand, Camille" is not."""
    assert names("Léa, Paul", "Paul", "Léa; Zoé") == ["Léa", "Paul"]
    assert names("Léa, Paul", "Paul") == ["Léa, Paul"]


def test_teams_and_doubtful_names_are_text() -> None:
    """A team, everybody, and a name that a comma makes doubtful are text for the rules to judge."""
    people = People("plan", "Qui")
    kinds = {cell: people.owners(cell)[0].kind for cell in ("Équipe com", "Tous", "Durand, Camille", "Léa Martin")}
    assert kinds.pop("Léa Martin") is OwnerKind.PERSON
    assert set(kinds.values()) == {OwnerKind.TEXT}
    assert People("plan", "team").owners("releng")[0].kind is OwnerKind.TEXT


def test_an_address_goes_with_its_name() -> None:
    """An e-mail in the cell or in a column of its own is the person's."""
    [inside] = People("plan", "Qui").owners("Léa Martin <lea@agence.example>")
    [beside] = People("plan", "Qui").owners("Léa Martin", "lea@agence.example")
    assert inside == beside
    assert (inside.key, inside.name, inside.email) == ("plan:lea martin", "Léa Martin", "lea@agence.example")
