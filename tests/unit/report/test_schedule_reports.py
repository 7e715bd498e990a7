"""The schedule at the terminal and as a spreadsheet."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len

from retro.model import Assessment, Schedule
from retro.report import schedule_csv, schedule_text


def test_an_infeasible_anchor_comes_first_with_its_chain_and_levers(team: Assessment, screen: Any) -> None:
    """What is missing, the chain task by task, and three ways out stand above the table."""
    terminal = screen(120)
    schedule_text.draw(team, terminal.console)
    head = terminal.lines[:12]
    assert head[0].startswith("Ouverture du salon · 28 janv. 2027")
    assert head[1] == "Il manque 3 jours ouvrés"
    assert "  1. [Print] Maquette de la plaquette 8 pages" in head
    assert sum(line.startswith("  – ") for line in head) == 3


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
