"""Workbooks as Excel, LibreOffice and others save them (xlsx, xlsm, xlsb, xls, ods): every sheet, as rows of cells.

A formula gives the value that was last computed, its own text where none was, or the error that it shows. Comments and
charts are not read. A merged cell holds its value in its first place only; the layout, read of xlsx and xlsm, tells how
far it reaches.

calamine reads the cells and merges, and our own look at the sheets' XML the rest of the layout: openpyxl, which makes
the copies (`workbook_copy`), would tell all of it, but takes 10 s for 50 000 rows of 12 cells where 3 s are wanted.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from retro.i18n import text as _
from retro.ports import UnreadableError
from retro.tables.archive import DAMAGED, opened, unreadable
from retro.tables.layout import Layout, Merge, Place
from retro.tables.sheet_layout import SheetMarks, area, sheet_marks
from retro.tables.table import Cell, Row, Table
from retro.tables.workbook_parts import CellFormats, WorkbookParts, cell_formats, workbook_parts

if TYPE_CHECKING:
    from zipfile import ZipFile

    from python_calamine import CalamineSheet

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = (b"xl/", b"[Content_Types].xml", b"application/vnd.oasis.opendocument.spreadsheet")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook under a password."""
_MOST_CELLS = 20_000_000
"""Cells that a sheet may span: every row of a sheet by 19 columns."""


def looks_like_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` may be a workbook: its container is one that workbooks use."""
    return head.startswith(_OLE) or (head.startswith(_ZIP) and any(mark in head for mark in _INSIDE))


def read_xlsx(content: bytes, name: str) -> tuple[Table, ...]:
    """Every sheet that holds anything, in the workbook's order.

    Args:
        content: the whole file.
        name: the file's, for messages.

    Raises:
        UnreadableError: it is no workbook, it is locked by a password, it is damaged, or larger than any plan.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only where needed

    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _locked(name)
    marks, since_1904 = _marks(content, name) if content.startswith(_ZIP) else ({}, False)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [_table(book.get_sheet_by_name(title), marks.get(title), since_1904) for title in book.sheet_names]
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise unreadable(name, error) from error
    return tuple(table for table in tables if table.rows)


def _table(sheet: "CalamineSheet", marks: SheetMarks | None, since_1904: bool) -> Table:  # noqa: FBT001 - a fact
    top, left = sheet.start or (0, 0)
    rows = [_row(row) for row in islice(sheet.iter_rows(), top, None)]
    shown = marks or SheetMarks()
    for (line, column), words in (*shown.formulas.items(), *shown.errors.items()):
        _put(rows, line - top, column - left, words)
    while rows and not rows[-1]:
        rows.pop()

    def here(places: Iterable[Place]) -> frozenset[Place]:
        return frozenset((line - top, column - left) for line, column in places)

    layout = Layout(
        merges=tuple(
            Merge(first[0] - top, first[1] - left, last[0] - top, last[1] - left)
            for first, last in sheet.merged_cell_ranges or ()
            if first[0] >= top and first[1] >= left
        ),
        hidden=frozenset(row - top for row in shown.hidden),
        levels={row - top: level for row, level in shown.levels.items()},
        summary_above=shown.summary_above,
        indents={(line - top, column - left): deep for (line, column), deep in shown.indents.items()},
        bold=here(shown.bold),
        struck=here(shown.struck),
        uncomputed=here(shown.formulas),
        since_1904=since_1904,
    )
    return Table(sheet.name, tuple(rows), top + 1, left + 1, layout)


def _put(rows: list[Row], line: int, column: int, words: str) -> None:
    """What a cell shows in the place of a value that is not there; outside of all values it is not worth a row."""
    if not (0 <= line < len(rows) and column >= 0):
        return
    row = rows[line] + (None,) * (column + 1 - len(rows[line]))
    if row[column] is None:
        rows[line] = (*row[:column], words, *row[column + 1 :])


def _marks(content: bytes, name: str) -> tuple[Mapping[str, SheetMarks], bool]:
    """What the sheets of an xlsx show, by name; none of other kinds. Raises UnreadableError beyond all bounds."""
    with opened(content, name) as archive:
        try:
            parts = workbook_parts(archive)
            formats = cell_formats(archive.read(parts.styles)) if parts.styles.endswith(".xml") else CellFormats()
        except (KeyError, ValueError):
            return {}, False  # no xlsx, or one that the reader of values will judge
        except DAMAGED as error:
            raise unreadable(name, error) from error
        return dict(_sheets(archive, parts, formats, name)), parts.since_1904


def _sheets(
    archive: "ZipFile", parts: WorkbookParts, formats: CellFormats, name: str
) -> Iterable[tuple[str, SheetMarks]]:
    known = set(archive.namelist())
    for title, path in parts.sheets.items():
        if path not in known or not path.endswith(".xml"):
            continue
        try:
            xml = archive.read(path)
        except DAMAGED as error:
            raise unreadable(f"{name}#{title}", error) from error
        if area(xml, _MOST_CELLS) > _MOST_CELLS:
            raise UnreadableError(
                _("a value stands so far from the table that the sheet spans millions of cells."),
                where=f"{name}#{title}",
                remedy=_(
                    "Go to the last cell (Ctrl+End), delete the rows and columns after the table, save, try again."
                ),
            )
        yield title, sheet_marks(xml, formats)


def _locked(name: str) -> UnreadableError:
    return UnreadableError(
        _("this workbook is locked by a password."),
        where=name,
        remedy=_("Save a copy without a password and try that file."),
    )


def _row(cells: Iterable[Cell]) -> Row:
    """A row without what is empty at its end: most of a large sheet is."""
    row = [_cell(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _cell(value: Cell) -> Cell:
    """A cell with one way to be empty, and days that are days though they were stored as midnights."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return value.date()
    return value
