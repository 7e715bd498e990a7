"""Dates as Notion spells them in an export, in French and English: `5 janvier 2027`, `January 5, 2027 2:30 PM → …`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from retro.i18n.words import fold
from retro.model import Day

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for month in names.split()
}
_WORDS = re.compile(r"(?:[a-z]+\.? )?(?:(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?|([a-z]+)\.? (\d{1,2})),? (\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HOUR = re.compile(r"[ t,]*(?:a |at )?(\d{1,2})[:h](\d{2})(?::\d{2})?(?: ?([ap])m)?$")
_ZONE = re.compile(r" ?\(([^)]*)\)$")
_OFFSET = re.compile(r"(?:utc|gmt)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?")
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_NOON, _LAST_MONTH = 12, 12


@dataclass(frozen=True, slots=True)
class Span:
    """A day or instant, or a range; `assumed` where the order of day and month was."""

    start: Day
    end: Day | None = None
    assumed: bool = False


def span(text: str, zone: tzinfo, *, day_first: bool, settled: bool = True) -> Span | None:
    """What a cell says, None where it is no date.

    Args:
        text: the cell.
        zone: where its hours are meant unless it names an offset.
        day_first: whether 05/01/2027 is in January.
        settled: whether the column itself shows that.
    """
    parts = [part for part in _ARROW.split(text.strip()) if part]
    if not 1 <= len(parts) <= 2:  # noqa: PLR2004 - a start and an end
        return None
    begun = _moment(parts[0], zone, day_first=day_first)
    if begun is None:
        return None
    assumed = not settled and any(_open(part) for part in parts)
    if len(parts) == 1:
        return Span(begun, assumed=assumed)
    # An end on the same day is told by its hour alone.
    day = begun.date() if isinstance(begun, datetime) else begun
    ended = _moment(parts[1], zone, day_first=day_first) or _moment(
        f"{day.isoformat()} {parts[1]}", zone, day_first=True
    )
    return Span(begun, ended, assumed) if ended is not None else None


def order(cells: Iterable[str], lang: str) -> tuple[bool, bool]:
    """Whether the day comes first in a column's dates, and whether the column itself shows it, by any part over 12."""
    pairs = [(int(m[1]), int(m[2])) for cell in cells for m in _YEAR_LAST.finditer(cell)]
    day_first = any(first > _LAST_MONTH for first, _second in pairs)
    month_first = any(second > _LAST_MONTH for _first, second in pairs)
    if day_first != month_first:
        return day_first, True
    return lang != "en", False


def _open(text: str) -> bool:
    found = _YEAR_LAST.search(text)
    return found is not None and int(found[1]) <= _LAST_MONTH and int(found[2]) <= _LAST_MONTH and found[1] != found[2]


def _moment(text: str, zone: tzinfo, *, day_first: bool) -> Day | None:
    plain = fold(text)
    named = _ZONE.search(plain)
    if named is not None:
        plain, zone = plain[: named.start()], _zone(named[1], zone)
    hour = _HOUR.search(plain)
    day = _day(plain[: hour.start()] if hour else plain, day_first=day_first)
    if day is None or hour is None:
        return day
    at = _clock(int(hour[1]), int(hour[2]), hour[3])
    return datetime.combine(day, at, zone) if at is not None else None


def _day(plain: str, *, day_first: bool) -> date | None:
    if words := _WORDS.fullmatch(plain):
        day, month = words[1] or words[4], _MONTHS.get(words[2] or words[3], 0)
        return _date(int(words[5]), month, int(day))
    if iso := _YEAR_FIRST.fullmatch(plain):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if last := _YEAR_LAST.fullmatch(plain):
        first, second = int(last[1]), int(last[2])
        day_, month = (first, second) if day_first else (second, first)
        return _date(int(last[3]), month, day_)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _zone(name: str, zone: tzinfo) -> tzinfo:
    """The offset that "UTC+1" names; other names are those of the workspace's own zone."""
    told = _OFFSET.fullmatch(name.replace(" ", ""))
    if told is None:
        return zone
    minutes = int(told[2] or 0) * 60 + int(told[3] or 0)
    if minutes >= 24 * 60:
        return zone
    return timezone(timedelta(minutes=-minutes if told[1] == "-" else minutes))
