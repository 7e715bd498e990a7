"""What a workbook shows besides values, and what is refused before it is unpacked."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font
from tests.unit.tables.made import made, text_cell, zipped

from retro.ports import UnreadableError
from retro.tables import archive
from retro.tables.layout import Merge
from retro.tables.table import Table
from retro.tables.xlsx import read_xlsx


def saved(book: Any) -> Table:
    """The one sheet of a workbook of openpyxl's."""
    out = io.BytesIO()
    book.save(out)
    [table] = read_xlsx(out.getvalue(), "a.xlsx")
    return table


def test_formats_are_told_by_place_within_the_table() -> None:
    """Merges, indents, bold and struck text, hidden and folded rows are counted from the first cell with a value."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row, words in enumerate(("Titre", "Brief", "Article", "Posts"), 3):
        sheet.cell(row, 2, words)
    sheet["B3"].font = Font(bold=True)
    sheet["B4"].alignment = Alignment(indent=2)
    sheet["B5"].font = Font(strike=True)
    sheet.merge_cells("B6:D7")
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[5].outlineLevel = 2
    table = saved(book)
    layout = table.layout
    assert (table.first_line, table.first_column) == (3, 2)
    assert layout.merges == (Merge(3, 0, 4, 2),)
    assert (layout.bold, layout.struck, layout.indents) == (frozenset({(0, 0)}), frozenset({(2, 0)}), {(1, 0): 2})
    assert (layout.hidden, layout.levels, layout.summary_above) == (frozenset({1}), {2: 2}, False)


def test_a_formula_that_nobody_computed_shows_itself() -> None:
    """Where a workbook holds no value for a formula, the cell holds its text; computed ones hold their values."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Titre", "JH"])
    sheet.append(["A", '=B3&"<"'])
    table = saved(book)
    assert table.rows[1] == ("A", '=B3&"<"')
    assert table.layout.uncomputed == {(1, 1)}
    value = f'{text_cell("A2", "A")}<c r="B2"><f>1+1</f><v>2</v></c>'
    rows = f'<row r="1">{text_cell("A1", "Titre")}</row><row r="2">{value}</row>'
    [computed] = read_xlsx(made(rows), "a.xlsx")
    assert (computed.rows[1], computed.layout.uncomputed) == (("A", 2), frozenset())


def test_a_workbook_says_when_its_days_begin() -> None:
    """Old Macintosh workbooks count from 1904."""
    rows = f'<row r="1">{text_cell("A1", "Titre")}</row>'
    assert read_xlsx(made(rows, properties='<workbookPr date1904="1"/>'), "a.xlsx")[0].layout.since_1904
    assert not read_xlsx(made(rows), "a.xlsx")[0].layout.since_1904


def test_prefixed_parts_are_read_alike() -> None:
    """Some libraries write `x:row` for `row`."""
    rows = '<x:row r="1" hidden="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Titre</x:t></x:is></x:c></x:row>'
    [table] = read_xlsx(made(rows, prefix="x"), "a.xlsx")
    assert (table.rows, table.layout.hidden) == ((("Titre",),), frozenset({0}))


def test_a_million_blank_rows_cost_nothing() -> None:
    """Rows that are only formatted, down to the sheet's end, are none of the table's."""
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="XFD{row}" s="1"/></row>' for row in range(2, 5000))
    last = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    [table] = read_xlsx(made(f'<row r="1">{text_cell("A1", "Titre")}</row>{blank}{last}'), "a.xlsx")
    assert table.rows == (("Titre",),)


def test_a_value_at_the_sheets_far_end_is_refused_before_memory_is() -> None:
    """A stray value in the last cell would make a table of billions; the refusal says what to delete."""
    rows = f'<row r="1">{text_cell("A1", "Titre")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    with pytest.raises(UnreadableError) as refused:
        read_xlsx(made(rows), "a.xlsx")
    assert refused.value.where == "a.xlsx#Plan"


def test_what_unpacks_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that says how large it is, and one that lies about it, are refused before they are unpacked."""
    monkeypatch.setattr(archive, "MOST", 100_000)
    honest = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 200_000})
    with pytest.raises(UnreadableError):
        read_xlsx(honest, "a.xlsx")
    size = (200_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    liar = honest.replace(size, (2_000).to_bytes(4, "little"))
    with zipfile.ZipFile(io.BytesIO(liar)) as read:
        assert sum(part.file_size for part in read.infolist()) < archive.MOST
    with pytest.raises(UnreadableError):
        read_xlsx(liar, "a.xlsx")


def test_entities_are_refused() -> None:
    """A part that declares entities is no part of a workbook."""
    bomb = f'<!DOCTYPE a [<!ENTITY b "{"x" * 50}">]>{"<a/>"}'
    content = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": bomb, "xl/workbook.xml": "<a/>"})
    with pytest.raises(UnreadableError):
        read_xlsx(content, "a.xlsx")


def test_a_workbook_under_a_password_is_told_as_such() -> None:
    """Its container holds an encrypted package; the words speak of a password."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableError) as refused:
        read_xlsx(content, "a.xlsx")
    assert "password" in refused.value.what
