"""Chains of tasks as buffers see them: the one that decides an anchor's date, and those that feed it. Nodes only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """What decides the date of an anchor: the tasks that follow each other with the least slack before it."""

    anchor: int
    nodes: tuple[int, ...]
    """First to last; passages too, where links lead through them."""
    done: tuple[int, ...] = ()
    """What was done before the first of them, in the same order: the chain was as long as this when it was whole."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One buffer of the plan: after the chain of an anchor, or where another chain joins it."""

    anchor: int
    nodes: tuple[int, ...]
    done: tuple[int, ...]
    minutes: int
    whole: int
    """Estimates of the chain's tasks, done ones too, in minutes."""
    left: int
    """What is still to be done of them."""
    last: int
    """The task that it stands after."""
    feeds: bool = False
    joins: int | None = None
    """Where it feeds: the node of the anchor's chain that comes next; None: the anchor's own buffer."""
