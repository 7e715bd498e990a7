"""When a run that comes every day is due, by the machine's own clock (schedulers know no other)."""

import re
from datetime import date, datetime, time, timedelta

from retro.i18n import text as _
from retro.ports import ConfigurationError

_SHAPE = re.compile(r"(\d{1,2})[:hH.](\d{2})?")
_HOURS, _MINUTES = 24, 60


def parse_hour(text: str) -> time:
    """A time of day as "06:30", "6:30", "6h30" or "6h". Raises ConfigurationError that shows the shape."""
    match = _SHAPE.fullmatch(text.strip())
    if match is not None and int(match[1]) < _HOURS and int(match[2] or 0) < _MINUTES:
        return time(int(match[1]), int(match[2] or 0))
    raise ConfigurationError(
        _('"{text}" is no time of day.', text=text), where="--at", remedy=_("Write it as 06:30 (hours:minutes).")
    )


def last_due(now: datetime, at: time) -> datetime:
    """The latest instant at or before `now` that is `at` on the machine's clock."""
    today = now.astimezone().date()
    found = _on(today, at)
    return found if found <= now else _on(today - timedelta(days=1), at)


def overdue(now: datetime, at: time, latest: datetime) -> bool:
    """Whether the run before the last one that was due has not come either, `latest` being when one last began."""
    return latest < last_due(last_due(now, at) - timedelta(seconds=1), at)


def next_due(now: datetime, at: time) -> datetime:
    """The first such instant after `now`."""
    today = now.astimezone().date()
    found = _on(today, at)
    return found if found > now else _on(today + timedelta(days=1), at)


def _on(day: date, at: time) -> datetime:
    # Without a zone it is the machine's, with the offset of that very day: summer time is the system's business.
    return datetime.combine(day, at).astimezone()
