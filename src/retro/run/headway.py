"""How far the reading of a source has come, for whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Headway:
    """How far the reading of one source has come."""

    source: str
    done: int
    """Boards behind it, those that failed among them."""
    total: int
    board: str = ""
    """The board that is being read, of several the last one heard of; untrusted. "": none, or its name is not known
    yet."""
    tasks: int = 0
    """How many of its tasks have been read so far."""


Watcher = Callable[[Headway], None]
"""Told of headway, for each source from one thread at a time."""


def unwatched(_headway: Headway) -> None:
    """Where nobody looks on."""
