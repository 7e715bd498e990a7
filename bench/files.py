"""How long a workbook of 50 000 rows and 12 columns takes to read, to map and to copy (wanted: 3 s, 4 s in all).

Run from the repository's root: `python bench/files.py [ROWS]`. The rows are made up, the same on every run. Seconds are
those of the processor; the ratios compare with reading the bare cells, so that they say the same on a busy machine.
"""

import io
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import TypeVar
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from retro.tables.beside import OwnField
from retro.tables.new_workbook import NewSheet, Value, workbook
from retro.tables.workbook_copy import copy_with
from retro.tables.xlsx import read_xlsx
from retro_files.reading import FileSettings, boards_of, placed_in

T = TypeVar("T")
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
PEOPLE = ("Léa Martin", "Paul Durand", "Zoé Petit", "Léa Martin; Paul Durand")
STATES = ("À faire", "En cours", "Terminé")
HEADINGS = (
    "N°",
    "Tâche",
    "Canal",
    "Responsable",
    "Début",
    "Échéance",
    "Statut",
    "JH",
    "Prédécesseurs",
    "Priorité",
    "Client",
    "Remarque",
)


def made(rows: int) -> bytes:
    """A workbook of one sheet: dates (one in ten as words), links to earlier rows, people and states that repeat."""
    return workbook(
        [NewSheet(name="Plan", headings=HEADINGS, widths=[12] * 12, rows=map(row, range(rows)))], created=NOW
    )


def row(number: int) -> list[Value]:
    """One task."""
    start = date(2027, 1, 4) + timedelta(number % 300)
    due = start + timedelta(3)
    return [
        str(number),
        f"Rédiger l’article {number} du salon",
        ("SEO", "SEA", "Print")[number % 3],
        PEOPLE[number % len(PEOPLE)],
        start,
        due if number % 10 else f"{due:%d/%m/%Y}",
        STATES[number % len(STATES)],
        1 + number % 5,
        str(number - 1 - number % 4) if number > len(HEADINGS) else None,
        "Haute",
        f"Client {number % 20}",
        f"note {number}",
    ]


def timed(what: str, make: Callable[[], T], bare: float | None = None) -> tuple[T, float]:
    """What a call gives, and its seconds; printed, with their ratio to `bare`."""
    began = process_time()
    made_ = make()
    took = process_time() - began
    print(f"{what:34} {took:6.2f} s" + (f"   {took / bare:5.1f} × the bare cells" if bare else ""))
    return made_, took


def main() -> None:
    """Measure, and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    content, _took = timed(f"making {rows} rows", lambda: made(rows))
    settings = FileSettings(prefix="plan", zone=PARIS, lang="fr", day_minutes=420, opt_out="retro:off")
    _cells, bare = timed(
        "bare cells (calamine)",
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(),
    )
    timed("cells with their layout", lambda: read_xlsx(content, "plan.xlsx"), bare)
    boards, _took = timed("tasks, cells included", lambda: boards_of(content, "plan.xlsx", settings, NOW), bare)
    snapshot = boards[0][1]
    print(f"{len(snapshot.tasks)} tasks, {sum(map(len, (task.references for task in snapshot.tasks)))} links")
    [placed] = placed_in(content, Path("plan.xlsx"), settings).values()
    latest = OwnField(
        id="latest",
        heading="retro · au plus tard",
        values={task.key: NOW.date() for task in snapshot.tasks},
        is_day=True,
        width=14,
    )
    timed(
        "a copy with one more column",
        lambda: copy_with(content, "plan.xlsx", {"Plan": placed.tables}, [latest]),
        bare,
    )


if __name__ == "__main__":
    main()
