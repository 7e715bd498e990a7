"""Find the row that heads a table: titles, banners and blank rows may stand above it."""

from collections.abc import Callable, Sequence

from retro.tables.table import Row, is_blank

LOOKED_AT = 40
"""Rows among which headings are looked for."""


def find_headings(rows: Sequence[Row], known: Callable[[Row], int]) -> int | None:
    """The place in `rows` of the row with most known headings, the first of equals; None where no row has one.

    `known` says how many headings it knows in a row.
    """
    best, most = None, 0
    for place, row in enumerate(rows[:LOOKED_AT]):
        if is_blank(row):
            continue
        count = known(row)
        if count > most:
            best, most = place, count
    return best


def widest(rows: Sequence[Row]) -> Row:
    """The row that looks most like headings though none is known: the first of those with most cells; for messages."""
    return max(rows[:LOOKED_AT], key=lambda row: sum(isinstance(cell, str) for cell in row), default=())
