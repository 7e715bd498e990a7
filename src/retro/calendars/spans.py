"""Stretches of dates that have hours of their own: exceptions of one day or several, and work weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retro.calendars.hours import Hours


@dataclass(frozen=True, slots=True)
class Span:
    """The hours of Monday to Sunday from `first` to `last`, both included; None leaves a weekday as it was."""

    first: date
    last: date
    week: tuple[Hours | None, ...]

    def __post_init__(self) -> None:
        if len(self.week) != 7:  # noqa: PLR2004 - days of a week
            raise ValueError("A week has seven days.")
        if self.last < self.first:
            raise ValueError("A span ends before it starts.")


def exception(first: date, last: date, hours: Hours = ()) -> Span:
    """The same hours on every day from `first` to `last`: none of them, unless they are given."""
    return Span(first, last, (hours,) * 7)


def painted(spans: Iterable[Span], first: int, days: list[Hours]) -> None:
    """Lay spans over the hours of consecutive days, of which `first` is the ordinal. Earlier spans win."""
    last = first + len(days) - 1
    for span in reversed([*spans]):
        begin, end = max(span.first.toordinal(), first), min(span.last.toordinal(), last)
        if begin <= end:
            _paint(span.week, begin, days[begin - first : end - first + 1], days, begin - first)


def _paint(week: Sequence[Hours | None], begin: int, under: Sequence[Hours], days: list[Hours], place: int) -> None:
    for offset, hours in enumerate(under):
        own = week[(begin + offset - 1) % 7]
        days[place + offset] = hours if own is None else own
