"""Rate limits as a vendor applies them: so many requests in a window, for each token and for each key."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` requests in any `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands against one rate after a request was counted or refused."""

    rate: Rate
    remaining: int
    wait: float
    """Seconds until one more request fits; 0 while some remain."""

    @property
    def exceeded(self) -> bool:
        """Whether the request must be refused."""
        return self.wait > 0


class Window:
    """A sliding window of requests for each caller. Not locked: its owner serialises the calls.

    Args:
        rate: what is allowed.
        ticks: seconds on any steady scale; tests put their own clock in.
    """

    def __init__(self, rate: Rate, ticks: Callable[[], float]) -> None:
        self.rate = rate
        self._ticks = ticks
        self._seen: dict[str, deque[float]] = {}

    def standing(self, caller: str) -> Standing:
        """Where `caller` stands, without counting anything."""
        now = self._ticks()
        seen = self._seen.setdefault(caller, deque())
        while seen and now - seen[0] >= self.rate.seconds:
            seen.popleft()
        if len(seen) < self.rate.most:
            return Standing(self.rate, self.rate.most - len(seen), 0.0)
        return Standing(self.rate, 0, self.rate.seconds - (now - seen[0]) if seen else self.rate.seconds)

    def count(self, caller: str) -> Standing:
        """Count one request of `caller` and say what is left to it."""
        before = self.standing(caller)
        self._seen[caller].append(self._ticks())
        return Standing(self.rate, max(before.remaining - 1, 0), 0.0)
