"""Every request that the Trello client makes is one that Trello's published interface takes."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from tests.contract_watch import FOLDER, contract

from retro.model import Day, Lag, Owner, Provision, Reference, Task, Write
from retro.sandbox.trello import BoardBuilder, Limits, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello.connector import connect
from retro_trello.settings import SourceSettings

pytestmark = [pytest.mark.oracle, pytest.mark.skipif(not FOLDER, reason="RETRO_ORACLES names no folder of contracts")]


def test_every_request_is_in_the_contract() -> None:
    """Reading, provisioning, writing, emptying and retracting use known operations, parameters and bodies only."""
    clock = SteppingClock()
    board = BoardBuilder("Campagne", now=clock.now)
    card = board.list("À faire").card("Brief", due=date(2027, 2, 1))
    with TrelloSandbox(board.state) as sandbox:
        settings = SourceSettings(key=sandbox.key, token=sandbox.token, base_url=sandbox.url)
        connector = connect(settings, clock=clock, zone=ZoneInfo("Europe/Paris"))
        list(connector.discover())
        key = connector.pull(board.url).snapshot.board.key
        kinds = ("latest", "review", "start", "due", "margin")
        connector.provision([Provision(board=key, field=f"retro_{own}", name=f"retro · {own}") for own in kinds])
        values: tuple[Day | str | float, ...] = (date(2027, 1, 29), "OWN101", date(2027, 1, 4), date(2027, 1, 8), 2.5)
        own = tuple((f"retro_{name}", value) for name, value in zip(kinds, values, strict=True))
        team: tuple[tuple[str, Day | str | float | None], ...] = (
            ("due", date(2027, 2, 2)),
            ("start", None),
            ("title", "Brief final"),
        )
        archived = ((("archived", "archived"),), (("archived", None),))
        for fields in ((*own, *team), tuple((name, None) for name, _ in own), (("due", None),), *archived):
            connector.push(Write(task=f"trello:{card.id}", board=key, revision="", fields=fields))
        connector.read(key, [f"trello:{card.id}"])
        lea = Owner(f"trello:{board.member('Léa Martin')['id']}", "Léa Martin")
        launch = Task(
            key="",
            board=key,
            title="Lancement",
            owners=(lea,),
            start=date(2027, 3, 1),
            due=date(2027, 3, 2),
            description="Rôle : pilote",
            references=(Reference("trello:/c/AbCd1234", lag=Lag(420)),),
            milestone=True,
            labels=("Jalon",),
        )
        connector.pull(board.url)
        connector.create(key, [launch])
        connector.retract(key, [name for name, _ in own])
        connector.close()
        asked = list(sandbox.log)
    faults = {
        f"{access.method} {access.path}": contract("trello").request_errors(
            access.method, access.path.removeprefix("/1"), access.query, access.body
        )
        for access in asked
    }
    assert len(asked) > 15
    assert not any(access.leaked for access in asked)
    assert {request: found for request, found in faults.items() if found} == {}


@pytest.mark.parametrize("limits", [Limits(), Limits(nested_cards=200), Limits(checklists=3)])
def test_requests_for_large_boards_are_in_the_contract(limits: Limits) -> None:
    """Pages beyond a thousand cards, and the parts of a board too large for one answer, are asked for as documented."""
    clock = SteppingClock()
    board = BoardBuilder("Grand", now=clock.now)
    to_do = board.list("À faire")
    first = to_do.card("Carte 0")
    for number in range(1, 1100):
        to_do.card(f"Carte {number}", depends_on=[first] if number % 250 == 0 else [])
    with TrelloSandbox(board.state, limits=limits) as sandbox:
        settings = SourceSettings(key=sandbox.key, token=sandbox.token, base_url=sandbox.url)
        connector = connect(settings, clock=clock, zone=ZoneInfo("Europe/Paris"))
        pulled = connector.pull(board.url)
        connector.close()
        asked = list(sandbox.log)
    assert len(pulled.snapshot.tasks) == 1100
    assert len(asked) == pulled.requests > 1
    for access in asked:
        assert not access.leaked
        assert (
            contract("trello").request_errors(access.method, access.path.removeprefix("/1"), access.query, access.body)
            == []
        )
