"""One cell of a table that is to say something else, in a copy of its file; and how days are spelt there.

A cell is only replaced where it holds what was read from it and nothing more: neither a formula, nor a range of days,
nor a title of which a part is bold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple

Value = date | str | None
"""A day or an instant, a text, or nothing."""

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d")
_HOURS = ("T%H:%M", " %H:%M", "T%H:%M:%S", " %H:%M:%S", " %Hh%M")
_PADDED = re.compile(r"(?<!\d)0(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What one cell is to hold: `old` is what was read from it. Rows and columns are numbered from 1."""

    id: str
    row: int
    column: int
    old: Value
    new: Value


class Mended(NamedTuple):
    """The copy's content, the ids of the mends that its cells would not take, and what the copy does not hold."""

    content: bytes
    refused: frozenset[str]
    losses: tuple[str, ...] = ()


class Shape(NamedTuple):
    """How a column spells its days: the format of the day, that of the hour behind it, and whether 05/01 or 5/1."""

    day: str
    hour: str = ""
    padded: bool = True

    def spell(self, day: date, zone: tzinfo) -> str:
        """A day, or an instant as the clocks of the zone show it."""
        local = day.astimezone(zone) if isinstance(day, datetime) and day.tzinfo is not None else day
        text = local.strftime(self.day)
        return f"{text if self.padded else _PADDED.sub('', text)}{local.strftime(self.hour) if self.hour else ''}"


Shapes = Mapping[bool, Shape]
"""How days (False) and instants (True) are spelt, as far as it is known."""


def shapes_of(cells: Iterable[tuple[str, date]], zone: tzinfo) -> Shapes:
    """How days are spelt among cells whose meaning is known, most of them."""
    found: dict[bool, Counter[Shape]] = {False: Counter(), True: Counter()}
    for text, day in cells:
        found[isinstance(day, datetime)].update(shape for shape in _shapes(day) if shape.spell(day, zone) == text)
    known = {kind: counted.most_common(1)[0][0] for kind, counted in found.items() if counted}
    if False in known and True not in known:
        known[True] = known[False]._replace(hour=_HOURS[1])
    return known


def is_spelt(text: str, day: date, zone: tzinfo) -> bool:
    """Whether a text says this day, and nothing more."""
    return any(shape.spell(day, zone) == text for shape in _shapes(day))


def spelt(day: date, shapes: Shapes, zone: tzinfo) -> str:
    """A day as its column spells days; where that is not known, as ISO 8601 does."""
    instant = isinstance(day, datetime)
    return shapes.get(instant, Shape(_DAYS[0], _HOURS[0] if instant else "")).spell(day, zone)


def _shapes(day: date) -> Sequence[Shape]:
    hours = _HOURS if isinstance(day, datetime) else ("",)
    return [Shape(each, hour, padded) for each in _DAYS for hour in hours for padded in (True, False)]
