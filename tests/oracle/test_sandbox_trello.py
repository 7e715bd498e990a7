"""The look-alike's answers, held against Trello's published OpenAPI as it stands beside a checkout.

`RETRO_ORACLES` names the folder of the contracts (it holds `trello/check.py`).
"""

import importlib.util
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from retro.sandbox import campaign
from retro.sandbox.trello import TrelloSandbox

pytestmark = pytest.mark.oracle

NESTED = (
    "fields=all&lists=all&labels=all&labels_limit=1000&members=all&memberships=all&customFields=true&checklists=all"
    "&cards=all&card_fields=all&card_customFieldItems=true&card_attachments=true&card_pluginData=true"
    "&actions=all&actions_limit=1000&pluginData=true"
)

ON_CARDS = "limit=1000&attachments=true&checklists=all&pluginData=true&before=2028-01-01"


class Oracle:
    """Sends requests that the specification allows, and holds the answers against it."""

    def __init__(self, check: Any, sandbox: TrelloSandbox, session: requests.Session) -> None:
        self.check = check
        self.sandbox = sandbox
        self.session = session

    def ask(self, method: str, path: str, shape: str | None, body: Any = None) -> Any:
        assert self.check.request_errors(method, path, None, body) == []
        answer = self.session.request(method, f"{self.sandbox.url}/1{path}", json=body, timeout=5)
        assert answer.status_code == 200, answer.text
        document = answer.json()
        for one in document if isinstance(document, list) else [document]:
            if shape is not None:
                assert self.check.errors(shape, one) == []
        return document


@pytest.fixture
def oracle() -> Iterator[Oracle]:
    """The campaign's boards, served and watched over by the oracle."""
    folder = os.environ.get("RETRO_ORACLES")
    if not folder:
        pytest.skip("RETRO_ORACLES names no folder of contracts")
    spec = importlib.util.spec_from_file_location("trello_check", Path(folder, "trello", "check.py"))
    assert spec is not None
    assert spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    with TrelloSandbox(campaign.build(date(2027, 1, 4))) as sandbox, requests.Session() as session:
        pair = f'oauth_consumer_key="{sandbox.key}", oauth_token="{sandbox.token}"'
        session.headers["Authorization"] = f"OAuth {pair}"
        yield Oracle(check, sandbox, session)


@pytest.fixture
def boards(oracle: Oracle) -> list[dict[str, Any]]:
    """The campaign's boards as the look-alike holds them."""
    return list(oracle.sandbox.state.boards.values())


def test_boards_with_everything_nested(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """Both boards pass with every nested resource, every card and every action in them."""
    for board in boards:
        answer = oracle.ask("GET", f"/boards/{board['shortLink']}?{NESTED}", "Board")
        assert len(answer["cards"]) == len(board["cards"])
        assert len(answer["actions"]) == len(board["actions"])
        assert oracle.check.errors("Board", board) == []


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/members/me", "Member"),
        ("/members/me/boards?lists=open", "Board"),
        ("/boards/{board}", "Board"),
        ("/boards/{board}/cards?limit=1000", "Card"),
        ("/boards/{board}/cards/all", "Card"),
        (f"/boards/{{board}}/cards/visible?{ON_CARDS}", "Card"),
        ("/boards/{board}?cards=visible&cards_limit=3&cards_before={card}&card_checklists=all", "Board"),
        (
            "/boards/{board}/actions?filter=commentCard,updateCard:due&limit=1000&before=2028-01-01&since=2025-01-01",
            None,
        ),
        ("/boards/{board}/lists/all", "TrelloList"),
        ("/boards/{board}/labels?limit=1000", "Label"),
        ("/labels/{label}", "Label"),
        ("/lists/{list}", "TrelloList"),
        ("/members/me/tokens", "Token"),
        ("/tokens/{token}", "Token"),
        ("/cards/{card}/checklists", "Checklist"),
        ("/batch?urls=/cards/{card},/members/me", None),
        ("/boards/{board}/actions?limit=1000", "Action"),
        ("/boards/{board}/lists", "TrelloList"),
        ("/boards/{board}/labels", "Label"),
        ("/boards/{board}/members", "Member"),
        ("/boards/{board}/memberships", None),
        ("/boards/{board}/checklists", "Checklist"),
        ("/boards/{board}/customFields", "CustomField"),
        ("/cards/{card}?customFieldItems=true&checklists=all&attachments=cover&actions=all&members=true", "Card"),
        ("/cards/{card}/actions?filter=all", "Action"),
        ("/cards/{card}/customFieldItems", "CustomFieldItems"),
    ],
)
def test_reading(oracle: Oracle, boards: list[dict[str, Any]], path: str, shape: str | None) -> None:
    """Every route that reads answers in the shape that the specification names."""
    listed = {one["idCard"] for one in boards[0]["checklists"]}
    card = next(one for one in boards[0]["cards"] if one["customFieldItems"] and one["id"] in listed)
    names = {"board": boards[0]["id"], "card": card["id"], "token": oracle.sandbox.token}
    names |= {"label": boards[0]["labels"][0]["id"], "list": boards[0]["lists"][0]["id"]}
    assert oracle.ask("GET", path.format(**names), shape)


