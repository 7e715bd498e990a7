"""Days onto the columns of a terminal: one for each working day where there is room, else for several, or for weeks."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta

from retro.i18n import Style, format_date, plural

_TOGETHER = (1, 2, 3)
"""Working days that one column may stand for; more of them are weeks."""
_WEEK = timedelta(weeks=1)


class DayScale:
    """The days from `first` to `last` on at most `room` columns. `works` tells working days: others take no room."""

    def __init__(self, first: date, last: date, room: int, works: Callable[[date], bool]) -> None:
        span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        days = [day for day in span if works(day)] or span
        per = next((each for each in _TOGETHER if len(days) <= each * room), None)
        if per is not None:
            self.starts = days[::per]
            self.unit = plural("1 character = {count} working day", "1 character = {count} working days", per)
            return
        monday = first - timedelta(days=first.weekday())
        weeks = (last - monday).days // 7 + 1
        per = -(-weeks // max(room, 1))
        self.starts = [monday + number * _WEEK for number in range(0, weeks, per)]
        self.unit = plural("1 character = {count} week", "1 character = {count} weeks", per)

    @property
    def columns(self) -> int:
        """How many columns it takes."""
        return len(self.starts)

    def at(self, day: date) -> int:
        """The column of a day: a day off is where the working day before it is, what lies beyond at the edge."""
        return max(0, bisect_right(self.starts, day) - 1)

    def months(self) -> str:
        """The names of months over their first columns where there is room, the first and January with their year."""
        firsts = [self.starts[0]]
        while (following := _next_month(firsts[-1])) <= self.starts[-1]:
            firsts.append(following)
        places = [bisect_left(self.starts, day) for day in firsts] + [self.columns]
        line = ""
        for number, (day, place, end) in enumerate(zip(firsts, places, places[1:], strict=False)):
            name = format_date(day, Style.MONTH)
            long = f"{name} {day.year}"
            room = end - place - (end < self.columns)
            if (day.month == 1 or number == 0) and len(long) <= room:
                name = long
            if len(name) <= room:
                line = line.ljust(place) + name
        return line


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
