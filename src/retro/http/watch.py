"""Elapsed time as a run lives it, told by its Clock, and the deadline beyond which it waits no longer."""

import threading
from datetime import UTC, datetime

from retro.i18n import text as _
from retro.ports import Clock, SourceError


class Watch:
    """Counts seconds from its making, never backwards.

    Sleeps count whole even where the clock stands still (`--now`), so that whoever waits for room finds it.
    Where threads that share it sleep at the same time, it may fall behind a clock that stands still, never run ahead.

    Args:
        clock: tells the time, and waits.
        most: seconds that the run may last; None: as long as it takes.
        where: what the source is called in the configuration, for messages.
    """

    def __init__(self, clock: Clock, most: float | None = None, where: str = "") -> None:
        self._clock = clock
        self._start = self._instant()
        self._beyond = 0.0
        self._last = 0.0
        self._lock = threading.RLock()
        self._most = most
        self._where = where

    def elapsed(self) -> float:
        """Seconds since the watch was made."""
        with self._lock:
            self._last = max(self._last, (self._instant() - self._start).total_seconds() + self._beyond)
            return self._last

    def _instant(self) -> datetime:
        # Two instants of one zone are subtracted as wall clocks, an hour out over a change of clocks: hence UTC.
        return self._clock.now().astimezone(UTC)

    def ask(self, seconds: float = 0.0) -> None:
        """Whether so many seconds more can be waited for.

        Raises:
            SourceError: they would pass the deadline; nothing more can be asked of the source in this run.
        """
        if self._most is None or self.elapsed() + seconds <= self._most:
            return
        what = _("the time allowed for the run would be over before the service lets retro go on.")
        raise SourceError(
            what if seconds else _("the time allowed for the run is over."),
            where=self._where,
            remedy=_("What is left is for the next run; `deadline` in [sync] can be longer."),
            whole=True,
        )

    def sleep(self, seconds: float) -> None:
        """Wait on the clock.

        Raises:
            SourceError: the wait would pass the deadline; nothing was waited for.
        """
        if seconds <= 0:
            return
        self.ask(seconds)
        before = self.elapsed()
        self._clock.sleep(seconds)
        self.reach(before + seconds)

    def reach(self, elapsed: float) -> None:
        """Count on from `elapsed` at least: somebody waited so long, on whatever watch."""
        with self._lock:
            self._beyond += max(0.0, elapsed - self.elapsed())
