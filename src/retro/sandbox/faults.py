"""Faults on demand: what a look-alike does wrong on purpose, for so many requests, where the path matches.

A specification reads `KIND[:VALUE][+OPTION…][@[METHOD][/PATH]]`, the path being a regular expression searched for.
The value is how many requests are struck (1 by default), or the seconds of `slow`; `readonly`, `revoked` and `invalid`
take none and last. Options: `retry` or `retry=20` (a Retry-After header), `html` (the page of a proxy instead of
JSON), `after=5` (the first five such requests go well).

`429:3`, `429:3+retry=20`, `500:1@GET`, `503:2+html`, `drop:1@PUT/1/cards/`, `slow:0.5@GET`, `revoked+after=5@GET`.
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
    OVERSIZED = "449"
    """The board is too large to be given in one piece."""
    MANY_CHECKLISTS = "toomany"
    """The answer would hold too many checklists: 403 in plain text."""
    MANY_CARDS = "toolarge"
    """The answer would hold too many cards: API_TOO_MANY_CARDS_REQUESTED."""
    DROP = "drop"
    """The connection is closed without an answer; nothing is done."""
    LOST = "lost"
    """A write is done, then the connection is closed without an answer."""
    HALF = "half"
    """What is asked is done; the connection is closed in the middle of an answer that announced its whole length."""
    TRUNCATED = "truncated"
    """What is asked is done; the answer is whole for HTTP, and its JSON ends in the middle."""
    SLOW = "slow"
    """The answer comes late."""
    READONLY = "readonly"
    """Every write is refused as if the token could only read."""
    REVOKED = "revoked"
    """The permission is lost: what is asked for is closed to the token from then on."""
    INVALID = "invalid"
    """The token was withdrawn: nobody knows it any more."""


_SPEC = re.compile(
    r"(?P<kind>[a-z0-9]+)(?::(?P<value>[0-9.]+))?(?P<options>(?:\+[a-z]+(?:=[0-9]+)?)*)"
    r"(?:@(?P<method>[A-Z]*)(?P<path>/.*)?)?"
)
_OPTION = re.compile(r"\+([a-z]+)(?:=([0-9]+))?")
_LASTING = frozenset({Kind.READONLY, Kind.REVOKED, Kind.INVALID})
_PAGES = frozenset({Kind.BROKEN, Kind.GATEWAY, Kind.UNAVAILABLE, Kind.TIMEOUT})
_RETRIED = frozenset({Kind.LIMITED, Kind.OVERLOADED, Kind.MANY_CARDS}) | _PAGES
_RETRY_AFTER = 1


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: `left` more times (None: always), after the first `after` matching requests went well."""

    kind: Kind
    left: int | None = None
    after: int = 0
    seconds: float = 0.0
    method: str = ""
    path: str = ""
    retry_after: int | None = None
    """Seconds that a Retry-After header names; None: the service's own way."""
    html: bool = False
    """Whether a proxy in front says it, in HTML."""

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
        if kind is Kind.SLOW:
            fault.seconds = float(value or 1)
        elif kind not in _LASTING:
            fault.left = int(value or 1)
        elif value:
            raise ValueError(spec)
        for name, number in _OPTION.findall(match["options"]):
            fault._set(name, number, spec)
        return fault

    def _set(self, name: str, number: str, spec: str) -> None:
        if name == "after" and number and self.kind is not Kind.SLOW:
            self.after = int(number)
        elif name == "retry" and self.kind in _RETRIED:
            self.retry_after = int(number or _RETRY_AFTER)
        elif name == "html" and not number and self.kind in _PAGES:
            self.html = True
        else:
            raise ValueError(spec)

    def matches(self, method: str, path: str, *, reads: bool) -> bool:
        """Whether it strikes such a request: `lost` and `readonly` strike writes only."""
        if self.left == 0 or (self.kind in {Kind.LOST, Kind.READONLY} and reads):
            return False
        return self.method in {"", method} and re.search(self.path, path) is not None


@dataclass(frozen=True, slots=True)
class Strike:
    """What one request suffers: seconds of delay, and the fault that strikes it, if any."""

    seconds: float = 0.0
    kind: Kind | None = None
    retry_after: int | None = None
    html: bool = False


class Faults:
    """The faults in force, oldest first.

    Args:
        faults: those in force from the start.
        kinds: what the service can do wrong.
    """

    def __init__(self, *faults: Fault | str, kinds: frozenset[Kind] = frozenset(Kind)) -> None:
        self._faults: list[Fault] = []
        self._kinds = kinds
        self._lock = threading.Lock()
        self.add(*faults)

    def add(self, *faults: Fault | str) -> None:
        """Put more in force, given as such or as specifications.

        Raises:
            ValueError: a specification is wrong, or of a kind that the service does not know.
        """
        read = [Fault.parse(fault) if isinstance(fault, str) else fault for fault in faults]
        for fault in read:
            if fault.kind not in self._kinds:
                raise ValueError(fault.kind)
        with self._lock:
            self._faults.extend(read)

    def clear(self) -> None:
        """From now on everything goes well."""
        with self._lock:
            self._faults.clear()

    def strike(self, method: str, path: str, *, reads: bool = False) -> Strike:
        """What this request suffers; the first fault that strikes it is used up."""
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
                    struck = fault
                    if fault.left is not None:
                        fault.left -= 1
        if struck is None:
            return Strike(delay)
        return Strike(delay, struck.kind, struck.retry_after, struck.html)
