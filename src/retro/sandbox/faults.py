"""Faults on demand: what a look-alike does wrong on purpose, for so many requests, where the path matches.

A specification reads `KIND[:VALUE][@[METHOD][/PATH]]`, the path being a regular expression searched for:
`429:3` (the next three requests), `500:1@GET`, `drop:1@PUT/1/cards/`, `lost:1`, `slow:0.5@GET`, `readonly`.
"""

import re
import threading
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong."""

    LIMITED = "429"
    """Refused as one request too many."""
    BROKEN = "500"
    """An internal error; nothing is done."""
    GATEWAY = "502"
    """A page of HTML from the proxy in front; nothing is done."""
    UNAVAILABLE = "503"
    """Out of service for a moment; nothing is done."""
    TIMEOUT = "504"
    """Too slow for its own proxy; nothing is done."""
    OVERLOADED = "529"
    """Too busy, whoever asks; nothing is done."""
    CONFLICT = "409"
    """Someone else is saving the same thing; nothing is done."""
    DROP = "drop"
    """The connection is closed without an answer; nothing is done."""
    LOST = "lost"
    """A write is done, then the connection is closed without an answer."""
    SLOW = "slow"
    """The answer comes late."""
    READONLY = "readonly"
    """Every write is refused as if the token could only read."""


_SPEC = re.compile(r"(?P<kind>[a-z0-9]+)(?::(?P<value>[0-9.]+))?(?:@(?P<method>[A-Z]*)(?P<path>/.*)?)?")
_COUNTED = frozenset(Kind) - {Kind.SLOW, Kind.READONLY}


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: `left` more times (None: always), after the first `after` matching requests went well."""

    kind: Kind
    left: int | None = None
    after: int = 0
    seconds: float = 0.0
    method: str = ""
    path: str = ""

    @classmethod
    def parse(cls, spec: str) -> "Fault":
        """Read a specification.

        Raises:
            ValueError: it is not one.
        """
        match = _SPEC.fullmatch(spec.strip())
        if match is None or match["kind"] not in set(Kind):
            raise ValueError(spec)
        kind, value = Kind(match["kind"]), match["value"]
        fault = cls(kind=kind, method=match["method"] or "", path=match["path"] or "")
        re.compile(fault.path)
        if kind in _COUNTED:
            fault.left = int(value or 1)
        elif kind is Kind.SLOW:
            fault.seconds = float(value or 1)
        elif value:
            raise ValueError(spec)
        return fault

    def matches(self, method: str, path: str, *, reads: bool) -> bool:
        """Whether it strikes such a request: `lost` and `readonly` strike writes only."""
        if self.left == 0 or (self.kind in {Kind.LOST, Kind.READONLY} and reads):
            return False
        return self.method in {"", method} and re.search(self.path, path) is not None


class Faults:
    """The faults in force, oldest first."""

    def __init__(self, *faults: Fault | str) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self.add(*faults)

    def add(self, *faults: Fault | str) -> None:
        """Put more in force, given as such or as specifications.

        Raises:
            ValueError: a specification is wrong.
        """
        read = [Fault.parse(fault) if isinstance(fault, str) else fault for fault in faults]
        with self._lock:
            self._faults.extend(read)

    def clear(self) -> None:
        """From now on everything goes well."""
        with self._lock:
            self._faults.clear()

    def strike(self, method: str, path: str, *, reads: bool = False) -> tuple[float, Kind | None]:
        """What this request suffers: seconds of delay, and the first fault that strikes it, which is used up."""
        delay, struck = 0.0, None
        with self._lock:
            for fault in self._faults:
                if not fault.matches(method, path, reads=reads):
                    continue
                if fault.kind is Kind.SLOW:
                    delay += fault.seconds
                elif struck is None:
                    if fault.after:
                        fault.after -= 1
                        continue
                    struck = fault.kind
                    if fault.left is not None:
                        fault.left -= 1
        return delay, struck
