"""The schedule at the terminal and as a spreadsheet."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from retro.model import Assessment, EstimateOrigin, Schedule, as_date
from retro.report import schedule_csv, schedule_text


def test_an_infeasible_anchor_comes_first_with_its_chain_and_levers(team: Assessment, screen: Any) -> None:
    """What is missing, the chain task by task, and three ways out stand above the table."""
    terminal = screen(120)
    schedule_text.draw(team, terminal.console)
    head = terminal.lines[:12]
    assert head[0].startswith("Ouverture du salon · 28 janv. 2027")
    assert head[1] == "Il manque 3 jours ouvrés"
    assert "  1. [Print] Maquette de la plaquette 8 pages" in head
    assert "  2. [Print] Relecture de la plaquette (commence avec la précédente, 2 jours ouvrés après)" in head
    assert any(line.startswith("  3. ") and line.endswith("(aux heures de nobody-known)") for line in head)
    assert any(line.startswith("  4. ") and line.endswith("(pas avant sa propre date)") for line in head)
    assert sum(line.startswith("  – ") for line in terminal.lines[:14]) == 3
    overlap = next(line for line in terminal.lines if "Commencer" in line)
    assert overlap.index("Relecture de la plaquette") < overlap.index("avant la fin") < overlap.index("Maquette")


@pytest.mark.parametrize("width", [30, 50, 80, 140, 250])
def test_any_width_will_do(team: Assessment, screen: Any, width: int) -> None:
    """No line is wider than the terminal; from 80 columns on a timeline is drawn."""
    terminal = screen(width)
    schedule_text.draw(team, terminal.console)
    assert all(cell_len(line) <= width for line in terminal.lines)
    assert ("█" in terminal.text) == (width >= 80) or width == 50


def test_bars_follow_the_dates(team: Assessment, screen: Any) -> None:
    """A task that is advised later starts further to the right."""
    terminal = screen(160)
    schedule_text.draw(team, terminal.console)

    def begin(title: str) -> int:
        line: str = next(line for line in terminal.lines if title in line and "█" in line)
        return line.index("█")

    assert begin("Retouche des 12") < begin("Page produit Brise") < begin("Feu vert")


def test_hindrances_are_told(team: Assessment, screen: Any) -> None:
    """A cycle is named task by task, a broken link is counted, unsettled margins are said."""
    terminal = screen(200)
    broken = replace(
        team.schedule, cycles=(("t:s3", "t:s4"),), unresolved=team.portfolio.unresolved, settled=False, rounds=20
    )
    schedule_text.draw(replace(team, schedule=broken), terminal.console)
    assert "Maquette de la plaquette 8 pages → [Print] Relecture de la plaquette → [Print] Maquette" in terminal.text
    assert "1 lien ne mène à aucune tâche connue" in terminal.text
    assert "après 20 tours" in terminal.text


def test_what_was_assumed_is_said(team: Assessment, screen: Any) -> None:
    """Sizes that nobody gave and links that nobody wrote are told under the table."""
    bare = {
        key: replace(planned, estimate_origin=EstimateOrigin.DEFAULT, estimate_minutes=team.day_minutes)
        for key, planned in team.schedule.tasks.items()
    }
    unlinked = replace(team, schedule=replace(team.schedule, tasks=bare), portfolio=replace(team.portfolio, links=()))
    terminal = screen(200)
    schedule_text.draw(unlinked, terminal.console)
    assert "n’ont pas d’estimation : chacune compte pour 1 jour ouvré." in terminal.text
    assert "Aucune tâche n’en attend une autre" in terminal.text
    plain = screen(200)
    schedule_text.draw(team, plain.console)
    assert "Aucune tâche n’en attend une autre" not in plain.text


def test_without_a_date_the_last_one_set_is_proposed(team: Assessment, screen: Any) -> None:
    """Tasks that have nothing to work back from come with the option to give, and the last date that the team set."""
    undated = replace(team.schedule, anchors=())
    terminal = screen(200)
    schedule_text.draw(replace(team, schedule=undated), terminal.console)
    planned = [task for task in team.portfolio.tasks if task.key in undated.tasks and task.due is not None]
    last = max(as_date(task.due, ZoneInfo(team.zone_name)) for task in planned if task.due and task.is_open)
    assert f"`--end {last.isoformat()}`" in terminal.text
    assert "Après le lancement" not in terminal.text


def test_no_date_of_another_age_is_proposed(team: Assessment, screen: Any) -> None:
    """A due date in the year 9999 is nobody's launch."""
    far = tuple(replace(task, due=date(9999, 12, 31)) for task in team.portfolio.tasks)
    terminal = screen(200)
    undated = replace(team, schedule=replace(team.schedule, anchors=()), portfolio=replace(team.portfolio, tasks=far))
    schedule_text.draw(undated, terminal.console)
    assert "Donnez la date qui ne bougera pas : `--end 2027-03-01`." in terminal.text


def test_the_teams_own_dates_stand_beside_on_a_wide_screen(team: Assessment, screen: Any) -> None:
    """From 90 columns on, the date that was set stands before the computed ones."""
    wide, narrow = screen(120), screen(80)
    for terminal in (wide, narrow):
        schedule_text.draw(team, terminal.console)
    assert "posée conseillé" in wide.text
    assert "posée conseillé" not in narrow.text


def test_an_empty_schedule_is_said(team: Assessment, screen: Any) -> None:
    """Nothing to schedule is a sentence, not a blank screen."""
    terminal = screen()
    schedule_text.draw(replace(team, schedule=Schedule()), terminal.console)
    assert terminal.text.strip() == "Rien à planifier."


def test_the_sheet_has_a_row_for_each_scheduled_task(team: Assessment) -> None:
    """Columns match, dates are dates, titles are whole."""
    rows = list(csv.DictReader(StringIO(schedule_csv.write(team))))
    assert [row["key"] for row in rows] == [t.key for t in team.portfolio.tasks if t.key in team.schedule.tasks]
    plaque = next(row for row in rows if row["key"] == "t:s5")
    assert plaque["Tâche"] == "[Print] Impression de 2 000 plaquettes"
    assert (plaque["Travail (jours)"], plaque["Fin au plus tard"], plaque["Échéance"]) == (
        "10",
        "2027-01-26",
        "2027-01-22",
    )


def test_no_cell_of_the_sheet_is_a_formula(team: Assessment) -> None:
    """Titles, owners and addresses that begin like a formula are defused."""
    tasks = tuple(replace(task, title="=HYPERLINK(1)", url="@SUM(1)") for task in team.portfolio.tasks)
    written = schedule_csv.write(replace(team, portfolio=replace(team.portfolio, tasks=tasks)), separator=";")
    for row in csv.reader(StringIO(written), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
