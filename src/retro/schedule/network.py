"""The network of a portfolio: nodes with their work and calendar, and links between them, as plain lists.

Nodes are the scheduled tasks in the order of their keys, then *passages*: nodes without work that carry links
through a span's boundary or through a task that is not scheduled (an idea, a cancelled task), so that neither
multiplies links.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat

from retro.calendars import Calendar, Calendars
from retro.model import Category, LagUnit, Link, LinkType, Owner, Portfolio, Role, Task
from retro.schedule.cycles import knots, named, topological
from retro.schedule.durations import Duration, estimate, stated, work
from retro.schedule.options import ScheduleOptions
from retro.schedule.scope import Scope

FS, SS, FF, SF = range(4)
_KIND = {LinkType.FS: FS, LinkType.SS: SS, LinkType.FF: FF, LinkType.SF: SF}
_FROM_FINISH = frozenset({FS, FF})
_TO_START = frozenset({FS, SS})

Near = tuple[int, int]
"""The other end of a finish-to-start link within one calendar, and its lag in working minutes."""
Far = tuple[int, int, int, bool]
"""The other end of any other link, its kind, its lag in minutes, and whether these are elapsed."""


@dataclass(slots=True)
class Network:
    """Nodes and links, compiled. Only the schedule's own modules look inside."""

    calendars: list[Calendar] = field(default_factory=list[Calendar])
    tasks: list[Task | None] = field(default_factory=list["Task | None"])
    """None for a passage."""
    names: list[str | None] = field(default_factory=list["str | None"])
    """The key of the task that a node stands for; None for a span's boundary."""
    estimates: list[Duration | None] = field(default_factory=list["Duration | None"])
    work: list[int] = field(default_factory=list[int])
    started: list[bool] = field(default_factory=list[bool])
    """Under way: an actual start overrides links and constraints."""
    done: list[bool] = field(default_factory=list[bool])
    order: list[int] = field(default_factory=list[int])
    """Open nodes and done ones, predecessors first."""
    near_in: list[list[Near]] = field(default_factory=list["list[Near]"])
    far_in: list[list[Far]] = field(default_factory=list["list[Far]"])
    near_out: list[list[Near]] = field(default_factory=list["list[Near]"])
    far_out: list[list[Far]] = field(default_factory=list["list[Far]"])
    cycles: list[tuple[str, ...]] = field(default_factory=list["tuple[str, ...]"])

    def open_tasks(self) -> Iterable[tuple[int, Task]]:
        """Scheduled tasks that are not done, by node."""
        return ((node, task) for node, task in enumerate(self.tasks) if task is not None and not self.done[node])

    def distinct_calendars(self) -> Iterable[Calendar]:
        """Every calendar that a node runs on, once."""
        return {id(calendar): calendar for calendar in self.calendars}.values()

    def predecessors(self, node: int) -> Iterable[int]:
        """Nodes that a link comes from."""
        yield from (source for source, _ in self.near_in[node])
        yield from (source for source, *_ in self.far_in[node])


_Edge = tuple[int, int, int, int, LagUnit]
"""Predecessor, successor, kind, lag, unit."""


