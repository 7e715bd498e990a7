"""Guests, observers and strangers: who may comment and write where."""

from typing import TYPE_CHECKING

import pytest

from retro.sandbox.trello import BoardBuilder

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World

COMMENTS = ("disabled", "members", "observers", "org", "public")


@pytest.mark.parametrize(
    ("place", "visibility", "allowed"),
    [
        ("normal", "private", {"members", "observers", "org", "public"}),
        ("observer", "private", {"observers", "org", "public"}),
        (None, "public", {"public"}),
        (None, "org", {"org", "public"}),
    ],
)
def test_who_may_comment(world: "World", place: str | None, visibility: str, allowed: set[str]) -> None:
    """A member, an observer, a passer-by and a colleague comment where the board's preferences let them."""
    state = world.board.state
    if visibility == "org":
        next(iter(state.members.values()))["idOrganizations"] = [state.organization]
    let = set()
    for comments in COMMENTS:
        board = BoardBuilder(comments, state, visibility=visibility, comments=comments, place=place)
        card = board.list("x").card("y")
        answer = world.client.post(f"/cards/{card.id}/actions/comments", {"text": "bonjour"})
        assert answer.status_code in {200, 401}
        if answer.status_code == 200:
            let.add(comments)
    assert let == allowed


def test_an_observer_changes_nothing(world: "World") -> None:
    """Whoever merely observes a board reads it and is refused every write."""
    board = BoardBuilder("Vue", world.board.state, place="observer")
    card = board.list("x").card("y")
    assert world.client.get(f"/boards/{board.id}").status_code == 200
    assert world.client.put(f"/cards/{card.id}", {"name": "z"}).text == "unauthorized permission requested"


def test_a_board_without_custom_fields(world: "World") -> None:
    """A board whose plan has no custom fields refuses a new one."""
    board = BoardBuilder("Gratuit", world.board.state, custom_fields=False)
    body = {"idModel": board.id, "modelType": "board", "name": "retro", "type": "text", "pos": "bottom"}
    assert world.client.post("/customFields", body).status_code == 403
    assert world.client.post("/customFields", {**body, "idModel": world.board.id}).status_code == 200
