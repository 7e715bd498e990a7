"""Labels of a board and on cards."""

from typing import TYPE_CHECKING

import pytest

from retro.sandbox.trello import labels

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World


def _make(world: "World", name: str, color: str = "red") -> dict[str, str]:
    made: dict[str, str] = world.client.post("/labels", idBoard=world.board.id, name=name, color=color).json()
    return made


def test_a_label_is_made_on_a_board(world: "World") -> None:
    """A label is made by either route, and the board shows both."""
    first = _make(world, "retard ≤ 3 j", "red")
    second = world.client.post(f"/boards/{world.board.id}/labels", name="à venir", color="sky").json()
    shown = world.client.get(f"/boards/{world.board.id}/labels").json()
    assert [(one["id"], one["name"], one["color"]) for one in shown] == [
        (first["id"], "retard ≤ 3 j", "red"),
        (second["id"], "à venir", "sky"),
    ]
    assert world.board.document["actions"][0]["type"] == "createLabel"


@pytest.mark.parametrize("none", [None, "", "null"])
def test_a_label_may_have_no_colour(world: "World", none: str | None) -> None:
    """A colour that is given as none is none."""
    made = labels.create(world.board.document, {"name": "gris", "color": none}, world.board.hand())
    assert made["color"] is None


@pytest.mark.parametrize("asked", [{"name": "x"}, {"name": "x", "color": "mauve"}, {"color": "red"}])
def test_a_label_needs_a_name_and_a_colour(world: "World", asked: dict[str, str]) -> None:
    """A label without a colour, with an unknown one or without a name is refused."""
    assert world.client.post("/labels", idBoard=world.board.id, **asked).status_code == 400
    assert world.board.document["labels"] == []


def test_a_renamed_label_is_renamed_on_every_card(world: "World") -> None:
    """A new name and colour show on the cards, whose last activity stays."""
    made = _make(world, "retard")
    world.client.put(f"/cards/{world.brief.id}", {"idLabels": [made["id"]]})
    before = world.brief.document["dateLastActivity"]
    world.client.put(f"/labels/{made['id']}", name="retard 2", color="orange")
    card = world.client.get(f"/cards/{world.brief.id}").json()
    assert [(one["name"], one["color"]) for one in card["labels"]] == [("retard 2", "orange")]
    assert card["dateLastActivity"] == before
    assert world.board.document["actions"][0]["data"]["old"] == {"name": "retard", "color": "red"}


def test_cards_lose_a_deleted_label(world: "World") -> None:
    """A label that is deleted is gone from the board and from its cards."""
    made = _make(world, "retard")
    world.client.post(f"/cards/{world.brief.id}/idLabels", {"value": made["id"]})
    assert world.client.delete(f"/labels/{made['id']}").status_code == 200
    card = world.client.get(f"/cards/{world.brief.id}").json()
    assert (card["labels"], card["idLabels"]) == ([], [])
    assert world.client.get(f"/labels/{made['id']}").status_code == 404


def test_a_label_is_put_on_a_card_and_taken_off(world: "World") -> None:
    """One label comes and goes without touching the others; it cannot come twice, nor go when it is not there."""
    first, second = (_make(world, name)["id"] for name in ("un", "deux"))
    path = f"/cards/{world.brief.id}/idLabels"
    assert world.client.post(path, {"value": first}).json() == [first]
    assert world.client.post(path, value=second).json() == [first, second]
    assert world.client.post(path, {"value": first}).status_code == 400
    assert world.client.delete(f"{path}/{first}").json() == [second]
    assert world.client.delete(f"{path}/{first}").status_code == 400
    assert [one["name"] for one in world.brief.document["labels"]] == ["deux"]


def test_a_label_of_another_board(world: "World") -> None:
    """A label that the card's board does not have is refused."""
    path = f"/cards/{world.brief.id}"
    assert world.client.post(f"{path}/idLabels", {"value": "0" * 24}).status_code == 400
    assert world.client.put(path, {"idLabels": ["0" * 24]}).status_code == 400


def test_a_thousand_labels_a_board(world: "World") -> None:
    """The board that holds a thousand labels takes no more."""
    for number in range(1000):
        world.board.label(f"étiquette {number}")
    answer = world.client.post("/labels", idBoard=world.board.id, name="de trop", color="red")
    assert (answer.status_code, answer.json()["error"]) == (403, "BOARD_TOO_MANY_LABELS")
