"""Retro's own columns in a sheet that it was exported to: set aside, so that they change nothing of how it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retro.i18n.own_fields import KINDS
from retro.tables.table import Cell, Row, Table
from retro_files.headings import own_column
from retro_files.regions import LOOKED_AT

_REMARK = re.compile(r"[A-Z]{2,5}\d{2,4}\b|\+ \d+$|\[retro ")
_PREFIX = "retro"


@dataclass(frozen=True, slots=True)
class OwnCells:
    """A sheet without retro's cells, and the headings of its columns by row and place."""

    table: Table
    headings: Mapping[tuple[int, int], str]


def without_own(table: Table) -> OwnCells:
    """Take retro's columns out, each from its heading down to the first cell that retro did not write."""
    # Every table of a sheet is given its columns, so that the first one tells whether there are any.
    if not _headings(table.rows[: LOOKED_AT + 1]):
        return OwnCells(table, {})
    headings = _headings(table.rows)
    rows = list(table.rows)
    for (top, place), heading in headings.items():
        kind = KINDS[own_column(heading) or ""]
        for row in range(top, len(rows)):
            cell = rows[row][place] if place < len(rows[row]) else None
            if row > top and not _is_own(cell, kind):
                break
            if cell is not None:
                rows[row] = _emptied(rows[row], place)
    return OwnCells(replace(table, rows=tuple(rows)), headings)


def _headings(rows: Sequence[Row]) -> dict[tuple[int, int], str]:
    return {
        (row, place): cell
        for row, cells in enumerate(rows)
        for place, cell in enumerate(cells)
        if isinstance(cell, str) and cell[:5].casefold() == _PREFIX and own_column(cell) is not None
    }


def _is_own(cell: Cell, kind: str) -> bool:
    """Whether retro may have written a cell of a column of this kind."""
    if cell is None:
        return True
    if kind == "text":
        return isinstance(cell, str) and _REMARK.match(cell) is not None
    return isinstance(cell, date) if kind == "date" else isinstance(cell, int | float)


def _emptied(row: Row, place: int) -> Row:
    cells = [*row]
    cells[place] = None
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)
