"""A small board served over loopback, and a session that speaks to it as Trello asks: credentials in the header."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from retro.sandbox.trello import BoardBuilder, CardMade, TrelloSandbox


@dataclass
class Watch:
    """A clock that moves when told to."""

    at: datetime = field(default_factory=lambda: datetime(2027, 1, 4, 9, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Client:
    """Calls one sandbox with one token."""

    sandbox: TrelloSandbox
    session: requests.Session

    def call(self, method: str, path: str, json: object = None, **params: object) -> requests.Response:
        query = {name: str(value) for name, value in params.items()}
        return self.session.request(method, f"{self.sandbox.url}/1{path}", params=query, json=json, timeout=5)

    def get(self, path: str, **params: object) -> requests.Response:
        return self.call("GET", path, **params)

    def put(self, path: str, json: object = None, **params: object) -> requests.Response:
        return self.call("PUT", path, json, **params)

    def post(self, path: str, json: object = None, **params: object) -> requests.Response:
        return self.call("POST", path, json, **params)

    def delete(self, path: str) -> requests.Response:
        return self.call("DELETE", path)


class Connect:
    """Makes clients, with the sandbox's own credentials unless others are given, and closes them at the end."""

    def __init__(self) -> None:
        self.clients: list[Client] = []

    def __call__(self, sandbox: TrelloSandbox, *, key: str | None = None, token: str | None = None) -> Client:
        session = requests.Session()
        key, token = key or sandbox.key, token or sandbox.token
        session.headers["Authorization"] = f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
        self.clients.append(Client(sandbox, session))
        return self.clients[-1]


@dataclass
class World:
    """A board with two cards, its sandbox and a client that may write."""

    watch: Watch
    board: BoardBuilder
    brief: CardMade
    article: CardMade
    sandbox: TrelloSandbox
    client: Client


@pytest.fixture
def watch() -> Watch:
    """A clock on Monday 4 January 2027, 09:00 UTC."""
    return Watch()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connects as many clients as a test needs."""
    made = Connect()
    yield made
    for client in made.clients:
        client.session.close()


@pytest.fixture
def world(watch: Watch, connect: Connect) -> Iterator[World]:
    """Two linked cards of Léa's on the board «Campagne»."""
    board = BoardBuilder("Campagne", now=watch.now)
    to_do = board.list("À produire")
    board.list("Terminé")
    brief = to_do.card("[SEO] Brief", due=date(2027, 2, 1), members=["Léa Martin"], values={"JH": 2.5})
    article = to_do.card("[SEO] Article", depends_on=[brief])
    with TrelloSandbox(board.state) as sandbox:
        yield World(watch, board, brief, article, sandbox, connect(sandbox))
