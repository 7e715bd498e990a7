"""The Trello connector keeps the contract of connectors, over real HTTP against the look-alike."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro.testing.suite import ConnectorContract
from retro_trello.connector import TrelloConnector, connect
from retro_trello.settings import SourceSettings


class TestTrello(ConnectorContract):
    """The suite, on a board of three cards."""

    unknown: str = "https://trello.com/b/ZZZZZZZZ/nulle-part"
    absent: str = f"trello:{'0' * 24}"

    @pytest.fixture(autouse=True)
    def _sandbox(self) -> Iterator[None]:
        self.clock = SteppingClock()
        self.board = BoardBuilder("Campagne", now=self.clock.now)
        to_do = self.board.list("À produire")
        brief = to_do.card("[SEO] Brief", due=date(2027, 2, 1), members=["Léa Martin"], values={"JH": 2.5})
        to_do.card("Article", depends_on=[brief], attachments=["https://exemple.fr/a.pdf"], labels=["Web"])
        self.board.list("Terminé").card("Charte", done=True)
        self.connectors: list[TrelloConnector] = []
        with TrelloSandbox(self.board.state) as self.sandbox:
            self.at = self.board.url
            yield
            for connector in self.connectors:
                connector.close()

    def open(self, *, read_only: bool = False) -> TrelloConnector:
        box = self.sandbox
        token = box.read_token if read_only else box.token
        settings = SourceSettings(id="equipe", key=box.key, token=token, base_url=box.url)
        connector = connect(settings, clock=self.clock, zone=ZoneInfo("Europe/Paris"))
        self.connectors.append(connector)
        return connector

    def comment(self, task: str) -> None:
        self._by_hand("POST", f"/cards/{task.removeprefix('trello:')}/actions/comments", {"text": "bonjour"})

    def rename(self, task: str, title: str) -> None:
        self._by_hand("PUT", f"/cards/{task.removeprefix('trello:')}", {"name": title})

    def _by_hand(self, method: str, path: str, body: dict[str, str]) -> None:
        client = self.open()._client
        client._trello.fetch_json(path, method, post_args=body)
