"""Elapsed time as a run lives it, told by its Clock, and the deadline beyond which it waits no longer."""

from datetime import UTC, datetime

from retro.i18n import text as _
from retro.ports import Clock, SourceError


class Watch:
    """Counts seconds from its making, never backwards.

    Sleeps count whole even where the clock stands still (`--now`), so that whoever waits for room finds it.
    Not shared between threads that sleep at the same time.

    Args:
        clock: tells the time, and waits.
        most: seconds that the run may last; None: as long as it takes.
    """

    def __init__(self, clock: Clock, most: float | None = None) -> None:
        self._clock = clock
        self._start = self._instant()
        self._beyond = 0.0
        self._last = 0.0
        self._most = most

    def elapsed(self) -> float:
        """Seconds since the watch was made."""
        self._last = max(self._last, (self._instant() - self._start).total_seconds() + self._beyond)
        return self._last

    def _instant(self) -> datetime:
        # Two instants of one zone are subtracted as wall clocks, an hour out over a change of clocks: hence UTC.
        return self._clock.now().astimezone(UTC)

    def ask(self, seconds: float) -> None:
        """Whether so many seconds more can be waited for.

        Raises:
            SourceError: they would pass the deadline.
        """
        if self._most is not None and self.elapsed() + seconds > self._most:
            raise SourceError(
                _("the time allowed for the run would be over before the service lets retro go on."),
                remedy=_("What is left is for the next run; `deadline` in [sync] can be longer."),
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
        if (short := seconds - (self.elapsed() - before)) > 0:
            self._beyond += short
