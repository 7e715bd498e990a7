"""How many requests a night costs on Trello, counted by the look-alike itself."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import requests


def by_hand(workspace: Any, path: str, body: dict[str, Any]) -> None:
    """What a person changes on a board."""
    box = workspace.server
    headers = {"Authorization": f'OAuth oauth_consumer_key="{box.key}", oauth_token="{box.token}"'}
    answer = requests.put(f"{box.url}/1{path}", json=body, headers=headers, timeout=5)
    assert answer.ok, answer.text


def test_a_changed_card_is_one_look_and_two_writes(retro: Callable[..., Any], workspace: Any) -> None:
    """A night reads each board once; a card whose values changed is re-read once and written at most twice."""
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    board = next(iter(workspace.server.state.boards.values()))
    field = next(each["id"] for each in board["customFields"] if each["name"] == "JH")
    cards = [card for card in board["cards"] if not card["dueComplete"] and not card["closed"]]
    for card in cards[3:12]:
        by_hand(workspace, f"/cards/{card['id']}/customField/{field}/item", {"value": {"number": "4"}})
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    mark = workspace.server.log.mark()
    ran = retro(*workspace.arguments("sync"))
    assert ran.code == 0, ran.err
    asked = workspace.server.requests_since(mark)
    boards = [each for each in asked if each.path.startswith("/1/boards/")]
    assert len(boards) == 2
    kinds = Counter(
        (each.method, "customFields" if each.path.endswith("/customFields") else "card", each.path.split("/")[3])
        for each in asked
        if each not in boards
    )
    written = {card for method, _kind, card in kinds if method == "PUT"}
    assert written, ran.out
    assert {card for _method, _kind, card in kinds} == written
    assert {method for method, _kind, _card in kinds} == {"GET", "PUT"}
    assert set(kinds.values()) == {1}
    mark = workspace.server.log.mark()
    again = retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(hours=1)))
    assert again.code == 0
    assert [each.method for each in workspace.server.requests_since(mark)] == ["GET", "GET"]
