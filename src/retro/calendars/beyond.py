"""Plain weeks without end, for instants beyond the years of a table: no holiday is known there, but weeks go on."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from retro.calendars.hours import Hours, cut_at_midnight

_DAY = 24 * 60
_WEEK = 7 * _DAY
_MONDAY = _DAY
"""The first day, 1 January of year 1, whose ordinal is 1, is a Monday."""


class Weeks:
    """The same week over and over, in wall minutes; ordinals count from the first Monday. Internal to `Table`."""

    __slots__ = ("_cumulative", "_starts", "worked")

    def __init__(self, week: Sequence[Hours]) -> None:
        days = [cut_at_midnight(hours, week[number - 1]) for number, hours in enumerate(week)]
        shifts = [(number * _DAY + first, last - first) for number, day in enumerate(days) for first, last in day]
        self._starts = [start for start, _ in shifts]
        self._cumulative = [0, *accumulate(length for _, length in shifts)]
        self.worked = self._cumulative[-1]
        """Minutes a week; without any, nothing may be asked for."""

    def ordinal(self, minute: int) -> int:
        """Minutes worked up to a wall minute."""
        weeks, rest = divmod(minute - _MONDAY, _WEEK)
        index = bisect_right(self._starts, rest) - 1
        if index < 0:
            return weeks * self.worked
        worked = min(self._cumulative[index] + rest - self._starts[index], self._cumulative[index + 1])
        return weeks * self.worked + worked

    def start_at(self, ordinal: int) -> int:
        """The wall minute in which work that has `ordinal` minutes before it begins."""
        weeks, rest = divmod(ordinal, self.worked)
        index = bisect_right(self._cumulative, rest) - 1
        return _MONDAY + weeks * _WEEK + self._starts[index] + rest - self._cumulative[index]

    def finish_at(self, ordinal: int) -> int:
        """The wall minute in which work that ends after `ordinal` minutes is over."""
        weeks, rest = divmod(ordinal - 1, self.worked)
        index = bisect_left(self._cumulative, rest + 1) - 1
        return _MONDAY + weeks * _WEEK + self._starts[index] + rest + 1 - self._cumulative[index]
