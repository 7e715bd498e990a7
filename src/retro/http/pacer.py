"""Pacing: as many requests as a vendor allows in its window, and not one more, for each token over all sources."""

import hashlib
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from pyrate_limiter import InMemoryBucket, Rate, RateItem

from retro.http.headers import standing
from retro.http.watch import Watch
from retro.ports import Clock

_MILLISECONDS = 1000


class Waited(NamedTuple):
    """Seconds that a request waited to be let through."""

    paced: float
    """For room at our own pace."""
    told: float
    """Because the service had asked for it."""


class Passage(NamedTuple):
    """One request that was let through."""

    waited: Waited
    number: int
    """Its place among all that were let through."""
    used: int
    """How many, itself included, the window then held."""


class Pacer:
    """Lets requests through at the rate given, sleeping on the clock where there is no room.

    Args:
        watch: waits; shared by the pacers that one request passes, so that one wait serves them all.
        rate: (most requests, milliseconds) in whole numbers.
        limit: what the service calls this limit in its `x-rate-limit-…` headers; "": it tells nothing of it.
    """

    def __init__(self, watch: Watch, rate: tuple[int, int], limit: str = "") -> None:
        self._most, self._window = rate
        self._bucket = InMemoryBucket([Rate(*rate)])
        self._limit = limit
        self._watch = watch
        self._shut = 0.0
        """On the watch: nobody goes before."""
        self._passed = 0
        # Held while sleeping too: whoever shares the token has to wait as well.
        self._lock = threading.Lock()
        self._shutting = threading.Lock()

    def take(self, run: Watch) -> Passage:
        """Wait until one more request is allowed, and count it.

        Raises:
            SourceError: the wait would pass the deadline of `run`.
        """
        with self.room(run) as waited:
            return self.count(waited)

    @contextmanager
    def room(self, run: Watch) -> Iterator[Waited]:
        """Wait until one more request is allowed; nobody else takes its place while this is entered.

        Raises:
            SourceError: the wait would pass the deadline of `run`.
        """
        came, told = self._watch.elapsed(), 0.0
        with self._lock:
            while True:
                if (shut := self._shut - self._watch.elapsed()) > 0:
                    self._sleep(shut, run)
                    told += shut
                elif (full := self._full()) > 0:
                    self._sleep(full, run)
                else:
                    break
            waited = self._watch.elapsed() - came
            yield Waited(max(0.0, waited - told), told)

    def count(self, waited: Waited) -> Passage:
        """Count a request for which there is `room`."""
        now = self._now()
        self._bucket.leak(now)
        self._bucket.put(RateItem("request", now))
        self._passed += 1
        return Passage(waited, self._passed, self._bucket.count())

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._shutting:
            self._shut = max(self._shut, self._watch.elapsed() + seconds)

    @property
    def shut(self) -> bool:
        """Whether whoever comes now has to wait because the service asked for it."""
        return self._shut > self._watch.elapsed()

    def heed(self, headers: Mapping[str, str], passage: Passage) -> int | None:
        """Learn from the answer to a request; how many more the service takes, where it says so.

        Where it takes none although there is room by our own count, another program shares the token: its window is
        let pass, so that no request of ours is refused.
        """
        told = standing(headers, self._limit)
        if told is None:
            return None
        ours = passage.used + self._passed - passage.number
        if not told.left and ours < self._most:
            self.hold(told.seconds or self._window / _MILLISECONDS)
        return told.left

    def blamed(self, headers: Mapping[str, str]) -> bool:
        """Whether an answer's headers show this very limit as used up."""
        told = standing(headers, self._limit)
        return told is not None and not told.left

    def _sleep(self, seconds: float, run: Watch) -> None:
        run.ask(seconds)
        before = run.elapsed()
        self._watch.sleep(seconds)
        run.reach(before + seconds)

    def _full(self) -> float:
        """Seconds until the window has room."""
        earliest = self._bucket.peek(self._most - 1)
        # A millisecond more: a window holds both of its ends.
        return (earliest.timestamp + self._window - self._now() + 1) / _MILLISECONDS if earliest is not None else 0.0

    def _now(self) -> int:
        return int(self._watch.elapsed() * _MILLISECONDS)


class Pacers:
    """The pacers of a run: one a secret, whichever sources share it; known by a salted hash, never by the secret."""

    def __init__(self, clock: Clock) -> None:
        self._watch = Watch(clock)
        self._salt = secrets.token_bytes(16)
        self._made: dict[str, Pacer] = {}
        self._lock = threading.Lock()

    def of(self, secret: str, rate: tuple[int, int], limit: str = "") -> Pacer:
        """The pacer of a token or key, made at the first call with the rate given; `limit` is the vendor's name."""
        name = hashlib.blake2b(secret.encode(), key=self._salt).hexdigest()
        with self._lock:
            if name not in self._made:
                self._made[name] = Pacer(self._watch, rate, limit)
            return self._made[name]
