"""Planted tokens appear nowhere: no output, no log record, no file of the state, no address that a service sees."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import requests

from retro_practices.own.no_owner import NoOwner

SECRETS = {
    "trello-key": "PLANTEDkey0123456789abcdef0123456789",
    "trello-token": "ATTAplanted/token+with=signs0123456789abcdef",
    "notion-token": "ntn_PLANTED0123456789/abcdef+ABCDEF",
}
FAULTS = (
    *("500:1@GET", "drop:1@GET", "half:1@GET", "truncated:1@GET", "429:1+after=2@GET", "502:1+after=4"),
    *("500:1@P", "drop:1+after=3@P", "lost:1+after=6@P", "half:1+after=9@P", "truncated:1+after=12@P"),
)
TROUBLED = (["pull"], ["lint"], ["plan"], ["apply", "--yes"], ["sync"], ["lint", "--format", "json"])
QUIET = (["apply", "--yes"], ["sync"], ["undo", "last", "--yes"])


class Everything(logging.Handler):
    """Keeps all that is in every record, whatever the level and whoever made it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def logged() -> Iterator[Everything]:
    """All log records of the process, of every library, at every level."""
    found, root = Everything(), logging.getLogger()
    level = root.level
    root.addHandler(found)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(found)
    root.setLevel(level)


@pytest.fixture
def planted(campaign_of_three: Any) -> Any:
    """The three boards, open to recognisable secrets alone."""
    trello, notion = campaign_of_three.server.state, campaign_of_three.base.state
    trello.key = SECRETS["trello-key"]
    for state, name in ((trello, "trello-token"), (notion, "notion-token")):
        first = next(token for token in state.tokens.values() if token.write)
        state.tokens.clear()
        state.tokens[SECRETS[name]] = replace(first, value=SECRETS[name])
    for name, secret in SECRETS.items():
        (campaign_of_three.folder / name).write_text(secret, encoding="utf-8")
    return campaign_of_three


def leaks(text: str) -> list[str]:
    """The secrets that stand in a text, as they are or as an address would hold them."""
    return [
        name
        for name, secret in SECRETS.items()
        if any(form in text for form in (secret, quote(secret, safe=""), repr(secret)[1:-1]))
    ]


def written(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of the workspace but those in which a person keeps the secrets."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in SECRETS:
            yield path, path.read_bytes()


def check(planted: Any, logged: Everything, *said: str) -> None:
    """No secret in what was said, logged, kept, or asked for."""
    assert not [(name, text[:400]) for text in said for name in leaks(text)]
    assert not [(name, record[:400]) for record in logged.said for name in leaks(record)]
    files = dict(written(planted.folder))
    assert not [(name, path) for path, held in files.items() for name in leaks(held.decode("latin-1"))]
    for access in (*planted.server.log, *planted.base.log):
        assert not access.leaked
        assert not leaks(f"{access.path} {access.query} {access.body}")


def test_the_whole_loop_tells_no_secret(retro: Callable[..., Any], planted: Any, logged: Everything) -> None:
    """Pull, lint, plan, apply, sync and undo at -vv, with every kind of failure on the way: no secret anywhere."""
    said: list[str] = []
    codes: list[int] = []
    for command in (*TROUBLED, *QUIET):
        for server in (planted.server, planted.base):
            server.faults.clear()
            server.faults.add(*(FAULTS if len(codes) < len(TROUBLED) else ()))
        ran = retro(*planted.arguments("-vv", *command))
        codes.append(ran.code)
        said += [ran.out, ran.err]
    assert codes[0] == 0
    assert not {2, 70} & set(codes), "\n".join(said)
    assert planted.server.writes() > 20
    assert planted.base.writes()
    assert any("api" in record or "boards" in record for record in logged.said)
    assert any(path.suffix in {".db", ".sqlite", ".sqlite3"} for path, _held in written(planted.folder))
    check(planted, logged, *said)


@pytest.mark.parametrize("after", [0, 1])
def test_a_token_that_is_withdrawn_is_not_named(
    retro: Callable[..., Any], planted: Any, logged: Everything, after: int
) -> None:
    """A 401 at once or in mid-run ends the source with words, in which the token does not stand."""
    for server in (planted.server, planted.base):
        server.faults.add(f"invalid+after={after}")
    ran = retro(*planted.arguments("-vv", "sync"))
    assert ran.code == 3
    assert "revoked" in ran.err
    check(planted, logged, ran.out, ran.err)


@pytest.mark.parametrize("tool", ["trello", "notion", "rule"])
def test_a_bug_with_a_secret_in_its_words_is_masked(
    retro: Callable[..., Any], planted: Any, logged: Everything, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    """A crash whose error quotes the very headers of a request leaves with 70 and a report without secrets."""

    def spill(*given: Any, **_named: object) -> object:
        headers = next((dict(each.headers) for each in given if hasattr(each, "headers")), SECRETS)
        raise RuntimeError(f"cannot send {headers}") from ValueError(headers)

    if tool == "trello":
        monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", spill)
    elif tool == "notion":
        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", spill)
    else:
        monkeypatch.setattr(NoOwner, "check", spill)
    ran = retro(*planted.arguments("-vv", "lint"))
    assert ran.code == 70
    assert "•••" in ran.err
    check(planted, logged, ran.out, ran.err)
