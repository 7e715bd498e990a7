"""A hostile board in every export: its words stay words, whatever opens the file."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from tests.hostile_board import hostile_board

Retro = Callable[..., Any]
ASKED = ("--end", "2027-03-01", "--now", "2026-11-23")
_STARTS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """The board's export."""
    path = tmp_path / "board.json"
    path.write_text(hostile_board(), encoding="utf-8")
    return path


def test_a_workbook_holds_texts_only(retro: Retro, board: Path) -> None:
    """No cell of it is a formula, an error or a link; the file's own parts name no other file or address."""
    assert retro("export", "xlsx", board, "-o", "plan.xlsx", *ASKED).code == 0
    cells = [cell for sheet in openpyxl.load_workbook("plan.xlsx") for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert any(str(cell.value).startswith("=HYPERLINK(") for cell in cells)
    with zipfile.ZipFile("plan.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any("externalLink" in name or "hyperlink" in name for name in parts.namelist())
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_a_table_holds_texts_only(retro: Retro, board: Path) -> None:
    """No cell of the CSV file begins as a formula does."""
    assert retro("export", "csv", board, "-o", "plan.csv", *ASKED).code == 0
    rows = list(csv.reader(io.StringIO(Path("plan.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) > 40
    assert not any(_STARTS.match(cell) for row in rows for cell in row)


def test_feeds_and_charts_hold_a_line_a_task(retro: Retro, board: Path) -> None:
    """Feeds are read whole by another reader; a chart has rows, and nothing that is none."""
    for options in ((), ("--todos",)):
        assert retro("export", "ics", board, "-o", "plan.ics", *options, *ASKED).code == 0
        text = Path("plan.ics").read_bytes().decode()
        kind = "VTODO" if options else "VEVENT"
        entries = icalendar.Calendar.from_ical(text).walk(kind)
        assert text.count(f"BEGIN:{kind}\r\n") == len(entries) > 40
        assert not any(each.errors for each in entries)
        assert not any(ord(sign) < 32 for sign in text.replace("\r\n", ""))
    assert retro("export", "mermaid", board, "-o", "plan.md", *ASKED).code == 0
    first, *lines, last = Path("plan.md").read_text("utf-8").splitlines()
    assert (first, last) == ("```mermaid", "```")
    row = re.compile(r"    [^:;#%`\[\]{}<>\"]+ :(?:(?:done|active|crit|milestone), )*\d{4}-\d\d-\d\d, \d+d")
    other = re.compile(r"gantt|    (?:title|section|dateFormat|axisFormat|%%) [^:;#`\[\]{}<>\"]+")
    assert all(row.fullmatch(line) or other.fullmatch(line) for line in lines)


@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_runs_nothing(retro: Retro, board: Path, tmp_path: Path) -> None:
    """LibreOffice, without a window, shows formulas of the board as the texts that they are."""
    assert retro("export", "xlsx", board, "-o", tmp_path / "plan.xlsx", *ASKED).code == 0
    assert _OFFICE is not None
    subprocess.run(  # noqa: S603 - the program that was found, on our own file
        [
            _OFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "plan.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "plan.csv").read_text("utf-8"), newline="")))
    titles = {row[0] for row in rows}
    assert any(title.startswith("=HYPERLINK(") for title in titles)
    assert {"-2+3", "@SUM(A1:A9)"} <= titles
    assert not any(cell.startswith(("Err:", "#NAME?", "#REF!")) for row in rows for cell in row)
