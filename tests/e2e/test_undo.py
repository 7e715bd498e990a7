"""Taking a run back on a live look-alike: the boards are as they were, save what people changed meanwhile."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from tests.whole_boards import boards, everything, mark_of, writes

Run = Callable[..., Any]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def workspace(campaign_of_three: Any) -> Any:
    """The demo's two boards of cards and its base of pages."""
    return campaign_of_three


def card_titled(workspace: Any, title: str) -> dict[str, Any]:
    """The card of that title."""
    cards = [card for board in workspace.server.state.boards.values() for card in board["cards"]]
    found: dict[str, Any] = next(card for card in cards if title in card["name"])
    return found


def own_fields(workspace: Any) -> list[str]:
    """The names of retro's fields on all boards."""
    fields = [field for board in workspace.server.state.boards.values() for field in board["customFields"]]
    return [field["name"] for field in fields if field["name"].startswith("retro")]


@pytest.fixture
def applied(retro: Run, workspace: Any) -> Any:
    """A first apply; the boards as they were before it."""
    before = everything(workspace)
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    assert everything(workspace) != before
    workspace.on(workspace.clock[0] + MINUTE)
    return before


def test_after_an_undo_the_boards_are_identical(retro: Run, workspace: Any, applied: Any) -> None:
    """Every field, id and column is as before, for as many writes as made them; nothing comes back by night."""
    there, mark = writes(workspace), mark_of(workspace)
    ran = retro(*workspace.arguments("undo", "last", "--yes"))
    assert ran.code == 0, ran.err
    assert everything(workspace) == applied
    assert ran.out.count("Removed from") == 3
    # Trello takes a field away at a time; Notion made both columns in one request and takes them away in one.
    assert writes(workspace, mark) == there
    for later in (MINUTE, timedelta(minutes=20), timedelta(days=1)):
        mark = mark_of(workspace)
        again = retro(*workspace.arguments("sync", "--yes", now=workspace.clock[0] + later))
        assert (again.code, writes(workspace, mark)) == (0, 0), again.out
    assert "edited less than" not in again.out
    assert everything(workspace) == applied


def test_what_people_changed_stays(retro: Run, workspace: Any, applied: Any) -> None:
    """A due date that someone moved, a card renamed and one archived are as people left them; the rest goes back."""
    plan = json.loads(retro(*workspace.arguments("log", "--run", "last", "--format", "json")).out)
    filled = next(change for change in plan["changes"] if change["field"] == "due")["task"]["key"].partition(":")[2]
    state = workspace.server.state
    state.edit_card(filled, due="2026-12-24T16:00:00.000Z")
    renamed = card_titled(workspace, "Maquettes de 6 gabarits")["id"]
    state.edit_card(renamed, name="[Web] Maquettes de 7 gabarits")
    archived = card_titled(workspace, "Recette sur 3 navigateurs")["id"]
    state.edit_card(archived, closed=True)
    ran = retro(*workspace.arguments("undo", "last", "--yes"))
    assert ran.code == 0, ran.err
    assert "someone changed it since" in ran.out
    assert "archived or no longer" in ran.out
    after = {card["id"]: card for board in boards(workspace).values() for card in board["cards"]}
    before = {card["id"]: card for board in applied[0].values() for card in board["cards"]}
    changed = {
        (id_, name)
        for id_, card in after.items()
        for name in card
        if card[name] != before[id_][name] and name not in {"badges", "url", "dateClosed"}
    }
    assert changed == {
        (filled, "due"),
        (renamed, "name"),
        (archived, "closed"),
        (archived, "customFieldItems"),
    }
    # The archived card's values are still retro's: their columns stay, on its board only.
    assert len(own_fields(workspace)) == 2


