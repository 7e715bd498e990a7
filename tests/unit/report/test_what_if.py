"""A what-if on one screen, and as JSON."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from rich.cells import cell_len
from tests.unit.schedule.conftest import NOW, PLAIN, make_portfolio, make_task

from retro.config.durations import Duration
from retro.config.shape import Settings
from retro.i18n import use
from retro.model import Anchor, Person, Portfolio, Project
from retro.model.what_if import WhatIf
from retro.report import json_what_if, what_if_text
from retro.run.assess import Means
from retro.run.suppositions import Asked
from retro.run.what_if import what_if
from retro.schedule import ScheduleOptions

END = date(2027, 1, 29)
PEOPLE = (Person(key="lea", name="Léa Martin"), Person(key="hugo", name="Hugo Lefèvre"))
ROW = [make_task(f"t{number:02}", 1, owner="lea", due=date(2027, 1, 28)) for number in range(14)]
LONG = replace(make_portfolio(ROW, [f"t{n:02}>t{n + 1:02}" for n in range(13)], END), people=PEOPLE)
"""Fourteen tasks in a row, which all move when one does."""


def supposing(portfolio: Portfolio, *, levelled: bool = True, **asked: Any) -> WhatIf:
    """What a portfolio would be like."""
    means = Means(settings=Settings(), calendars=PLAIN, options=ScheduleOptions(), capabilities={}, levelling=levelled)
    return what_if(portfolio, means, Asked(**asked), now=NOW, lang="fr")


def days(number: float) -> Duration:
    """So many working days."""
    return Duration(number, in_days=True)


@cache
def much() -> WhatIf:
    """A bit of everything, too late."""
    return supposing(
        LONG,
        slips=(("t13", days(9)),),
        away=(("Léa", date(2027, 1, 25), date(2027, 1, 27)),),
        additions=(("15 visuels", Duration(1800, in_days=False), "Léa"),),
        end=date(2027, 1, 22),
    )


@pytest.fixture
def english() -> Iterator[None]:
    """English for one test."""
    use("en")
    yield
    use("fr")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_everything_fits_on_one_screen(screen: Any, width: int, lang: str) -> None:
    """Twenty-four lines at most from 80 columns on, none wider than the terminal; the date's verdict stands first."""
    use(lang)
    terminal = screen(width)
    what_if_text.draw(much(), terminal.console)
    assert all(cell_len(line) <= width for line in terminal.lines)
    if width >= 80:
        assert len(terminal.lines) <= 24
        verdict = {"fr": "La date ne tiendrait plus", "en": "The date would no longer hold"}[lang]
        assert any(verdict in line for line in terminal.lines[:7])
    use("fr")


def test_all_shows_every_move_and_the_chain(screen: Any) -> None:
    """Nothing is left to count."""
    short, whole = screen(120), screen(120)
    what_if_text.draw(much(), short.console)
    what_if_text.draw(much(), whole.console, everything=True)
    assert "de plus : --all" in short.text
    assert "--all" not in whole.text
    assert all(f"Tâche t{number:02} " in whole.text for number in range(14))
    assert any(line.startswith("  1. ") for line in whole.lines)


def test_the_questions_are_asked_back(screen: Any) -> None:
    """What is supposed stands above what it would change, in words."""
    terminal = screen(120)
    what_if_text.draw(much(), terminal.console)
    assert terminal.lines[:4] == [
        "Et si « Projet » finissait le 22 janv. 2027 au lieu du 29 janv. 2027 ?",
        "Et si « Tâche t13 » prenait 9 jours ouvrés de plus ?",
        "Et si Léa Martin s’absentait du 25 janv. 2027 au 27 janv. 2027 ?",
        "Et si « 15 visuels » s’ajoutait (30 h, Léa Martin) ?",
    ]


def test_a_row_tells_both_dates_and_the_days(screen: Any) -> None:
    """Start and finish as they are and as they would be; one date where it stays."""
    terminal = screen(100)
    portfolio = make_portfolio({"a": 2, "b": 3, "c": 1}, ["a>b"], END)
    what_if_text.draw(supposing(portfolio, slips=(("b", days(5)),)), terminal.console)
    row = next(line for line in terminal.lines if line.startswith("Tâche a"))
    assert row.split("–")[1].split() == ["21/01", "→", "13/01", "25/01", "→", "15/01", "−6"]
    assert "Lancement · 29 janv. 2027 · La date tient : 15 → 10 jours ouvrés de marge" in terminal.lines


def test_nothing_moves(screen: Any) -> None:
    """Leave at a time without work changes nothing, and that is said."""
    terminal = screen(80)
    away = (("Hugo", date(2027, 1, 5), date(2027, 1, 5)),)
    what_if_text.draw(supposing(LONG, away=away), terminal.console)
    assert terminal.lines[0] == "Et si Hugo Lefèvre s’absentait le 5 janv. 2027 ?"
    assert "6 jours ouvrés de marge, sans changement" in terminal.text
    assert terminal.lines[-1] == "Rien ne bouge : chaque tâche garde ses dates."


