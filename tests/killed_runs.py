"""Commands that end at any call of the ledger and before any request, as a killed process does."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from retro.ports import Clock, Ledger, SourceTally


class KilledError(BaseException):
    """The process ends here."""


class Fuse:
    """Ends the process at one call (0: never); from then on it does nothing any more."""

    def __init__(self, calls: int = 0) -> None:
        self.left = calls
        self.dead = False

    def __call__(self) -> None:
        """Count a call."""
        if self.dead:
            raise KilledError
        self.left -= 1
        if self.left == 0:
            self.dead = True
            raise KilledError


class FusedTraffic:
    """Hears of every request, and ends the process before the one that a fuse counts to."""

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse
        self.requests = 0
        self.struck = ""
        """What is asked for again next."""

    def of(self, _source: str) -> "FusedTraffic":
        """The same for all sources."""
        return self

    def tallies(self) -> tuple[SourceTally, ...]:
        """Nothing is counted."""
        return ()

    def sent(self, _method: str, _path: str) -> None:
        """A request goes out."""
        self._fuse()
        self.requests += 1

    def again(self, _method: str, path: str, _status: int | None) -> None:
        """It is the next sending that counts."""
        self.struck = path

    def waited(self, _method: str, _path: str, *, paced: float, told: float) -> None:
        """Nobody waits."""

    def left(self, _remaining: int) -> None:
        """Nobody asked."""


class FusedLedger:
    """A ledger with a fuse before and after each call."""

    def __init__(self, ledger: Ledger, fuse: Fuse) -> None:
        self._ledger = ledger
        self._fuse = fuse

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._ledger, name)

        def call(*args: object, **named: object) -> object:
            self._fuse()
            answer = method(*args, **named)
            self._fuse()
            return answer

        return call


def fused(
    real: Callable[..., AbstractContextManager[Ledger]], fuse: Fuse
) -> Callable[..., AbstractContextManager[Any]]:
    """What opens the ledger, with a fuse in it."""

    @contextmanager
    def opened(state: Path, clock: Clock, command: str, *, exclusive: bool) -> Iterator[Any]:
        with real(state, clock, command, exclusive=exclusive) as ledger:
            yield FusedLedger(ledger, fuse)

    return opened
