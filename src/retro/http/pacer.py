"""Pacing: as many requests as a vendor allows in its window, and not one more, for each token over all sources."""

import hashlib
import secrets
import threading
from collections.abc import Sequence

from pyrate_limiter import InMemoryBucket, Rate, RateItem

from retro.http.watch import Watch
from retro.ports import Clock

_MILLISECONDS = 1000


class Pacer:
    """Lets requests through at the rates given, sleeping on the clock where there is no room.

    Args:
        clock: waits.
        rates: (most requests, milliseconds) in whole numbers.
    """

    def __init__(self, clock: Clock, rates: Sequence[tuple[int, int]]) -> None:
        self._bucket = InMemoryBucket([Rate(most, interval) for most, interval in rates])
        self._watch = Watch(clock)
        # Held while sleeping too: whoever shares the token has to wait as well.
        self._lock = threading.Lock()

    def take(self, run: Watch) -> None:
        """Wait until one more request is allowed, and count it.

        Raises:
            SourceError: the wait would pass the deadline of `run`.
        """
        with self._lock:
            while not self._bucket.put(item := RateItem("request", self._now())):
                wait = (int(self._bucket.waiting(item)) + 1) / _MILLISECONDS  # type: ignore[arg-type]  # not awaitable: the bucket is in memory
                run.ask(wait)
                self._watch.sleep(wait)
            self._bucket.leak(self._now())

    def _now(self) -> int:
        return int(self._watch.elapsed() * _MILLISECONDS)


class Pacers:
    """The pacers of a run: one a secret, whichever sources share it; known by a salted hash, never by the secret."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._made: dict[str, Pacer] = {}
        self._lock = threading.Lock()

    def of(self, secret: str, rates: Sequence[tuple[int, int]]) -> Pacer:
        """The pacer of a token or key, made at the first call with the rates given."""
        name = hashlib.blake2b(secret.encode(), key=self._salt).hexdigest()
        with self._lock:
            if name not in self._made:
                self._made[name] = Pacer(self._clock, rates)
            return self._made[name]


class RunPacers:
    """The pacers of the run under way: sources of one run are those that share its clock."""

    def __init__(self) -> None:
        self._last: tuple[Clock, Pacers] | None = None

    def of(self, clock: Clock) -> Pacers:
        """The pacers of the run with this clock."""
        if self._last is None or self._last[0] is not clock:
            self._last = (clock, Pacers(clock))
        return self._last[1]
