"""A plan's calendars: weeks, exceptions and other weeks, whole after what they inherit from their base calendar.

An exception goes before every week, one's own before that of the base: a public holiday of the base calendar holds
for somebody with hours of their own, as in Microsoft Project.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from retro.model import CalendarSpec, OtherDays, OtherWeek, Shifts
from retro_msproject.records import Record
from retro_msproject.recurring import occurrences, recurs
from retro_msproject.values import day, flag, minute_of_day, whole

_DAY = 1440
_DAYS = 7
NO_WEEK: tuple[Shifts, ...] = ((),) * _DAYS
ALWAYS: tuple[Shifts, ...] = (((0, _DAY),),) * _DAYS
"""Day and night: how elapsed durations run."""
_NONE = frozenset({"", "-1", "0"})
"""UIDs by which rows say that they have no calendar."""
_MORE_THAN_ANYONE_KEEPS = 100_000
"""Days of all the exceptions of a calendar that come back."""


@dataclass(slots=True)
class _Read:
    """A calendar as it stands in the file."""

    uid: str
    name: str
    base: str
    week: dict[int, Shifts] = field(default_factory=dict[int, Shifts])
    """By weekday; days that it does not name are those of its base."""
    weeks: list[OtherWeek] = field(default_factory=list[OtherWeek])
    exceptions: list[OtherDays] = field(default_factory=list[OtherDays])

    @property
    def plain(self) -> bool:
        """Whether it adds nothing to its base."""
        return not (self.week or self.weeks or self.exceptions)


class PlanCalendars:
    """The calendars of a plan, by their UID.

    Args:
        records: the plan's `Calendar` elements.
        prefix: what their keys begin with.
    """

    def __init__(self, records: Iterable[Record], prefix: str) -> None:
        self._prefix = prefix
        self.unread: list[str] = []
        """Words of hours and dates that could not be read."""
        self.idle: dict[str, str] = {}
        """By UID, the names of those that were asked for though they are never worked, or missing: then their UID."""
        self._read = {found.uid: found for found in map(self._calendar, records)}
        self._whole: dict[str, CalendarSpec | None] = {}

    def of(self, uid: str) -> CalendarSpec | None:
        """A calendar by its UID, or the base that it only repeats; None: there is none, or nobody works in it."""
        calendar = self._read.get(uid)
        met = set[str]()
        while calendar is not None and calendar.plain and calendar.base in self._read and calendar.uid not in met:
            met.add(calendar.uid)
            calendar = self._read[calendar.base]
        if calendar is None:
            if uid not in _NONE:
                self.idle[uid] = uid
            return None
        if calendar.uid not in self._whole:
            whole_one = self._inherited(calendar)
            self._whole[calendar.uid] = whole_one if any(whole_one.week) else None
            if not any(whole_one.week):
                self.idle[calendar.uid] = calendar.name or calendar.uid
        return self._whole[calendar.uid]

    def known(self) -> list[CalendarSpec]:
        """Those that were asked for so far, and in which somebody works."""
        return [spec for spec in self._whole.values() if spec is not None]

    def always(self) -> CalendarSpec:
        """Day and night."""
        return CalendarSpec(key=f"{self._prefix}:always", week=ALWAYS)

    # What stands in the file

    def _calendar(self, record: Record) -> _Read:
        found = _Read(record.get("UID"), record.get("Name"), record.get("BaseCalendarUID"))
        for exception in record.all("Exceptions", "Exception"):
            self._exception(found, exception)
        # Project 2003 knew no `Exceptions`, and later versions still write those of a single day here as well.
        for weekday in record.all("WeekDays", "WeekDay"):
            number = whole(weekday.get("DayType"), -1)
            if 1 <= number <= _DAYS:
                found.week[_weekday(number)] = self._shifts(weekday)
            elif number == 0:
                self._exception(found, weekday)
        for week in record.all("WorkWeeks", "WorkWeek"):
            self._other_week(found, week)
        return found

    def _exception(self, calendar: _Read, record: Record) -> None:
        period = self._period(record)
        if period is None:
            return
        shifts = self._shifts(record)
        if not recurs(record):
            calendar.exceptions.append(OtherDays(*period, shifts))
        elif len(calendar.exceptions) < _MORE_THAN_ANYONE_KEEPS:
            calendar.exceptions += [OtherDays(each, each, shifts) for each in occurrences(record, *period)]

    def _other_week(self, calendar: _Read, record: Record) -> None:
        period = self._period(record)
        days = record.all("WeekDays", "WeekDay")
        if period is None or not days:
            return  # a name that nobody gave days to
        by_day = {_weekday(number): each for each in days if 1 <= (number := whole(each.get("DayType"))) <= _DAYS}
        week = tuple(self._shifts(by_day[number]) if number in by_day else () for number in range(_DAYS))
        calendar.weeks.append(OtherWeek(*period, week))

    def _period(self, record: Record) -> tuple[date, date] | None:
        for part in record.all("TimePeriod"):
            try:
                first, last = day(part.get("FromDate")), day(part.get("ToDate"))
            except ValueError:
                self.unread.append(f"{part.get('FromDate')} – {part.get('ToDate')}")
                continue
            if first is not None and last is not None and first <= last:
                return first, last
        return None

    def _shifts(self, record: Record) -> Shifts:
        """The hours of a day in order, those that overlap joined; one that ends before it begins ends the day after."""
        if not flag(record.get("DayWorking"), otherwise=bool(record.all("WorkingTimes", "WorkingTime"))):
            return ()
        found: list[tuple[int, int]] = []
        for hours in record.all("WorkingTimes", "WorkingTime"):
            try:
                first, last = minute_of_day(hours.get("FromTime")), minute_of_day(hours.get("ToTime"))
            except ValueError:
                self.unread.append(f"{hours.get('FromTime')} – {hours.get('ToTime')}")
                continue
            if first is not None and last is not None:
                found.append((first, last if first < last else last + _DAY))
        return _joined(found)

    # What is inherited

    def _inherited(self, calendar: _Read) -> CalendarSpec:
        line = self._line(calendar)
        week = list(NO_WEEK)
        for each in reversed(line):
            for weekday, shifts in each.week.items():
                week[weekday] = shifts
        return CalendarSpec(
            key=f"{self._prefix}:{calendar.uid}",
            name=calendar.name,
            week=tuple(week),
            weeks=tuple(other for each in line for other in each.weeks),
            exceptions=tuple(exception for each in line for exception in each.exceptions),
        )

    def _line(self, calendar: _Read) -> Sequence[_Read]:
        """The calendar, its base, and so on; a circle is followed once."""
        line: dict[str, _Read] = {}
        here: _Read | None = calendar
        while here is not None and here.uid not in line:
            line[here.uid] = here
            here = self._read.get(here.base)
        return list(line.values())


def with_owners(calendars: Iterable[CalendarSpec], owners: Mapping[str, Sequence[str]]) -> tuple[CalendarSpec, ...]:
    """Calendars, each with the keys of those who work by it."""
    return tuple(replace(each, owners=tuple(sorted(owners.get(each.key, ())))) for each in calendars)


def _weekday(number: int) -> int:
    """0 for Monday, from 1 for Sunday."""
    return (number - 2) % _DAYS


def _joined(shifts: Iterable[tuple[int, int]]) -> Shifts:
    found: list[tuple[int, int]] = []
    for first, last in sorted(shifts):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first < last:
            found.append((first, last))
    return tuple(found)
