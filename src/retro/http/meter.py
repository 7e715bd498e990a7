"""Counts what goes over the wire, source by source and kind of request: the table that `-v` prints."""

import re
import threading
from collections import Counter
from dataclasses import dataclass, field

from retro.ports import SourceTally, Tally, Traffic

_VERSION = re.compile(r"v?\d+")
_WORD = re.compile(r"[a-z_]+")


def kind_of(path: str) -> str:
    """A path with `{id}` for its ids: `/1/boards/AbCd1234/cards` is `/boards/{id}/cards`.

    Interfaces put the version first, then a resource and an id by turns; what stands in an id's place but is one
    plain word (`me`, `query`) is none.
    """
    parts = [part for part in path.split("/") if part]
    if parts and _VERSION.fullmatch(parts[0]):
        del parts[0]
    return "/" + "/".join(
        "{id}" if (place % 2 and not _WORD.fullmatch(part)) or any(char.isdigit() for char in part) else part
        for place, part in enumerate(parts)
    )


@dataclass(slots=True)
class _Line:
    calls: int = 0
    again: Counter[int | None] = field(default_factory=Counter)
    paced: float = 0.0
    told: float = 0.0


class _Count(Traffic):
    """One source's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[tuple[str, str], _Line] = {}
        self._left: int | None = None

    def sent(self, method: str, path: str) -> None:
        with self._lock:
            self._line(method, path).calls += 1

    def again(self, method: str, path: str, status: int | None) -> None:
        with self._lock:
            self._line(method, path).again[status] += 1

    def waited(self, method: str, path: str, *, paced: float, told: float) -> None:
        with self._lock:
            line = self._line(method, path)
            line.paced += paced
            line.told += told

    def left(self, remaining: int) -> None:
        with self._lock:
            self._left = remaining if self._left is None else min(self._left, remaining)

    def tally(self, source: str) -> SourceTally:
        lines = tuple(
            Tally(
                method=method,
                path=path,
                calls=line.calls,
                again=tuple(line.again.most_common()),
                paced=line.paced,
                told=line.told,
            )
            for (method, path), line in self._lines.items()
        )
        return SourceTally(source=source, lines=lines, left=self._left)

    def _line(self, method: str, path: str) -> _Line:
        return self._lines.setdefault((method, kind_of(path)), _Line())


class Meter:
    """The counts of one run."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    def of(self, source: str) -> Traffic:
        """What counts the requests of one source."""
        return self._counts.setdefault(source, _Count())

    def tallies(self) -> tuple[SourceTally, ...]:
        """What was counted so far, source by source in the order of their first mention."""
        return tuple(count.tally(source) for source, count in self._counts.items())
