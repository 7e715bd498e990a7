"""What every reader of tables gives: rows of plain cells, with the place where they stand in their file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from retro.tables.layout import NO_LAYOUT, Layout

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""One value. None is an empty cell (blank text too); an instant is naive, as sheets know no time zones."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one CSV file. Rows may differ in width; empty ones are kept, so that places stay true."""

    name: str
    """The sheet's name; a CSV file's is empty."""
    rows: tuple[Row, ...]
    first_line: int = 1
    """The row number, in the file, of `rows[0]`: `rows[i]` stands on row `first_line + i` (records, not lines)."""
    first_column: int = 1
    """The column number, in the file, of a row's first cell: 1 is A."""
    layout: Layout = NO_LAYOUT


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing."""
    return row.count(None) == len(row)
