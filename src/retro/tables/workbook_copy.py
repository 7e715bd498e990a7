"""A copy of an .xlsx or .xlsm workbook with columns put in or brought up to date, made by openpyxl.

Formats, merges, filters, validations, comments, print set-up and macros are kept; what openpyxl does not know is named
(`copy_losses`). Texts are written as texts: none of them is ever a formula.

Slow to load, as openpyxl is: to be imported where a copy is made.
"""

import io
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles.numbers import is_datetime
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from retro.i18n import text as _
from retro.ports import UnreadableError
from retro.tables.archive import MACROS, opened
from retro.tables.beside import NewColumn, OwnField, TableColumns, Value, columns_beside
from retro.tables.characters import fitting
from retro.tables.copy_losses import losses
from retro.tables.placing import PlacedTable

_TEXT, _SHORT_DATE = "@", "mm-dd-yy"
"""Excel's own formats for text (what is typed there stays text) and for a day as the reader's country writes it."""
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""What a spreadsheet would read as a character's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The copy's content, and what it does not hold of the workbook, in words."""

    content: bytes
    losses: tuple[str, ...] = ()


def copy_with(
    content: bytes, name: str, tables: Mapping[str, Sequence[PlacedTable]], fields: Sequence[OwnField]
) -> Copied:
    """The workbook with these fields beside the tasks of its tables.

    Args:
        content: the workbook.
        name: its name, for messages.
        tables: the tables of each sheet that has tasks, by the sheet's name.
        fields: what is said of each task; one that it says nothing of has its cell emptied.

    Raises:
        UnreadableError: a sheet is not there, or a part is not as spreadsheets write it.
    """

    def fill(book: Workbook) -> None:
        for title, placed in tables.items():
            _fill(book[title], placed, fields)

    return copied(content, name, fill)


def copied(content: bytes, name: str, change: Callable[[Workbook], None]) -> Copied:
    """The workbook as `change` leaves it. `name` is the file's, for messages.

    Raises UnreadableError where a part is not as spreadsheets write it.
    """
    out = io.BytesIO()
    with opened(content, name) as before, warnings.catch_warnings():
        # openpyxl warns of what it leaves out: `losses` tells people. A date that it cannot hold it would replace.
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", "Cell .* is marked as a date")
        try:
            book = load_workbook(io.BytesIO(content), keep_vba=MACROS in before.namelist(), rich_text=True)
            with _macros(book):
                change(book)
                # Results of formulas are not written: the spreadsheet that opens the copy is to compute them.
                book.calculation = book.calculation or CalcProperties()
                book.calculation.fullCalcOnLoad = True
                # Its own way to save leaves the archive open where a part of it fails, and puts in the clock's time.
                with ZipFile(out, "w", ZIP_DEFLATED) as archive:
                    ExcelWriter(book, archive).save()
        except Exception as error:  # openpyxl raises whatever a part that is not as it should be makes go wrong
            raise UnreadableError(
                _("no copy of this workbook can be made ({reason}).", reason=error),
                where=name,
                remedy=_("Open it in your spreadsheet, save it again as .xlsx, and try that file."),
            ) from error
        with ZipFile(out) as after:
            return Copied(content=out.getvalue(), losses=losses(before, after))


@contextmanager
def _macros(book: Workbook) -> Iterator[None]:
    """Close the archive in which openpyxl keeps macros, once the copy has them or cannot be made."""
    try:
        yield
    finally:
        if book.vba_archive is not None:
            book.vba_archive.close()


def _fill(sheet: Worksheet, placed: Sequence[PlacedTable], fields: Sequence[OwnField]) -> None:
    tables = columns_beside(placed, fields, _occupied(sheet, placed))
    for table in tables:
        days = _day_format(sheet, table)
        for column in table.columns:
            _write(sheet, table, column, days if column.is_day else _TEXT)
    _widen(sheet, {column.column: column.width for table in tables for column in table.columns if column.width})


def _occupied(sheet: Worksheet, placed: Sequence[PlacedTable]) -> dict[int, set[int]]:
    """The columns in each row that hold anything, or belong to a merged cell where something is to be written."""
    written = {row for table in placed for row in (table.heading, *table.rows.values())}
    found: dict[int, set[int]] = defaultdict(set)
    # Its public ways to go through cells make all those of the rectangle that are not there.
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - see above
        if cell.value is not None or (isinstance(cell, MergedCell) and row in written):
            found[row].add(column)
    return found


def _day_format(sheet: Worksheet, table: TableColumns) -> str:
    """How the team's dates show in this table: as most of the first column of dates that has any."""
    for column in table.days:
        cells = (sheet.cell(row, column) for row in table.rows)
        shown: Counter[str] = Counter(cell.number_format for cell in cells if cell.value is not None)
        for shape, _count in shown.most_common():
            if is_datetime(shape) in ("date", "datetime"):
                return shape
    return _SHORT_DATE


def _write(sheet: Worksheet, table: TableColumns, column: NewColumn, shape: str) -> None:
    """Put a column in: cells that look as those of the team's last column do, but for how their values show."""
    if column.heading is not None:
        _put(sheet, (table.heading, column.column), table.like, column.heading)
    for row, value in column.values.items():
        _put(sheet, (row, column.column), table.like, value, shape)


def _put(sheet: Worksheet, place: tuple[int, int], like: int, value: Value, shape: str | None = None) -> None:
    row, column = place
    cell, model = sheet.cell(row, column), sheet.cell(row, like)
    if isinstance(cell, MergedCell):
        return  # somebody merged it with another since: it shows nothing of its own
    # One by one, the parts of a format would be looked up for each cell; openpyxl itself copies cells like this.
    cell._style = copy(model._style if model.has_style else sheet.row_dimensions[row]._style)  # noqa: SLF001
    cell.number_format = shape or cell.number_format
    hold(cell, value)


def hold(cell: Cell, value: Value) -> None:
    """Put a value in a cell: a text stays a text whatever it looks like."""
    if isinstance(value, str):
        cell.value = _ESCAPED.sub(lambda match: f"_x005F{match.group()}", fitting(value))
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value


def _widen(sheet: Worksheet, widths: Mapping[int, float]) -> None:
    """Give columns widths (in characters); ranges of columns that hold one are divided around it."""
    columns = sheet.column_dimensions
    for each in list(columns.values()):
        each.reindex()
        inside = sorted(column for column in widths if each.min <= column <= each.max)
        if inside:
            del columns[each.index]
            for first, last in _stretches(each.min, each.max, inside):
                part = copy(each)
                part.index, part.min, part.max = get_column_letter(first), first, last
                columns[part.index] = part
    for column, width in widths.items():
        columns[get_column_letter(column)].width = width


def _stretches(first: int, last: int, without: Iterable[int]) -> Iterable[tuple[int, int]]:
    """What is left of a range without some of its numbers, which are in order."""
    for number in (*without, last + 1):
        if first < number:
            yield first, number - 1
        first = number + 1
