"""Where Trello cuts or refuses an answer, and what a board can hold."""

from typing import TYPE_CHECKING, Any

import pytest

from retro.sandbox.trello import Limits, TrelloSandbox

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import Connect, World


def _nested(world: "World", connect: "Connect", limits: Limits, **query: object) -> Any:
    with TrelloSandbox(world.board.state, limits=limits) as sandbox:
        return connect(sandbox).get(f"/boards/{world.board.id}", cards="visible", **query)


@pytest.mark.parametrize("status", [429, 403])
def test_too_many_cards_in_one_answer(world: "World", connect: "Connect", status: int) -> None:
    """More nested cards than allowed are refused by name, and fewer at a time pass."""
    limits = Limits(nested_cards=1, too_large=status)
    answer = _nested(world, connect, limits)
    assert (answer.status_code, answer.json()["error"]) == (status, "API_TOO_MANY_CARDS_REQUESTED")
    assert "x-rate-limit-api-token-remaining" in answer.headers
    assert _nested(world, connect, limits, cards_limit=1).status_code == 200


@pytest.mark.parametrize("query", [{"checklists": "all"}, {"card_checklists": "all"}])
def test_too_many_checklists_in_one_answer(world: "World", connect: "Connect", query: dict[str, str]) -> None:
    """More checklists than allowed are refused in plain text, however they are asked for."""
    world.board.checklist(world.brief, "Étapes", ["une"])
    answer = _nested(world, connect, Limits(checklists=1), **query)
    assert (answer.status_code, answer.text) == (403, "Too many checklists")
    assert _nested(world, connect, Limits(checklists=2), **query).status_code == 200
    with TrelloSandbox(world.board.state, limits=Limits(checklists=1)) as sandbox:
        client = connect(sandbox)
        assert client.get(f"/boards/{world.board.id}/checklists").status_code == 403
        assert client.get(f"/boards/{world.board.id}/cards", checklists="all").status_code == 403


def test_nested_paging_can_be_deaf(world: "World", connect: "Connect") -> None:
    """With the switch off `cards_before` changes nothing, so that a client must see that it got the same cards."""
    ids = [world.brief.id, world.article.id]
    deaf = _nested(world, connect, Limits(nested_before=False), cards_before=ids[1])
    heard = _nested(world, connect, Limits(), cards_before=ids[1])
    assert [one["id"] for one in deaf.json()["cards"]] == ids
    assert [one["id"] for one in heard.json()["cards"]] == ids[:1]


def test_nested_cards_can_come_uncut(world: "World", connect: "Connect") -> None:
    """Whether Trello cuts nested cards at a thousand is not known: either way can be had."""
    to_do = world.board.list("À produire")
    for number in range(1000):
        to_do.card(f"tâche {number}")
    counts = [len(_nested(world, connect, Limits(nested_most=most)).json()["cards"]) for most in (1000, None, 10)]
    assert counts == [1000, 1002, 10]


def test_five_thousand_open_cards_a_board(world: "World") -> None:
    """A board that holds five thousand open cards takes no more, by creation or out of the archive."""
    on = world.board.document
    archived = world.board.list("À produire").card("vieille", closed=True)
    template = world.brief.document
    on["cards"].extend({**template, "id": f"{number:024x}"} for number in range(5000 - 2))
    for answer in (
        world.client.post("/cards", {"idList": template["idList"], "name": "de trop"}),
        world.client.put(f"/cards/{archived.id}", {"closed": False}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "BOARD_TOO_MANY_OPEN_CARDS")
    on["cards"].pop()
    assert world.client.put(f"/cards/{archived.id}", {"closed": False}).status_code == 200


def test_five_hundred_open_lists_a_board(world: "World") -> None:
    """A board that holds five hundred open lists takes no more, by creation or out of the archive."""
    archived = world.board.list("vieille", closed=True).document["id"]
    for number in range(498):
        world.board.list(f"liste {number}")
    created = world.client.post("/lists", name="de trop", idBoard=world.board.id)
    reopened = world.client.put(f"/lists/{archived}", closed="false")
    assert [one.json()["error"] for one in (created, reopened)] == ["BOARD_TOO_MANY_OPEN_LISTS"] * 2


def test_custom_fields_hold_so_much(world: "World") -> None:
    """A list field has fifty options at most, and a text value 16 384 characters."""
    body = {"idModel": world.board.id, "modelType": "board", "name": "retro", "type": "list", "pos": "bottom"}
    options = [{"value": {"text": str(number)}} for number in range(51)]
    assert world.client.post("/customFields", {**body, "options": options}).status_code == 403
    assert len(world.board.field("Canal", "list", map(str, range(50)))["options"]) == 50
    path = f"/cards/{world.brief.id}/customField/{world.board.field('Note')['id']}/item"
    assert world.client.put(path, {"value": {"text": "x" * 16385}}).status_code == 400
    assert world.client.put(path, {"value": {"text": "x" * 16384}}).status_code == 200


def test_who_has_been_asked_for_a_hundred_times(world: "World") -> None:
    """The hundred and first `/members/{id}` of a quarter of an hour is refused, however slowly they came."""
    for _turn in range(100):
        assert world.client.get("/members/me").status_code == 200
        world.watch.sleep(8)
    assert world.client.get("/members/me").status_code == 429
    world.watch.sleep(108)
    assert world.client.get("/members/me").status_code == 200
