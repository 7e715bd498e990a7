"""What several nights do at the command line: saved plans, names of boards, and sources beside others that fail."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

FIRST = 'write = { own = ["latest", "review"], fill = ["due"] }\n'


@pytest.fixture
def saved(retro: Callable[..., Any], workspace: Any) -> Any:
    """A plan made and saved while the boards were handed over."""
    path = workspace.folder / "tonight.json"
    assert retro(*workspace.arguments("plan", "-o", path)).code == 0
    assert json.loads(path.read_text("utf-8"))["changes"]
    return path


def board_of(workspace: Any, alias: str) -> Any:
    """A board of the look-alike, by its name in the configuration."""
    text = workspace.config.read_text("utf-8")
    link = text.split(f"[boards.{alias}]")[1].split("https://trello.com/b/")[1].split('"')[0]
    return next(board for board in workspace.server.state.boards.values() if board["shortLink"] == link)


def aliases(workspace: Any) -> list[str]:
    """The names of the Trello boards in the configuration."""
    text = workspace.config.read_text("utf-8")
    sections = text.split("[boards.")[1:]
    return [section.partition("]")[0] for section in sections if "trello.com/b/" in section]


@pytest.mark.parametrize("now", ["", 'write = { own = ["review"] }\n'], ids=["nothing", "one field"])
def test_a_saved_plan_writes_only_what_is_still_handed_over(
    retro: Callable[..., Any], workspace: Any, saved: Any, now: str
) -> None:
    """What was taken out of `write` since the plan was saved is left out of it, and said to be."""
    workspace.edit_config(FIRST, now)
    ran = retro(*workspace.arguments("apply", saved, "--yes"))
    assert ran.code == 0, ran.err
    assert "left out" in ran.err
    assert (workspace.server.writes() > 0) is bool(now)
    for board in workspace.server.state.boards.values():
        names = {field["name"] for field in board["customFields"] if field["name"].startswith("retro")}
        assert names <= ({"retro · à revoir"} if now else set())


def test_a_saved_plan_moves_no_publication(retro: Callable[..., Any], workspace: Any, saved: Any) -> None:
    """Where a board became an editorial calendar since, its cards' due dates are left out of the plan."""
    for alias in aliases(workspace):
        workspace.edit_config(f"[boards.{alias}]\n", f'[boards.{alias}]\nkind = "editorial"\n')
    dues = {card["id"]: card["due"] for board in workspace.server.state.boards.values() for card in board["cards"]}
    ran = retro(*workspace.arguments("apply", saved, "--yes"))
    assert "left out" in ran.err
    now = {card["id"]: card["due"] for board in workspace.server.state.boards.values() for card in board["cards"]}
    assert now == dues


def test_a_saved_plan_stops_at_guests(retro: Callable[..., Any], workspace: Any, saved: Any) -> None:
    """A board that people outside the team can see by now gets nothing of a plan saved before."""
    for board in workspace.server.state.boards.values():
        board["prefs"]["permissionLevel"] = "public"
    ran = retro(*workspace.arguments("apply", saved, "--yes"))
    assert ran.code == 0, ran.err
    assert workspace.server.writes() == 0


def test_a_name_that_means_another_board(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board's name that points to an address which cannot be read leaves the old board alone; the others go on."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    alias = aliases(workspace)[0]
    board = board_of(workspace, alias)
    workspace.edit_config(f"https://trello.com/b/{board['shortLink']}", "https://trello.com/b/Zz9Zz9Zz")
    workspace.on(workspace.clock[0] + timedelta(days=1))
    mark = workspace.server.log.mark()
    ran = retro(*workspace.arguments("sync"))
    assert ran.code == 3
    own = {board["id"], board["shortLink"], *(card["id"] for card in board["cards"])}
    assert not [request for request in workspace.server.requests_since(mark) if own & set(request.path.split("/"))]


def test_a_missing_export_beside_a_good_source(retro: Callable[..., Any], workspace: Any) -> None:
    """A file that is not there is a source that failed: exit 3, and the others are done."""
    with workspace.config.open("a", encoding="utf-8") as file:
        file.write('\n[sources.export]\nkind = "file"\npath = "absent.json"\n')
    ran = retro(*workspace.arguments("lint", "--format", "json", "--exit-zero"))
    assert ran.code == 3, ran.err
    states = {source["id"]: source["state"] for source in json.loads(ran.out)["sources"]}
    assert states.pop("export") == "failed"
    assert set(states.values()) == {"fresh"}
    applied = retro(*workspace.arguments("apply", "--yes"))
    assert applied.code == 3
    assert "absent.json" in applied.err


def test_a_read_only_source_beside_another(retro: Callable[..., Any], workspace: Any) -> None:
    """With one token that may only read, sync writes with the other and leaves with 0; apply leaves with 2."""
    alias = aliases(workspace)[0]
    (workspace.folder / "reader").write_text(workspace.server.read_token)
    text = workspace.config.read_text("utf-8")
    source = text.split("[sources.equipe]")[1].split("[")[0]
    reader = source.replace('"trello-token"', '"reader"')
    text = text.replace(f'[boards.{alias}]\nsource = "equipe"', f'[boards.{alias}]\nsource = "lecture"')
    workspace.config.write_text(f"{text}\n[sources.lecture]{reader}", encoding="utf-8")
    for command, code in (("apply", 2), ("sync", 0)):
        mark = workspace.server.log.mark()
        ran = retro(*workspace.arguments(command, "--yes", now=workspace.clock[0] + timedelta(hours=1)))
        assert ran.code == code, ran.err
        assert (workspace.server.writes(mark) > 0) is (command == "apply")
    assert not [field for field in board_of(workspace, alias)["customFields"] if field["name"].startswith("retro")]
