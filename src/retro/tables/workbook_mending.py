"""A copy of an .xlsx or .xlsm workbook in which some cells say something else; formats and all else are kept.

Slow to load, as openpyxl is: to be imported where a copy is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles.numbers import is_datetime
from openpyxl.worksheet.worksheet import Worksheet

from retro.tables.mending import Mend, Mended, Shapes, Value, is_spelt, shapes_of, spelt
from retro.tables.workbook_copy import copied, hold

_DAY, _INSTANT = "yyyy-mm-dd", "yyyy-mm-dd h:mm"
"""The formats of days where the column shows none of its own."""

Days = Mapping[int, Mapping[int, date]]
"""What is known to stand in the columns of days, by column and row."""


def mended_workbook(
    content: bytes, name: str, mends: Mapping[str, Sequence[Mend]], days: Mapping[str, Days], zone: tzinfo
) -> Mended:
    """The workbook with other values in some cells.

    Args:
        content: the workbook.
        name: its name, for messages.
        mends: what is to stand where, by sheet.
        days: of each sheet, what is known to stand in its columns of days.
        zone: the workspace's.

    Raises:
        UnreadableError: a sheet is not there, or a part is not as spreadsheets write it.
    """
    refused: set[str] = set()

    def mend(book: Workbook) -> None:
        for title, each in mends.items():
            refused.update(_mend(book[title], each, days.get(title, {}), zone))

    made = copied(content, name, mend)
    return Mended(made.content, frozenset(refused), made.losses)


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column of days holds them: how its texts spell them, whether there are any, and how the others show."""

    shapes: Shapes
    texts: bool
    formats: tuple[str, ...]


def _mend(sheet: Worksheet, mends: Sequence[Mend], days: Days, zone: tzinfo) -> set[str]:
    """Put the values in; the ids of those that their cells do not take."""
    refused: set[str] = set()
    columns = {column: _column(sheet, column, days.get(column, {}), zone) for column in {each.column for each in mends}}
    for each in mends:
        cell = sheet.cell(each.row, each.column)
        if isinstance(cell, MergedCell) or cell.data_type == "f" or not _says(cell.value, each.old, zone):
            refused.add(each.id)
        elif isinstance(each.new, date):
            _put_day(cell, each.new, columns[each.column], zone)
        else:
            hold(cell, each.new)
    return refused


def _column(sheet: Worksheet, column: int, known: Mapping[int, date], zone: tzinfo) -> _Column:
    cells = [(sheet.cell(row, column), day) for row, day in known.items()]
    texts = [(cell.value.strip(), day) for cell, day in cells if isinstance(cell.value, str)]
    formats = (cell.number_format for cell, _day in cells if not isinstance(cell.value, str))
    return _Column(shapes_of(texts, zone), bool(texts), tuple(dict.fromkeys(formats)))


def _says(held: Any, old: Value, zone: tzinfo) -> bool:
    """Whether a cell holds what was read from it, and nothing more: no number, no text with formats of its own."""
    if held is None or (isinstance(held, str) and not held.strip()):
        return old is None
    if isinstance(held, str):
        return is_spelt(held.strip(), old, zone) if isinstance(old, date) else held.strip() == old
    if isinstance(held, date) and isinstance(old, date):
        return _plain(held, zone) == _plain(old, zone)
    return False


def _put_day(cell: Cell, new: date, column: _Column, zone: tzinfo) -> None:
    """A day as its cell, else its column, holds and shows days."""
    if isinstance(cell.value, str) or (cell.value is None and column.texts):
        hold(cell, spelt(new, column.shapes, zone))
        return
    wanted = "datetime" if isinstance(new, datetime) else "date"
    if is_datetime(cell.number_format) not in (wanted, "datetime"):
        shown = (each for each in column.formats if is_datetime(each) in (wanted, "datetime"))
        cell.number_format = next(shown, _INSTANT if wanted == "datetime" else _DAY)
    cell.value = _plain(new, zone) if wanted == "datetime" else new


def _plain(day: date, zone: tzinfo) -> datetime:
    """A day, or an instant as the clocks of the zone show it, as workbooks hold them."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time())
    return day.astimezone(zone).replace(tzinfo=None) if day.tzinfo is not None else day
