"""What -v and -vv add: the table of requests, once, and the log; what programs read stays as it was."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a service."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)


def lines(text: str, words: str) -> list[list[str]]:
    """The lines that hold these words, each in columns."""
    return [line.split() for line in text.splitlines() if words in line]


def test_the_table_of_a_pull(retro: Callable[..., Any], workspace: Any) -> None:
    """At -v a pull tells its two requests by kind, the one that was refused, and what the service had left."""
    workspace.server.faults.add("429:1@GET")
    ran = retro(*workspace.arguments("-v", "pull"))
    assert ran.code == 0
    assert lines(ran.err, "GET /boards/{id}") == [["GET", "/boards/{id}", "3", "1", "×", "HTTP", "429", "-", "10", "s"]]
    assert len(lines(retro(*workspace.arguments("-v", "pull")).err, "requests away from the service’s limit")) == 1
    assert "away from" not in retro(*workspace.arguments("pull")).err


def test_writers_tell_reads_and_writes(retro: Callable[..., Any], workspace: Any) -> None:
    """One table for all that an apply does, in the user's language."""
    ran = retro(*workspace.arguments("-v", "apply", "--yes"))
    assert len(lines(ran.err, "Requests")) == 1
    assert int(lines(ran.err, "PUT /cards/{id}/customFields")[0][2]) > 20
    total = next(int(line[1]) for line in lines(ran.err, "equipe") if line[1:2] and line[1].isdigit())
    assert total == len(workspace.server.log)


def test_a_command_that_fails_tells_as_well(retro: Callable[..., Any], workspace: Any) -> None:
    """A run that ends half-way shows the table all the same, once, before what went wrong."""
    workspace.server.faults.add("invalid")
    ran = retro(*workspace.arguments("-v", "lint"))
    assert ran.code == 3
    assert lines(ran.err, "GET /boards/{id}")[0][2] == "1"
    assert len(lines(ran.err, "Requests")) == 1


def test_a_revoked_token_is_tried_once(retro: Callable[..., Any], workspace: Any) -> None:
    """With two boards and a token that nobody knows any more, one request is made and one error told."""
    retro(*workspace.arguments("pull"))
    mark = workspace.server.log.mark()
    workspace.server.faults.add("invalid")
    ran = retro(*workspace.arguments("pull"))
    assert ran.code == 3
    assert len(workspace.server.requests_since(mark)) == 1
    assert ran.err.count("revoked") == 1


def test_a_board_that_fails_is_named_and_counted(retro: Callable[..., Any], workspace: Any) -> None:
    """A pull says which board was not read, by its name in retro.toml, and counts the requests that failed too."""
    workspace.server.faults.add("500:5@GET")
    ran = retro(*workspace.arguments("pull"))
    sent = len(workspace.server.log)
    assert ran.code == 3
    assert "retro: boards." in ran.err
    assert "Boards read: 1 of 2." in ran.out
    assert f"{sent} requests in all." in ran.out


def test_json_stays_as_it_was(retro: Callable[..., Any], workspace: Any) -> None:
    """What a program reads on standard output is the same at -vv."""
    plain = retro(*workspace.arguments("lint", "--format", "json"))
    loud = retro(*workspace.arguments("-vv", "lint", "--format", "json"))
    assert json.loads(loud.out)["findings"] == json.loads(plain.out)["findings"]
    assert len(loud.err) > len(plain.err)


def test_the_log_is_shown_at_vv_and_only_then(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """Records of retro and of both libraries are on standard error; afterwards no logger is left changed."""
    before = [(logging.getLogger(name).level, logging.getLogger(name).handlers[:]) for name in ("retro", "urllib3")]
    ran = retro(*campaign_of_three.arguments("-vv", "pull"))
    assert ran.code == 0
    for words in ("DEBUG retro.http.line: GET /1/boards/", "DEBUG urllib3.connectionpool", "INFO httpx: HTTP Request"):
        assert words in ran.err
    assert not ran.out.count("DEBUG")
    after = [(logging.getLogger(name).level, logging.getLogger(name).handlers[:]) for name in ("retro", "urllib3")]
    assert after == before
    assert "DEBUG" not in retro(*campaign_of_three.arguments("-v", "pull")).err


def test_files_make_no_table(retro: Callable[..., Any], workspace: Any) -> None:
    """Where nothing goes over the wire there is nothing to tell."""
    export = workspace.folder / "board.csv"
    export.write_text("Tâche,Échéance\nMaquette,2026-12-01\n", encoding="utf-8")
    assert "Requests" not in retro("-v", "lint", export).err
