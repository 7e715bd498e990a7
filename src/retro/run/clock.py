"""The clock of a real run: the machine's, or one instant that `--now` fixed."""

import time
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from datetime import time as clock_time

from retro.model import Day, is_instant

_MORNING = clock_time(9)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, read in the workspace's zone."""

    zone: tzinfo

    def now(self) -> datetime:
        """The current instant in the workspace's zone."""
        return datetime.now(self.zone)  # noqa: TID251 - this is the Clock

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still (`--now`); it still waits for real when asked to."""

    instant: datetime

    def now(self) -> datetime:
        """The fixed instant."""
        return self.instant

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def instant_of(given: Day, zone: tzinfo) -> datetime:
    """What `--now` means: a date is that day at 09:00 in the workspace's zone; a naive instant is in that zone."""
    if isinstance(given, datetime) and is_instant(given):
        return given.replace(tzinfo=zone) if given.tzinfo is None else given.astimezone(zone)
    return datetime.combine(date(given.year, given.month, given.day), _MORNING, zone)
