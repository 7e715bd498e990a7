"""Notion databases for the contract, on the look-alike: what the suite asks of a subclass, over real HTTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import httpx
import pytest

from retro.sandbox.faults import Fault, Kind
from retro.sandbox.notion import DatabaseBuilder, NotionSandbox
from retro.testing.clock import SteppingClock
from retro.testing.suite.given import GivenLive
from retro_notion.connector import NotionConnector, connect
from retro_notion.settings import SourceSettings


class NotionBoard(GivenLive):
    """Three pages of a database, one of which waits for another."""

    zone: ClassVar[ZoneInfo] = ZoneInfo("Europe/Paris")
    unknown: str = "https://www.notion.so/nulle-part/0123456789abcdef0123456789abcdef"
    absent: str = "notion:00000000-0000-4000-8000-000000000000"
    links: ClassVar[tuple[tuple[str, str], ...]] = (("[SEO] Brief", "Article"),)

    def fill(self, database: DatabaseBuilder) -> None:
        """Give the database its columns and pages."""
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _sandbox(self) -> Iterator[None]:
        self.clock = SteppingClock()
        self.database = DatabaseBuilder("Campagne", now=self.clock.now)
        self.fill(self.database)
        self.connectors: list[NotionConnector] = []
        with NotionSandbox(self.database.state) as self.sandbox:
            self.at = self.database.url
            yield
            for connector in self.connectors:
                connector.close()

    def open(self, *, read_only: bool = False) -> NotionConnector:
        box = self.sandbox
        settings = SourceSettings(id="base", token=box.read_token if read_only else box.token, base_url=box.url)
        connector = connect(settings, clock=self.clock, zone=self.zone)
        self.connectors.append(connector)
        return connector

    def requests(self) -> int:
        return len(self.sandbox.log)

    def writes(self) -> int:
        return self.sandbox.writes()

    def comment(self, task: str) -> None:
        parent = {"page_id": _id(task)}
        self._by_hand("POST", "/v1/comments", {"parent": parent, "rich_text": [{"text": {"content": "bonjour"}}]})

    def rename(self, task: str, title: str) -> None:
        self._edit(task, {"Nom": {"title": [{"text": {"content": title}}]}})

    def reschedule(self, task: str, due: date) -> None:
        self._edit(task, {"Échéance": {"date": {"start": due.isoformat()}}})

    def move(self, task: str) -> None:
        self._edit(task, {"État": {"status": {"name": "Terminé"}}})

    def delete(self, task: str) -> None:
        self._by_hand("PATCH", f"/v1/pages/{_id(task)}", {"in_trash": True})

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
        self.sandbox.faults.add(Fault(kind=Kind.LOST if done else Kind.LIMITED, left=1, method="PATCH"))
        with self.clock.interrupted(act):
            yield
        self.sandbox.faults.clear()

    def _edit(self, task: str, properties: dict[str, Any]) -> None:
        self._by_hand("PATCH", f"/v1/pages/{_id(task)}", {"properties": properties})

    def _by_hand(self, method: str, path: str, body: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self.sandbox.token}", "Notion-Version": "2026-03-11"}
        answer = httpx.request(
            method, f"{self.sandbox.url}{path}", json=body, headers=headers, trust_env=False, timeout=5
        )
        assert answer.is_success, answer.text


class OneRange(NotionBoard):
    """Start and due are the two ends of one column."""

    def makes_there(self) -> frozenset[str]:
        return frozenset({"start", "due", "own", "section", "owners", "references", "estimates", "description"})

    def fill(self, database: DatabaseBuilder) -> None:
        database.column("Description", "rich_text")
        brief = database.page(
            "[SEO] Brief", due=date(2027, 2, 1), owners=["Léa Martin"], status="À faire", estimate=2.5
        )
        database.page("Article", due=(date(2027, 2, 2), date(2027, 2, 5)), after=[brief], status="En cours")
        database.page("Charte", status="Terminé")


class TwoColumns(NotionBoard):
    """Start and due are two columns."""

    def fill(self, database: DatabaseBuilder) -> None:
        brief = database.page(
            "[SEO] Brief", start=date(2027, 1, 25), due=date(2027, 2, 1), owners=["Léa Martin"], status="À faire"
        )
        database.page("Article", due=date(2027, 2, 5), after=[brief], status="En cours")
        database.page("Charte", status="Terminé")


def _id(task: str) -> str:
    return task.removeprefix("notion:")
