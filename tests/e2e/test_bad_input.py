"""Whatever is wrong outside retro is one clear sentence with place and remedy, the right exit code, and no write."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retro.store.lock import StateLock
from retro_practices.own.no_owner import NoOwner


def assert_one_sentence(ran: Any, code: int, *said: str) -> None:
    """The exit code, one line on standard error, no traceback, nothing on standard output."""
    assert (ran.code, ran.out) == (code, "")
    lines = [line for line in ran.err.strip().splitlines() if not line.startswith("See `retro")]
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("retro: ")
    for words in said:
        assert words in lines[0]


FILES = {
    "empty": (b"", "empty"),
    "blank": (b"  \n", "empty"),
    "prose": (b"Dear team, here is the plan.", "no file that retro knows"),
    "a list": (b"[1, 2, 3]", "no file that retro knows"),
    "another object": (b'{"name": "x", "items": []}', "no file that retro knows"),
    "cut short": (b'{"id": "5a1532fe1a583c9b3bb5bc8b", "name": "b", "idOrganization": null, "cards": [{"id"', "JSON"),
    "no cards": (b'{"id": "5a1532fe1a583c9b3bb5bc8b", "shortLink": "x", "dateLastView": null}', "board"),
    "bytes": (bytes(range(256)), "no file that retro knows"),
}


@pytest.mark.parametrize("command", ["lint", "schedule", "view"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_board(retro: Callable[..., Any], tmp_path: Path, name: str, command: str) -> None:
    """A file that cannot be read as a board is refused by name."""
    content, said = FILES[name]
    path = tmp_path / "plan de Léa.json"
    path.write_bytes(content)
    assert_one_sentence(retro(command, path), 2, str(path), said)
    assert not list(Path.cwd().iterdir())


def test_a_file_that_is_not_there(retro: Callable[..., Any], tmp_path: Path) -> None:
    """A missing file, and a folder in its place, say so."""
    assert_one_sentence(retro("lint", tmp_path / "absent.json"), 2, "absent.json")
    assert_one_sentence(retro("lint", tmp_path), 2, str(tmp_path))


def test_nothing_to_read(retro: Callable[..., Any]) -> None:
    """Without PATH and configuration, the sentence says what to give."""
    assert_one_sentence(retro("lint"), 2, "retro demo")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lint", "--profile", "strict"], "There are: douce, standard, stricte."),
        (
            ["lint", "--format", "xml"],
            "There are: text, json, concise, jsonl, markdown, html, csv, junit, sarif, github.",
        ),
        (["lint", "--fail-on", "panic"], "panic"),
        (["lint", "--group-by", "mood"], "owner, board, rule"),
        (["lint", "--colour"], "--colour"),
        (["lnt"], "lnt"),
        (["--now", "someday", "lint"], "--now"),
    ],
)
def test_an_option_that_is_wrong(retro: Callable[..., Any], workspace: Any, arguments: list[str], said: str) -> None:
    """A wrong option or value names itself, and nothing is read."""
    assert_one_sentence(retro("-c", workspace.config, *arguments), 2, said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "OWM101"], "OWN101"),
        (["-x", "OWN101"], "CODE:option=value"),
        (["-x", "OWN101:agregate=false"], "aggregate"),
        (["-x", "OWN101:aggregate=maybe"], "true or false"),
    ],
)
def test_a_rule_that_is_misspelt(retro: Callable[..., Any], workspace: Any, options: list[str], said: str) -> None:
    """An unknown code or option of a rule names the nearest one."""
    assert_one_sentence(retro(*workspace.arguments("lint", *options)), 2, said)


def test_a_misspelt_key(retro: Callable[..., Any], workspace: Any) -> None:
    """A key that does not exist is refused with the nearest that does, and nothing is requested."""
    workspace.edit_config("estimate =", "estimates =")
    assert_one_sentence(retro(*workspace.arguments("sync")), 2, "estimates", 'Did you mean "estimate"?', "retro.toml")
    assert not workspace.server.requests_since(0)


def test_a_missing_token(retro: Callable[..., Any], workspace: Any) -> None:
    """A secret that is not where the configuration says is told by place, before anything is requested."""
    workspace.edit_config('token = { file = "trello-token" }', 'token = { env = "NO_SUCH_TOKEN" }')
    assert_one_sentence(retro(*workspace.arguments("lint")), 2, "[sources.equipe] token", "NO_SUCH_TOKEN")
    assert not workspace.server.requests_since(0)


def test_a_wrong_token(retro: Callable[..., Any], workspace: Any) -> None:
    """A token that Trello refuses is a source that failed, and the token is not shown."""
    (workspace.folder / "trello-token").write_text("planted0secret0" * 4)
    ran = retro(*workspace.arguments("lint"))
    assert_one_sentence(ran, 3, "token")
    assert "planted0secret0" not in ran.err


def test_an_unknown_board(retro: Callable[..., Any], workspace: Any) -> None:
    """A board that the token does not see is named; the other one is still judged."""
    workspace.edit_config("https://trello.com/b/Ond4Site", "https://trello.com/b/NoSuch00")
    ran = retro(*workspace.arguments("lint", "--format", "json"))
    assert ran.code == 3
    assert len(json.loads(ran.out)["boards"]) == 1
    assert "NoSuch00" in json.loads(ran.out)["sources"][0]["error"]


def test_a_dead_network(retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not answer, and no snapshot yet: exit 3, and no state but an empty one."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    workspace.server.stop()
    try:
        assert_one_sentence(retro(*workspace.arguments("lint")), 3, "network")
    finally:
        workspace.server.start()


def test_an_address_that_would_leak_the_token(retro: Callable[..., Any], workspace: Any) -> None:
    """A base address that is neither https nor loopback is refused before the token is sent."""
    workspace.edit_config(workspace.server.url, "http://trello.example")
    assert_one_sentence(retro(*workspace.arguments("lint")), 2, "https")


def test_a_state_that_another_run_holds(retro: Callable[..., Any], workspace: Any) -> None:
    """A second writer leaves at once with 5 and says who holds the state."""
    with StateLock(workspace.folder / ".retro", command="sync", now=workspace.clock[0]):
        assert_one_sentence(retro(*workspace.arguments("sync")), 5, "sync")
    assert workspace.server.writes() == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "trello"', 'kind = "notion"', "notion"),
        ("[lint]", '[mirror]\nsource = "equipe"\n[lint]', "mirror"),
    ],
)
def test_what_this_version_cannot_do(retro: Callable[..., Any], workspace: Any, old: str, new: str, said: str) -> None:
    """A key of a later version is refused, never passed over in silence."""
    workspace.edit_config(old, new)
    assert_one_sentence(retro(*workspace.arguments("lint")), 2, said)


def test_a_rule_that_crashes(retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash of one rule is a bug of that rule (70); the others still speak."""

    def crash(*_arguments: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(NoOwner, "check", crash)
    ran = retro(*workspace.arguments("lint", "--format", "json"))
    assert ran.code == 70
    assert "OWN101" in ran.err
    assert {finding["code"] for finding in json.loads(ran.out)["findings"]} > {"DAT103"}


def test_a_bug_is_a_report_without_secrets(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash of retro leaves with 70 and a report to paste, in which no token stands."""
    token = workspace.server.token

    def crash(*_arguments: object, **_named: object) -> object:
        raise ZeroDivisionError(token)

    monkeypatch.setattr("retro.run.read.join", crash)
    ran = retro(*workspace.arguments("lint"))
    assert ran.code == 70
    assert "ZeroDivisionError" in ran.err
    assert token not in ran.err
