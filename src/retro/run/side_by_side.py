"""Boards read side by side: sources in threads of their own, and of each source as many at once as its tool allows.

What is read of a source waits at one pacer a token, whichever thread asks: more threads send no more requests in a
window, they only wait for more answers at a time.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from retro.ports import Progress
from retro.run.headway import Headway, Watcher


class Place(Protocol):
    """A board to read."""

    @property
    def source(self) -> str:
        """The source that it is on."""
        ...

    @property
    def alias(self) -> str:
        """What the configuration calls it."""
        ...


PlaceT = TypeVar("PlaceT", bound=Place)
ResultT = TypeVar("ResultT")

AtOnce = Callable[[str], int]
"""How many boards of a source may be read at once."""
Read = Callable[[PlaceT, Progress], ResultT]
Instead = Callable[[ResultT, PlaceT], ResultT | None]
"""After a result: what stands for another board of the source that was not begun; None: it is read as well."""


def side_by_side(
    places: Sequence[PlaceT],
    read: Read[PlaceT, ResultT],
    instead: Instead[ResultT, PlaceT],
    *,
    at_once: AtOnce,
    watcher: Watcher,
) -> list[ResultT]:
    """Read every place; the answers have their order. `watcher` is told by one thread at a time for each source.

    The first board of a source is read alone: where the source as a whole cannot be asked, it is asked once. What
    `read` raises is raised when all threads have ended; boards of its source that were not begun stay unread.
    """
    by_source: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        by_source.setdefault(place.source, []).append(number)
    groups = [
        _Source([places[number] for number in numbers], read, instead, watcher, at_once(source))
        for source, numbers in by_source.items()
    ]
    with ThreadPoolExecutor(max_workers=max(1, len(groups))) as pool:
        found = pool.map(_Source[PlaceT, ResultT].run, groups)
        results = {
            number: result
            for numbers, mine in zip(by_source.values(), found, strict=True)
            for number, result in zip(numbers, mine, strict=True)
        }
    return [results[number] for number in range(len(places))]


@dataclass(slots=True)
class _Source(Generic[PlaceT, ResultT]):
    """The boards of one source, in the order in which they are begun."""

    places: Sequence[PlaceT]
    read: Read[PlaceT, ResultT]
    instead: Instead[ResultT, PlaceT]
    watcher: Watcher
    at_once: int
    _results: dict[int, ResultT] = field(default_factory=dict)
    _begun: int = 0
    _done: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> list[ResultT]:
        """Read them all."""
        if self._one():
            workers = min(self.at_once, len(self.places) - 1)
            if workers > 1:
                with ThreadPoolExecutor(max_workers=workers) as pool:
                    for each in [pool.submit(self._go_on) for _ in range(workers)]:
                        each.result()
            else:
                self._go_on()
        self._tell(len(self.places))
        return [self._results[number] for number in range(len(self.places))]

    def _go_on(self) -> None:
        while self._one():
            pass

    def _one(self) -> bool:
        """Read the next board; whether there may be another."""
        with self._lock:
            if self._begun == len(self.places):
                return False
            number, place = self._begun, self.places[self._begun]
            self._begun += 1
            self._under_way += 1
            self._tell(self._done, place.alias)
        try:
            result = self.read(place, self._progress)
        except BaseException:
            with self._lock:
                self._begun = len(self.places)
            raise
        with self._lock:
            self._results[number] = result
            self._done += 1
            self._under_way -= 1
            self._end(result)
            if self._under_way and self._begun == len(self.places):
                self._tell(self._done)  # nobody begins another, so nobody else would say how far it has come
        return True

    def _end(self, result: ResultT) -> None:
        for number in range(self._begun, len(self.places)):
            other = self.instead(result, self.places[number])
            if other is None:
                return
            self._results[number] = other
            self._begun = len(self.places)

    def _progress(self, board: str, tasks: int, _of: int | None) -> None:
        with self._lock:
            self._tell(self._done, board, tasks)

    def _tell(self, done: int, board: str = "", tasks: int = 0) -> None:
        source = self.places[0].source
        self.watcher(Headway(source=source, done=done, total=len(self.places), board=board, tasks=tasks))
