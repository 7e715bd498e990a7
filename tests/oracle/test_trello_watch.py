"""The watch over every look-alike of the tests finds what Trello would not take, and what it would not answer."""

import json
from typing import Any

import pytest
import requests
from tests.contract_watch import FOLDER
from tests.trello_contract import Exchange, Watch

from retro.sandbox.trello import BoardBuilder, TrelloSandbox

pytestmark = [pytest.mark.oracle, pytest.mark.skipif(not FOLDER, reason="RETRO_ORACLES names no folder of contracts")]

CARD = "5abbe4b7ddc1b351ef961414"
TEST = "tests/connectors/trello/test_live.py::test_x"


def faults(
    method: str, path: str, *, body: object = None, status: int = 200, test: str = TEST, **more: Any
) -> list[str]:
    """What the watch has against one exchange."""
    raw = b"" if body is None else json.dumps(body).encode()
    answer = json.dumps(more.get("answer", {}))
    watch = Watch()
    watch.exchanges.append(Exchange(method, f"/1{path}", more.get("query", {}), raw, status, answer))
    return watch.faults(test)


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/nowhere", {"status": 404}),
        ("GET", f"/cards/{CARD}", {"query": {"token": "x"}, "status": 401}),
        ("PUT", f"/cards/{CARD}", {"body": {"due": "01/02/2027"}, "status": 400}),
        ("PUT", f"/cards/{CARD}/customField/{CARD}/item", {"body": {"value": {"number": 3}}, "status": 400}),
        ("PUT", f"/cards/{CARD}", {"query": {"nmae": "x"}, "status": 0}),
        ("GET", f"/cards/{CARD}", {"answer": {"id": CARD, "due": "01/02/2027"}}),
        ("GET", f"/boards/{CARD}/somewhere", {"answer": []}),
        ("GET", "/batch", {"query": {"urls": f"/cards/{CARD}"}, "answer": [{"200": {"id": CARD, "due": 3}}]}),
    ],
)
def test_a_fault_is_found(method: str, path: str, more: dict[str, Any]) -> None:
    """Unknown routes, parameters and bodies, credentials in an address, and answers of another shape are faults."""
    assert faults(method, path, **more)


def test_only_the_look_alikes_own_tests_may_ask_for_nonsense() -> None:
    """A refused request is no fault in the tests of the look-alike, and a served one is one even there."""
    own = "tests/unit/sandbox/test_writing.py::test_x"
    nonsense = {"due": "demain"}
    assert faults("PUT", f"/cards/{CARD}", body=nonsense, status=400, test=own) == []
    assert faults("PUT", f"/cards/{CARD}", body=nonsense, status=400)
    assert faults("PUT", f"/cards/{CARD}", body=nonsense, status=200, test=own)


def test_what_a_look_alike_is_asked_is_watched(trello_watch: Watch) -> None:
    """The watch of this very run sees a request to any look-alike, and its answer."""
    board = BoardBuilder("Campagne")
    before = len(trello_watch.exchanges)
    with TrelloSandbox(board.state) as box:
        pair = f'OAuth oauth_consumer_key="{box.key}", oauth_token="{box.token}"'
        url = f"{box.url}/1/boards/{board.id}?fields=all"
        assert requests.get(url, headers={"Authorization": pair}, timeout=5).ok
    (seen,) = trello_watch.exchanges[before:]
    assert (seen.method, seen.path, seen.status) == ("GET", f"/1/boards/{board.id}", 200)
    assert json.loads(seen.answer)["name"] == "Campagne"


def test_a_fault_deep_in_a_board_is_found() -> None:
    """One wrong date on one card of a sound board is found, each time that the board is served."""
    board = BoardBuilder("Campagne")
    cards = [board.list("À faire").card(f"Tâche {number}").document for number in range(3)]
    assert faults("GET", f"/boards/{CARD}", answer=board.document) == []
    cards[1]["due"] = "01/02/2027"
    for _time in range(2):
        (found,) = faults("GET", f"/boards/{CARD}", answer=board.document)
        assert "Card/due" in found
