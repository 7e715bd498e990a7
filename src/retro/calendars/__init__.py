"""Working time: hours of the week, public holidays, closures and leave, and the arithmetic on them.

Everything is integer minutes of wall-clock time in one zone, so that a change of clocks never adds or removes
work. Results are aware instants in that zone; dates stay dates.
"""

from retro.calendars.absence import Absence, without
from retro.calendars.build import DEFAULT_WEEK, Range, build_calendar, described, parse_range, person_calendar
from retro.calendars.calendar import Calendar, Calendars
from retro.calendars.holidays import HolidaySource, public_holidays, subdivisions_of
from retro.calendars.hours import Hours, parse_hours
from retro.calendars.spans import Span, exception
from retro.calendars.weekly import Weekly, parse_weekly

__all__ = [
    "DEFAULT_WEEK",
    "Absence",
    "Calendar",
    "Calendars",
    "HolidaySource",
    "Hours",
    "Range",
    "Span",
    "Weekly",
    "build_calendar",
    "described",
    "exception",
    "parse_hours",
    "parse_range",
    "parse_weekly",
    "person_calendar",
    "public_holidays",
    "subdivisions_of",
    "without",
]
