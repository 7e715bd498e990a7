"""Copies of workbooks with retro's columns beside their tables: what is put in, and that all else stays."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.cell_range import CellRange
from tests.unit.tables.made import MAIN, PLAIN_STYLES, made, text_cell

from retro.ports import UnreadableError
from retro.tables.archive import is_copyable
from retro.tables.beside import OwnField, Value
from retro.tables.placing import PlacedTable
from retro.tables.workbook_copy import copy_with
from retro.tables.xlsx import read_xlsx

DAY = date(2027, 2, 19)
ROWS = (
    f'<row r="1" spans="1:2">{text_cell("A1", "Titre")}{text_cell("B1", "Qui")}</row>'
    f'<row r="2" spans="1:2">{text_cell("A2", "Brief")}{text_cell("B2", "Léa")}</row>'
)
TABLE = PlacedTable(heading=1, left=1, right=2, rows={"a": 2})


def fields(latest: Mapping[str, Value], review: Mapping[str, Value]) -> list[OwnField]:
    """A column of days and one of texts."""
    return [
        OwnField(id="latest", heading="retro · latest", values=latest, is_day=True, width=14),
        OwnField(id="review", heading="retro · to review", values=review, width=50),
    ]


def copied(content: bytes, *tables: PlacedTable, review: str = "DAT101 no due date") -> bytes:
    """The copy with a day and a text for the task `a`."""
    return copy_with(content, "a.xlsx", {"Plan": tables or (TABLE,)}, fields({"a": DAY}, {"a": review})).content


def page(content: bytes) -> Any:
    """The sheet Plan as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))["Plan"]


def dressed() -> bytes:
    """A workbook with formats, a formula, widths and a frozen pane."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Plan"
    for column, heading in enumerate(("Titre", "JH", "Fin"), 1):
        sheet.cell(1, column, heading).font = Font(bold=True, color="FFFFFF")
        sheet.cell(1, column).fill = PatternFill("solid", fgColor="1F4E78")
    for row, (title, days) in enumerate((("Brief", 2), ("Article", 3)), 2):
        sheet.cell(row, 1, title)
        sheet.cell(row, 2, days)
        sheet.cell(row, 3, date(2027, 1, 4 + row)).number_format = "d mmm yyyy"
    sheet["B4"] = "=SUM(B2:B3)"
    sheet.column_dimensions["A"].width = 33
    sheet.freeze_panes = "B2"
    return saved(book)


def saved(book: Any) -> bytes:
    """A workbook's content."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_values_stand_right_of_the_table_in_its_dress() -> None:
    """Headings look like their neighbour, days like the sheet's days, texts are texts; formulas and panes stay."""
    content = dressed()
    table = PlacedTable(heading=1, left=1, right=3, rows={"a": 2, "b": 3}, days=(3,))
    sheet = page(copied(content, table))
    assert [sheet["D1"].value, sheet["E1"].value] == ["retro · latest", "retro · to review"]
    assert (sheet["D1"].fill.fgColor.rgb, sheet["D1"].font.bold) == (sheet["C1"].fill.fgColor.rgb, True)
    assert (sheet["D2"].value.date(), sheet["D2"].number_format) == (DAY, "d mmm yyyy")
    assert (sheet["E2"].value, sheet["E2"].number_format, sheet["E2"].data_type) == ("DAT101 no due date", "@", "s")
    assert sheet["E2"].quotePrefix
    assert (sheet["D3"].value, sheet["E3"].value) == (None, None)
    assert (sheet["B4"].value, sheet.freeze_panes) == ("=SUM(B2:B3)", "B2")
    assert {column: sheet.column_dimensions[column].width for column in "ADE"} == {"A": 33, "D": 14, "E": 50}
    assert sheet.dimensions == "A1:E4"


def test_columns_that_are_there_are_brought_up_to_date() -> None:
    """A second copy of a copy has the same columns with new values, and empties what is no more to be said."""
    once = copied(made(ROWS))
    table = PlacedTable(heading=1, left=1, right=4, rows={"a": 2}, own={"latest": 3, "review": 4})
    twice = copy_with(once, "a.xlsx", {"Plan": (table,)}, fields({"a": date(2027, 2, 22)}, {})).content
    [read] = read_xlsx(twice, "a.xlsx")
    assert read.rows[0] == ("Titre", "Qui", "retro · latest", "retro · to review")
    assert read.rows[1] == ("Brief", "Léa", date(2027, 2, 22))


def test_a_column_that_is_missing_joins_the_others() -> None:
    """Where only one of retro's columns is there, the other is put behind it."""
    latest = fields({"a": DAY}, {})[:1]
    once = copy_with(made(ROWS), "a.xlsx", {"Plan": (TABLE,)}, latest).content
    table = PlacedTable(heading=1, left=1, right=3, rows={"a": 2}, own={"latest": 3})
    cells = page(copied(once, table))
    assert [cell.value for cell in cells[1]] == ["Titre", "Qui", "retro · latest", "retro · to review"]


def test_tables_side_by_side_keep_apart() -> None:
    """Where another table stands in the way, the columns go beyond it, and their headings say whose they are."""
    rows = (
        f'<row r="1">{text_cell("A1", "Titre")}{text_cell("B1", "Qui")}{text_cell("D1", "Action")}'
        f"{text_cell('E1', 'Qui')}</row>"
        f'<row r="2">{text_cell("A2", "Brief")}{text_cell("B2", "Léa")}{text_cell("D2", "Posts")}</row>'
    )
    tables = (TABLE, PlacedTable(heading=1, left=4, right=5, rows={"b": 2}))
    content = copy_with(made(rows), "a.xlsx", {"Plan": tables}, fields({"a": DAY, "b": DAY}, {})).content
    [read] = read_xlsx(content, "a.xlsx")
    headings = [cell for cell in read.rows[0] if cell is not None]
    assert headings[:4] == ["Titre", "Qui", "Action", "Qui"]
    assert sorted(map(str, headings[4:])) == [
        "retro · latest",
        "retro · latest (A)",
        "retro · to review",
        "retro · to review (A)",
    ]
    assert read.rows[1].count(DAY) == 2


