"""Every request that the Trello client makes is one that Trello's published interface takes."""

import importlib.util
import os
from datetime import date
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from retro.model import Day, Provision, Write
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello.connector import connect
from retro_trello.settings import SourceSettings

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """The contract that stands beside a checkout: RETRO_ORACLES names its folder."""
    folder = os.environ.get("RETRO_ORACLES", "")
    if not folder:
        pytest.skip("RETRO_ORACLES names no folder of contracts")
    spec = importlib.util.spec_from_file_location("trello_check", Path(folder) / "trello" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_request_is_in_the_contract(check: ModuleType) -> None:
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
        for fields in ((*own, *team), tuple((name, None) for name, _ in own), (("due", None),)):
            connector.push(Write(task=f"trello:{card.id}", board=key, revision="", fields=fields))
        connector.read(key, [f"trello:{card.id}"])
        connector.retract(key, [name for name, _ in own])
        connector.close()
        asked = list(sandbox.log)
    faults = {
        f"{access.method} {access.path}": check.request_errors(
            access.method, access.path.removeprefix("/1"), access.query, access.body
        )
        for access in asked
    }
    assert len(asked) > 15
    assert not any(access.leaked for access in asked)
    assert {request: found for request, found in faults.items() if found} == {}
