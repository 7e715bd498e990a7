"""Pooled margins, and how much of one is used up while its chain is worked on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Zone(StrEnum):
    """`green`: nothing to do. `yellow`: think of what would win time back. `red`: do it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeverPoint:
    """One point of a fever chart: how far a chain was, and what was used up of the buffer behind it."""

    at: datetime
    complete: float
    """Share of the chain's work that was done, 0 to 1."""
    consumed: float
    """Share of the buffer that was used up: 0 or more, over 1 where the date could not be met any more."""
    zone: Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Working time kept free behind a chain of tasks. Instants are aware, in the workspace's zone."""

    anchor: str
    """Key of the anchor whose date it protects."""
    project: str
    chain: tuple[str, ...]
    """Keys of the chain's tasks that are not done, first to last."""
    done: tuple[str, ...] = ()
    """Those done before them."""
    minutes: int
    """How long it is: the whole chain's, done tasks included."""
    chain_minutes: int
    """Estimates of the whole chain."""
    left_minutes: int
    """What is still to be done of it."""
    feeds: bool = False
    """Whether it stands where its chain joins the anchor's; else it is the anchor's own."""
    joins: str | None = None
    """The task of the anchor's chain that follows a feeding buffer; None: the anchor's own buffer does."""
    start: datetime | None = None
    """When its chain is to be over, at the latest: where it begins without levelling."""
    fever: FeverPoint | None = None
    """How it stands now; None for a feeding buffer. It depends on the clock, as slack does."""
    past: tuple[FeverPoint, ...] = ()
    """How it stood when its boards were read on earlier days, oldest first; empty where that is not known."""
