"""What a copy of a workbook keeps of it, and the words for what it does not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tests.unit.tables.made import zipped

from retro.i18n import use
from retro.tables.archive import is_copyable
from retro.tables.beside import OwnField
from retro.tables.placing import PlacedTable
from retro.tables.workbook_copy import Copied, copy_with

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)
"""A PNG picture of one red point."""
Draw = Callable[[Any, Any], object]
"""Puts something into a sheet of a workbook of XlsxWriter's."""


def made(draw: Draw, *, name: str = "Plan") -> bytes:
    """A workbook of one small table, with something more."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, ["Titre", "JH"])
    sheet.write_row(1, 0, ["Brief", 2])
    sheet.write_row(2, 0, ["Article", 3])
    draw(book, sheet)
    book.close()
    return out.getvalue()


def copied(content: bytes) -> Copied:
    """A copy with one more column."""
    table = PlacedTable(heading=1, left=1, right=2, rows={"a": 2, "b": 3})
    latest = OwnField(id="latest", heading="retro · latest", values={"a": date(2027, 2, 19)}, is_day=True, width=14)
    return copy_with(content, "a.xlsx", {"Plan": (table,)}, [latest])


def kept(draw: Draw) -> Any:
    """The sheet of the copy, once it is known that nothing is told as lost."""
    copy = copied(made(draw))
    assert copy.losses == ()
    return openpyxl.load_workbook(io.BytesIO(copy.content), rich_text=True)["Plan"]


def test_rows_and_cells_stay_as_they_were() -> None:
    """Merges, hidden and folded rows, heights, hidden columns, links, comments and bold words within a cell."""

    def draw(book: Any, sheet: Any) -> None:
        sheet.merge_range("A5:C5", "Phase 2", book.add_format({"bold": True, "bg_color": "#FFCC00"}))
        sheet.set_row(2, 30, None, {"level": 1, "hidden": True})
        sheet.set_column("F:G", 9, None, {"hidden": True})
        sheet.write_url("A7", "https://example.org/a", string="brief")
        sheet.write_comment("A2", "À valider", {"author": "Léa"})
        sheet.write_rich_string("A8", "Un ", book.add_format({"bold": True}), "mot", " gras")

    sheet = kept(draw)
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A5:C5"]
    assert (sheet["A5"].font.bold, sheet["A5"].fill.fgColor.rgb) == (True, "FFFFCC00")
    row = sheet.row_dimensions[3]
    assert (row.hidden, row.outlineLevel, row.height) == (True, 1, 30)
    assert sheet.column_dimensions["F"].hidden
    assert sheet["A7"].hyperlink.target == "https://example.org/a"
    assert (sheet["A2"].comment.text, sheet["A2"].comment.author) == ("À valider", "Léa")
    assert [str(part) for part in sheet["A8"].value] == ["Un ", "mot", " gras"]
    assert sheet["A8"].value[1].font.b


def test_rules_of_a_sheet_stay() -> None:
    """Filters, validations, conditional formats, protection and tables."""

    def draw(book: Any, sheet: Any) -> None:
        sheet.autofilter("A1:B3")
        sheet.filter_column(1, "x > 2")
        sheet.data_validation("D2:D9", {"validate": "list", "source": ["À faire", "Fait"]})
        sheet.conditional_format(
            "B2:B3",
            {"type": "cell", "criteria": ">", "value": 2, "format": book.add_format({"bold": True})},
        )
        sheet.conditional_format("B2:B3", {"type": "3_color_scale"})
        sheet.protect("secret", {"sort": True})
        sheet.add_table("J1:K3", {"name": "Equipe", "columns": [{"header": "Qui"}, {"header": "Jours"}]})

    sheet = kept(draw)
    assert (sheet.auto_filter.ref, len(sheet.auto_filter.filterColumn)) == ("A1:B3", 1)
    [validation] = sheet.data_validations.dataValidation
    assert (validation.type, str(validation.sqref), validation.formula1) == ("list", "D2:D9", '"À faire,Fait"')
    kinds = [rule.type for each in sheet.conditional_formatting for rule in each.rules]
    assert sorted(kinds) == ["cellIs", "colorScale"]
    assert (sheet.protection.sheet, sheet.protection.sort) == (True, False)
    assert sheet.tables["Equipe"].ref == "J1:K3"


def test_how_a_sheet_is_seen_and_printed_stays() -> None:
    """Panes, zoom, colours of tabs, print area and titles, paper, margins, breaks, headers, names, hidden sheets."""

    def draw(book: Any, sheet: Any) -> None:
        sheet.freeze_panes(1, 1)
        sheet.set_zoom(80)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#FF0000")
        sheet.print_area("A1:B3")
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.3)
        sheet.set_h_pagebreaks([2])
        sheet.set_header("&LPlan du salon")
        book.define_name("Charge", "=Plan!$B$2:$B$3")
        book.set_properties({"title": "Salon", "author": "Léa"})
        book.set_custom_property("Client", "Zoé")
        book.add_worksheet("Listes").hide()

    sheet = kept(draw)
    book = sheet.parent
    view = sheet.sheet_view
    assert (sheet.freeze_panes, view.zoomScale, view.showGridLines) == ("B2", 80, False)
    assert (sheet.print_area, sheet.print_title_rows) == ("'Plan'!$A$1:$B$3", "$1:$1")
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        8,
        0,
        True,
    )
    assert (sheet.page_margins.left, [each.id for each in sheet.row_breaks.brk]) == (0.3, [2])
    assert (sheet.oddHeader.left.text, sheet.sheet_properties.tabColor.rgb) == ("Plan du salon", "FFFF0000")
    assert book.defined_names["Charge"].value == "Plan!$B$2:$B$3"
    assert (book.properties.title, book.custom_doc_props["Client"].value) == ("Salon", "Zoé")
    assert book["Listes"].sheet_state == "hidden"


def test_charts_stay() -> None:
    """A chart is in the copy, with its data, title and place."""

    def draw(book: Any, sheet: Any) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Plan!$B$2:$B$3"})
        sheet.insert_chart("H2", chart)

    copy = copied(made(draw))
    assert copy.losses == ()
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert b"$B$2:$B$3" in archive.read("xl/charts/chart1.xml")


def test_macros_stay() -> None:
    """A workbook with macros is copied with them, as one that has macros."""
    content = made(lambda book, _sheet: book.add_vba_project(io.BytesIO(b"\0macro"), is_stream=True))
    assert is_copyable(content)
    with zipfile.ZipFile(io.BytesIO(copied(content).content)) as archive:
        assert archive.read("xl/vbaProject.bin") == b"\0macro"
        assert b"sheet.macroEnabled.main+xml" in archive.read("[Content_Types].xml")


@pytest.mark.parametrize(
    ("draw", "lost"),
    [
        (lambda _book, sheet: sheet.insert_image("H2", "a.png", {"image_data": io.BytesIO(PIXEL)}), "pictures"),
        (lambda _book, sheet: sheet.insert_textbox("H2", "Jour J"), "shapes and text boxes"),
        (lambda _book, sheet: sheet.add_sparkline("H2", {"range": "Plan!B2:B3"}), "sparklines"),
        (lambda _book, sheet: sheet.insert_checkbox("H2", boolean=True), "check boxes in cells"),
        (
            lambda _book, sheet: sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True}),
            "details of conditional formats",
        ),
        (
            lambda _book, sheet: sheet.write_formula("H2", "=SUM(B2:B3)", None, 5),
            "results of formulas (computed when the copy is opened)",
        ),
    ],
)
def test_what_is_lost_is_named(draw: Draw, lost: str) -> None:
    """Each thing that openpyxl leaves out is told by its name, and nothing else."""
    assert copied(made(draw)).losses == (lost,)


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        ("_xmlsignatures/sig1.xml", "signature"),
        ("xl/slicers/slicer1.xml", "segments"),
        ("xl/embeddings/oleObject1.bin", "documents incorporés"),
        ("xl/threadedComments/threadedComment1.xml", "conversations en commentaire"),
        ("xl/pivotTables/pivotTable1.xml", "tableaux croisés dynamiques"),
    ],
)
def test_parts_that_are_left_out_are_named_in_french(part: str, lost: str) -> None:
    """Signatures, slicers, embedded documents: told by the names of their parts, in the reader's language."""
    with zipfile.ZipFile(io.BytesIO(made(lambda _book, _sheet: None))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    use("fr")
    assert copied(zipped(parts | {part: b"<x/>"})).losses == (lost,)


def test_a_workbook_with_its_macros_removed_is_not_copied() -> None:
    """A file that calls itself one with macros but has none cannot be written again as such."""
    content = made(lambda book, _sheet: book.add_vba_project(io.BytesIO(b"x"), is_stream=True))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    del parts["xl/vbaProject.bin"]
    assert not is_copyable(zipped(parts))
