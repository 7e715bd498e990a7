"""Dates come back as written wherever the workspace is, and wherever the machine stands."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from tests.contract.machine import MACHINES, machine_elsewhere
from tests.contract.memory_board import MemoryBoard
from tests.contract.notion_board import OneRange, TwoColumns
from tests.contract.trello_board import TrelloBoard

from retro.testing.suite import DatesContract
from retro.testing.suite.given import GivenLive

BOARDS: tuple[type[GivenLive], ...] = (TrelloBoard, OneRange, TwoColumns, MemoryBoard)


@pytest.fixture(autouse=True)
def _elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """The machine stands in another zone than the workspace."""
    with machine_elsewhere(request.cls.zone):
        yield


def _zoned(board: type[GivenLive], zone: str) -> type:
    """The dates' part of the contract, on such a board in a workspace of that zone."""
    return type(f"Test{board.__name__}{zone.rpartition('/')[2]}", (board, DatesContract), {"zone": ZoneInfo(zone)})


globals().update({made.__name__: made for board in BOARDS for zone in MACHINES for made in [_zoned(board, zone)]})