def test_one_task_and_one_board(retro: Run, workspace: Any, applied: Any) -> None:
    """`--task` takes one card back, `--board` one board with its columns; the whole undo then takes the rest."""
    title = "Maquettes de 6 gabarits"
    card = card_titled(workspace, title)["id"]
    one = retro(*workspace.arguments("undo", "last", "--task", title, "--yes"))
    assert one.code == 0, one.err
    assert not card_titled(workspace, title)["customFieldItems"] or not own_values(workspace, card)
    assert len(own_fields(workspace)) == 4
    assert retro(*workspace.arguments("undo", "last", "--board", "contenus", "--yes")).code == 0
    assert len(own_fields(workspace)) == 2
    assert retro(*workspace.arguments("undo", "last", "--yes")).code == 0
    assert everything(workspace) == applied


def own_values(workspace: Any, card: str) -> list[object]:
    """Retro's values on a card."""
    board, found = workspace.server.state.card(card)
    ours = {field["id"] for field in board["customFields"] if field["name"].startswith("retro")}
    return [item["value"] for item in found["customFieldItems"] if item["idCustomField"] in ours]


def test_a_dry_run_sends_nothing(retro: Run, workspace: Any, applied: Any) -> None:
    """`--dry-run` shows what would be taken back, and sends no write and begins no run."""
    mark = mark_of(workspace)
    ran = retro(*workspace.arguments("undo", "last", "--dry-run", "--all"))
    assert ran.code == 0
    assert "Dry run" in ran.out
    assert "They go too" in ran.out
    assert writes(workspace, mark) == 0
    runs = json.loads(retro(*workspace.arguments("log", "--format", "json")).out)["runs"]
    assert [run["command"] for run in runs] == ["apply"]
    assert everything(workspace) != applied


