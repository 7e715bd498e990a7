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
from retro_files.ranges import ends_of

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
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_VAGUE = re.compile(r"\s*[~≈±<>≤≥]|.*(?:→|->|-|–|—)\s*$", re.DOTALL)
"""Signs that make a date a guess, or the beginning of a range that does not end. Folding would remove them."""
_BY = re.compile(r"(?:(?:pour|d'ici|au plus tard) le|due|by)\s+")
"""What goes before a day without changing it."""
_TIME = re.compile(
    r"(?<![\d/.-])t?(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?|h(?!\w))\s*(am|pm)?"
    r"\s*((?:" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")\b|[+-]\d{2}:?\d{2}(?!\d))?"
)
_DAY_TIME = re.compile(r"(?<=\d)t(?=\d{1,2}:)")
_MARKDOWN = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ASIDE = re.compile(r"\([^)]*\)")
_EITHER = re.compile(r"\s+/\s+")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets' serial numbers."""
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 73_050
"""1940 and 2099: a number outside is no date that anybody plans."""
_FROM_1904 = 1462
"""Days between the beginnings of the two ways to count."""
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
    if _VAGUE.match(text):
        return None
    plain = fold(_MARKDOWN.sub(r"\1", text))
    if _SERIAL.fullmatch(plain):
        return of_serial(float(plain.replace(",", ".")), zone)
    asides = _BY.sub("", _ASIDE.sub(" ", plain).strip(), count=1)
    found = _range(asides, zone, day_first=day_first) or _single(asides, zone, day_first=day_first)
    return found or _alternatives(asides, zone, day_first=day_first)


def of_serial(number: float, zone: tzinfo, *, since_1904: bool = False) -> Span | None:
    """The day, or the instant, that a spreadsheet's serial number stands for; None: a number that is no date.

    `zone` is where its hour is meant; `since_1904`: the workbook counts days as old Macintoshes did.
    """
    day = int(number) + (_FROM_1904 if since_1904 else 0)
    if not _FIRST_SERIAL <= day <= _LAST_SERIAL:
        return None
    seconds = round((number - int(number)) * 86_400)
    if not seconds:
        return Span(_EPOCH + timedelta(days=day))
    return Span(datetime.combine(_EPOCH, time(), zone) + timedelta(days=day, seconds=seconds))


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
    # Two days without an hour are two days: which one is meant is not to be guessed.
    same = spans[0] if len({span.end for span in spans}) == 1 else None
    return next((span for span in spans if isinstance(span.end, datetime)), same)


def _range(plain: str, zone: tzinfo, *, day_first: bool) -> Span | None:
    found = ends_of(plain)
    if found is None:
        return None
    first, last = (_single(text, zone, day_first=day_first) for text in found)
    if last is not None:
        first = first or _completed(found[0], last, before=True, day_first=day_first)
    elif first is not None:
        last = _completed(found[1], first, before=False, day_first=day_first)
    if first is None or last is None or _date(first.end, zone) > _date(last.end, zone):
        return None
    return Span(last.end, first.end, first.assumed or last.assumed)


def _completed(text: str, other: Span, *, before: bool, day_first: bool) -> Span | None:
    """An end of a range that leaves out what the other end says: `12` of `12 → 16/01/2027`.

    A year that is left out is the other end's, or the one beside it where the range would else run backwards.
    """
    parts = day_parts(text, day_first=day_first)
    if parts is None or (parts.month is None and not before):
        return None
    day = parts.whole(other.end)
    if day is None or parts.year is not None or parts.month is None:
        return Span(day, assumed=parts.assumed) if day is not None else None
    limit = date(other.end.year, other.end.month, other.end.day)
    if before and day > limit:
        day = parts.in_year(limit.year - 1)
    elif not before and day < limit:
        day = parts.in_year(limit.year + 1)
    return Span(day, assumed=parts.assumed) if day is not None else None


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
