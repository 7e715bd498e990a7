"""Spoilt files of every kind are read or refused with words, never crash."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Font
from tests.connectors.files import conftest

from retro.ports import RetroError, UnreadableError
from retro.tables.beside import OwnField
from retro.tables.table import Cell
from retro.tables.workbook_copy import copy_with
from retro_files.cells import text_of
from retro_files.contents import recognise
from retro_files.reading import boards_of, placed_in, sheet_names

ROWS: conftest.Rows = [
    ["ID", "Titre", "Responsable", "Début", "Échéance", "JH", "Prédécesseurs", "Statut", "%"],
    [1, "Brief", "Léa Martin", "05/01/2027", "1st - 4th April 2027", "2,5", "", "À faire", "50%"],
    [2, "Article", "Paul & Zoé", "2027-01-05", "13/01/2027", 3, "1FS+2j; Brief", "Fini", "x"],
]
SEEDS = (
    ("plan.csv", conftest.as_csv(ROWS)),
    ("plan.xlsx", conftest.as_xlsx({"Plan": ROWS, "Salon": ROWS})),
    ("plan.json", b'{"version": 1, "now": "x", "boards": [{"key": "b", "name": "B", "source": "s"}], "tasks": []}'),
)
_EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=8)), min_size=1, max_size=6)


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The content with some bytes removed and others put in their place."""
    for place, removed, added in edits:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    return content


def spoilt(name: str, content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The file edited; of a workbook one of its parts, so that it is still a zip."""
    if name != "plan.xlsx":
        return edited(content, edits)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        parts = old.namelist()
        chosen = parts[int(edits[0][0] * (len(parts) - 1))]
        for part in parts:
            new.writestr(part, edited(old.read(part), edits) if part == chosen else old.read(part))
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), _EDITS, st.booleans())
def test_a_spoilt_file_is_read_or_refused(
    seed: tuple[str, bytes],
    edits: list[tuple[float, int, bytes]],
    raw: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    """Whatever happens to its bytes, a file gives boards with unique keys, or one of our errors."""
    name, content = seed
    content = edited(content, edits) if raw else spoilt(name, content, edits)
    recognise(content[:65536], name)
    boards = []
    with suppress(RetroError):
        sheet_names(content, name)
        boards = boards_of(content, name, conftest.settings(), conftest.NOW)
    for _name, snapshot in boards:
        keys = [task.key for task in snapshot.tasks]
        assert len(keys) == len(set(keys))


EXAMPLES = 80
_HEADS = ("Tâche", "Qui", "Début", "Échéance", "Statut", "N°", "Phase", "Sous-tâche", "retro · latest", "Prévu", "Fait")
_WORDS = (
    "Brief",
    "Léa, Paul",
    "12–16/01/2027",
    "mi-mars",
    "#REF!",
    "=A1",
    "Total",
    "Légende",
    "1.1 Brief",
    "  x",
    "✓",
    "1",
)
_CELL = st.one_of(
    st.none(),
    st.sampled_from(_HEADS),
    st.sampled_from(_WORDS),
    st.integers(-5, 50_000),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.booleans(),
)
_GRID = st.lists(st.lists(_CELL, max_size=8), min_size=1, max_size=12)
_AREAS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 8), st.integers(0, 3), st.integers(0, 3)), max_size=4)
_MARKS = st.lists(
    st.tuples(st.sampled_from(("bold", "indent", "strike", "hidden", "level")), st.integers(1, 12)), max_size=4
)


def grid(rows: list[list[Cell]], areas: list[tuple[int, int, int, int]], marks: list[tuple[str, int]]) -> bytes:
    """A workbook of one sheet with these cells, merges and marks."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for cells_of_row in rows:
        sheet.append(cells_of_row)
    taken: set[tuple[int, int]] = set()
    for top, left, down, along in areas:
        cells = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + along + 1)}
        if down + along and not taken & cells:
            taken |= cells
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + along)
    for mark, row in marks:
        for column in range(1, 9):
            cell = sheet.cell(row, column)
            if mark in ("bold", "strike"):
                cell.font = Font(bold=mark == "bold", strike=mark == "strike")
            elif mark == "indent":
                cell.alignment = Alignment(indent=row % 3)
        sheet.row_dimensions[row].hidden = mark == "hidden"
        sheet.row_dimensions[row].outlineLevel = row % 3 if mark == "level" else 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=EXAMPLES, deadline=None)
@given(_GRID, _AREAS, _MARKS, st.lists(st.sampled_from(_HEADS), min_size=3, max_size=7, unique=True))
def test_any_sheet_is_read_or_refused_and_its_copy_says_the_same(
    rows: list[list[Cell]], areas: list[tuple[int, int, int, int]], marks: list[tuple[str, int]], heads: list[str]
) -> None:
    """Whatever stands in its cells, a sheet gives tasks whose titles are cells of it; a copy of it gives the same."""
    content = grid([["Tâche", *heads], *rows], areas, marks)
    try:
        [(_name, snapshot)] = boards_of(content, "plan.xlsx", conftest.settings(), conftest.NOW)
    except UnreadableError:
        return
    cells = {text_of(cell) for row in rows for cell in row if cell is not None}
    assert {task.title for task in snapshot.tasks} <= cells
    assert len({task.key for task in snapshot.tasks}) == len(snapshot.tasks)
    placed = placed_in(content, Path("plan.xlsx"), conftest.settings())[snapshot.board.key]
    assert sum(len(table.rows) for table in placed.tables) == len(snapshot.tasks)
    said = {task.key: "DAT101" for task in snapshot.tasks}
    field = OwnField(id="review", heading="retro · à revoir", values=said, width=50)
    copy = copy_with(content, "plan.xlsx", {placed.name: placed.tables}, [field]).content
    [(_name, again)] = boards_of(copy, "plan.xlsx", conftest.settings(), conftest.NOW)
    assert [(task.key, task.title, task.due, task.owners) for task in again.tasks] == [
        (task.key, task.title, task.due, task.owners) for task in snapshot.tasks
    ]
    assert openpyxl.load_workbook(io.BytesIO(copy)).active is not None
