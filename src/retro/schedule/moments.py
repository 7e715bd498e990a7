"""Days and instants as ordinals of a calendar: a date is its first working minute as a start, its last as a finish."""

from datetime import datetime

from retro.calendars import Calendar
from retro.model import Day


def start_ordinal(day: Day, calendar: Calendar) -> int:
    """Minutes worked before `day` begins."""
    if not isinstance(day, datetime):
        day = calendar.first_minute(day)
    return calendar.ordinal(day)


def finish_ordinal(day: Day, calendar: Calendar) -> int:
    """Minutes worked until `day` is over."""
    if not isinstance(day, datetime):
        day = calendar.last_minute(day)
    return calendar.ordinal(day)
