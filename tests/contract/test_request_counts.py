"""How many requests a board costs, counted by the look-alike itself."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retro.model import Snapshot
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello.connector import connect
from retro_trello.settings import SourceSettings

PARIS = ZoneInfo("Europe/Paris")


def pulled(board: BoardBuilder) -> tuple[Snapshot, int, int]:
    """A board as it is read: what was read, the requests that the connector tells, and those that came."""
    with TrelloSandbox(board.state) as box:
        settings = SourceSettings(key=box.key, token=box.token, base_url=box.url)
        connector = connect(settings, clock=SteppingClock(), zone=PARIS)
        found = connector.pull(board.url)
        connector.close()
        assert box.writes() == 0
        return found.snapshot, found.requests, len(box.log)


@pytest.mark.parametrize(("cards", "requests"), [(0, 1), (999, 1), (2500, 3)])
def test_a_board_is_one_request_and_its_further_pages(cards: int, requests: int) -> None:
    """Under a thousand cards one request reads the board; beyond, one for each thousand more that there may be."""
    board = BoardBuilder("Campagne")
    to_do = board.list("À faire")
    for number in range(cards):
        to_do.card(f"Tâche {number}")
    snapshot, told, came = pulled(board)
    assert {task.title for task in snapshot.tasks} == {f"Tâche {number}" for number in range(cards)}
    assert told == came == requests


def test_what_is_on_the_cards_costs_nothing() -> None:
    """Two hundred cards with everything that a card can have are still one request, and nothing of it is missing."""
    board = BoardBuilder("Campagne")
    to_do = board.list("À faire")
    first = to_do.card("Brief")
    for number in range(199):
        made = to_do.card(
            f"Tâche {number}",
            due=date(2027, 2, 1),
            members=[f"Personne {number % 20}"],
            labels=[f"Canal {number % 60}"],
            values={"JH": 1.5, "Client": "Ondalie", "Livraison": date(2027, 2, 2), "Validé": True},
            depends_on=[first],
            checklists={"Étapes": ["relire"]},
            attachments=["https://exemple.fr/a.pdf"],
        )
        comment = {"text": "bonjour", "card": {"id": made.id}}
        board.document["actions"].append(
            {
                **board.document["actions"][0],
                "id": board.state.mint.id(board.at),
                "type": "commentCard",
                "data": comment,
            }
        )
    snapshot, told, came = pulled(board)
    assert told == came == 1
    full = [task for task in snapshot.tasks if task.title != "Brief"]
    assert len(full) == 199
    for task in full:
        held = (task.owners, task.labels, task.estimates, task.references, task.checklist, task.attachments)
        assert all(held), task.title
        assert task.comments == ("bonjour",)
        assert {"Client", "Livraison", "Validé"} <= task.extra.keys()
