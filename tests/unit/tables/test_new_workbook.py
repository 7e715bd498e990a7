"""New workbooks: true dates, numbers and texts, one sheet a board, and files written whole or not at all."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from retro.ports import ConfigurationError
from retro.tables import saving
from retro.tables.new_workbook import NewSheet, Value, workbook
from retro.testing.clock import SteppingClock

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def made(*sheets: NewSheet) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, created=NOW)))


def a_sheet(name: str, *rows: list[Value]) -> NewSheet:
    """A sheet of three columns."""
    return NewSheet(name=name, headings=("Tâche", "Fin", "JH"), widths=(40, 12, 8), rows=rows)


def test_cells_are_what_they_are() -> None:
    """Days are dates, instants have hours, numbers are numbers; headings stay in sight, with a filter."""
    instant = datetime(2027, 1, 5, 14, 30, tzinfo=UTC).replace(tzinfo=None)
    sheet = made(a_sheet("Plan", ["Brief", date(2027, 1, 5), 0.5], ["Article", instant, None]))["Plan"]
    assert sheet["B2"].value.date() == date(2027, 1, 5)
    assert (sheet["B2"].is_date, sheet["B3"].value, sheet["C2"].value) == (True, instant, 0.5)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C3")


def test_whole_numbers_have_no_point() -> None:
    """2 is shown as 2: a format that allows for decimals would make “2.” of it, or “2,” in French."""
    sheet = made(a_sheet("Plan", ["Brief", None, 2], ["Article", None, 0.5]))["Plan"]
    assert [sheet["C2"].number_format, sheet["C3"].number_format] == ["General", "General"]


def test_it_prints() -> None:
    """On A4 laid across, all columns on a page, the headings on each."""
    sheet = made(a_sheet("Plan", ["Brief", date(2027, 1, 5), 0.5]))["Plan"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@A1", "\t=1", "{=1}", "http://a.example", "3"])
def test_no_text_becomes_a_formula_a_link_or_a_number(words: str) -> None:
    """Whatever it begins with, a text is a text."""
    cell = made(a_sheet("Plan", [words, None, None]))["Plan"]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", words, None)


def test_texts_that_no_cell_can_hold_are_cut() -> None:
    """A cell holds 32 767 characters, and none that XML lacks."""
    cell = made(a_sheet("Plan", ["a\x00b\ud800" + "c" * 40_000, None, None]))["Plan"]["A2"]
    assert len(cell.value) == 32_767
    assert cell.value.startswith("abccc")


def test_names_of_sheets_are_allowed_and_unlike() -> None:
    """Signs that names may not have go, long ones are cut, and no two are alike."""
    names = made(*map(a_sheet, ("Plan: été/hiver?", "plan été hiver", "x" * 40, "X" * 40, "", "History"))).sheetnames
    assert names == ["Plan été hiver", "plan été hiver (2)", "x" * 31, "X" * 27 + " (2)", "retro", "History –"]


def test_the_same_plan_is_the_same_file() -> None:
    """Nothing of the clock is in a workbook but the instant that it is given."""
    assert workbook([a_sheet("Plan")], created=NOW) == workbook([a_sheet("Plan")], created=NOW)


def test_a_file_that_was_read_is_never_written_over(tmp_path: Path) -> None:
    """Also under another name of it."""
    source, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(b"a")
    link.symlink_to(source)
    for target in (source, link, tmp_path / "." / "a.xlsx"):
        with pytest.raises(ConfigurationError):
            saving.save(b"b", target, clock=SteppingClock(), sources=[source])
    assert source.read_bytes() == b"a"


def test_a_file_that_is_open_elsewhere_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that lets go in time costs a wait; one that does not, a sentence; and nothing is left behind."""
    refusals = 2
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    saving.save(b"b", tmp_path / "a.xlsx", clock=SteppingClock())
    assert (tmp_path / "a.xlsx").read_bytes() == b"b"
    refusals = 99
    with pytest.raises(ConfigurationError) as open_:
        saving.save(b"c", tmp_path / "a.xlsx", clock=SteppingClock())
    assert "open" in open_.value.what
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
