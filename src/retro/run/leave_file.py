"""Leave out of an iCalendar file (RFC 5545): whole days and hours, once or recurring, on the clock of each event."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from retro.calendars import Absence, Range

_LAST_YEAR = 2100
_MOST = 20_000
"""Occurrences of one event that are read: more than fifty years of days."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days off, both ends included, and absences of some hours."""

    days: tuple[Range, ...] = ()
    hours: tuple[Absence, ...] = ()


def read_leave(path: Path, zone: tzinfo) -> Leave:
    """Every event of a file that is not cancelled. Hours without a zone are on the clock of `zone`.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no iCalendar file, or an event has no start.
    """
    import icalendar  # noqa: PLC0415 - slow to load, and few need it

    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    moved = {
        (str(event.get("UID", "")), _naive(event.decoded("RECURRENCE-ID"), zone))
        for event in events
        if "RECURRENCE-ID" in event
    }
    days: list[Range] = []
    hours: list[Absence] = []
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        if "DTSTART" not in event:
            raise ValueError("An event has no start.")
        begin = event.decoded("DTSTART")
        length = _length(event, begin)
        for start in _starts(event, begin, moved, zone):
            if isinstance(begin, datetime):
                hours.append(_absence(start, length, begin.tzinfo or zone))
            elif length > timedelta():
                days.append((start.date(), start.date() + length - _DAY))
    return Leave(tuple(days), tuple(hours))


def _length(event: Mapping[str, Any], begin: date) -> timedelta:
    """How long it lasts. RFC 5545, 3.6.1: an end is exclusive; without one an all-day event is a day."""
    if "DTEND" in event:
        end = event.decoded("DTEND")  # type: ignore[attr-defined]  # icalendar's events are mappings that decode
        if isinstance(begin, datetime) != isinstance(end, datetime):
            end = datetime.combine(end, time(), begin.tzinfo) if isinstance(begin, datetime) else end.date()
        if isinstance(begin, datetime) and (begin.tzinfo is None) != (end.tzinfo is None):
            end = end.replace(tzinfo=begin.tzinfo)
        length: timedelta = end - begin
        return max(length, timedelta()) if isinstance(begin, datetime) else max(length, _DAY)
    if "DURATION" in event:
        lasts: timedelta = event.decoded("DURATION")  # type: ignore[attr-defined]  # idem
        return max(lasts, timedelta())
    return timedelta() if isinstance(begin, datetime) else _DAY


def _absence(start: datetime, length: timedelta, zone: tzinfo) -> Absence:
    """On the wall clock, so that an event of 9:00 to 17:00 is that in summer and in winter."""
    return start.replace(tzinfo=zone), (start + length).replace(tzinfo=zone)


def _starts(event: Any, begin: date, moved: Iterable[tuple[str, datetime]], zone: tzinfo) -> Iterator[datetime]:
    """The starts of an event on its own clock, without those that another event says were moved."""
    first = _naive(begin, begin.tzinfo or zone if isinstance(begin, datetime) else zone)
    if "RECURRENCE-ID" in event or not ("RRULE" in event or "RDATE" in event):
        yield first
        return
    from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415 - as icalendar

    own = begin.tzinfo or zone if isinstance(begin, datetime) else zone
    dates = rruleset()
    dates.rdate(first)
    for rule in _listed(event.get("RRULE")):
        dates.rrule(rrulestr(_ruled(rule, own), dtstart=first, ignoretz=True))
    for extra in _dated(event.get("RDATE")):
        dates.rdate(_naive(extra, own))
    for missing in _dated(event.get("EXDATE")):
        dates.exdate(_naive(missing, own))
    uid = str(event.get("UID", ""))
    gone = {at for whose, at in moved if whose == uid}
    within = takewhile(lambda at: at.year <= _LAST_YEAR, dates)
    yield from (at for at in islice(within, _MOST) if at not in gone)


def _ruled(rule: Any, own: tzinfo) -> str:
    """The rule as text, its end on the event's own clock."""
    parts = {name: value for name, value in rule.items() if name.upper() != "UNTIL"}
    text = type(rule)(parts).to_ical().decode()
    until = next((value[0] for name, value in rule.items() if name.upper() == "UNTIL"), None)
    if until is None:
        return str(text)
    last = _naive(until, own) if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
    return f"{text};UNTIL={last:%Y%m%dT%H%M%S}"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _dated(value: Any) -> list[date]:
    return [one.dt[0] if isinstance(one.dt, tuple) else one.dt for many in _listed(value) for one in many.dts]


def _naive(at: date, zone: tzinfo) -> datetime:
    """A date or an instant on the clock of `zone`, without its zone."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time())
    return at if at.tzinfo is None else at.astimezone(zone).replace(tzinfo=None)
