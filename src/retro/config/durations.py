"""Durations as people write them in the configuration: "7h", "0.5d", "10min"."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from retro.i18n import text as _

_SHAPE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(min|m|h|d|j)", re.IGNORECASE)
_MINUTES = {"min": 1, "m": 1, "h": 60}


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount in minutes, or in working days, whose length only the calendar knows."""

    amount: float
    in_days: bool

    def minutes(self, day_minutes: int) -> int:
        """Whole minutes, a working day being `day_minutes` long."""
        return round(self.amount * (day_minutes if self.in_days else 1))

    @property
    def elapsed(self) -> timedelta:
        """Time by the clock, a day being 24 hours: for deadlines and quiet periods, which no calendar interrupts."""
        return timedelta(minutes=self.amount * (24 * 60 if self.in_days else 1))

    def __str__(self) -> str:
        if self.in_days:
            return f"{self.amount:g}d"
        hours, minutes = divmod(self.amount, 60)
        return f"{hours:g}h" if hours and not minutes else f"{self.amount:g}min"


def parse_duration(text: object) -> Duration:
    """Read "7h", "0.5d" (or "0,5j"), "10min". Raises ValueError with the accepted shapes."""
    if isinstance(text, Duration):
        return text
    match = _SHAPE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(_('a duration is a number and a unit: "10min", "7h", "0.5d"'))
    amount, unit = float(match[1].replace(",", ".")), match[2].lower()
    return Duration(amount, in_days=True) if unit in "dj" else Duration(amount * _MINUTES[unit], in_days=False)


DurationField = Annotated[
    Duration,
    BeforeValidator(parse_duration),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _SHAPE.pattern, "examples": ["10min", "7h", "0.5d"]}),
]
"""A duration in a settings model."""