def test_what_stands_beside_a_table_is_not_written_over() -> None:
    """A remark without a heading right of the table moves the columns on."""
    rows = (
        f'<row r="1">{text_cell("A1", "Titre")}{text_cell("B1", "Qui")}</row>'
        f'<row r="2">{text_cell("A2", "Brief")}{text_cell("B2", "Léa")}{text_cell("C2", "voir Paul")}</row>'
    )
    sheet = page(copied(made(rows)))
    assert sheet["C2"].value == "voir Paul"
    assert [cell.value for cell in sheet[1]].count(None) == 2


@given(st.text(max_size=40))
def test_no_text_becomes_a_formula(words: str) -> None:
    """Whatever a remark begins with, its cell holds a text, and nothing that XML cannot hold."""
    copy = copied(made(ROWS), review=words)
    cell = page(copy)["D2"]
    assert cell.data_type == "s" or cell.value is None
    clean = "".join(char for char in words if char in "\t\n" or char >= " ")
    if "_x" not in words and "\r" not in words and clean.isprintable():
        assert (cell.value or "") == clean


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@A1", "\t=1", "<b>&amp;"])
def test_signs_of_formulas_are_text(words: str) -> None:
    """Signs that begin formulas, and markup, come back as the text that they are."""
    cell = page(copied(made(ROWS), review=words))["D2"]
    assert (cell.data_type, cell.value) == ("s", words)
    assert read_xlsx(copied(made(ROWS), review=words), "a.xlsx")[0].rows[1][3] == words


def test_what_excel_would_take_for_a_character_stays_text() -> None:
    """`_x0041_` is how a workbook writes an A: to show those letters, their first is written so itself."""
    with zipfile.ZipFile(io.BytesIO(copied(made(ROWS), review="_x0041_"))) as archive:
        assert b">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml")


def test_odd_sheets_are_written_alike() -> None:
    """Prefixed elements, rows and cells without numbers, cells that close themselves, a sheet since 1904."""
    title = '<x:c/><x:c t="inlineStr"><x:is><x:t>Titre</x:t></x:is></x:c>'
    prefixed = "".join(f"<x:row>{cells}</x:row>" for cells in (title, "<x:c/>", ""))
    table = PlacedTable(heading=1, left=2, right=2, rows={"a": 2, "b": 3})
    content = made(prefixed, prefix="x", properties='<workbookPr date1904="1"/>', before='<x:dimension ref="A1:B3"/>')
    [read] = read_xlsx(copied(content, table), "a.xlsx")
    assert read.rows[0] == ("Titre", "retro · latest", "retro · to review")
    assert read.rows[1][1:] == (DAY, "DAT101 no due date")


def test_ranges_of_widths_are_divided() -> None:
    """A range of columns that are hidden or narrow is divided around the new ones, which are seen."""
    before = '<cols><col min="1" max="2" width="9"/><col min="3" max="16384" width="2" hidden="1"/></cols>'
    sheet = page(copied(made(ROWS, before=before)))
    found = {each.min: (each.max, each.width, each.hidden) for each in sheet.column_dimensions.values()}
    assert found == {1: (2, 9, False), 3: (3, 14, False), 4: (4, 50, False), 5: (16384, 2, True)}


def test_a_day_shows_as_the_readers_country_writes_it() -> None:
    """In a sheet without dates, days have the reader's own short format."""
    cell = page(copied(made(ROWS)))["C2"]
    assert (cell.value.date(), cell.number_format) == (DAY, "mm-dd-yy")


def test_merged_cells_are_not_written_into() -> None:
    """Where cells beside a task are merged the columns go beyond them; a merged cell of an older copy is left alone."""
    book = openpyxl.load_workbook(io.BytesIO(made(ROWS)))
    book["Plan"].merge_cells("C2:D2")
    headings = [cell.value for cell in page(copied(saved(book)))[1]]
    assert headings == ["Titre", "Qui", None, None, None, "retro · latest (A)", "retro · to review (A)"]
    table = PlacedTable(heading=1, left=1, right=2, rows={"a": 2}, own={"latest": 4, "review": 5})
    sheet = page(copied(saved(book), table))
    assert (sheet["E2"].value, sheet.merged_cells.ranges) == ("DAT101 no due date", {CellRange("C2:D2")})


def test_a_date_that_would_be_lost_stops_the_copy() -> None:
    """A number that is no date in a cell of dates would become an error in the copy: none is made."""
    rows = ROWS + '<row r="3"><c r="A3" s="1"><v>9999999999</v></c></row>'
    with pytest.raises(UnreadableError, match="Cell A3"):
        copied(made(rows))


def test_what_is_no_workbook_is_not_copyable(tmp_path: Path) -> None:
    """Other containers and damaged ones are told beforehand; a sheet that is not there is refused."""
    assert is_copyable(made(ROWS))
    for content in (b"", b"PK\x03\x04", b"Titre;Qui", made(ROWS)[:200]):
        assert not is_copyable(content)
    with pytest.raises(UnreadableError):
        copy_with(made(ROWS), str(tmp_path), {"Absente": (TABLE,)}, [])
    assert MAIN in PLAIN_STYLES
