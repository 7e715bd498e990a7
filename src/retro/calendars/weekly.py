"""A moment that comes back every week, such as the team's meeting: "mon 10:00"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAYS = (
    ("mon", "monday", "lun", "lundi"),
    ("tue", "tuesday", "mar", "mardi"),
    ("wed", "wednesday", "mer", "mercredi"),
    ("thu", "thursday", "jeu", "jeudi"),
    ("fri", "friday", "ven", "vendredi"),
    ("sat", "saturday", "sam", "samedi"),
    ("sun", "sunday", "dim", "dimanche"),
)
_TEXT = re.compile(r"\s*([a-z]+)\.?\s+(\d{1,2})(?:[:h](\d{2})?)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday (0 is Monday) and an hour of the wall clock."""

    weekday: int
    at: time

    def following(self, instant: datetime) -> datetime:
        """The first such moment at or after an aware instant, in that instant's zone."""
        days = (self.weekday - instant.weekday()) % 7
        found = self._on(instant, days)
        return found if found >= instant else self._on(instant, days + 7)

    def preceding(self, moment: datetime) -> datetime:
        """The one a week before such a moment, at the same hour of the wall clock."""
        return self._on(moment, -7)

    def _on(self, instant: datetime, days: int) -> datetime:
        return datetime.combine(instant.date() + timedelta(days=days), self.at, instant.tzinfo)


def parse_weekly(text: str) -> Weekly:
    """Read a day and an hour: "mon 10:00", "Thursday 9:30", "lun. 10h".

    Raises:
        ValueError: no such day or hour.
    """
    match = _TEXT.fullmatch(text)
    if match is not None:
        name = match[1].casefold()
        weekday = next((number for number, names in enumerate(_DAYS) if name in names), None)
        hour, minute = int(match[2]), int(match[3] or 0)
        if weekday is not None and hour < 24 and minute < 60:  # noqa: PLR2004 - the clock
            return Weekly(weekday, time(hour, minute))
    raise ValueError(f"“{text}” is not a day and an hour such as mon 10:00.")
