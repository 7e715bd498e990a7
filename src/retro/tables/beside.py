"""Which columns of a sheet take what is put beside its tables: those that hold it already, else the first free ones."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from retro.tables.placing import PlacedTable

Value = date | str | None
"""A day, a text, or nothing: an emptied cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """A field of retro's: its heading, and its value for each task that has one, by key."""

    id: str
    heading: str
    values: Mapping[str, Value]
    is_day: bool = False
    width: float
    """In characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColumn:
    """A column of one table: where it stands, its heading (None: it has one), and a value for each row."""

    column: int
    heading: str | None
    values: Mapping[int, Value]
    is_day: bool = False
    width: float | None = None
    """None: as wide as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumns:
    """What is put beside one table, in the rows of its heading and tasks.

    `like` is the column whose look is taken, `days` are those of the team's dates.
    """

    heading: int
    like: int
    rows: Sequence[int]
    columns: Sequence[NewColumn]
    days: Sequence[int] = ()


Occupied = Mapping[int, AbstractSet[int]]
"""The columns of each row that are taken."""


def columns_beside(tables: Sequence[PlacedTable], fields: Sequence[OwnField], occupied: Occupied) -> list[TableColumns]:
    """The columns for each table of a sheet.

    They stand right of the table where its rows are free there, else right of all that the sheet holds; where that
    is beyond another table, the heading names the first column of the one that is meant: `retro · latest (A)`.
    """
    filled = {column for columns in occupied.values() for column in columns}
    missing = [[field for field in fields if field.id not in table.own] for table in tables]
    firsts = [max((table.right, *table.own.values())) + 1 for table in tables]
    beside = [
        _free(table, tables, first, len(fresh), occupied)
        for table, first, fresh in zip(tables, firsts, missing, strict=True)
    ]
    ends = [first + len(fresh) - 1 for first, fresh, free in zip(firsts, missing, beside, strict=True) if free]
    taken = max((*filled, *ends), default=0)
    found = []
    for table, first, fresh, free in zip(tables, firsts, missing, beside, strict=True):
        start = first
        if fresh and not free:
            start, taken = taken + 2, taken + 1 + len(fresh)
        places = {**table.own, **{field.id: start + number for number, field in enumerate(fresh)}}
        columns = [_column(table, field, places[field.id], filled, marked=not free) for field in fields]
        rows = list(table.rows.values())
        found.append(
            TableColumns(heading=table.heading, like=_like(table), rows=rows, columns=columns, days=table.days)
        )
    return found


def _column(table: PlacedTable, field: OwnField, column: int, filled: AbstractSet[int], *, marked: bool) -> NewColumn:
    known = field.id in table.own
    return NewColumn(
        column=column,
        heading=None if known else _marked(field.heading, table) if marked else field.heading,
        values={row: field.values.get(task) for task, row in table.rows.items()},
        is_day=field.is_day,
        # A column that holds anything is as wide as somebody wants it.
        width=None if column in filled else field.width,
    )


def _marked(heading: str, table: PlacedTable) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as slow to load as all of openpyxl

    return f"{heading} ({get_column_letter(table.left)})"


def _like(table: PlacedTable) -> int:
    """The last column of the team's own."""
    own = set(table.own.values())
    return next((column for column in range(table.right, table.left, -1) if column not in own), table.left)


def _free(table: PlacedTable, tables: Sequence[PlacedTable], first: int, count: int, occupied: Occupied) -> bool:
    """Whether columns are free in a table's rows, with a blank one before the next table's."""
    rows = [table.heading, *table.rows.values()]
    low, high = min(rows), max(rows)
    wanted = set(range(first, first + count))
    if any(not wanted.isdisjoint(occupied.get(row, ())) for row in range(low, high + 1)):
        return False
    beside = (
        other
        for other in tables
        if other is not table
        and other.left > table.right
        and other.heading <= high
        and max((other.heading, *other.rows.values())) >= low
    )
    return all(other.left > first + count for other in beside)
