"""A clock for tests: it moves when it is slept on or told to, and waits for nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)


class SteppingClock:
    """Starts on Monday 4 January 2027, 09:00 UTC, unless told otherwise; `slept` holds every wait in seconds."""

    def __init__(self, start: datetime = _MONDAY) -> None:
        self.at = start
        self.slept: list[float] = []
        self._acts: list[Callable[[], object]] = []

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on by so much, at once."""
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)
        while self._acts:
            self._acts.pop()()

    @contextmanager
    def interrupted(self, act: Callable[[], object]) -> Iterator[None]:
        """While it is entered, `act` happens once, at the end of the next wait."""
        self._acts.append(act)
        yield
        self._acts.clear()
