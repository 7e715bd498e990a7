"""Names that the configuration maps and that a board no longer has are said, with the nearest that it has."""

from datetime import UTC, datetime

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import read

from retro.model import Category
from retro_trello.mapping import snapshot
from retro_trello.settings import BoardSettings


def warnings(status: dict[Category, list[str]], **more: object) -> tuple[str, ...]:
    """What is said of a board of one card."""
    labelled = made.card(1, "a", labels=[{"id": "x", "name": "Chez Paul"}])
    on = read(made.board(labelled, **more), BoardSettings(status=status))
    found = snapshot(on, source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    return found.board.warnings


@pytest.mark.parametrize("name", ["À produire", "a PRODUIRE 🎬", "Vieilles idées", "Chez Paul", "Urgent"])
def test_names_that_are_there_are_not_said(name: str) -> None:
    """Lists, archived ones too, and labels, on a card or not, count, whatever their case, accents and emoji."""
    assert warnings({Category.DOING: [name]}, labels=[{"id": "y", "name": "Urgent"}]) == ()


def test_a_renamed_list_is_said_with_its_new_name() -> None:
    """The nearest name that nothing pins is proposed; where none is near, none is."""
    (said,) = warnings({Category.TODO: ["À produire (2026)", "À produire"], Category.DONE: ["Terminés !"]})[1:]
    assert "Terminés !" in said
    assert "Terminé" in said.replace("Terminés !", "")
    (said,) = warnings({Category.DONE: ["Facturé chez nous"]})
    assert "Facturé chez nous" in said
    assert "Maison Aubier" not in said
