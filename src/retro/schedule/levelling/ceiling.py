"""A moment later than which no plan can begin: by its longest chain, and by the work of the busiest people."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Load(NamedTuple):
    """A pool's units, and the nodes that need some of them: how many, for how long, by when, after what work."""

    units: int
    nodes: list[tuple[int, int, int]]
    """For each node the ordinal by which it ends if nobody is in the way, units times minutes, minutes before it."""


def ceiling(first: int, loads: Iterable[Load]) -> int:
    """The latest start of a network on one timeline that begins at `first` if nobody is in the way.

    All that ends by some moment has to be worked on before it, and begins no later than what is before it allows.
    """
    for units, nodes in loads:
        energy, least = 0, 1 << 60
        for end, effort, head in sorted(nodes):
            energy += effort
            least = min(least, head)
            first = min(first, end + -energy // units - least)
    return first


def loads_of(units: Sequence[int], needs: Iterable[tuple[int, int, int, int, int]]) -> list[Load]:
    """Loads by pool, from (pool, units, minutes, end, head) of every node that needs it."""
    found = [Load(each, []) for each in units]
    for pool, need, work, end, head in needs:
        found[pool].nodes.append((end, need * work, head))
    return found
