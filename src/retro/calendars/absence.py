"""Absences of a few hours, cut out of the days that they fall on; those of whole days are leave."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from retro.calendars.calendar import Calendar
from retro.calendars.hours import Hours
from retro.calendars.spans import exception

Absence = tuple[datetime, datetime]
"""From an aware instant to another one."""

_DAY = 24 * 60


def without(calendar: Calendar, absences: Iterable[Absence]) -> Calendar:
    """The same calendar, in which nobody works during `absences`, read on its own clock."""
    cuts: dict[int, list[tuple[int, int]]] = {}
    for begin, end in absences:
        first, last = calendar.wall(begin), calendar.wall(end)
        while first < last:
            day, minute = divmod(first, _DAY)
            midnight = (day + 1) * _DAY
            cuts.setdefault(day, []).append((minute, min(last - day * _DAY, _DAY)))
            first = midnight
    if not cuts:
        return calendar
    days = [(date.fromordinal(ordinal), gone) for ordinal, gone in sorted(cuts.items())]
    spans = [exception(day, day, _less(calendar.hours_on(day), gone)) for day, gone in days]
    return replace(calendar, spans=(*spans, *calendar.spans))


def _less(hours: Hours, gone: Iterable[tuple[int, int]]) -> Hours:
    left = list(hours)
    for first, last in gone:
        left = [
            part
            for begin, end in left
            for part in ((begin, min(end, first)), (max(begin, last), end))
            if part[0] < part[1]
        ]
    return tuple(left)
