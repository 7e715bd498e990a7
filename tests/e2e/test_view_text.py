"""The central page on a terminal, and the trend that nights leave behind, over files and over live boards."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.i18n import use
from retro.store.ledger import SqlLedger

BEFORE = """Tâche,Responsable,Début,Échéance
Start of cycle,Léa,13/01/2025,13/01/2025
Enhancements freeze,Ada,14/02/2025,14/02/2025
Code freeze,Ada,07/03/2025,07/03/2025
Docs freeze,Léa,25/03/2025,25/03/2025
Release notes complete,Léa,16/04/2025,16/04/2025
Released,Ada,16/04/2025,16/04/2025
"""
AFTER = (
    BEFORE.replace("07/03/2025", "21/03/2025").replace("25/03/2025", "08/04/2025").replace("16/04/2025", "23/04/2025")
)
DAY = timedelta(days=1)


def test_the_slip_of_a_release_is_told_and_drawn(retro: Callable[..., Any], tmp_path: Path) -> None:
    """A release whose end moved by seven days: the end's slip in words, each task's beside its bar, and no page."""
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text(BEFORE, encoding="utf-8")
    after.write_text(AFTER, encoding="utf-8")
    on = ("--now", "2025-01-20")
    assert retro(*on, "baseline", "plan", "set", "kickoff", before).code == 0
    ran = retro(*on, "view", "--text", after, "--end", "2025-04-23", "--baseline", "kickoff")
    assert ran.code == 0, ran.err
    assert "The end slips by 7 days" in ran.out
    slips = {
        title: next(line for line in ran.out.splitlines() if title in line and " d " in line)
        for title in ("Code freeze", "Docs freeze", "Released")
    }
    assert "+14 d" in slips["Code freeze"]
    assert "+14 d" in slips["Docs freeze"]
    assert "+7 d" in slips["Released"]
    assert "┈ first plan" in ran.out
    assert not Path("retro.html").exists()


def test_text_beside_a_page(retro: Callable[..., Any], tmp_path: Path) -> None:
    """With -o the page is written as well; --quiet prints neither."""
    plan = tmp_path / "plan.csv"
    plan.write_text(AFTER, encoding="utf-8")
    ran = retro("--now", "2025-01-20", "view", plan, "--end", "2025-04-23", "--text", "-o", "page.html")
    assert "makes its date" in ran.out
    assert "The page is in page.html." in ran.out
    assert "<html" in Path("page.html").read_text("utf-8")
    assert not retro("-q", "--now", "2025-01-20", "view", plan, "--text").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_live_boards_on_one_screen(retro: Callable[..., Any], workspace: Any, language: str) -> None:
    """The demo's boards: verdict, lists, load and the timeline, in both languages, no line wider than the screen."""
    use(language)
    ran = retro("--lang", language, *workspace.arguments("view", "--text"))
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 100
    expected = {
        "en": ("This week", "Who waits for whom", "Load", "1 character = "),
        "fr": ("Cette semaine", "Qui attend qui", "Charge", "1 signe = "),
    }
    for words in expected[language]:
        assert any(words in line for line in lines), words
    assert "█" in ran.out


def test_each_night_leaves_a_day_of_the_trend(retro: Callable[..., Any], workspace: Any) -> None:
    """Nights and pages keep a row a day and project; a page made for another end, from files or offline keeps none."""
    monday = workspace.clock[0]
    assert retro(*workspace.arguments("sync", "--dry-run")).code == 0
    assert [each.day for each in _kept(workspace)] == [monday.date()]
    assert retro(*workspace.arguments("view", "-o", "a.html", now=monday + DAY)).code == 0
    days = [monday.date(), (monday + DAY).date()]
    assert [each.day for each in _kept(workspace)] == days
    later = monday + 2 * DAY
    retro(*workspace.arguments("view", "--end", "2027-06-01", "-o", "a.html", now=later))
    retro("--offline", *workspace.arguments("view", "-o", "a.html", now=later))
    assert [each.day for each in _kept(workspace)] == days
    (last,) = [each for each in _kept(workspace) if each.day == days[-1]]
    assert last.open > 0
    assert last.end is not None
    assert last.forecast is not None


def test_a_night_of_a_board_that_failed_keeps_no_standing(retro: Callable[..., Any], workspace: Any) -> None:
    """Where a board of the project could not be read the day stays empty: old facts are not today's."""
    assert retro(*workspace.arguments("sync", "--yes")).code == 0
    kept = _kept(workspace)
    link = workspace.config.read_text("utf-8").split("https://trello.com/b/")[1].split('"')[0]
    workspace.edit_config(f"https://trello.com/b/{link}", "https://trello.com/b/abcdefgh")
    assert retro(*workspace.arguments("sync", "--yes", now=workspace.clock[0] + DAY)).code == 3
    assert _kept(workspace) == kept


def test_notes_alone_make_a_trend_too(retro: Callable[..., Any], workspace: Any) -> None:
    """The meeting's notes keep how projects stand that day, as the page does."""
    assert retro(*workspace.arguments("report", "--meeting", now=workspace.clock[0])).code == 0
    (of_notes,) = _kept(workspace)
    page = workspace.folder / "page.html"
    assert retro(*workspace.arguments("view", "-o", page, now=workspace.clock[0])).code == 0
    assert _kept(workspace) == [of_notes]


def test_notes_of_a_supposed_end_keep_no_standing(retro: Callable[..., Any], workspace: Any) -> None:
    """What is only supposed (`--end`) is no fact of the day."""
    assert retro(*workspace.arguments("report", "--meeting", "--end", "2027-06-01")).code == 0
    assert _kept(workspace) == []


def _kept(workspace: Any) -> list[Any]:
    with SqlLedger(workspace.folder / ".retro") as ledger:
        return ledger.standings(workspace.clock[0].date() - 30 * DAY)
