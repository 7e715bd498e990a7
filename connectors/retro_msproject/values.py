"""Texts of a plan as values: instants in the workspace's zone, durations in minutes, numbers, flags.

What is empty or "NA" is None; what cannot be read raises ValueError, so that its words can be kept and shown.
"""

import math
import re
from datetime import date, datetime, time, tzinfo

from retro.calendars.table import HORIZON

_NOTHING = frozenset({"", "NA", "N/A"})
_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_ELAPSED = frozenset({4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52})
"""Formats of durations and lags that run by day and night."""
_PERCENT = frozenset({19, 20, 51, 52})
_LONGEST = 120
"""Characters of a number; whatever is longer is none."""


def instant(text: str, zone: tzinfo) -> datetime | None:
    """A date and time of the wall clock. Raises ValueError for none, or a year that no calendar reaches."""
    if text.upper() in _NOTHING:
        return None
    found = datetime.fromisoformat(text)
    if not HORIZON[0] <= found.year <= HORIZON[1]:
        raise ValueError(text)
    return found.replace(tzinfo=zone, second=0, microsecond=0)


def day(text: str) -> date | None:
    """The day of a date and time, held inside what calendars reach. Raises ValueError."""
    if text.upper() in _NOTHING:
        return None
    found = datetime.fromisoformat(text).date()
    first, last = date(HORIZON[0], 1, 1), date(HORIZON[1], 12, 31)
    return min(max(found, first), last)


def minute_of_day(text: str) -> int | None:
    """A time of the day in minutes from midnight. Raises ValueError."""
    if text.upper() in _NOTHING:
        return None
    # Some writers give a time its day.
    found = datetime.fromisoformat(text).time() if "T" in text else time.fromisoformat(text)
    return found.hour * 60 + found.minute


def minutes(text: str) -> int | None:
    """A duration in minutes: "PT16H30M0S". Raises ValueError, for one with years or months too."""
    if text.upper() in _NOTHING:
        return None
    match = _DURATION.fullmatch(text)
    if match is None or len(text) > _LONGEST or not any(match.groups()[1:]) or match[2] or match[3]:
        raise ValueError(text)
    days, hours, mins, seconds = (float(part or 0) for part in match.groups()[3:])
    total = days * 1440 + hours * 60 + mins + seconds / 60
    return round(-total if match[1] else total)


def number(text: str) -> float | None:
    """A finite number. Raises ValueError."""
    if text.upper() in _NOTHING:
        return None
    found = float(text)
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number of few digits; `otherwise` for anything else: codes and levels have their usual value then."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text) else otherwise


def flag(text: str, *, otherwise: bool = False) -> bool:
    """Yes or no: 1 and 0, true and false."""
    return text.lower() in ("1", "true") if text else otherwise


def elapsed(code: int) -> bool:
    """Whether a format of durations means hours by day and night ("2 ed"), not working hours."""
    return code in _ELAPSED


def percent(code: int) -> bool:
    """Whether a format of lags means a share of the predecessor's duration."""
    return code in _PERCENT
