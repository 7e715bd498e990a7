"""Instants of one calendar's ordinals and back, kept: tasks share their ends and their dates by the thousand."""

from datetime import UTC, datetime

from retro.calendars import Calendar
from retro.model import Day
from retro.schedule.moments import finish_ordinal


class Finishes(dict[int, datetime | None]):
    """When work is over that ends after so many minutes, by ordinal; None where that is not known."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, ordinal: int) -> datetime | None:
        found = self[ordinal] = instant_of(self.calendar, self.calendar.finish_wall(ordinal))
        return found


class Starts(Finishes):
    """When work begins that has so many minutes before it; idem."""

    def __missing__(self, ordinal: int) -> datetime | None:
        found = self[ordinal] = instant_of(self.calendar, self.calendar.start_wall(ordinal))
        return found


class Dues(dict[Day, int]):
    """The ordinals of due dates."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, day: Day) -> int:
        found = finish_ordinal(day, self.calendar)
        # On other clocks two instants that are equal need not be the same, at the hour that comes twice.
        if not isinstance(day, datetime) or day.tzinfo is UTC:
            self[day] = found
        return found


class Instants:
    """All of them, of one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.starts, self.finishes, self.dues = Starts(calendar), Finishes(calendar), Dues(calendar)


def instant_of(calendar: Calendar, wall: int) -> datetime | None:
    """The instant of a wall minute; None where it is not known, or lies in no year that dates can hold."""
    return calendar.instant(wall) if calendar.holds(wall) else None
