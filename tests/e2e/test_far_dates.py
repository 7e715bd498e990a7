"""Dates that stand for “never” or “long ago” go through every command: nothing of a plan breaks on them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]
SHEET = """id;Tâche;Responsable;Début;Échéance;Durée (jours);Prédécesseurs;Statut
1;Brief;Léa Martin;;04/12/2026;2;;À faire
2;Un jour;Léa Martin;;31/12/9999;3;1;À faire
3;Suite;Paul Durand;31/12/9999;31/12/9999;5;2;En cours
4;Archives;Paul Durand;01/01/0001;01/01/0001;1;;Terminé
"""


@pytest.mark.parametrize(
    "words",
    [
        ("lint", "--fail-on", "never"),
        ("schedule", "--end", "2027-03-01"),
        ("view", "-o", "page.html"),
        ("view", "--text", "--end", "2027-03-01"),
        ("report", "--meeting"),
        ("report", "--debrief", "plan"),
        ("report", "--remind", "--any-day"),
        ("week", "Léa"),
        ("export", "ics"),
        ("export", "mermaid"),
        ("export", "xlsx", "-o", "plan.xlsx"),
        ("export", "mspdi"),
    ],
    ids=" ".join,
)
def test_a_date_at_the_end_of_time_stops_no_command(retro: Retro, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Each ends as it should, without a rule that failed, and is through with the plan at once."""
    sheet = tmp_path / "plan.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    ran = retro("--now", "2026-11-23", *words, sheet)
    assert ran.code == 0, ran.err
    assert "failed" not in ran.err
