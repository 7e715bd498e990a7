"""The rows under a table's headings, what is merged down over several of them standing in each."""

from collections.abc import Sequence

from retro.tables.table import Cell, Row, Table
from retro_files.headings import columns_of
from retro_files.regions import Region

_ONE_ROW = frozenset({"title", "id", "subtitle", "predecessors", "successors", "estimate"})
"""Fields that are of one row, however far their cell reaches: what it says would else be counted several times."""


def filled(table: Table, region: Region) -> Sequence[Row]:
    """A table's rows, cut to its columns; a cell of people, phase or date that is merged downwards is in each row."""
    rows = [row[: region.right] if len(row) > region.right else row for row in table.rows[region.first : region.end]]
    if region.left:
        rows = [(None,) * region.left + row[region.left :] if len(row) > region.left else () for row in rows]
    columns = columns_of(region.headings)
    once = {column.place for field, column in columns.fields.items() if field in _ONE_ROW}
    for merge in table.layout.merges:
        inside = region.first <= merge.top < merge.bottom < region.end and region.left <= merge.left < region.right
        if not inside or merge.left in once:
            continue
        first = rows[merge.top - region.first]
        value = first[merge.left] if merge.left < len(first) else None
        if value is not None:
            for place in range(merge.top - region.first + 1, merge.bottom - region.first + 1):
                # A row that holds nothing of its own is no task.
                if rows[place].count(None) < len(rows[place]):
                    rows[place] = _with(rows[place], merge.left, value)
    return rows


def _with(row: Row, place: int, value: Cell) -> Row:
    wide = row + (None,) * (place + 1 - len(row))
    return (*wide[:place], value, *wide[place + 1 :])
