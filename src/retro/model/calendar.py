"""Working time as a source describes it: plain data, from which `retro.calendars` makes calendars."""

from dataclasses import dataclass
from datetime import date

Shifts = tuple[tuple[int, int], ...]
"""The shifts of a day, in order: first minute and minute after the last, counted from midnight; none is a day off."""


@dataclass(frozen=True, slots=True)
class OtherDays:
    """Days, the first and the last included, that do not have the hours of their week: off, or with their own."""

    first: date
    last: date
    shifts: Shifts = ()


@dataclass(frozen=True, slots=True)
class OtherWeek:
    """Days, the first and the last included, during which the week is another: the shifts of Monday to Sunday."""

    first: date
    last: date
    week: tuple[Shifts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpec:
    """A calendar that a board brings along, whole: what it inherits from another is part of it.

    `week` is that of Monday to Sunday. The first of `exceptions` that holds a day speaks for it, then the first of
    `weeks`, then `week`. `owners` are keys of those who work by it.
    """

    key: str
    name: str = ""
    week: tuple[Shifts, ...]
    weeks: tuple[OtherWeek, ...] = ()
    exceptions: tuple[OtherDays, ...] = ()
    owners: tuple[str, ...] = ()

    def shifts_on(self, day: date) -> Shifts:
        """The shifts of one day."""
        for exception in self.exceptions:
            if exception.first <= day <= exception.last:
                return exception.shifts
        for other in self.weeks:
            if other.first <= day <= other.last:
                return other.week[day.weekday()]
        return self.week[day.weekday()]
