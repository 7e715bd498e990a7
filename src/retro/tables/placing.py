"""Where the tasks of a board stand in their workbook, so that a copy of it can say what retro found beside each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTable:
    """One table of a sheet. Rows and columns are numbered from 1, as the sheet shows them."""

    heading: int
    """The (last) row of its headings."""
    left: int
    right: int
    """Its first and last column with a heading."""
    rows: Mapping[str, int]
    """The row of each task, by key."""
    own: Mapping[str, int] = field(default_factory=dict)
    """Columns that hold retro's own fields already, by field: latest, start, due, review…"""
    days: tuple[int, ...] = ()
    """Columns that hold the team's dates: the surest first."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Columns of the team's, by the field of the model that each holds: title, start, due…"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSheet:
    """The tables of one sheet of a file. `content` is the file as it was read."""

    path: Path
    content: bytes
    name: str
    tables: tuple[PlacedTable, ...]


@runtime_checkable
class Placing(Protocol):
    """A connector that can tell where in a file its tasks stand."""

    def placed(self, board: str) -> PlacedSheet | None:
        """The sheet that a board was read from; None: it was no sheet of an .xlsx or .xlsm workbook."""
        ...

    def cells(self, board: str) -> PlacedSheet | None:
        """The table that a board was read from, a CSV file's too; None: no copy of it with other cells can be made."""
        ...
