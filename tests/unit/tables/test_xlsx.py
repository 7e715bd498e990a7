"""Workbooks: every sheet, days as days, and clear refusals."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from tests.unit.tables.made import zipped

from retro.ports import UnreadableError
from retro.tables.xlsx import looks_like_workbook, read_xlsx


def saved(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_is_read_in_order() -> None:
    """Sheets keep their names and order; an empty one is left out."""
    tables = read_xlsx(saved(("Contenus", [["Titre"], ["A"]]), ("Vide", []), ("Salon", [["Titre"], ["B"]])), "a.xlsx")
    assert [(table.name, table.rows[1]) for table in tables] == [("Contenus", ("A",)), ("Salon", ("B",))]


def test_cells_have_their_types() -> None:
    """Days are dates though Excel stores midnights; hours stay; whole numbers are whole; blanks are None."""
    afternoon = datetime.fromisoformat("2027-01-05T14:30")
    row = [date(2027, 1, 5), afternoon, 3.0, 2.5, True, " ", "texte", timedelta(hours=30)]
    [table] = read_xlsx(saved(("A", [["Titre"] * len(row), row])), "a.xlsx")
    assert table.rows[1] == (
        date(2027, 1, 5),
        afternoon,
        3,
        2.5,
        True,
        None,
        "texte",
        timedelta(hours=30),
    )
    assert not isinstance(table.rows[1][0], datetime)


def test_rows_above_the_table_count() -> None:
    """A table that begins on row 4 says so, so that row numbers are those that people see."""
    [table] = read_xlsx(saved(("A", [[], [], [], ["Titre"], ["x"]])), "a.xlsx")
    assert table.first_line == 4
    assert table.rows[0] == ("Titre",)


def test_a_merged_title_holds_its_text_once() -> None:
    """A merged banner is one cell with text, the others hold nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rétroplanning du salon"])
    sheet.append(["Titre", "Qui"])
    sheet.merge_cells("A1:B1")
    out = io.BytesIO()
    book.save(out)
    [table] = read_xlsx(out.getvalue(), "a.xlsx")
    assert table.rows[0] == ("Rétroplanning du salon",)


@pytest.mark.parametrize("content", [b"this is no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    """Bytes that are no workbook give an error with its place and a remedy."""
    with pytest.raises(UnreadableError) as refused:
        read_xlsx(content, "plan.xlsx")
    assert refused.value.where == "plan.xlsx"
    assert refused.value.remedy


def test_a_workbook_is_told_by_its_bytes() -> None:
    """A zip of a workbook is one, other zips and texts are none."""
    assert looks_like_workbook(saved(("A", [["Titre"]]))[:65536])
    assert not looks_like_workbook(b"PK\x03\x04word/document.xml")
    assert not looks_like_workbook(b"Titre;Qui")


def test_an_opendocument_sheet_is_read_without_its_blank_rows() -> None:
    """LibreOffice's own files give cells and days; the million blank rows that end them cost nothing."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2027-01-05"/>'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = (
        f'<office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Plan"><table:table-row>{cell.format("Titre")}{cell.format("Fin")}</table:table-row>'
        f"<table:table-row>{cell.format('Brief')}{day}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    [table] = read_xlsx(zipped(parts), "a.ods")
    assert table.rows == (("Titre", "Fin"), ("Brief", date(2027, 1, 5)))
