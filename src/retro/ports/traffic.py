"""What goes over the wire, told as it happens: requests, repetitions, waits. Listeners count, or say nothing."""

from dataclasses import dataclass
from typing import Protocol


class Traffic(Protocol):
    """Told of the requests of one source. `path` is the address below the service's base, without its query.

    Called from the thread that reads the source; must not fail.
    """

    def sent(self, method: str, path: str) -> None:
        """A request goes out, whether for the first time or again."""
        ...

    def again(self, method: str, path: str, status: int | None) -> None:
        """A request is to be sent again: `status` was the answer; None: there was none, or not all of it."""
        ...

    def waited(self, method: str, path: str, *, paced: float, told: float) -> None:
        """Seconds waited before a request: for room at our own pace, and because of what the service answered."""
        ...

    def left(self, remaining: int) -> None:
        """The service said how many more requests it takes in its present window."""
        ...


class Unheard:
    """Traffic that nobody listens to."""

    def sent(self, method: str, path: str) -> None:
        """Say nothing."""

    def again(self, method: str, path: str, status: int | None) -> None:
        """Say nothing."""

    def waited(self, method: str, path: str, *, paced: float, told: float) -> None:
        """Say nothing."""

    def left(self, remaining: int) -> None:
        """Say nothing."""


UNHEARD = Unheard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The requests of one method and kind of path, counted."""

    method: str
    path: str
    """With `{id}` in the place of every id."""
    calls: int = 0
    """Requests sent, repetitions included."""
    again: tuple[tuple[int | None, int], ...] = ()
    """How many were sent again, by the status of the answer; None: no whole answer came."""
    paced: float = 0.0
    """Seconds waited for room at our own pace."""
    told: float = 0.0
    """Seconds waited because of what the service answered, or because it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTally:
    """The requests of one source, counted."""

    source: str
    lines: tuple[Tally, ...] = ()
    """In the order of their first request."""
    left: int | None = None
    """The fewest requests that the service said it would still take; None: it did not say."""
