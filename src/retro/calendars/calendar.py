"""One calendar, and the calendars of a team."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from retro.calendars.beyond import Weeks
from retro.calendars.holidays import HolidaySource
from retro.calendars.hours import Hours, common, cut_at_midnight
from retro.calendars.spans import Span, painted
from retro.calendars.table import Table, wall_minute
from retro.model.dates import in_zone

_DAY = 24 * 60
_LAST_MINUTE = date.max.toordinal() * _DAY + _DAY - 1
_NO_DAYS: frozenset[date] = frozenset()
_KEPT = 1 << 16
"""Instants that a calendar keeps; then it begins anew."""


def no_holidays(year: int) -> frozenset[date]:  # noqa: ARG001 - the signature of a holiday source
    """The holidays of someone who has none."""
    return _NO_DAYS


@dataclass(frozen=True)
class Calendar:
    """Working time in one zone.

    `week`: the hours of Monday to Sunday. `days_off`: closures and leave; nobody works then. `spans`: exceptions and
    work weeks with hours of their own, the first one that speaks of a day being right. `holidays`: public holidays by
    year, on which nobody works unless a span says so. `within`: worked only when this other calendar is worked too.
    `day_minutes`: what "one day" means in estimates and messages (420), whatever the hours of a given day are.
    An *ordinal* counts worked minutes from a fixed origin: differences of ordinals are working time.
    Seconds are dropped.

    Raises:
        ValueError: the week is not seven days long, or nobody works in it.
    """

    week: tuple[Hours, ...]
    days_off: frozenset[date] = _NO_DAYS
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Europe/Paris"))
    day_minutes: int = 420
    holidays: Callable[[int], frozenset[date]] = no_holidays
    spans: tuple[Span, ...] = ()
    within: "Calendar | None" = None
    _table: Table = field(init=False, repr=False, compare=False)
    _instants: dict[int, datetime] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Those made of late, by wall minute: tasks begin and end at the same minutes by the thousand."""

    def __post_init__(self) -> None:
        if len(self.week) != 7:  # noqa: PLR2004 - days of a week
            raise ValueError("A week has seven days.")
        if not any(self.week) and not any(any(span.week) for span in self.spans):
            raise ValueError("A calendar needs at least one working hour in the week.")
        object.__setattr__(self, "_table", Table(self.hours_of, Weeks(self._plain_week())))
        if not any(self.week) and not self.ever_worked:
            raise ValueError("A calendar needs at least one working hour between 1950 and 2199.")

    def _plain_week(self) -> tuple[Hours, ...]:
        """The week that always holds: what is left where no date is known to be special."""
        days = list(self.week)
        painted((span for span in self.spans if (span.first, span.last) == (date.min, date.max)), 1, days)
        own = [cut_at_midnight(hours, days[number - 1]) for number, hours in enumerate(days)]
        if self.within is None:
            return tuple(own)
        return tuple(common(one, other) for one, other in zip(own, self.within._plain_week(), strict=True))  # noqa: SLF001 - the same class

    @cached_property
    def _off(self) -> Mapping[int, list[int]]:
        """Closures and leave by year, as ordinals of days."""
        by_year: dict[int, list[int]] = {}
        for day in self.days_off:
            by_year.setdefault(day.year, []).append(day.toordinal())
        return by_year

    def hours_of(self, year: int) -> list[Hours]:
        """The hours of every day of a year, each within its own midnights."""
        # The eve too: a night shift may spill over from it.
        first = max(date(year, 1, 1).toordinal() - 1, 1)
        days = [self.week[(ordinal - 1) % 7] for ordinal in range(first, date(year, 12, 31).toordinal() + 1)]
        begins = date(year, 1, 1).toordinal() - first
        for near in (year - 1, year) if begins else (year,):
            for day in self.holidays(near):
                if day.toordinal() >= first:
                    days[day.toordinal() - first] = ()
        painted(self.spans, first, days)
        for near in (year - 1, year):
            for ordinal in self._off.get(near, ()):
                if ordinal >= first:
                    days[ordinal - first] = ()
        if any(hours and hours[-1][1] > _DAY for hours in days):
            days = [cut_at_midnight(day, before) for before, day in zip([(), *days], days, strict=False)]
        hours = days[begins:]
        if self.within is not None:
            hours = [common(one, other) for one, other in zip(hours, self.within.hours_of(year), strict=True)]
        return hours

    @property
    def ever_worked(self) -> bool:
        """Whether there is any working time at all, of which two calendars together may leave none."""
        return self._table.ever_worked

    # Days

    def hours_on(self, day: date) -> Hours:
        """The shifts worked on one day, within its own midnights."""
        return self.hours_of(day.year)[day.timetuple().tm_yday - 1]

    def holiday(self, day: date, lang: str) -> str:
        """The name of the public holiday that a day is; "" where it is none, or its source knows no names."""
        return self.holidays.name(day, lang) if isinstance(self.holidays, HolidaySource) else ""

    def is_working_day(self, day: date) -> bool:
        """Whether any work is done on `day`."""
        return self.next_working_day(day) == day

    def next_working_day(self, day: date) -> date:
        """The first working day at or after `day`."""
        return self.shift(day, 0)

    def previous_working_day(self, day: date) -> date:
        """The last working day at or before `day`."""
        return self._table.day(day, bisect_right, -1)

    def shift(self, day: date, working_days: int) -> date:
        """`working_days` working days after `day` (before, where negative); 0: the first one at or after it.

        From a day off, one day later is the first working day after it, one day earlier the last one before it.
        """
        if working_days > 0:
            return self._table.day(day, bisect_right, working_days - 1)
        return self._table.day(day, bisect_left, working_days)

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative where `last` comes before `first`."""
        return self._table.days_between(first, last)

    # Minutes

    def ordinal(self, instant: datetime) -> int:
        """Minutes worked up to `instant`, from a fixed origin. Raises `ValueError` for a naive instant."""
        return self._table.ordinal(self.wall(instant))

    def start_at(self, ordinal: int) -> datetime:
        """When work begins that has `ordinal` minutes before it; on a boundary, the next shift's first minute."""
        return self.instant(self._table.start_at(ordinal))

    def finish_at(self, ordinal: int) -> datetime:
        """When work is over that ends after `ordinal` minutes; on a boundary, the previous shift's last minute."""
        return self.instant(self._table.finish_at(ordinal))

    def minutes_between(self, first: datetime, last: datetime) -> int:
        """Working minutes from `first` to `last`; negative where `last` is earlier."""
        return self.ordinal(last) - self.ordinal(first)

    def first_minute(self, day: date) -> datetime:
        """The first minute worked on `day`; on a day off, the first one worked after it."""
        return self.start_at(self._table.ordinal(wall_minute(day)))

    def last_minute(self, day: date) -> datetime:
        """The last minute worked on `day`; on a day off, the last one worked before it."""
        return self.finish_at(self._table.ordinal(wall_minute(day, _DAY)))

    # Wall minutes: what the calendars of one zone share, so that a schedule crosses between them in integers

    def wall(self, instant: datetime) -> int:
        """`instant` on the clock of `zone`, in minutes since year 1. Raises `ValueError` for a naive instant."""
        if instant.tzinfo is not self.zone:
            if instant.tzinfo is None:
                raise ValueError("An instant needs a time zone.")
            instant = in_zone(instant, self.zone)
        return instant.toordinal() * _DAY + instant.hour * 60 + instant.minute

    def instant(self, wall: int) -> datetime:
        """The instant of a wall minute, aware, in `zone`; held inside the years that dates can hold."""
        found = self._instants.get(wall)
        if found is None:
            if len(self._instants) >= _KEPT:
                self._instants.clear()
            found = self._instants[wall] = self._made(wall)
        return found

    def _made(self, wall: int) -> datetime:
        day, minute = divmod(min(max(wall, _DAY), _LAST_MINUTE), _DAY)
        hour, minute = divmod(minute, 60)
        at = date.fromordinal(day)
        return datetime(at.year, at.month, at.day, hour, minute, 0, 0, self.zone)

    @staticmethod
    def holds(wall: int) -> bool:
        """Whether a wall minute lies in the years that dates can hold."""
        return _DAY <= wall <= _LAST_MINUTE

    @property
    def ordinal_at(self) -> Callable[[int], int]:
        """`ordinal`, of a wall minute."""
        return self._table.ordinal

    @property
    def start_wall(self) -> Callable[[int], int]:
        """`start_at`, as a wall minute."""
        return self._table.start_at

    @property
    def finish_wall(self) -> Callable[[int], int]:
        """`finish_at`, as a wall minute."""
        return self._table.finish_at


@dataclass(frozen=True)
class Calendars:
    """The project's calendar, each person's by the owner's key, and those that tasks name (`Task.calendar`)."""

    project: Calendar
    people: Mapping[str, Calendar] = field(default_factory=dict[str, Calendar])
    named: Mapping[str, Calendar] = field(default_factory=dict[str, Calendar])

    def of(self, owner: str | None) -> Calendar:
        """The calendar of an owner, else the project's."""
        return self.project if owner is None else self.people.get(owner, self.project)

    def at_work(self, owner: str | None, own: str | None, *, alone: bool = False) -> Calendar:
        """What a task is worked on: the hours of its `own` calendar in which its owner works too.

        Its own only, where it is worked `alone`, its owner has no hours of their own, or the two never meet. Without
        a calendar of its own that is known, its owner's, and the project's where it is worked alone.
        """
        calendar = None if own is None else self.named.get(own)
        if calendar is None:
            return self.project if alone else self.of(owner)
        person = None if owner is None or alone else self.people.get(owner)
        if person is None or person == calendar:
            return calendar
        both = replace(calendar, within=person)
        return both if both.ever_worked else calendar
