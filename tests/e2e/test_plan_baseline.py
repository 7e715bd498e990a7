"""Baselines of dates: a plan's dates kept under a name, and how far the plan slips from them, over files and boards."""

import json
import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.i18n import use

BEFORE = """Tâche,Responsable,Échéance
Brief,Léa,04/01/2027
Maquette,Ada,11/01/2027
Relecture,Léa,15/01/2027
Relecture,Ada,22/01/2027
Envoi aux [imprimeurs],Ada,25/01/2027
Réserve,Ada,26/01/2027
Mise en ligne,Léa,29/01/2027
Photos,Ada,29/01/2027
"""
AFTER = """Tâche,Responsable,Échéance
Brief,Léa,04/01/2027
Maquette,Léa,18/01/2027
Captation,Ada,20/01/2027
Relecture,Léa,22/01/2027
Relecture,Ada,29/01/2027
Envoi aux (imprimeurs),Ada,01/02/2027
Mise en ligne,Léa,05/02/2027
Photos,Ada,05/02/2027
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A plan before and after it slipped by a week."""
    before, after = tmp_path / "planning.csv", tmp_path / "planning été.csv"
    before.write_text(BEFORE, encoding="utf-8")
    after.write_text(AFTER, encoding="utf-8")
    return before, after


def shown(retro: Callable[..., Any], *arguments: object) -> dict[str, Any]:
    """What `show` says as JSON."""
    ran = retro(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


def became(document: dict[str, Any], change: str) -> dict[str, Any]:
    """The tasks of which that became, by title."""
    return {each["task"]["title"]: each for each in document["tasks"] if each["change"] == change}


PLAN = ("--now", "2027-01-04", "baseline", "plan")


def test_the_end_and_what_moved_with_it(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """Without a state the file before and the file after tell the week's slip, row by row and of the end."""
    before, after = files
    assert retro(*PLAN, "set", "lancement", before).code == 0
    document = shown(retro, *PLAN, "show", "lancement", after)
    (project,) = document["projects"]
    end = project["end"]
    assert (end["basis"], end["days"], end["working_days"]) == ("planned", 7, 5)
    assert (end["was"]["date"], end["now"]["date"]) == ("2027-01-29", "2027-02-05")
    assert end["now"]["name"] == "Mise en ligne"
    moved = [(each["task"]["title"], each["days"]) for each in document["tasks"] if each["change"] == "moved"]
    assert sorted(moved) == [
        ("Envoi aux (imprimeurs)", 7),
        ("Maquette", 7),
        ("Mise en ligne", 7),
        ("Photos", 7),
        ("Relecture", 7),
        ("Relecture", 7),
    ]
    assert list(became(document, "new")) == ["Captation"]
    assert list(became(document, "gone")) == ["Réserve"]
    assert document["summary"]["as_planned"] == 1


def test_one_screen_says_it_in_both_languages(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """The verdict comes first, in French and in English, with what the end is."""
    before, after = files
    retro(*PLAN, "set", "lancement", before)
    said = retro(*PLAN, "show", "lancement", after).out
    assert "The end slips by 7 days (5 working days)" in said
    assert "the last planned finish: “Mise en ligne”" in said
    assert len(said.splitlines()) <= 24
    use("fr")
    dit = retro("--lang", "fr", *PLAN, "show", "lancement", after).out
    assert "La fin glisse de 7 jours (5 jours ouvrés)" in dit
    assert "+7 j" in dit


def test_a_date_that_cannot_move_is_the_end(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """With an end date on both sides that date is the end, and the last planned finish is told beside it."""
    before, after = files
    retro(*PLAN, "set", "lancement", before, "--end", "2027-03-01")
    said = retro(*PLAN, "show", "lancement", after, "--end", "2027-03-01").out
    assert "The end stands" in said
    assert "the date that cannot move" in said
    assert "Last planned finish: 29 Jan → 5 Feb 2027, 7 days (5 working days) later" in said
    assert (
        "The end comes 10 days (6 working days) earlier"
        in retro(*PLAN, "show", "lancement", after, "--end", "2027-02-19").out
    )


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_the_file_is_its_owners_alone(retro: Callable[..., Any], files: tuple[Path, Path], tmp_path: Path) -> None:
    """Names and titles of a team are closed to others, whatever the umask."""
    before = os.umask(0)
    try:
        retro(*PLAN, "set", "lancement", files[0])
        retro(*PLAN, "set", "lancement", files[0], "--file", tmp_path / "nouveau" / "l.json")
    finally:
        os.umask(before)
    for file in (Path("retro-plan-lancement.json"), tmp_path / "nouveau" / "l.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_baseline_is_not_lost_by_the_way(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """The same dates again change nothing; other dates need --replace; another file is never written over."""
    before, after = files
    retro(*PLAN, "set", "lancement", before)
    kept = Path("retro-plan-lancement.json").read_bytes()
    again = retro("--now", "2027-01-10", "baseline", "plan", "set", "lancement", before)
    assert (again.code, "already" in again.out) == (0, True)
    other = retro(*PLAN, "set", "lancement", after)
    assert (other.code, "--replace" in other.err) == (2, True)
    assert Path("retro-plan-lancement.json").read_bytes() == kept
    assert retro(*PLAN, "set", "lancement", after, "--replace").code == 0
    assert shown(retro, *PLAN, "show", "lancement", after)["summary"]["moved"] == 0
    foreign = retro(*PLAN, "set", "lancement", before, "--file", before, "--replace")
    assert (foreign.code, before.read_text("utf-8")) == (2, BEFORE)


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".caché", "-x", "a\nb", "x" * 61])
def test_a_name_is_one_that_a_file_can_have(
    retro: Callable[..., Any], files: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    """A name that leads elsewhere, or that no file can have, is refused before anything is read or written."""
    ran = retro(*PLAN, "set", "--", name, files[0])
    assert ran.code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["empty", *(file.name for file in files)])


def test_what_is_kept_is_listed(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """Without a name every baseline is listed, the last one set first; a name that is none says which there are."""
    assert "No baseline" in retro(*PLAN, "show").out
    retro(*PLAN, "set", "lancement", files[0])
    retro("--now", "2027-01-11", "baseline", "plan", "set", "comité", files[1])
    assert [line.split()[0] for line in retro(*PLAN, "show").out.splitlines()] == ["comité", "lancement"]
    names = [each["name"] for each in shown(retro, *PLAN, "show")["baselines"]]
    assert names == ["comité", "lancement"]
    ran = retro(*PLAN, "show", "lancemnt", files[1])
    assert (ran.code, "comité, lancement" in ran.err) == (2, True)


def test_an_error_keeps_its_french_spaces(retro: Callable[..., Any], files: tuple[Path, Path]) -> None:
    """The spaces that French puts inside « » are no control characters: an error shows them as they are."""
    use("fr")
    ran = retro("--lang", "fr", *PLAN, "show", "lancement", files[0])
    assert "«\u00a0lancement\u00a0»" in ran.err
    assert "�" not in ran.err


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"kind": "retro plan baseline", "version": 1, "baseline": []}'])
def test_a_file_that_is_no_baseline_is_refused(
    retro: Callable[..., Any], files: tuple[Path, Path], tmp_path: Path, text: str
) -> None:
    """A file of something else is told as such, with no traceback."""
    file = tmp_path / "autre.json"
    file.write_text(text, encoding="utf-8")
    ran = retro(*PLAN, "show", "lancement", files[1], "--file", file)
    assert (ran.code, "no baseline of a plan" in ran.err) == (2, True)


def test_a_boards_words_do_nothing_to_terminal_or_sheet(retro: Callable[..., Any], tmp_path: Path) -> None:
    """Escape sequences do not reach the terminal, nor formulas a spreadsheet; JSON holds the words as they stand."""
    plan = tmp_path / "p.csv"
    plan.write_text('Tâche,Échéance\n"=1+1\x1b[2J",11/01/2027\n', encoding="utf-8")
    retro(*PLAN, "set", "a", plan)
    plan.write_text('Tâche,Échéance\n"=1+1\x1b[2J",12/01/2027\n', encoding="utf-8")
    said = retro(*PLAN, "show", "a", plan, "--all")
    table = retro(*PLAN, "show", "a", plan, "--format", "csv")
    assert "\x1b" not in said.out + table.out
    assert "\nmoved,'=1+1" in table.out.replace("\r\n", "\n")
    assert list(became(shown(retro, *PLAN, "show", "a", plan), "moved")) == ["=1+1\x1b[2J"]


def test_help_has_examples(retro: Callable[..., Any]) -> None:
    """Both commands help with an example, and a group alone shows its commands."""
    for command in ("set", "show"):
        ran = retro("baseline", "plan", command, "--help")
        assert (ran.code, "Examples" in ran.out) == (0, True)
    for group in (("baseline",), ("baseline", "plan")):
        assert "plan" in retro(*group).out


def test_boards_are_compared_through_the_state(retro: Callable[..., Any], workspace: Any) -> None:
    """On live boards a card is known by its id, whatever its title: moved, done, archived and deleted ones are told."""
    assert retro(*workspace.arguments("baseline", "plan", "set", "kickoff")).code == 0
    assert not list(Path().glob("retro-plan-*"))
    board = next(iter(workspace.server.state.boards.values()))
    dated = [card for card in board["cards"] if card["due"] and not card["closed"] and not card["dueComplete"]]
    late, done, aside, gone = dated[:4]
    late["due"] = (datetime.fromisoformat(late["due"]) + timedelta(days=7)).isoformat()
    late["name"] = "Renommée"
    done["dueComplete"] = True
    aside["closed"] = True
    board["cards"] = [card for card in board["cards"] if card is not gone]
    later = workspace.clock[0] + timedelta(days=2)
    document = shown(retro, *workspace.arguments("baseline", "plan", "show", "kickoff", now=later))
    assert became(document, "moved")["Renommée"]["days"] == 7
    assert became(document, "moved")["Renommée"]["title_was"]
    assert list(became(document, "done")) == [done["name"]]
    assert sorted(became(document, "gone")) == sorted([aside["name"], gone["name"]])


def test_a_card_that_was_archived_once_done_is_done(retro: Callable[..., Any], workspace: Any) -> None:
    """Trello sends no archived cards: one that was done when a night last read it is done, not gone."""
    retro(*workspace.arguments("baseline", "plan", "set", "kickoff"))
    board = next(iter(workspace.server.state.boards.values()))
    done, aside = [card for card in board["cards"] if card["due"] and not card["closed"] and not card["dueComplete"]][
        :2
    ]
    done["dueComplete"] = True
    for night in range(1, 6):
        assert retro(*workspace.arguments("pull", now=workspace.clock[0] + timedelta(days=1))).code == 0, night
    done["closed"] = aside["closed"] = True
    for _night in range(3):
        retro(*workspace.arguments("pull", now=workspace.clock[0] + timedelta(days=1)))
    document = shown(retro, *workspace.arguments("baseline", "plan", "show", "kickoff"))
    assert list(became(document, "done")) == [done["name"]]
    assert list(became(document, "gone")) == [aside["name"]]


def test_a_source_that_fails_makes_nothing_gone(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its source down a plan stands as it was last read: nothing is gone, no end moves, and the exit code is 3."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    retro(*workspace.arguments("baseline", "plan", "set", "kickoff"))
    arguments = workspace.arguments("baseline", "plan", "show", "kickoff", "--format", "json")
    offline = retro("--offline", *arguments)
    workspace.server.faults.add("drop:1000")
    failed = retro(*arguments)
    assert (offline.code, failed.code) == (0, 3)
    for document in (json.loads(failed.out), json.loads(offline.out)):
        assert document["tasks"] == []
        assert all(project["end"]["days"] == 0 for project in document["projects"])


def test_a_board_that_fails_beside_others_is_named(retro: Callable[..., Any], workspace: Any) -> None:
    """Of a board that is not there any more nothing is told but how many tasks are not compared; no end moves."""
    retro(*workspace.arguments("baseline", "plan", "set", "kickoff"))
    link = workspace.config.read_text("utf-8").split("https://trello.com/b/")[1].split('"')[0]
    workspace.edit_config(f"https://trello.com/b/{link}", "https://trello.com/b/abcdefgh")
    ran = retro(*workspace.arguments("baseline", "plan", "show", "kickoff", "--format", "json"))
    document = json.loads(ran.out)
    assert ran.code == 3
    assert document["tasks"] == []
    assert document["not_read"][0]["tasks"] > 0
    (project,) = document["projects"]
    assert project["end"]["days"] == 0
    assert project["slack_was_minutes"] is None
    said = retro(*workspace.arguments("baseline", "plan", "show", "kickoff"))
    assert "was not read" in said.out


def test_what_retro_filled_in_is_no_slip(retro: Callable[..., Any], workspace: Any) -> None:
    """Due dates that retro itself wrote into empty cells are the advised ones still: no task was given a date."""
    retro(*workspace.arguments("baseline", "plan", "set", "kickoff"))
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    assert workspace.server.writes() > 0
    document = shown(retro, *workspace.arguments("baseline", "plan", "show", "kickoff"))
    assert document["tasks"] == []


def test_files_are_kept_in_a_state_that_is_there(
    retro: Callable[..., Any], workspace: Any, files: tuple[Path, Path]
) -> None:
    """Beside a retro.toml the baseline of a file goes into the state, and is found there."""
    before, after = files
    assert retro(*workspace.arguments("baseline", "plan", "set", "fichier", before)).code == 0
    assert not list(Path().glob("retro-plan-*"))
    document = shown(retro, *workspace.arguments("baseline", "plan", "show", "fichier", after))
    assert document["projects"][0]["end"]["days"] == 7
