"""Dates as Notion takes and echoes them.

A day stays a day. A time loses its seconds, gets an offset (that of the time zone it came with; UTC without any), and
`time_zone` is null in every answer.
"""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from retro.sandbox.notion import refusals
from retro.sandbox.notion.access import Document

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}$")


def taken(where: str, given: Any) -> Document | None:
    """The date of a request. Raises Refusal: no date of the calendar, or a time zone where none may be."""
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("start"), str):
        raise refusals.misshapen(f"{where}.start", "defined, instead was `undefined`")
    if given.keys() - {"start", "end", "time_zone"}:
        raise refusals.misshapen(where, "an object of `start`, `end` and `time_zone`")
    zone = _zone(where, given.get("time_zone"))
    start = _echo(f"{where}.start", given["start"], zone)
    end = None if given.get("end") is None else _echo(f"{where}.end", given["end"], zone)
    if end is not None and is_day(start) is not is_day(end):
        raise refusals.misshapen(f"{where}.end", "a time if `start` is one, a day if it is not")
    return {"start": start, "end": end, "time_zone": None}


def of(start: date, end: date | None = None) -> Document:
    """A date as Notion keeps it, from days or from aware instants."""
    return {"start": _kept(start), "end": None if end is None else _kept(end), "time_zone": None}


def is_day(text: str) -> bool:
    """Whether a date is without a time."""
    return _DAY.fullmatch(text) is not None


def instant(text: str) -> datetime:
    """The instant of a date or time; a day begins at midnight UTC. Raises ValueError: it is none."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _kept(when: date) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.replace(second=0, microsecond=0).isoformat(timespec="milliseconds")


def _zone(where: str, name: Any) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (TypeError, ValueError, OSError, KeyError):
        raise refusals.misshapen(f"{where}.time_zone", "a time zone of the IANA's database") from None


def _echo(where: str, text: Any, zone: ZoneInfo | None) -> str:
    try:
        if is_day(text):
            day = date.fromisoformat(text).isoformat()
            if zone is not None:
                raise refusals.invalid(f"{where}: a time zone goes with a time, not with a day.")
            return day
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise refusals.misshapen(where, "a valid ISO 8601 date string") from None
    if zone is None:
        return _kept(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
    if _OFFSET.search(text):
        raise refusals.invalid(f"{where}: an offset and a time zone exclude each other.")
    return _kept(at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone))
