"""Calendars from what a configuration says: hours, holidays, bridging days, closures, a person's share and leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from zoneinfo import ZoneInfo

from retro.calendars.calendar import Calendar
from retro.calendars.holidays import HolidaySource
from retro.calendars.hours import Hours, parse_hours, scaled
from retro.calendars.spans import Span, exception
from retro.model.calendar import CalendarSpec

Range = tuple[date, date]
"""First and last day, both included."""

_USUAL = parse_hours("9:00-12:00 13:00-17:00")
DEFAULT_WEEK: tuple[Hours, ...] = (_USUAL,) * 5 + ((), ())
"""Monday to Friday, 9–12 and 13–17."""

_LONGEST_RANGE = timedelta(days=3660)


def parse_range(text: str) -> Range:
    """Read "2026-12-24..2027-01-01" (both days included) or one day, "2026-12-24".

    Raises:
        ValueError: no date, a range that ends before it starts, or one longer than ten years.
    """
    parts = [part.strip() for part in text.split("..")]
    try:
        first, last = date.fromisoformat(parts[0]), date.fromisoformat(parts[-1])
    except ValueError as error:
        raise ValueError(f"“{text}” is not a range of dates such as 2026-12-24..2027-01-01.") from error
    if len(parts) > 2:  # noqa: PLR2004 - from, to
        raise ValueError(f"“{text}” is not a range of dates such as 2026-12-24..2027-01-01.")
    if last < first:
        raise ValueError(f"“{text}” ends before it starts.")
    if last - first > _LONGEST_RANGE:
        raise ValueError(f"“{text}” is longer than ten years.")
    return first, last


def _days(ranges: Iterable[Range]) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=offset) for first, last in ranges for offset in range((last - first).days + 1)
    )


def build_calendar(
    week: Sequence[Hours] = DEFAULT_WEEK,
    *,
    country: str = "FR",
    subdivision: str = "",
    bridges: str = "work",
    solidarity_day: str = "work",
    closures: Iterable[Range] = (),
    zone: tzinfo | None = None,
    day_minutes: int = 420,
) -> Calendar:
    """The project's calendar. `bridges` and `solidarity_day` are "work" or "off"; `zone` defaults to Europe/Paris.

    Raises:
        ValueError: an unknown country or subdivision, or a week in which nobody works.
    """
    holidays = HolidaySource(
        country=country,
        subdivision=subdivision,
        bridges_off=bridges == "off",
        whit_monday_worked=solidarity_day == "work",
    )
    return Calendar(
        week=tuple(week),
        days_off=_days(closures),
        zone=zone or ZoneInfo("Europe/Paris"),
        day_minutes=day_minutes,
        holidays=holidays,
    )


def described(spec: CalendarSpec, zone: tzinfo, day_minutes: int = 420) -> Calendar | None:
    """The calendar that a source describes, in `zone`; None where nobody ever works by it."""
    spans = (
        *(exception(each.first, each.last, each.shifts) for each in spec.exceptions),
        *(Span(each.first, each.last, each.week) for each in spec.weeks),
    )
    try:
        return Calendar(week=spec.week, zone=zone, day_minutes=day_minutes, spans=spans)
    except ValueError:
        return None


def person_calendar(
    base: Calendar,
    *,
    week_overrides: Mapping[int, Hours] | None = None,
    share: float = 1.0,
    leave: Iterable[Range] = (),
) -> Calendar:
    """A person's calendar: `base` with the hours of some weekdays (0 is Monday) replaced, her share, and her leave.

    A share of 0.8 leaves 80 % of each day's minutes, cut from the day's end, so that her tasks last longer; the
    length of "one day" in estimates stays that of `base`.

    Raises:
        ValueError: a share outside 0–1 (0 excluded), or a week in which she never works.
    """
    if not 0 < share <= 1:
        raise ValueError("A share lies between 0 and 1.")
    overrides = week_overrides or {}
    week = tuple(scaled(overrides.get(weekday, hours), share) for weekday, hours in enumerate(base.week))
    spans = tuple(_personal(span, overrides, share) for span in base.spans)
    return replace(base, week=week, spans=spans, days_off=base.days_off | _days(leave))


def _personal(span: Span, overrides: Mapping[int, Hours], share: float) -> Span:
    """A span for one person: exceptions hold for all, but a week that always holds is their own on those weekdays."""
    own = overrides if span.first == date.min else {}
    week = (own.get(weekday, hours) for weekday, hours in enumerate(span.week))
    return replace(span, week=tuple(None if hours is None else scaled(hours, share) for hours in week))
