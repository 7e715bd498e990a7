"""A small base served over loopback, the official client for it, and plain HTTP for what that client cannot say."""

import logging
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import pytest
from notion_client import Client

from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox, NotionState, PageMade

VERSION = "2026-03-11"


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def plain_http() -> httpx.Client:
    """A client that shares its certificates with all others: reading them anew takes longer than a test."""
    return httpx.Client(timeout=5, verify=_context())


class Watch:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.at = datetime(2027, 1, 4, 9, 0, 42, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Connect:
    """Makes official clients, with the token that may write unless another is given, and closes them at the end."""

    def __init__(self) -> None:
        self.https: list[httpx.Client] = []

    def __call__(self, sandbox: NotionSandbox, token: str | None = None) -> Any:
        self.https.append(plain_http())
        return Client(
            auth=token or sandbox.token,
            base_url=sandbox.url,
            retry=False,
            notion_version=VERSION,
            client=self.https[-1],
            logger=logging.getLogger(__name__),
        )


@dataclass
class World:
    """A base with two related pages of Léa's, its sandbox, the official client, and the clock."""

    watch: Watch
    base: DatabaseBuilder
    brief: PageMade
    article: PageMade
    sandbox: NotionSandbox
    client: Any
    http: httpx.Client

    @property
    def state(self) -> NotionState:
        return self.base.state

    def column_id(self, name: str) -> str:
        return str(self.base.column(name)["id"])

    def ask(self, method: str, path: str, json: Any = None, **headers: str | None) -> httpx.Response:
        """One request as such; a header given as None is left out."""
        usual = {"Authorization": f"Bearer {self.sandbox.token}", "Notion-Version": VERSION}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in {**usual, **given}.items() if value is not None}
        return self.http.request(method, f"{self.sandbox.url}/v1{path}", json=json, headers=sent)

    def value(self, page: PageMade, name: str) -> Any:
        """A column of a page as it is read."""
        found = self.client.pages.retrieve(page_id=page.id)["properties"][name]
        return found[found["type"]]

    def write(self, page: PageMade, properties: dict[str, Any] | None = None, /, **named: Any) -> Any:
        return self.client.pages.update(page_id=page.id, properties={**(properties or {}), **named})


@pytest.fixture
def watch() -> Watch:
    """A clock on Monday 4 January 2027, 42 seconds past 09:00 UTC."""
    return Watch()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connects as many clients as a test needs."""
    made = Connect()
    yield made
    for http in made.https:
        http.close()


@pytest.fixture
def world(watch: Watch, connect: Connect) -> Iterator[World]:
    """The base «Campagne» with two pages, the second of which waits for the first."""
    base = DatabaseBuilder("Campagne", now=watch.now)
    base.person("Léa Martin", email="lea@agence.example")
    base.column("Responsable", "people")
    base.column("Échéance", "date")
    base.status_column("État", {"À faire": "To-do", "En cours": "In progress", "Fait": "Complete"})
    base.relation("Bloqué par", inverse="Bloque")
    base.column("Canal", "select", options=["SEO", "Vidéo"])
    brief = base.page("[SEO] Brief", due=date(2027, 2, 1), owners=["Léa Martin"], status="En cours", estimate=2.5)
    article = base.page("[SEO] Article", after=[brief])
    with NotionSandbox(base.state, limits=Limits()) as sandbox, plain_http() as http:
        yield World(watch, base, brief, article, sandbox, connect(sandbox), http)
