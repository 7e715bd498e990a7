"""Readings of made-up boards, and a look-alike of Trello with a connector to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.model import Task
from retro.sandbox.trello import BoardBuilder, CardMade, Limits, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello import payload
from retro_trello.connector import TrelloConnector, connect
from retro_trello.mapping import BoardReading, reading, task_of
from retro_trello.settings import BoardSettings, SourceSettings

PARIS = ZoneInfo("Europe/Paris")


def read(document: dict[str, Any], settings: BoardSettings | None = None, **pins: str) -> BoardReading:
    """A board's document, indexed."""
    return reading(payload.Board.model_validate(document), settings or BoardSettings(), PARIS, pins)


@pytest.fixture
def tasks() -> Callable[..., dict[str, Task]]:
    """Maps a board's document to its tasks by title."""

    def mapped(document: dict[str, Any], settings: BoardSettings | None = None, **pins: str) -> dict[str, Task]:
        on = read(document, settings, **pins)
        return {card.name: task_of(card, on) for card in on.board.cards}

    return mapped


@dataclass
class Live:
    """A look-alike that serves one board, its clock, and connectors to it."""

    board: BoardBuilder
    clock: SteppingClock
    sandbox: TrelloSandbox
    brief: CardMade
    article: CardMade
    made: list[TrelloConnector] = field(default_factory=list)

    def connector(
        self,
        *,
        key: str = "",
        token: str = "",
        deadline: float | None = None,
        pins: dict[str, dict[str, str]] | None = None,
        boards: tuple[BoardSettings, ...] = (),
    ) -> TrelloConnector:
        """A connector with the look-alike's own credentials unless others are given."""
        box = self.sandbox
        settings = SourceSettings(id="equipe", key=key or box.key, token=token or box.token, base_url=box.url)
        found = connect(settings, clock=self.clock, zone=PARIS, deadline=deadline, pins=pins, boards=boards)
        self.made.append(found)
        return found


@pytest.fixture
def live(request: pytest.FixtureRequest) -> Iterator[Live]:
    """A board of three cards; a marker `limits(...)` sets other limits than Trello's."""
    clock = SteppingClock()
    board = BoardBuilder("Campagne", now=clock.now)
    to_do = board.list("À produire")
    brief = to_do.card("[SEO] Brief", due=date(2027, 2, 1), members=["Léa Martin"], values={"JH": 2.5})
    article = to_do.card("Article", depends_on=[brief], attachments=["https://exemple.fr/a.pdf"])
    board.list("Terminé").card("Charte", done=True)
    limits: Limits | None = getattr(request, "param", None)
    with TrelloSandbox(board.state, limits=limits) as sandbox:
        found = Live(board, clock, sandbox, brief, article)
        yield found
        for connector in found.made:
            connector.close()
