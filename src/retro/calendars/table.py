"""The table behind a calendar: shifts in order with the minutes worked before each, found by bisection.

Instants are *wall minutes*: minutes since 1 January of year 1 on the calendar's own clock. *Ordinals* are minutes
worked since the start of 2020, negative before. The table grows by whole years as they are asked for, and stops at
`HORIZON`: beyond it plain weeks go on, without holidays or leave.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date

from retro.calendars.beyond import Weeks
from retro.calendars.hours import Hours

HORIZON = (1950, 2199)
ZERO_YEAR = 2020
_DAY = 24 * 60


def wall_minute(day: date, minute: int = 0) -> int:
    """The wall minute of a minute of a day."""
    return day.toordinal() * _DAY + minute


class Table:
    """Worked shifts and working days over a growing span of years. Internal to `Calendar`.

    `hours_of` gives the hours of every day of a year, each within its own midnights; `weeks` those beyond the horizon.
    """

    __slots__ = ("_hours_of", "_weeks", "cumulative", "days", "first", "high", "last", "low", "starts")

    def __init__(self, hours_of: Callable[[int], list[Hours]], weeks: Weeks) -> None:
        self._hours_of = hours_of
        self._weeks = weeks
        self.first = ZERO_YEAR
        self.last = ZERO_YEAR
        self.starts, lengths, self.days = self._years(ZERO_YEAR, ZERO_YEAR)
        self.cumulative = _running(lengths, 0)
        self.low, self.high = _edges(self.first, self.last)

    def _years(self, first: int, last: int) -> tuple[list[int], list[int], list[int]]:
        starts: list[int] = []
        lengths: list[int] = []
        days: list[int] = []
        for year in range(first, last + 1):
            for ordinal, hours in enumerate(self._hours_of(year), date(year, 1, 1).toordinal()):
                if not hours:
                    continue
                days.append(ordinal)
                for begin, end in hours:
                    starts.append(ordinal * _DAY + begin)
                    lengths.append(end - begin)
        return starts, lengths, days

    def cover(self, year: int) -> None:
        """Grow until `year` (held inside the horizon) lies in the table."""
        year = min(max(year, HORIZON[0]), HORIZON[1])
        if year > self.last:
            starts, lengths, days = self._years(self.last + 1, year)
            self.cumulative += _running(lengths, self.cumulative[-1])[1:]
            self.starts += starts
            self.days += days
            self.last = year
        elif year < self.first:
            starts, lengths, days = self._years(year, self.first - 1)
            self.cumulative = _running(lengths, self.cumulative[0] - sum(lengths))[:-1] + self.cumulative
            self.starts = starts + self.starts
            self.days = days + self.days
            self.first = year
        self.low, self.high = _edges(self.first, self.last)

    @property
    def ever_worked(self) -> bool:
        """Whether there is a shift, this year or any other; without one, no instant can be asked for."""
        step = 1
        while not self.starts and (self.first > HORIZON[0] or self.last < HORIZON[1]):
            self.cover(self.last + step)
            self.cover(self.first - step)
            step *= 2
        return bool(self.starts)

    def ordinal(self, minute: int) -> int:
        """Minutes worked up to a wall minute."""
        if not self.low <= minute < self.high:
            self.cover(year_of(minute // _DAY))
            if not self.low <= minute < self.high and self._weeks.worked:
                edge, known = self._edge(after=minute >= self.high)
                return known + self._weeks.ordinal(minute) - self._weeks.ordinal(edge)
        starts, cumulative = self.starts, self.cumulative
        index = bisect_right(starts, minute) - 1
        if index < 0:
            return cumulative[0]
        worked, most = cumulative[index] + minute - starts[index], cumulative[index + 1]
        return worked if worked < most else most  # noqa: FURB136 - `min` costs a call for every link

    def start_at(self, ordinal: int) -> int:
        """The wall minute in which work that has `ordinal` minutes before it begins (the next shift's start)."""
        cumulative = self.cumulative
        if not cumulative[0] < ordinal < cumulative[-1]:
            ordinal, beyond = self._reach(ordinal, self._weeks.start_at)
            if beyond is not None:
                return beyond
            cumulative = self.cumulative
            if ordinal == cumulative[-1]:
                return self.starts[-1] + ordinal - cumulative[-2]
        index = bisect_right(cumulative, ordinal) - 1
        return self.starts[index] + ordinal - cumulative[index]

    def finish_at(self, ordinal: int) -> int:
        """The wall minute in which work that ends after `ordinal` minutes is over (the previous shift's end)."""
        cumulative = self.cumulative
        if not cumulative[0] < ordinal < cumulative[-1]:
            ordinal, beyond = self._reach(ordinal, self._weeks.finish_at)
            if beyond is not None:
                return beyond
            cumulative = self.cumulative
        index = max(bisect_left(cumulative, ordinal) - 1, 0)
        return self.starts[index] + ordinal - cumulative[index]

    def day(self, day: date, place: Callable[[list[int], int], int], by: int) -> date:
        """The working day that stands `by` places after the one that `place` (a bisection) finds for `day`."""
        self.cover(day.year)
        while True:
            index = place(self.days, day.toordinal()) + by
            if index < 0 and self.first > HORIZON[0]:
                self.cover(self.first - 1)
            elif index >= len(self.days) and self.last < HORIZON[1]:
                self.cover(self.last + 1)
            else:
                return date.fromordinal(self.days[min(max(index, 0), len(self.days) - 1)])

    def days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`."""
        self.cover(first.year)
        self.cover(last.year)
        return bisect_right(self.days, last.toordinal()) - bisect_right(self.days, first.toordinal())

    def _edge(self, *, after: bool) -> tuple[int, int]:
        """The last wall minute of the table, or its first, and the ordinal there."""
        return (self.high, self.cumulative[-1]) if after else (self.low, self.cumulative[0])

    def _reach(self, ordinal: int, beyond: Callable[[int], int]) -> tuple[int, int | None]:
        """Grow until an ordinal lies inside, with a shift on either side of it.

        Else, where it lies past the horizon, its wall minute in the weeks `beyond` too; held there if there are none.
        """
        step = 1
        while ordinal >= self.cumulative[-1] and self.last < HORIZON[1]:
            self.cover(self.last + step)
            step *= 2
        step = 1
        while ordinal <= self.cumulative[0] and self.first > HORIZON[0]:
            self.cover(self.first - step)
            step *= 2
        if self.cumulative[0] < ordinal < self.cumulative[-1]:
            return ordinal, None
        edge, known = self._edge(after=ordinal >= self.cumulative[-1])
        if self._weeks.worked:
            at = beyond(ordinal - known + self._weeks.ordinal(edge))
            # On the very edge, a start is in the weeks beyond, a finish in the table.
            if not self.low <= at <= self.high:
                return ordinal, at
        return min(max(ordinal, self.cumulative[0]), self.cumulative[-1]), None


def _running(lengths: list[int], total: int) -> list[int]:
    sums = [total]
    for length in lengths:
        total += length
        sums.append(total)
    return sums


def _edges(first: int, last: int) -> tuple[int, int]:
    return wall_minute(date(first, 1, 1)), wall_minute(date(last, 12, 31)) + _DAY


def year_of(day: int) -> int:
    """The year of a day's ordinal, held inside what dates can hold."""
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).year
