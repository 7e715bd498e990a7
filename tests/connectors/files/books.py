"""Workbooks made up in a test, with the formats, merges and outlines that people give theirs."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from tests.connectors.files.conftest import NOW, Rows, settings

from retro.model import Snapshot, Task
from retro_files.reading import boards_of

Dress = Callable[[Any], None]
"""Formats a sheet once its rows are in; the sheet is openpyxl's, which has no types."""


def book(rows: Rows, dress: Dress | None = None) -> bytes:
    """A workbook of one sheet named Plan."""
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = "Plan"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                sheet.cell(number, column, value)
    if dress is not None:
        dress(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes, lang: str = "fr") -> Snapshot:
    """The one board of a workbook."""
    [(_name, snapshot)] = boards_of(content, "plan.xlsx", settings(lang=lang), NOW)
    return snapshot


def by_title(snapshot: Snapshot) -> dict[str, Task]:
    """A board's tasks by title."""
    return {task.title: task for task in snapshot.tasks}


def sheet(rows: Rows, dress: Dress | None = None) -> dict[str, Task]:
    """The tasks of such a workbook by title."""
    return by_title(read(book(rows, dress)))
