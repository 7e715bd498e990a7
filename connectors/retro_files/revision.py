"""The revision of a row: a hash of what decisions read, so that a comment changes nothing."""

import hashlib
from collections.abc import Iterable, Sequence

from retro.model import Category, Reference
from retro.tables.table import Cell
from retro_files.body import Line

_UNREAD = frozenset({"description"})


def revision(
    line: Line, others: Iterable[Cell], category: Category, references: Sequence[Reference], parent: str | None
) -> str:
    """Sixteen hexadecimal digits over a row's cells, and over what the rows around it make of it.

    Args:
        line: the row; its description is left out.
        others: its cells in columns that hold no field.
        category: what its status means.
        references: what its links name.
        parent: the key of the row above it.
    """
    parts = (
        line.title,
        [(field, cell) for field, cell in line.said.items() if field not in _UNREAD],
        [*others],
        [*line.spoilt.values()],
        line.banner,
        category.value,
        [each.target for each in references],
        parent,
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