@pytest.mark.usefixtures("english")
def test_a_date_that_is_named_for_the_first_time(screen: Any) -> None:
    """Without one before there is nothing to compare with, and how to name one is said."""
    terminal = screen(100)
    what_if_text.draw(supposing(make_portfolio({"a": 2}), end=END), terminal.console)
    assert "There is no end date to compare with; name the one that holds now with --instead-of." in terminal.lines
    assert "Nothing moves: every task keeps its dates." in terminal.lines


@pytest.mark.usefixtures("english")
def test_without_any_date_one_is_asked_for(screen: Any) -> None:
    """There is nothing to work back from, but what a slip pushes is shown."""
    terminal = screen(100)
    portfolio = make_portfolio({"a": 2, "b": 3}, ["a>b"])
    what_if_text.draw(supposing(portfolio, slips=(("a", days(2)),)), terminal.console)
    assert "No end date: nothing to work back from" in terminal.text
    assert "2 tasks move" in terminal.text


@pytest.mark.usefixtures("english")
def test_who_is_over_and_who_no_longer_fits(screen: Any) -> None:
    """Hours over by week, before and after; the team's dates against what is latest."""
    terminal = screen(100)
    portfolio = replace(make_portfolio([make_task("a", 4, owner="lea", due=END)], end=END), people=PEOPLE)
    added = (("x", days(4), "Léa"),)
    what_if_text.draw(supposing(portfolio, levelled=False, additions=added, end=date(2027, 1, 28)), terminal.console)
    assert "  “Tâche a”, set for 29 Jan: 28 Jan at the latest" in terminal.lines
    assert any(line.startswith("  lea · 25 Jan 0 → ") for line in terminal.lines)


@pytest.mark.usefixtures("english")
def test_dates_that_stay_are_only_counted(screen: Any) -> None:
    """Of many projects those that change are shown; the others are a number."""
    names = [f"p{number}" for number in range(6)]
    tasks = [make_task(name, 1) for name in names]
    portfolio = replace(
        make_portfolio(tasks),
        projects=tuple(
            Project(
                key=name,
                name=name,
                boards=("b",),
                tasks=(name,),
                anchors=(Anchor(key=f"{name}/0", name=f"End of {name}", date=END, project=name),),
            )
            for name in names
        ),
    )
    terminal = screen(100)
    what_if_text.draw(supposing(portfolio, slips=(("p4", days(2)),)), terminal.console)
    assert "End of p4 · 29 Jan 2027 · The date holds: 19 → 17 working days of margin" in terminal.lines
    assert "3 other dates stay as they are" in terminal.lines


def test_board_text_is_made_harmless(screen: Any) -> None:
    """Escape sequences of a title, a person or an addition never reach the terminal."""
    terminal = screen(80)
    hostile = "\x1b[31mrouge\x1b[0m\x07"
    portfolio = make_portfolio([make_task("a", 1, title=hostile, owner=hostile)], end=END)
    found = supposing(portfolio, slips=(("a", days(2)),), additions=((hostile, days(1), None),))
    what_if_text.draw(found, terminal.console, everything=True)
    assert "rouge" in terminal.text
    assert "\x1b" not in terminal.text
    assert "\x07" not in terminal.text


def test_a_console_without_unicode_is_no_error(screen: Any) -> None:
    """What it does not hold becomes a question mark."""
    terminal = screen(80, encoding="cp1252")
    what_if_text.draw(much(), terminal.console)
    assert "Et si" in terminal.text


def test_the_document_tells_the_same() -> None:
    """Changes, anchors before and after, every move with all its dates, critical, late, over; unknown is null."""
    document = json_what_if.document(much())
    assert list(document) == [
        *("version", "now", "lang", "changes", "anchors", "moved", "critical", "late", "overloads"),
    ]
    assert [change["kind"] for change in document["changes"]] == ["end", "slip", "away", "add"]
    assert all(
        set(change) == {"kind", "task", "person", "project", "minutes", "from", "to", "before"}
        for change in document["changes"]
    )
    end, slip, away, added = document["changes"]
    assert (end["to"], end["before"], end["project"]) == ("2027-01-22", "2027-01-29", "p")
    assert (slip["task"]["key"], slip["minutes"]) == ("t13", 9 * 420)
    assert (away["person"]["key"], away["from"], away["to"]) == ("lea", "2027-01-25", "2027-01-27")
    assert (added["task"]["title"], added["person"]["name"], added["minutes"]) == ("15 visuels", "Léa Martin", 1800)
    anchor = document["anchors"][0]
    assert (anchor["before"]["feasible"], anchor["after"]["feasible"]) == (True, False)
    assert anchor["after"]["missing_minutes"] > 0
    new, *others = document["moved"]
    assert (new["before"], new["minutes"]) == (None, 0)
    assert len(others) == 14
    last = next(move for move in others if move["key"] == "t13")
    assert last["before"]["latest_finish"] == "2027-01-29T17:00:00+01:00"
    assert (last["owners"], last["dates"]) == (["lea"], "advised")
    assert {late["why"] for late in document["late"]} <= {"missed", "too_late"}
