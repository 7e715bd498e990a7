"""Sums and what is written below a table: legends, remarks, dates of an update. None of it is a task."""

import re
from collections.abc import Sequence
from functools import lru_cache

from retro.i18n.words import fold
from retro.tables.table import Row
from retro_files.cells import text_of

_TOTALS = ("total", "totaux", "sous-total", "sous total", "subtotal", "sub-total", "grand total", "total general")
_LONGEST_TOTAL = max(map(len, _TOTALS)) + 2
_HEADS = re.compile(
    r"(?:legendes?|legend|notes?|nota bene|nb|n\.b\.|remarques?|remarks?|sources?|contacts?|codes? couleurs?"
    r"|colou?r codes?|key)\s*(?::.*)?",
    re.DOTALL,
)
"""What heads notes, alone or before a colon: a task may be called "Note de cadrage", hardly "Note"."""
_NOTE = re.compile(
    r"(?:mise? a jour|maj|derniere mise a jour|last update|(?:last )?updated)(?:\s.*|:.*)?|\(\d\)\s.*|.*\s=\s.*",
    re.DOTALL,
)
_LEGEND = 2
"""Cells of a line of a legend, at most: the colour and what it means."""
_SENTENCE = 80
"""Characters beyond which lone words below a table are no title."""


def is_total(row: Row) -> bool:
    """Whether a row's first cells head a sum."""
    seen = 0
    for cell in row:
        if cell is None:
            continue
        if isinstance(cell, str) and len(cell) <= _LONGEST_TOTAL and _is_total(cell):
            return True
        seen += 1
        if seen > 1:
            break
    return False


@lru_cache(maxsize=4096)
def _is_total(text: str) -> bool:
    return fold(text).rstrip(" :") in _TOTALS


class Notes:
    """What is written below a table, after a blank row: from a heading such as "Légende" on, or lone remarks.

    Nothing below may be fuller than two cells: else it is a part of the table that happens to be called so.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._begin = _begin(rows)

    def begin_at(self, row: int) -> bool:
        """Whether the notes begin at a row (counted from 0 under the headings)."""
        return row >= self._begin

    def count(self, row: int) -> int:
        """The rows of notes from one on."""
        return sum(_filling(each) > 0 for each in self._rows[row:])


def _begin(rows: Sequence[Row]) -> int:
    last = len(rows)
    while last and _filling(rows[last - 1]) <= _LEGEND:
        last -= 1
    lone = True
    begin = len(rows)
    for place in range(len(rows) - 1, max(last, 1) - 1, -1):
        filling = _filling(rows[place])
        lone = lone and filling <= 1
        if filling == 1 and not _filling(rows[place - 1]):
            words = next(text_of(cell) for cell in rows[place] if cell is not None)
            if _HEADS.fullmatch(fold(words)) or (lone and _remarks(words)):
                begin = place
    return begin


def _remarks(words: str) -> bool:
    return words.startswith("*") or len(words) > _SENTENCE or _NOTE.fullmatch(fold(words)) is not None


def _filling(row: Row) -> int:
    return len(row) - row.count(None)
