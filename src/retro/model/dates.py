"""Dates and instants: two things that a board may hold in one cell, never mixed up.

A `Day` is a plain date (it is the same day in every time zone) or an aware instant. An instant becomes a date
in one place only, `as_date`, in the workspace's zone; a date never becomes an instant by way of UTC.
"""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

Day = date | datetime

PLANNED_YEARS = (1990, 2150)
"""First and last year of the dates that may be asked for, or proposed, to work to."""


def is_instant(day: Day) -> bool:
    """Tell an instant from a plain date (`datetime` is a subclass of `date`, so `isinstance` alone misleads)."""
    return isinstance(day, datetime)


def as_date(day: Day, zone: tzinfo) -> date:
    """The calendar date of `day`, an instant being read on the clock of `zone`."""
    if not isinstance(day, datetime):
        return day
    if day.tzinfo is zone:
        return day.date()
    # Boards tell instants in UTC, and every rule asks for their dates. On other clocks two that are equal need not be
    # the same, at the hour that comes twice.
    return _date_of(day, zone) if day.tzinfo is UTC else in_zone(day, zone).date()


@lru_cache(maxsize=1 << 16)
def _date_of(instant: datetime, zone: tzinfo) -> date:
    return in_zone(instant, zone).date()


def in_zone(instant: datetime, zone: tzinfo) -> datetime:
    """The instant on the clock of `zone`; at the very ends of time, where that clock has no reading, its own wall time.

    People do type 31/12/9999 for "one day".
    """
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant.replace(tzinfo=zone)
