"""Calendars as Microsoft Project keeps them: the usual week, and exceptions by days.

An exception of the base calendar goes before the own week of a calendar that is derived from it, so that a public
holiday stays one for whoever has hours of their own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from retro.calendars import Calendar, Hours
from retro.report.mspdi.elements import child, put, time_of_day

_MOST_SHIFTS = 5
"""Working times that the schema allows in a day."""
_DAILY = 1
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Described:
    """A calendar over some years: the week that holds most often, and the days that differ from it."""

    week: tuple[Hours, ...]
    """Monday to Sunday."""
    days: Mapping[date, Hours]
    """Days that have other hours than their week or than those of the base calendar's exceptions."""
    exceptions: tuple[tuple[date, date, Hours], ...]
    """The same as ranges."""


def described(calendar: Calendar, years: range, base: Described | None = None) -> Described:
    """What is to be written of a calendar: all of it, or what is not as in `base`."""
    given: Mapping[date, Hours] = {} if base is None else base.days
    hours = dict(_days(calendar, years))
    week = tuple(_usual(hours, weekday, given) for weekday in range(7))
    days = {day: worked for day, worked in hours.items() if worked != given.get(day, week[day.weekday()])}
    return Described(week, days, tuple(_ranges(days, hours)))


def write(parent: Element, found: Described, base: Described | None = None) -> None:
    """The `WeekDays` and `Exceptions` of a `Calendar`; of a derived one, the weekdays that differ from its base's."""
    weekdays = child(parent, "WeekDays")
    for weekday in (_SUNDAY, *range(_SUNDAY)):
        if base is None or found.week[weekday] != base.week[weekday]:
            day = child(weekdays, "WeekDay", DayType=(weekday + 1) % 7 + 1)
            _worked(day, found.week[weekday])
    if not len(weekdays):
        parent.remove(weekdays)
    if not found.exceptions:
        return
    exceptions = child(parent, "Exceptions")
    for first, last, hours in found.exceptions:
        exception = child(exceptions, "Exception", EnteredByOccurrences=False)
        child(exception, "TimePeriod", FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
        put(exception, Occurrences=(last - first).days + 1, Type=_DAILY)
        _worked(exception, hours)


def _worked(parent: Element, hours: Hours) -> None:
    put(parent, DayWorking=bool(hours))
    if hours:
        times = child(parent, "WorkingTimes")
        for first, last in _few(hours):
            child(times, "WorkingTime", FromTime=time_of_day(first), ToTime=time_of_day(last))


def _few(hours: Hours) -> Hours:
    """No more shifts than may be written: the shortest breaks are left out."""
    shifts = list(hours)
    while len(shifts) > _MOST_SHIFTS:
        place = min(range(1, len(shifts)), key=lambda at: shifts[at][0] - shifts[at - 1][1])
        shifts[place - 1 : place + 1] = [(shifts[place - 1][0], shifts[place][1])]
    return tuple(shifts)


def _days(calendar: Calendar, years: range) -> Iterator[tuple[date, Hours]]:
    for year in years:
        first = date(year, 1, 1)
        for place, hours in enumerate(calendar.hours_of(year)):
            yield first + timedelta(days=place), hours


def _usual(hours: Mapping[date, Hours], weekday: int, given: Mapping[date, Hours]) -> Hours:
    counts = Counter(worked for day, worked in hours.items() if day.weekday() == weekday and day not in given)
    return counts.most_common(1)[0][0] if counts else ()


def _ranges(days: Mapping[date, Hours], hours: Mapping[date, Hours]) -> Iterator[tuple[date, date, Hours]]:
    """Days that differ, joined where every day between them has the same hours: a leave runs over its weekends."""
    first = last = None
    for day in sorted(days):
        worked = days[day]
        if first is not None and last is not None:
            between = (last + timedelta(days=offset) for offset in range(1, (day - last).days))
            if (day - last).days <= 7 and worked == days[first] and all(hours[each] == worked for each in between):  # noqa: PLR2004 - a week
                last = day
                continue
            yield first, last, days[first]
        first = last = day
    if first is not None and last is not None:
        yield first, last, days[first]
