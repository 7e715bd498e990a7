"""A Trello board for the contract, on the look-alike: what the suite asks of a subclass, over real HTTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
import requests

from retro.sandbox.faults import Fault, Kind
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro.testing.suite.given import GivenLive
from retro_trello.capabilities import CAPABILITIES
from retro_trello.connector import TrelloConnector, connect
from retro_trello.settings import SourceSettings
from retro_trello.writing import stamp


class TrelloBoard(GivenLive):
    """Three cards, one of which waits for another."""

    zone: ClassVar[ZoneInfo] = ZoneInfo("Europe/Paris")
    unknown: str = "https://trello.com/b/ZZZZZZZZ/nulle-part"
    absent: str = f"trello:{'0' * 24}"
    links: ClassVar[tuple[tuple[str, str], ...]] = (("[SEO] Brief", "Article"),)

    @pytest.fixture(autouse=True)
    def _sandbox(self) -> Iterator[None]:
        self.clock = SteppingClock()
        self.board = BoardBuilder("Campagne", now=self.clock.now, zone=self.zone)
        to_do = self.board.list("À produire")
        brief = to_do.card("[SEO] Brief", due=date(2027, 2, 1), members=["Léa Martin"], values={"JH": 2.5})
        to_do.card("Article", depends_on=[brief], attachments=["https://exemple.fr/a.pdf"], labels=["Web"])
        self.done = self.board.list("Terminé")
        self.done.card("Charte", done=True)
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
        connector = connect(settings, clock=self.clock, zone=self.zone)
        self.connectors.append(connector)
        return connector

    def requests(self) -> int:
        return len(self.sandbox.log)

    def writes(self) -> int:
        return self.sandbox.writes()

    def makes_there(self) -> frozenset[str]:
        return CAPABILITIES.makes

    def comment(self, task: str) -> None:
        self._by_hand("POST", f"/cards/{_id(task)}/actions/comments", {"text": "bonjour"})

    def rename(self, task: str, title: str) -> None:
        self._by_hand("PUT", f"/cards/{_id(task)}", {"name": title})

    def reschedule(self, task: str, due: date) -> None:
        self._by_hand("PUT", f"/cards/{_id(task)}", {"due": stamp(datetime.combine(due, time(18), self.zone))})

    def move(self, task: str) -> None:
        self._by_hand("PUT", f"/cards/{_id(task)}", {"idList": self.done.document["id"]})

    def delete(self, task: str) -> None:
        self._by_hand("DELETE", f"/cards/{_id(task)}")

    @contextmanager
    def refusing(self) -> Iterator[None]:
        self.sandbox.faults.add(Fault(kind=Kind.BROKEN))
        yield
        self.sandbox.faults.clear()

    @contextmanager
    def losing_answers(self) -> Iterator[None]:
        self.sandbox.faults.add(Fault(kind=Kind.LOST))
        yield
        self.sandbox.faults.clear()

    @contextmanager
    def interrupting(self, act: Callable[[], None], *, done: bool) -> Iterator[None]:
        self.sandbox.faults.add(Fault(kind=Kind.LOST if done else Kind.LIMITED, left=1, method="PUT"))
        with self.clock.interrupted(act):
            yield
        self.sandbox.faults.clear()

    def _by_hand(self, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        box = self.sandbox
        pair = f'OAuth oauth_consumer_key="{box.key}", oauth_token="{box.token}"'
        answer = requests.request(method, f"{box.url}/1{path}", json=body, headers={"Authorization": pair}, timeout=5)
        assert answer.ok, answer.text


def _id(task: str) -> str:
    return task.removeprefix("trello:")