def _writes(board: dict[str, Any]) -> Iterator[tuple[str, str, str | None, Any]]:
    card = board["cards"][1]["id"]
    field = next(one["id"] for one in board["customFields"] if one["type"] == "number")
    yield "PUT", f"/cards/{card}", "Card", {"due": "2027-02-19T16:00:00.000Z", "start": None, "name": "[SEO] Neuf"}
    yield "PUT", f"/cards/{card}", "Card", {"due": None, "idMembers": [], "idLabels": [board["labels"][0]["id"]]}
    yield "PUT", f"/cards/{card}?dueComplete=true", "Card", None
    yield "PUT", f"/cards/{card}/customField/{field}/item", "CustomFieldItems", {"value": {"number": "7.5"}}
    items = [{"idCustomField": field, "value": ""}]
    yield "PUT", f"/cards/{card}/customFields", "CustomFieldItems", {"customFieldItems": items}
    yield "POST", "/cards", "Card", {"idList": board["lists"][0]["id"], "name": "Neuve", "pos": "top"}


def test_writing(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """Changed and created cards, and the values of custom fields, pass; so does the board afterwards."""
    for method, path, shape, body in _writes(boards[0]):
        oracle.ask(method, path, shape, body)
    oracle.ask("GET", f"/boards/{boards[0]['id']}?{NESTED}", "Board")


def test_labels(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """A label is made, renamed, put on a card, taken off and deleted as the specification says."""
    card, board = boards[0]["cards"][1]["id"], boards[0]["id"]
    made = oracle.ask("POST", f"/labels?name=retard&color=red&idBoard={board}", "Label")
    other = oracle.ask("POST", f"/boards/{board}/labels?name=jalon&color=sky", "Label")
    oracle.ask("PUT", f"/labels/{made['id']}?name=en%20retard&color=orange", "Label")
    oracle.ask("POST", f"/cards/{card}/idLabels", None, {"value": made["id"]})
    oracle.ask("PUT", f"/cards/{card}", "Card", {"idLabels": [made["id"], other["id"]]})
    oracle.ask("DELETE", f"/cards/{card}/idLabels/{other['id']}", None)
    oracle.ask("DELETE", f"/labels/{made['id']}", None)
    assert oracle.ask("GET", f"/cards/{card}", "Card")["idLabels"] == []


def test_lists_and_moves(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """Lists are made, changed and moved; a card is moved and deleted; both boards pass afterwards, actions included."""
    here, there = (board["id"] for board in boards[:2])
    first = oracle.ask("POST", f"/lists?name=Un&idBoard={here}&pos=bottom", "TrelloList")
    oracle.ask("POST", f"/boards/{there}/lists?name=Deux", "TrelloList")
    oracle.ask("PUT", f"/lists/{first['id']}?name=Trois&closed=true&pos=top", "TrelloList")
    moved, gone = (card["id"] for card in boards[0]["cards"][1:3])
    oracle.ask("PUT", f"/cards/{moved}", "Card", {"idBoard": there, "idList": boards[1]["lists"][0]["id"]})
    oracle.ask("DELETE", f"/cards/{gone}", None)
    oracle.ask("PUT", f"/lists/{boards[0]['lists'][1]['id']}/idBoard?value={there}", "TrelloList")
    for board in (here, there):
        oracle.ask("GET", f"/boards/{board}?{NESTED}", "Board")
        oracle.ask("GET", f"/boards/{board}/actions?limit=1000", "Action")


def test_items(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """An item of a checklist takes day, reminder, person and state, and gives the days up again."""
    checklist = boards[0]["checklists"][0]
    path = f"/cards/{checklist['idCard']}/checkItem/{checklist['checkItems'][0]['id']}"
    body = {"due": "2027-02-19T16:00:00.000Z", "dueReminder": 1440, "idMember": boards[0]["members"][0]["id"]}
    oracle.ask("PUT", path, "CheckItem", body)
    oracle.ask("PUT", path, "CheckItem", {"due": None, "state": "complete", "name": "fait"})
    oracle.ask("GET", f"/boards/{boards[0]['id']}/checklists", "Checklist")


@pytest.mark.parametrize("kind", ["text", "number", "date", "checkbox", "list"])
def test_custom_fields(oracle: Oracle, boards: list[dict[str, Any]], kind: str) -> None:
    """A field of every type is made in the shape of the specification, and dropped again."""
    body = {"idModel": boards[0]["id"], "modelType": "board", "name": "retro", "type": kind, "pos": "bottom"}
    made = oracle.ask("POST", "/customFields", "CustomField", {**body, "display_cardFront": False})
    assert made["display"] == {"cardFront": False}
    oracle.ask("DELETE", f"/customFields/{made['id']}", None)


def test_comments(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """A comment is an action of the specification's shape from first to last."""
    card = boards[0]["cards"][1]["id"]
    made = oracle.ask("POST", f"/cards/{card}/actions/comments", "Action", {"text": "bonjour"})
    oracle.ask("PUT", f"/actions/{made['id']}", "Action", {"text": "bonsoir"})
    oracle.ask("GET", f"/actions/{made['id']}", "Action")
    oracle.ask("DELETE", f"/actions/{made['id']}", None)


def test_the_oracle_bites(oracle: Oracle, boards: list[dict[str, Any]]) -> None:
    """A number as a number, a naive date and credentials in a query do not pass: the checks above can fail."""
    errors: Callable[..., list[str]] = oracle.check.errors
    card = boards[0]["cards"][1]
    assert errors("Card", {**card, "due": "19/02/2027"})
    assert errors("CustomFieldItems", {"value": {"number": 3}})
    assert oracle.check.request_errors("GET", "/members/me?token=x")
