"""Workbooks as Excel, LibreOffice and others save them (xlsx, xlsm, xlsb, xls, ods): every sheet, as rows of cells.

A formula gives the value that was last computed; formats, comments and charts are not read. A merged cell holds its
value in its first place only.
"""

import io
from collections.abc import Iterable
from datetime import datetime

from retro.i18n import text as _
from retro.ports import UnreadableError
from retro.tables.table import Cell, Row, Table

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = (b"xl/", b"[Content_Types].xml", b"application/vnd.oasis.opendocument.spreadsheet")


def looks_like_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` may be a workbook: its container is one that workbooks use."""
    return head.startswith(_OLE) or (head.startswith(_ZIP) and any(mark in head for mark in _INSIDE))


def read_xlsx(content: bytes, name: str) -> tuple[Table, ...]:
    """Every sheet that holds anything, in the workbook's order.

    Args:
        content: the whole file.
        name: the file's, for messages.

    Raises:
        UnreadableError: it is no workbook, it is locked by a password, or it is damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only where needed

    remedy = _("Open it in your spreadsheet, save it again as .xlsx or CSV, and try that file.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
        tables = [
            Table(title, _rows(sheet.to_python(skip_empty_area=True)), (sheet.start or (0, 0))[0] + 1)
            for title, sheet in sheets
        ]
    except PasswordError as error:
        raise UnreadableError(
            _("this workbook is locked by a password."),
            where=name,
            remedy=_("Save a copy without a password and try that file."),
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            _("this is no workbook that can be read ({reason}).", reason=error), where=name, remedy=remedy
        ) from error
    return tuple(table for table in tables if table.rows)


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[Row, ...]:
    return tuple(tuple(map(_cell, row)) for row in rows)


def _cell(value: Cell) -> Cell:
    """A cell with one way to be empty, and days that are days though they were stored as midnights."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
