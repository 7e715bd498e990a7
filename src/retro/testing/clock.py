"""A clock for tests: it moves when it is slept on or told to, and waits for nothing."""

from datetime import UTC, datetime, timedelta

_MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)


class SteppingClock:
    """Starts on Monday 4 January 2027, 09:00 UTC, unless told otherwise; `slept` holds every wait in seconds."""

    def __init__(self, start: datetime = _MONDAY) -> None:
        self.at = start
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on by so much, at once."""
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)
