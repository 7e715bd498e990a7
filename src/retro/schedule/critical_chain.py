"""The chain of tasks that decides each anchor's date, and the longest one that ends in every other task.

The chain is found by links and calendars, seen from the network's own earliest latest-start: neither the clock nor
levelling nor the order of input has a part in it. Linear in nodes and links.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retro.model import Link
from retro.schedule.bounds import Bounds, Late
from retro.schedule.buffer_sizes import spread_of
from retro.schedule.chains import Chain
from retro.schedule.drivers import driver
from retro.schedule.forward import finish_wall
from retro.schedule.margins import least, seen_ahead
from retro.schedule.network import Network


def tails(network: Network, late: Late, *, anchors: int) -> list[bool]:
    """By node: whether nothing is left to do between its end and its anchor.

    So the milestone that is the anchor, what is ready, and the ends of spans before it: no buffer comes after them.
    """
    tail = [False] * len(network.work)
    for node in reversed(network.order):
        number = late.anchor[node]
        tail[node] = (
            not network.done[node]
            and not network.left[node]
            and 0 <= number < anchors
            and all(tail[target] for target in network.successors(node) if late.anchor[target] == number)
        )
    return tail


class Done:
    """Follows done work back from a chain's first task, by what ended last before it; `links` are the portfolio's."""

    def __init__(self, network: Network, bounds: Bounds, links: Iterable[Link]) -> None:
        self._bounds = bounds
        self._sources: dict[int, list[int]] = {}
        self._found: dict[int, tuple[int, ...]] = {}
        if not any(network.done):
            return
        for link in links:
            source, target = network.node_of.get(link.predecessor), network.node_of.get(link.successor)
            if source is not None and target is not None and network.done[source]:
                self._sources.setdefault(target, []).append(source)

    def before(self, node: int) -> tuple[int, ...]:
        """The done tasks that led to the first task of a chain, in order; links between them may go round."""
        if node not in self._sources:
            return ()
        if node not in self._found:
            self._found[node] = self._back_from(node)
        return self._found[node]

    def _back_from(self, node: int) -> tuple[int, ...]:
        here: int | None = node
        ended = self._bounds.fact_finish
        found: list[int] = []
        seen: set[int] = set()
        while here is not None:
            sources = [source for source in self._sources.get(here, ()) if source not in seen]
            here = max(sources, key=lambda source: (ended[source], -source), default=None)
            if here is not None:
                seen.add(here)
                found.append(here)
        return tuple(reversed(found))


def critical_chains(
    network: Network, bounds: Bounds, late: Late, tail: Sequence[bool], over: Done, *, anchors: int
) -> list[Chain]:
    """For each anchor that work leads to: from its last task of least slack, back from driver to driver.

    Of several with the least slack the one that ends last, and of these the one that others come before. `over`
    follows what is done back from the first of its tasks.
    """
    ahead = seen_ahead(network, bounds, late, [0] * len(network.work), anchors=anchors)
    working = [(node, number) for node, number in ahead.tasks if network.left[node] and not tail[node]]
    number_of = dict(working)
    place = {node: position for position, node in enumerate(network.order)}
    ends: dict[int, tuple[int, int]] = {}
    for node in least(working, ahead.slack, 0):
        end = (finish_wall(network, ahead.early, node), place[node])
        ends[number_of[node]] = max(ends.get(number_of[node], end), end)
    before = driver(network, bounds, ahead.early, ahead.base, ahead.slack)
    chains = []
    for number, (_, position) in sorted(ends.items()):
        nodes = [network.order[position]]
        while (source := before(nodes[-1])) is not None and late.anchor[source] == number:
            nodes.append(source)
        nodes.reverse()
        first = next((node for node in nodes if network.tasks[node] is not None), nodes[0])
        chains.append(Chain(number, tuple(nodes), over.before(first)))
    return chains


@dataclass(frozen=True, slots=True)
class Feeding:
    """The longest chain, by its work, that ends in each node outside of the anchors' chains. Lists are by node."""

    work: list[int]
    """What is left of it; 0 where there is none."""
    whole: list[int]
    """Its estimates together."""
    spread: list[float]
    """Their root of squares (`buffer_sizes.spread_of`)."""
    came: list[int]
    """The node before, or -1."""
    first: list[int]
    """The node that it begins with."""
    last: list[int]
    """Its last node with work."""

    def path(self, node: int, most: int) -> tuple[int, ...]:
        """Its nodes in order, of more than `most` the last ones."""
        found = [node]
        while self.came[found[-1]] >= 0 and len(found) < most:
            found.append(self.came[found[-1]])
        return tuple(reversed(found))


def feeding(network: Network, late: Late, apart: Sequence[bool], *, anchors: int) -> Feeding:
    """The longest chains outside of the nodes that stand `apart` (the anchors' chains, and what follows them)."""
    count = len(network.work)
    work, whole, came, first, last = ([fill] * count for fill in (0, 0, -1, -1, -1))
    spread = [0.0] * count
    for node in network.order:
        if network.done[node] or apart[node] or not 0 <= late.anchor[node] < anchors:
            continue
        most, source = 0, -1
        for before in network.predecessors(node):
            if work[before] > most or (work[before] == most > 0 and before < source):
                most, source = work[before], before
        own = whole_of(network, node)
        work[node] = most + network.left[node]
        came[node] = source
        whole[node] = own + (whole[source] if source >= 0 else 0)
        spread[node] = math.hypot(spread_of([own]), spread[source] if source >= 0 else 0.0)
        first[node] = first[source] if source >= 0 else node
        last[node] = node if network.left[node] else last[source] if source >= 0 else -1
    return Feeding(work, whole, spread, came, first, last)


def whole_of(network: Network, node: int) -> int:
    """All that a task ever was, in minutes: its estimate, or what is left where that is more."""
    estimated = network.estimates[node]
    return 0 if estimated is None else max(estimated[0], network.left[node])
