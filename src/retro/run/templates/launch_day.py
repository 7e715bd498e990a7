"""Which days suit a launch, and what speaks against the others."""

from datetime import date, timedelta
from enum import StrEnum

from retro.calendars import Calendar

_MIDWEEK = (1, 2, 3)
_FRIDAY = 4
_AUGUST = 8
_CHRISTMAS_EVE = (12, 24)
_AFTER_NEW_YEAR = (1, 3)


class Against(StrEnum):
    """What speaks against a launch on a day."""

    DAY_OFF = "day off"
    AUGUST = "august"
    YEAR_END = "year end"
    FRIDAY = "friday"
    EVE = "eve"
    """The day before a public holiday or a closure."""


def against(day: date, calendar: Calendar) -> Against | None:
    """The first thing that speaks against a launch on this day; None: nothing does."""
    if not calendar.is_working_day(day):
        return Against.DAY_OFF
    if day.month == _AUGUST:
        return Against.AUGUST
    if (day.month, day.day) >= _CHRISTMAS_EVE or (day.month, day.day) <= _AFTER_NEW_YEAR:
        return Against.YEAR_END
    if day.weekday() == _FRIDAY:
        return Against.FRIDAY
    return None if calendar.is_working_day(day + timedelta(days=1)) else Against.EVE


def better_day(day: date, calendar: Calendar) -> date:
    """The first day from `day` on against which nothing speaks: a Tuesday to a Thursday after a worked day."""
    while (
        day.weekday() not in _MIDWEEK
        or against(day, calendar) is not None
        or not calendar.is_working_day(day - timedelta(days=1))
    ):
        day += timedelta(days=1)
    return day
