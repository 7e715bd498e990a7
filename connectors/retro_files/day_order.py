"""Which part of `01/12/2024` is the day: settled once a column, by any date in it that can only be read one way."""

from collections.abc import Iterable
from dataclasses import dataclass

from retro.tables.table import Cell
from retro_files.day_words import numeric_parts

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DayOrder:
    """`day_first`: 01/12 is in December. `settled`: the column itself shows it; else the language was followed."""

    day_first: bool
    settled: bool


def day_order(cells: Iterable[Cell], lang: str) -> DayOrder:
    """The order of a column's dates: by any part over 12, else by the language (`en`: month first).

    A column that shows both orders settles nothing.
    """
    pairs = [pair for cell in cells if isinstance(cell, str) for pair in numeric_parts(cell)]
    day_first = any(first > _MONTHS >= second for first, second in pairs)
    month_first = any(second > _MONTHS >= first for first, second in pairs)
    if day_first != month_first:
        return DayOrder(day_first, settled=True)
    return DayOrder(lang != "en", settled=False)
