"""Taking runs back wherever remarks stand: fields, comments, labels, and dates in the team's cells, on both tools."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import SmallTeam, small_team
from tests.whole_boards import everything, mark_of, writes

Run = Callable[..., Any]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
PLACES = [("field", "field"), ("comment", "comment"), ("label", "field")]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallTeam]:
    """Five cards and four pages, nothing written yet; nobody waits."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    with small_team(tmp_path / "équipe") as made:
        yield made


def said(held: SmallTeam) -> tuple[list[object], list[object]]:
    """Every comment on cards and pages."""
    boards = held.server.state.boards.values()
    cards = [each["data"] for board in boards for each in board["actions"] if each["type"] == "commentCard"]
    return cards, list(held.base.state.comments.values())


def whole(held: SmallTeam) -> object:
    """Everything on both boards, comments too."""
    return everything(held), said(held)


def ran(retro: Run, team: SmallTeam, *words: object) -> Any:
    """A command that succeeds, a minute later."""
    done = retro(*team.arguments(*words, now=team.clock[0] + MINUTE))
    assert done.code == 0, done.out + done.err
    return done


def place(team: SmallTeam, trello: str, notion: str) -> None:
    """Let remarks stand elsewhere than in a field."""
    team.edit_config('warnings = "field"\n', f'warnings = "{trello}"\n')
    team.edit_config('at = "https://www.notion', f'warnings = "{notion}"\nat = "https://www.notion')


@pytest.mark.parametrize(("trello", "notion"), PLACES)
def test_boards_are_as_before(retro: Run, team: SmallTeam, trello: str, notion: str) -> None:
    """An undo of two runs in turn gives each time the boards from before, ids and all; nights write nothing back."""
    place(team, trello, notion)
    before = whole(team)
    ran(retro, team, "apply", "--yes")
    first = whole(team)
    team.edit_config("2027-01-29", "2027-02-19")
    team.on(team.clock[0] + DAY)
    ran(retro, team, "sync")
    assert whole(team) != first
    ran(retro, team, "undo", "last", "--yes")
    assert whole(team) == first
    ran(retro, team, "undo", "last", "--yes")
    assert whole(team) == before
    mark = mark_of(team)
    team.on(team.clock[0] + DAY)
    ran(retro, team, "sync", "--yes")
    assert writes(team, mark) == 0


@pytest.mark.parametrize(("trello", "notion"), PLACES)
def test_task_by_task_and_board_by_board(retro: Run, team: SmallTeam, trello: str, notion: str) -> None:
    """One task at a time, then one board at a time, ends in the boards from before as the whole undo does."""
    place(team, trello, notion)
    before = whole(team)
    ran(retro, team, "apply", "--yes")
    (run,) = [each["id"] for each in runs(retro, team)]
    ran(retro, team, "undo", run, "--task", "[SEO] Texte 1", "--yes")
    ran(retro, team, "undo", run, "--task", "[Vidéo] Plan 2", "--yes")
    ran(retro, team, "undo", run, "--board", "video", "--yes")
    assert everything(team)[1] == before[0][1]  # type: ignore[index]  # a pair
    assert everything(team)[0] != before[0][0]  # type: ignore[index]  # idem
    ran(retro, team, "undo", run, "--board", "contenus", "--yes")
    assert whole(team) == before


def runs(retro: Run, team: SmallTeam) -> list[dict[str, Any]]:
    """The runs that the log tells of."""
    found: list[dict[str, Any]] = json.loads(retro(*team.arguments("log", "--format", "json")).out)["runs"]
    return found


def test_the_log_tells_every_hand(retro: Run, team: SmallTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    """Apply, sync, undo and clean stand in a task's log, each with its account, command, reason and both values."""
    monkeypatch.setenv("LOGNAME", "lea")
    ran(retro, team, "apply", "--yes")
    team.edit_config("2027-01-29", "2027-02-19")
    team.on(team.clock[0] + DAY)
    ran(retro, team, "sync")
    ran(retro, team, "undo", "last", "--yes")
    ran(retro, team, "clean", "--dates", "--yes")
    document = json.loads(retro(*team.arguments("log", "[SEO] Texte 1", "--format", "json")).out)
    commands = {run["id"]: run["command"].partition(" ")[0] for run in document["runs"]}
    assert {run["who"] for run in document["runs"]} == {"lea"}
    told = [
        (commands[each["run"]], each["field"], each["old"], each["new"], each["why"], each["state"])
        for each in document["changes"]
        if each["field"] == "retro_latest"
    ]
    first, second = told[0][3], told[1][3]
    undone = next(id_ for id_, command in commands.items() if command == "sync")
    assert told == [
        ("apply", "retro_latest", None, first, "schedule", "acknowledged"),
        ("sync", "retro_latest", first, second, "schedule", "acknowledged"),
        ("undo", "retro_latest", second, first, f"undo {undone}", "acknowledged"),
        ("clean", "retro_latest", first, None, "clean", "acknowledged"),
    ]
    assert {each["field"] for each in document["changes"]} == {"retro_latest", "retro_review", "start", "due"}
    assert all(run["fields"] == [] for run in document["runs"])  # the clean removed those that the first run made
    text = retro(*team.arguments("log", "[SEO] Texte 1")).out
    assert "undo" in text
    assert "lea" in text


def test_the_log_tells_fields_that_a_run_made(retro: Run, team: SmallTeam) -> None:
    """With the run that made them, as text and as JSON."""
    ran(retro, team, "apply", "--yes")
    assert "made on Contenus: retro · au plus tard, retro · à revoir" in ran(retro, team, "log", "--run", "last").out
    made = runs(retro, team)[0]["fields"]
    assert len(made) == 4
    assert {each["field"] for each in made} == {"retro_latest", "retro_review"}


def test_a_refused_change_is_told(retro: Run, team: SmallTeam) -> None:
    """A change of a saved plan that somebody overtook stands in the log as refused, with what the board held then."""
    ran(retro, team, "plan", "-o", team.folder / "plan.json")
    card = next(each for each in team.cards if each["name"] == "[SEO] Texte 1")
    team.server.state.edit_card(card["id"], due="2026-12-24T16:00:00.000Z")
    team.on(team.clock[0] + timedelta(hours=1))
    ran(retro, team, "apply", team.folder / "plan.json", "--yes")
    document = json.loads(retro(*team.arguments("log", "[SEO] Texte 1", "--format", "json")).out)
    due = next(each for each in document["changes"] if each["field"] == "due")
    assert due["state"] == "refused"
    assert due["returned"].startswith("2026-12-24")
