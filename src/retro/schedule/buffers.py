"""Pooled margins: one buffer before each anchor, and one where another chain joins the chain that decides its date.

The form is that of critical chain planning (Goldratt; Newbold; Leach): no task keeps a margin of its own, what would be
kept is pooled where it protects the date. The chain's tasks end at the anchor less its buffer; a chain that joins them
ends its own buffer before it does. Both are laid as lags of a second backward pass, on the links that leave a chain,
so that no link is broken. One pass is the fixed point: chains are found in the plan without buffers, and stay.

A buffer keeps the size that its whole chain asks for, done tasks included, so that advised dates do not move whenever
one is done; people are levelled afterwards. A date that a constraint fixes in the middle of a chain stays.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from retro.calendars import Calendar
from retro.model import Link
from retro.schedule.anchors import Bound
from retro.schedule.backward import backward
from retro.schedule.bounds import UNBOUND, Bounds, Late
from retro.schedule.buffer_sizes import buffer_of, spread_of
from retro.schedule.chains import Chain, Laid
from retro.schedule.critical_chain import Done, Feeding, critical_chains, feeding, tails, whole_of
from retro.schedule.longer_lags import with_longer_lags
from retro.schedule.margins import Advised, with_margins
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions


def advise(  # noqa: PLR0917 - what the second pass is made of
    network: Network,
    bounds: Bounds,
    latest: Late,
    options: ScheduleOptions,
    anchors: Sequence[Bound],
    calendar: Calendar,
    links: Iterable[Link],
) -> Advised:
    """Advised dates: with a margin after each critical task, or with margins pooled, as the options say.

    `calendar` is the project's, in whose time the buffer before an anchor is counted; `links` are the portfolio's.
    """
    if options.margin_mode != "project":
        return with_margins(network, bounds, latest, options, anchors=len(anchors))
    return _Pool(network, bounds, latest, options, anchors, calendar, links).advised()


MOST_TOLD = 50
"""Tasks of a feeding chain that are named: of a longer one the last, for many such chains may share their beginning."""


@dataclass(slots=True)
class _Ends:
    """What a buffer protects: where its chain ends, and how long the chain is."""

    nodes: tuple[int, ...]
    done: tuple[int, ...]
    whole: int
    left: int
    minutes: int
    last: int
    """Its last task with work."""


@dataclass(slots=True)
class _Joins:
    """The chains that join those of the anchors, by their last node."""

    ends: dict[int, _Ends] = field(default_factory=dict[int, _Ends])
    places: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """Where: the anchor, and the position in its chain."""

    def at(self, node: int, place: tuple[int, int]) -> None:
        """Note that a chain joins there; of several places the first."""
        self.places[node] = min(self.places.get(node, place), place)


class _Pool:
    def __init__(  # noqa: PLR0917 - those of `advise`
        self,
        network: Network,
        bounds: Bounds,
        latest: Late,
        options: ScheduleOptions,
        anchors: Sequence[Bound],
        calendar: Calendar,
        links: Iterable[Link],
    ) -> None:
        self.network, self.bounds, self.late, self.options = network, bounds, latest, options
        self.anchors, self.calendar = anchors, calendar
        self.over = Done(network, bounds, links)
        self.tail = tails(network, latest, anchors=len(anchors))
        self.chains: list[Chain] = critical_chains(network, bounds, latest, self.tail, self.over, anchors=len(anchors))
        self.inside = {node: chain.anchor for chain in self.chains for node in chain.nodes}
        apart = [tail or node in self.inside for node, tail in enumerate(self.tail)]
        self.feeding: Feeding = feeding(network, latest, apart, anchors=len(anchors))
        self.own = {chain.anchor: self._chain(chain) for chain in self.chains}
        self.joins = _Joins()

    def advised(self) -> Advised:
        network, margins = with_longer_lags(self.network, self._extra())
        bounds = self._bounds()
        late = backward(network, bounds, margins)
        told = [0] * len(network.work)
        protects: list[int | None] = [None for _ in told]
        self._say(told, protects)
        return Advised(
            late=late,
            margins=margins,
            rounds=1,
            settled=True,
            network=network,
            bounds=bounds,
            told=told,
            protects=protects,
            buffers=tuple(self._laid()),
        )

    # Sizes

    def _chain(self, chain: Chain) -> _Ends:
        """The chain of an anchor."""
        left = self.network.left
        sizes = [whole_of(self.network, node) for node in (*chain.done, *chain.nodes)]
        return _Ends(
            nodes=chain.nodes,
            done=chain.done,
            whole=sum(sizes),
            left=sum(left[node] for node in chain.nodes),
            minutes=buffer_of(sum(sizes), spread_of(sizes), self.options.buffers, self.options.margin),
            last=next(node for node in reversed(chain.nodes) if left[node]),
        )

    def _feeds(self, node: int) -> _Ends | None:
        """The chain that ends in a node; None where the anchors' chains do, or where there is nothing left to do."""
        found = self.feeding
        if not found.work[node]:
            return None
        if node not in self.joins.ends:
            done = self.over.before(found.first[node])
            sizes = [whole_of(self.network, each) for each in done]
            whole = found.whole[node] + sum(sizes)
            spread = math.hypot(found.spread[node], spread_of(sizes))
            self.joins.ends[node] = _Ends(
                nodes=found.path(node, MOST_TOLD),
                done=done[-MOST_TOLD:],
                whole=whole,
                left=found.work[node],
                minutes=buffer_of(whole, spread, self.options.buffers, self.options.margin),
                last=found.last[node],
            )
        return self.joins.ends[node]

    # What holds longer

    def _extra(self) -> dict[tuple[int, int], int]:
        """How much longer each link into an anchor's chain, or into what follows it, is to hold."""
        extra: dict[tuple[int, int], int] = {}
        for chain in self.chains:
            for position, node in enumerate(chain.nodes):
                for source in self.network.predecessors(node):
                    if (ends := self._feeds(source)) is not None:
                        extra[source, node] = ends.minutes
                        self.joins.at(source, (chain.anchor, position))
        for node, tail in enumerate(self.tail):
            if tail and self.late.anchor[node] in self.own:
                self._hold_back(node, self.own[self.late.anchor[node]], extra)
        return extra

    def _hold_back(self, node: int, own: _Ends, extra: dict[tuple[int, int], int]) -> None:
        """What leads to the end of an anchor's work does so before the anchor's own buffer."""
        for source in self.network.predecessors(node):
            if (ends := self._feeds(source)) is not None:
                extra[source, node] = own.minutes + ends.minutes
                self.joins.at(source, (self.late.anchor[node], len(own.nodes)))
            elif source in self.inside:
                extra[source, node] = own.minutes

    def _bounds(self) -> Bounds:
        """What works to an anchor without a link to it ends before its buffer, too."""
        anchored, limit = self.bounds.anchored[:], self.bounds.limit[:]
        walls: dict[tuple[int, int], int] = {}
        for node in self.network.open:
            number = self.bounds.anchor[node]
            if number not in self.own or self.tail[node]:
                continue
            ends = None if self._leads_on(node) else self._feeds(node)
            if ends is not None:
                self.joins.at(node, (number, len(self.own[number].nodes)))
            minutes = self.own[number].minutes + (0 if ends is None else ends.minutes)
            if (number, minutes) not in walls:
                before = self.calendar.ordinal_at(self.anchors[number].wall) - minutes
                walls[number, minutes] = self.calendar.finish_wall(before)
            anchored[node] = min(anchored[node], self.network.calendars[node].ordinal_at(walls[number, minutes]))
        for ends in self.own.values():
            if self.late.finish[ends.last] == limit[ends.last] < UNBOUND:
                limit[ends.last] -= ends.minutes  # the chain works to a deadline of its own
        return replace(self.bounds, anchored=anchored, limit=limit)

    def _leads_on(self, node: int) -> bool:
        """Whether something follows a task that works to an anchor, so that it joins the chain there or later."""
        return any(self.late.anchor[target] >= 0 for target in self.network.successors(node))

    # What is said of it

    def _say(self, told: list[int], protects: list[int | None]) -> None:
        """Fill in, by node, the buffer that stands after a task, and the work that it protects."""
        left = self.network.left
        for node in self.inside:
            if left[node]:
                protects[node] = 0
        for ends in (*self.joins.ends.values(), *self.own.values()):
            told[ends.last] = max(told[ends.last], ends.minutes)
            protects[ends.last] = max(protects[ends.last] or 0, ends.left)

    def _laid(self) -> Iterable[Laid]:
        for number, ends in sorted(self.own.items()):
            yield Laid(number, ends.nodes, ends.done, ends.minutes, ends.whole, ends.left, ends.last)
        for node, (number, position) in sorted(self.joins.places.items()):
            ends = self.joins.ends[node]
            after = (each for each in self.own[number].nodes[position:] if self.network.tasks[each] is not None)
            yield Laid(
                number,
                ends.nodes,
                ends.done,
                ends.minutes,
                ends.whole,
                ends.left,
                ends.last,
                feeds=True,
                joins=next(after, None),
            )
