"""The access log of a look-alike: what was asked, so that a test can count calls and see what was written."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SECRETS = frozenset({"key", "token"})
_IN_PATH = re.compile(r"(?<=/tokens/)[^/]+")


@dataclass(slots=True, kw_only=True)
class Access:
    """One request. Credentials found in its address are masked, and flagged in `leaked`."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    status: int = 0
    """What the look-alike answered, or would have; 0: the connection was dropped before anything was done."""
    answered: bool = True
    """False: the connection was closed without the answer, or the answer was cut."""
    leaked: bool = False
    reads: bool = False
    """Whether such a request can change nothing; not told by the method alone, where queries are posted."""

    @property
    def wrote(self) -> bool:
        """Whether it was a write that was done (its answer may still have been lost)."""
        return not self.reads and 200 <= self.status < 300  # noqa: PLR2004 - HTTP's success range


class AccessLog:
    """Every request in order of arrival."""

    def __init__(self) -> None:
        self._entries: list[Access] = []
        self._lock = threading.Lock()

    def open(self, method: str, path: str, query: dict[str, str], body: Any, *, reads: bool) -> Access:
        """Note a request; its status is filled in when it is known."""
        path, in_path = _IN_PATH.subn("***", path)
        leaked = in_path > 0 or not _SECRETS.isdisjoint(query)
        masked = {name: "***" if name in _SECRETS else value for name, value in query.items()}
        access = Access(method=method, path=path, query=masked, body=body, leaked=leaked, reads=reads)
        with self._lock:
            self._entries.append(access)
        return access

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Access]:
        return iter(self.since(0))

    def mark(self) -> int:
        """A place to count from later."""
        return len(self._entries)

    def since(self, mark: int) -> list[Access]:
        """The requests after `mark`."""
        with self._lock:
            return self._entries[mark:]

    def writes(self, mark: int = 0) -> list[Access]:
        """The writes after `mark` that were done."""
        return [access for access in self.since(mark) if access.wrote]
