"""What was told at a meeting: the next one says again only what got worse since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that was told: the day that it was about, and how much it mattered."""

    day: date | None = None
    weight: int = 0

    def worse_than(self, before: "Point") -> bool:
        """Whether it is about a later day than it was, or matters more."""
        later = self.day is not None and (before.day is None or self.day > before.day)
        return later or self.weight > before.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the notes of one meeting told, in keys alone: no words of any board."""

    at: datetime
    points: Mapping[str, Point] = field(default_factory=dict[str, Point])
    """By what stays the same of it from meeting to meeting (`late:<task>`)."""
    remarks: frozenset[str] = frozenset()
    """A digest of each remark that stood (`Finding.identity`)."""
