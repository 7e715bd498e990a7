"""Dates as people write them in cells, French and English; what is impossible or partial is no date.

A word order is settled by its month's name, `2027-01-05` and `05.01.2027` by their form. `05/01/2027` is not: which
part is the day is the caller's to say (`day_first`), and the answer tells whether that mattered.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from retro.i18n.words import fold
from retro.model import Day
from retro_files.day_words import day_parts

_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "cet": 60,
    "cest": 120,
    "bst": 60,
    "est": -300,
    "edt": -240,
    "pst": -480,
    "pdt": -420,
}
"""Minutes east of Greenwich."""
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_TIME = re.compile(
    r"(?<![\d/.-])t?(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?|h(?!\w))\s*(am|pm)?"
    r"\s*((?:" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")\b|[+-]\d{2}:?\d{2}(?!\d))?"
)
_DAY_TIME = re.compile(r"(?<=\d)t(?=\d{1,2}:)")
_MARKDOWN = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ASIDE = re.compile(r"\([^)]*\)")
_BETWEEN = re.compile(r"\s+(?:-|->|→|au|to|until|jusqu'au)\s+|\s*→\s*|(?<=\d{4})\s*-\s*(?=\d{1,2}[/.])")
_EITHER = re.compile(r"\s+/\s+")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets' serial numbers."""
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 73_050
"""1940 and 2099: a number outside is no date that anybody plans."""
_NOON = 12


@dataclass(frozen=True, slots=True)
class Span:
    """What a cell says: a day, or a first and a last one; `assumed` where the order of day and month was."""

    end: Day
    start: Day | None = None
    assumed: bool = False


def read_day(text: str, zone: tzinfo, *, day_first: bool = True) -> Span | None:
    """The day, instant or range that a cell's text names; None: none that can be told.

    Args:
        text: the cell.
        zone: where an hour without a zone of its own is meant.
        day_first: whether 05/01/2027 is in January.
    """
    plain = fold(_MARKDOWN.sub(r"\1", text))
    if _SERIAL.fullmatch(plain):
        return of_serial(float(plain))
    asides = _ASIDE.sub(" ", plain)
    found = _range(asides, zone, day_first=day_first) or _single(asides, zone, day_first=day_first)
    return found or _alternatives(asides, zone, day_first=day_first)


def of_serial(number: float) -> Span | None:
    """The day that a spreadsheet's serial number stands for."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL or number != int(number):
        return None
    return Span(_EPOCH + timedelta(days=int(number)))


def _alternatives(plain: str, zone: tzinfo, *, day_first: bool) -> Span | None:
    """One moment told twice (`02:00 UTC Friday … / 19:00 PDT Thursday …`): the first with an hour, if they agree."""
    parts = _EITHER.split(plain)
    if len(parts) == 1:
        return None
    read = [_single(part, zone, day_first=day_first) for part in parts]
    spans = [span for span in read if span is not None]
    if len(spans) < len(parts):
        return None
    days = [span.end.astimezone(zone).date() if isinstance(span.end, datetime) else span.end for span in spans]
    if max(days) - min(days) > timedelta(days=1):
        return None
    return next((span for span in spans if isinstance(span.end, datetime)), spans[0])


def _range(plain: str, zone: tzinfo, *, day_first: bool) -> Span | None:
    parts = _BETWEEN.split(plain.removeprefix("du ").removeprefix("from "))
    if len(parts) != 2:  # noqa: PLR2004 - a first and a last day
        return None
    end = _single(parts[1], zone, day_first=day_first)
    if end is None:
        return None
    whole = _single(parts[0], zone, day_first=day_first)
    if whole is not None:
        start: Day | None = whole.end
    else:
        begun = day_parts(parts[0], day_first=day_first)
        start = begun.whole(end.end) if begun is not None else None
    if start is None or _date(start, zone) > _date(end.end, zone):
        return None
    return Span(end.end, start, end.assumed)


def _date(day: Day, zone: tzinfo) -> date:
    return day.astimezone(zone).date() if isinstance(day, datetime) else day


def _single(plain: str, zone: tzinfo, *, day_first: bool) -> Span | None:
    """One day, with or without an hour."""
    rest, hour = plain, None
    moment = _TIME.search(_DAY_TIME.sub(" ", plain))
    if moment is not None:
        hour = _hour(moment, zone)
        if hour is None:
            return None
        rest = _DAY_TIME.sub(" ", plain)
        rest = f"{rest[: moment.start()]} {rest[moment.end() :]}"
    parts = day_parts(rest, day_first=day_first)
    day = parts.whole() if parts is not None else None
    if parts is None or day is None:
        return None
    if hour is None or (hour.tzinfo is zone and hour.replace(tzinfo=None) == time()):
        return Span(day, assumed=parts.assumed)
    return Span(datetime.combine(day, hour), assumed=parts.assumed)


def _hour(match: re.Match[str], zone: tzinfo) -> time | None:
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if match[4] == "pm" else 0)
    try:
        return time(hour, minute, second, tzinfo=_zone(match[5], zone))
    except ValueError:
        return None


def _zone(word: str | None, zone: tzinfo) -> tzinfo:
    if not word:
        return zone
    if word in _ZONES:
        return timezone(timedelta(minutes=_ZONES[word]))
    digits = word[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if word[0] == "-" else minutes))