def test_an_undo_that_is_cut_off_is_gone_on_with(
    retro: Run, workspace: Any, applied: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the network gone half-way the undo leaves with 3; `undo last`, run again, ends with identical boards."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    workspace.server.faults.add("drop:1000@PUT/1/cards/")
    assert retro(*workspace.arguments("undo", "last", "--yes")).code == 3
    workspace.server.faults.clear()
    workspace.server.faults.add("lost:1@PUT/1/cards/")
    retro(*workspace.arguments("undo", run_of(workspace), "--yes", now=workspace.clock[0] + MINUTE))
    workspace.server.faults.clear()
    last = retro(*workspace.arguments("undo", run_of(workspace), "--yes", now=workspace.clock[0] + MINUTE))
    assert last.code == 0, last.err
    assert everything(workspace) == applied


def run_of(workspace: Any) -> str:
    """The first run's id."""
    with closing(sqlite3.connect(workspace.folder / ".retro" / "retro.db")) as state:
        (found,) = state.execute("SELECT id FROM runs ORDER BY started LIMIT 1").fetchone()
    return str(found)


def test_a_killed_undo_is_the_last_run_still(
    retro: Run, workspace: Any, applied: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An undo that was killed leaves `last` meaning the run that it was taking back."""
    from retro_trello.connector import TrelloConnector  # noqa: PLC0415 - patched here alone

    push, calls = TrelloConnector.push, []

    def killed(self: Any, write: Any) -> Any:
        calls.append(write)
        if len(calls) == 9:
            raise KeyboardInterrupt
        return push(self, write)

    with monkeypatch.context() as patched:
        patched.setattr(TrelloConnector, "push", killed)
        assert retro(*workspace.arguments("undo", "last", "--yes")).code == 130
    assert everything(workspace) != applied
    again = retro(*workspace.arguments("undo", "last", "--yes", now=workspace.clock[0] + MINUTE))
    assert again.code == 0, again.err
    assert everything(workspace) == applied


def test_an_undo_can_be_taken_back(retro: Run, workspace: Any, applied: Any) -> None:
    """Taking the undo back by its id brings every value back; taking that back leaves the boards as at first."""
    written = {change["id"]: change for change in values(retro, workspace)}
    retro(*workspace.arguments("undo", "last", "--yes"))
    undo = json.loads(retro(*workspace.arguments("log", "--format", "json")).out)["runs"][0]
    assert undo["command"].startswith("undo ")
    again = retro(*workspace.arguments("undo", undo["id"], "--yes", now=workspace.clock[0] + MINUTE))
    assert again.code == 0, again.err
    assert f"{len(written)} writes" in again.out
    quiet = retro(*workspace.arguments("plan", "--detailed-exitcode", now=workspace.clock[0] + timedelta(hours=1)))
    assert quiet.code == 0, quiet.out


def values(retro: Run, workspace: Any) -> list[dict[str, Any]]:
    """What the last run wrote."""
    changes = json.loads(retro(*workspace.arguments("log", "--run", "last", "--format", "json")).out)["changes"]
    return [{**change, "id": (change["task"]["key"], change["field"])} for change in changes]


def test_force_writes_again_what_was_taken_back(retro: Run, workspace: Any, applied: Any) -> None:
    """`sync --force` proposes the very values again; the board then has them all."""
    count = len(values(retro, workspace))
    retro(*workspace.arguments("undo", "last", "--yes"))
    assert everything(workspace) == applied
    forced = retro(*workspace.arguments("sync", "--force", "--yes", now=workspace.clock[0] + timedelta(hours=1)))
    assert f"{count} writes" in forced.out


def test_nothing_to_undo_is_said(retro: Run, workspace: Any) -> None:
    """With nothing ever written, undo leaves with 2 and a sentence; so it does offline and without a retro.toml."""
    assert "No run has written anything yet" in retro(*workspace.arguments("undo", "last")).err
    assert retro(*workspace.arguments("--offline", "undo", "last")).code == 2
    assert retro("undo", "last").code == 2
    assert "no state" in retro("log").err


def test_the_log_tells_what_when_and_why(retro: Run, workspace: Any, applied: Any) -> None:
    """The log of a task, found by title, key or address, shows each write with its run; no request is made for it."""
    card = card_titled(workspace, "Maquettes de 6 gabarits")
    mark = mark_of(workspace)
    for name in ("maquettes DE 6", f"trello:{card['id']}", card["url"]):
        document = json.loads(retro(*workspace.arguments("log", name, "--format", "json")).out)
        assert {change["task"]["key"] for change in document["changes"]} == {f"trello:{card['id']}"}
    (run,) = document["runs"]
    assert (run["command"], run["id"]) == ("apply", run_of(workspace))
    latest = next(change for change in document["changes"] if change["field"] == "retro_latest")
    assert (latest["old"], latest["why"], latest["state"]) == (None, "schedule", "acknowledged")
    assert latest["at"] == (workspace.clock[0] - MINUTE).isoformat(timespec="seconds")
    text = retro(*workspace.arguments("log", "maquettes de 6")).out
    assert "Maquettes de 6 gabarits" in text
    assert "empty → 14 Dec 2026" in text
    assert "81 writes" in retro(*workspace.arguments("log")).out
    assert "Nothing was written there" in retro(*workspace.arguments("log", "personne")).out
    assert not workspace.server.requests_since(mark[0])
    assert applied


def test_an_undo_that_makes_no_sense_is_refused(retro: Run, workspace: Any, applied: Any) -> None:
    """An unknown run (2, with the runs there are), a task's name that fits several or none (2), a held state (5)."""
    from retro.store.lock import StateLock  # noqa: PLC0415 - loads filelock

    mark = mark_of(workspace)
    unknown = retro(*workspace.arguments("undo", "nope"))
    assert unknown.code == 2
    assert run_of(workspace) in unknown.err
    assert not workspace.server.requests_since(mark[0])
    several = retro(*workspace.arguments("undo", "last", "--task", "[Web]", "--yes"))
    none = retro(*workspace.arguments("undo", "last", "--task", "personne", "--yes"))
    assert (several.code, none.code) == (2, 2)
    assert "trello:" in several.err
    with StateLock(workspace.folder / ".retro", command="sync", now=workspace.clock[0]):
        assert retro(*workspace.arguments("undo", "last", "--yes")).code == 5
        assert retro(*workspace.arguments("log")).code == 0
    assert writes(workspace, mark) == 0
    assert everything(workspace) != applied
