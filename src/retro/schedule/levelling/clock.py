"""A calendar in the sense in which tasks are laid: backwards as it is, forwards with time turned round."""

from collections.abc import Callable
from typing import NamedTuple

from retro.calendars import Calendar

_DAY = 24 * 60
_WEEK = 7 * _DAY
_MONDAY = _DAY
"""The first Monday, 1 January of year 1, in wall minutes."""


class Clock(NamedTuple):
    """Conversions between ordinals and wall minutes, and the ISO week that an ordinal's last minute lies in."""

    ordinal_at: Callable[[int], int]
    start_wall: Callable[[int], int]
    finish_wall: Callable[[int], int]
    week: Callable[[int], tuple[int, int]]
    """The week in which the minute before an ordinal is worked: the ordinals at which it begins and ends."""


def clock(calendar: Calendar) -> Clock:
    """The clock of a calendar, for laying tasks backwards."""
    ordinal_at, finish_wall = calendar.ordinal_at, calendar.finish_wall
    weeks: dict[int, tuple[int, int]] = {}
    known: dict[int, tuple[int, int]] = {}

    def week(ordinal: int) -> tuple[int, int]:
        # Tasks are laid many times, and end at the same minutes by the thousand.
        found = known.get(ordinal)
        if found is None:
            number = (finish_wall(ordinal) - 1 - _MONDAY) // _WEEK
            found = known[ordinal] = _week(ordinal_at, number, weeks)
        return found

    return Clock(ordinal_at, calendar.start_wall, finish_wall, week)


def mirrored(calendar: Calendar) -> Clock:
    """The clock of a calendar, for laying tasks forwards: every ordinal and wall minute has the other sign."""
    ordinal_at, start_wall, finish_wall = calendar.ordinal_at, calendar.start_wall, calendar.finish_wall
    weeks: dict[int, tuple[int, int]] = {}

    def week(ordinal: int) -> tuple[int, int]:
        begin, end = _week(ordinal_at, (start_wall(-ordinal) - _MONDAY) // _WEEK, weeks)
        return -end, -begin

    return Clock(
        lambda wall: -ordinal_at(-wall),
        lambda ordinal: -finish_wall(-ordinal),
        lambda ordinal: -start_wall(-ordinal),
        week,
    )


def _week(ordinal_at: Callable[[int], int], number: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    found = known.get(number)
    if found is None:
        monday = _MONDAY + number * _WEEK
        found = known[number] = ordinal_at(monday), ordinal_at(monday + _WEEK)
    return found
