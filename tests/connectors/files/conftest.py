"""Tables made up in a test, read as tasks."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from retro.model import Snapshot, Task
from retro.ports import BoardOptions
from retro_files.reading import FileSettings, boards_of

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)

Rows = Sequence[Sequence[object]]


def settings(*boards: BoardOptions, lang: str = "fr", day_minutes: int = 420) -> FileSettings:
    """How a file named plan is read."""
    return FileSettings(
        prefix="plan", zone=PARIS, lang=lang, day_minutes=day_minutes, opt_out="retro:off", boards=boards
    )


def as_csv(rows: Rows, delimiter: str = ";") -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(sheets: dict[str, Rows]) -> bytes:
    """The sheets as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def board(rows: Rows, how: FileSettings | None = None) -> Snapshot:
    """The board that a CSV file of these rows is."""
    [(_name, snapshot)] = boards_of(as_csv(rows), "plan.csv", how or settings(), NOW)
    return snapshot


@pytest.fixture
def tasks() -> Callable[..., dict[str, Task]]:
    """Maps rows (the first are the headings) to tasks by title."""

    def read(rows: Rows, how: FileSettings | None = None) -> dict[str, Task]:
        return {task.title: task for task in board(rows, how).tasks}

    return read


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[dict[str, Rows]], Path]:
    """Saves a workbook, and says where."""

    def save(sheets: dict[str, Rows]) -> Path:
        path = tmp_path / "salon d’été.xlsx"
        path.write_bytes(as_xlsx(sheets))
        return path

    return save