class _Builder:
    def __init__(self, scope: Scope, calendars: Calendars, options: ScheduleOptions) -> None:
        self.scope = scope
        self.calendars = calendars
        self.options = options
        self.network = Network()
        self.nodes: dict[str, int] = {}
        self.passages: dict[tuple[str, str, int], int] = {}
        self.edges: set[_Edge] = set()
        self._shared: dict[Calendar, Calendar] = {}
        self._owned: dict[str | None, Calendar] = {}

    # Nodes

    def add_tasks(self) -> None:
        network, options = self.network, self.options
        shares = self._shares()
        for key in self.scope.leaves:
            task = self.scope.tasks[key]
            category = task.status.category
            calendar = self._calendar_of(task)
            estimated = estimate(task, options, calendar, shares.get(key))
            self.nodes[key] = len(network.tasks)
            network.tasks.append(task)
            network.names.append(key)
            network.calendars.append(calendar)
            network.estimates.append(estimated)
            network.work.append(work(task, estimated[0], options))
            network.started.append(category in (Category.DOING, Category.REVIEW))
            network.done.append(category is Category.DONE)

    def _calendar_of(self, task: Task) -> Calendar:
        owner: Owner | None = task.owners[0] if task.owners else None
        if task.status.category is Category.REVIEW and task.reviewer is not None:
            owner = task.reviewer
        key = owner.key if owner is not None else None
        found = self._owned.get(key)
        if found is None:
            # People with the same hours share one object: within it no conversion is needed.
            calendar = self.calendars.of(key)
            found = self._owned[key] = self._shared.setdefault(calendar, calendar)
        return found

    def _shares(self) -> dict[str, Duration]:
        """A parent's estimate, spread evenly over its leaves where none of them has one of its own."""
        shares: dict[str, Duration] = {}
        day = self.calendars.project.day_minutes
        # The nearest span speaks last.
        for key, leaves in sorted(self.scope.spans.items(), key=lambda item: -len(item[1])):
            said = stated(self.scope.tasks[key], self.options, day)
            if said is None or not leaves:
                continue
            if any(stated(self.scope.tasks[leaf], self.options, day) is not None for leaf in leaves):
                continue
            minutes, origin = said
            each, rest = divmod(minutes, len(leaves))
            shares.update({leaf: (each + (place < rest), origin) for place, leaf in enumerate(leaves)})
        return shares

    def _passage(self, name: str | None, key: tuple[str, str, int]) -> tuple[int, bool]:
        """The passage of a key, and whether it is new."""
        if key in self.passages:
            return self.passages[key], False
        network = self.network
        node = self.passages[key] = len(network.tasks)
        network.tasks.append(None)
        network.names.append(name)
        network.calendars.append(self._calendar_of_project())
        network.estimates.append(None)
        network.work.append(0)
        network.started.append(False)
        network.done.append(False)
        return node, True

    def _calendar_of_project(self) -> Calendar:
        return self._shared.setdefault(self.calendars.project, self.calendars.project)

    # Links

    def add_link(self, link: Link) -> None:
        scope = self.scope
        first, last = link.predecessor, link.successor
        if first not in scope.tasks or last not in scope.tasks:
            return
        if first in scope.ancestors(last) or last in scope.ancestors(first):
            return  # a span and a part of it: there is nothing to wait for
        kind, lag, unit = _KIND[link.type], link.lag.value, link.lag.unit
        source: int | None
        if first in scope.spans:
            source, kind, lag, unit = self._out_of(first, kind, lag, unit)
        else:
            source = self._node(first)
        if source is None:
            return
        if last not in scope.spans:
            target = self._node(last)
            if target is not None:
                self.edges.add((source, target, kind, lag, unit))
        elif lag == 0:
            inner = FS if kind in _TO_START else FF
            outer = FS if kind in _FROM_FINISH else SS
            self.edges.add((source, self._into(last, inner), outer, 0, LagUnit.WORKING))
        else:
            # A lag is consumed on each leaf's own calendar.
            self.edges.update((source, self.nodes[leaf], kind, lag, unit) for leaf in scope.spans[last])

    def _node(self, key: str) -> int | None:
        if key in self.nodes:
            return self.nodes[key]
        task = self.scope.tasks[key]
        if task.role is not Role.TASK or task.status.category is Category.DONE:
            return None
        return self._passage(key, (key, "absent", 0))[0]

    def _out_of(self, key: str, kind: int, lag: int, unit: LagUnit) -> tuple[int, int, int, LagUnit]:
        """The passage through which a span's leaves bind what follows, and the link that is left to draw from it."""
        inner = FS if kind in _FROM_FINISH else SS
        percent = lag if unit is LagUnit.PERCENT else 0
        node, new = self._passage(None, (key, f"out {inner}", percent))
        if new:
            self.edges.update(
                (self.nodes[leaf], node, inner, percent, LagUnit.PERCENT) for leaf in self.scope.spans[key]
            )
        outer = FS if kind in _TO_START else FF
        return (node, outer, 0, LagUnit.WORKING) if percent else (node, outer, lag, unit)

    def _into(self, key: str, inner: int) -> int:
        node, new = self._passage(None, (key, f"in {inner}", 0))
        if new:
            self.edges.update((node, self.nodes[leaf], inner, 0, LagUnit.WORKING) for leaf in self.scope.spans[key])
        return node

    # Compiled

    def compile(self) -> Network:
        network = self.network
        count = len(network.tasks)
        edges = sorted(self.edges)
        successors = _lists(count, ((edge[0], edge[1]) for edge in edges))
        network.order = topological(successors)
        if len(network.order) < count:
            network.cycles = named(successors, knots(successors), lambda node: network.names[node])
            # Facts break a cycle: what is done waits for nothing. Links inside the knots that are left are set aside.
            edges = [edge for edge in edges if not network.done[edge[1]]]
            successors = _lists(count, ((edge[0], edge[1]) for edge in edges))
            knot = {node: number for number, members in enumerate(knots(successors)) for node in members}
            edges = [edge for edge in edges if edge[0] not in knot or knot[edge[0]] != knot.get(edge[1])]
            network.order = topological(_lists(count, ((edge[0], edge[1]) for edge in edges)))
        for lists in (network.near_in, network.near_out):
            lists.extend([] for _ in repeat(None, count))
        for far_lists in (network.far_in, network.far_out):
            far_lists.extend([] for _ in repeat(None, count))
        for edge in edges:
            self._compile(edge)
        return network

    def _compile(self, edge: _Edge) -> None:
        network = self.network
        source, target, kind, lag, unit = edge
        if network.done[target]:
            return
        if unit is LagUnit.PERCENT:
            estimated = network.estimates[source]
            lag = round(estimated[0] * lag / 100) if estimated is not None else 0
        elapsed = unit is LagUnit.ELAPSED and lag != 0
        same = network.calendars[source] is network.calendars[target]
        if same and kind == FS and not elapsed and network.work[target] and network.tasks[source] is not None:
            network.near_in[target].append((source, lag))
            network.near_out[source].append((target, lag))
        else:
            network.far_in[target].append((source, kind, lag, elapsed))
            network.far_out[source].append((target, kind, lag, elapsed))


def _lists(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    lists: list[list[int]] = [[] for _ in repeat(None, count)]
    for source, target in pairs:
        lists[source].append(target)
    return lists


def build(portfolio: Portfolio, scope: Scope, calendars: Calendars, options: ScheduleOptions) -> Network:
    """Compile the network of a portfolio. The result does not depend on the order of tasks or links."""
    builder = _Builder(scope, calendars, options)
    builder.add_tasks()
    for link in sorted(portfolio.links, key=_place):
        builder.add_link(link)
    return builder.compile()


def _place(link: Link) -> tuple[str, str, str, int, str]:
    return (link.predecessor, link.successor, link.type.value, link.lag.value, link.lag.unit.value)
