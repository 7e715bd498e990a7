"""A portfolio compiled into its network. Linear in tasks and links, but for the sort that makes order immaterial."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import repeat

from retro.calendars import Calendar, Calendars
from retro.model import (
    Board,
    Category,
    Constraint,
    ConstraintType,
    EstimateOrigin,
    LagUnit,
    Link,
    LinkType,
    Owner,
    Portfolio,
    Role,
    Task,
)
from retro.schedule.cycles import knots, named, topological
from retro.schedule.durations import Duration, estimate, stated, work
from retro.schedule.network import FF, FS, SF, SS, Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.scope import Scope
from retro.schedule.span_constraints import note_spans

_KIND = {LinkType.FS: FS, LinkType.SS: SS, LinkType.FF: FF, LinkType.SF: SF}
_FROM_FINISH = frozenset({FS, FF})
_TO_START = frozenset({FS, SS})

_Edge = tuple[int, int, int, int, LagUnit]
"""Predecessor, successor, kind, lag, unit."""


class _Builder:
    def __init__(
        self, scope: Scope, calendars: Calendars, options: ScheduleOptions, computed: Mapping[str, Board]
    ) -> None:
        self.scope = scope
        self.computed = computed
        """The boards that compute dates, by key."""
        self.calendars = calendars
        self.options = options
        self.network = Network()
        self.nodes: dict[str, int] = {}
        self.passages: dict[tuple[str, str, int], int] = {}
        self.edges: set[_Edge] = set()
        self.alone: set[tuple[str]] = set()
        """Cycles of one."""
        self._shared: dict[Calendar, Calendar] = {}
        self._owned: dict[tuple[str | None, str | None, bool], Calendar] = {}

    # Nodes

    def add_tasks(self) -> None:
        network = self.network
        shares = self._shares()
        for node, key in enumerate(self.scope.leaves):
            task = self.scope.tasks[key]
            category = task.status.category
            calendar = self._calendar_of(task)
            estimated = self._estimate(task, calendar, shares.get(key))
            self.nodes[key] = node
            network.tasks.append(task)
            network.names.append(key)
            network.calendars.append(calendar)
            network.estimates.append(estimated)
            self._size(task, estimated[0])
            network.started.append(category in (Category.DOING, Category.REVIEW))
            network.done.append(category is Category.DONE)
            network.late.append(task.constraint is not None and task.constraint.type is ConstraintType.ALAP)
            network.reckons.append(self._reckoned_in(task) if network.computed[node] else calendar)
            if network.computed[node] and task.constraint is not None:
                self._note_off_hours(node, task.constraint)

    def _estimate(self, task: Task, calendar: Calendar, share: Duration | None) -> Duration:
        if (supposed := self.options.supposed.get(task.key)) is not None:
            return supposed, EstimateOrigin.NUMBER
        # A plan that computes dates says how long what is done has lasted.
        said = stated(task, self.options, calendar.day_minutes) if task.board in self.computed else None
        return said or estimate(task, self.options, calendar, share)

    def _size(self, task: Task, estimated: int) -> None:
        """What there is to lay out, and what is left of it."""
        network = self.network
        computed = task.board in self.computed
        left = work(task, estimated, self.options)
        begun = computed and task.actual_start is not None and task.status.category is not Category.DONE
        network.work.append(max(estimated, left) if begun else left)
        network.left.append(left)
        network.computed.append(computed)
        network.held.append(computed and task.manual and task.start is not None and task.due is not None)

    def _note_off_hours(self, node: int, constraint: Constraint) -> None:
        if not isinstance(constraint.date, datetime):
            return
        network = self.network
        calendar = network.calendars[node]
        wall = calendar.wall(constraint.date)
        ordinal = calendar.ordinal_at(wall)
        if wall not in (calendar.start_wall(ordinal), calendar.finish_wall(ordinal)):
            network.off_hours[node] = wall

    def _calendar_of(self, task: Task) -> Calendar:
        owner: Owner | None = task.owners[0] if task.owners else None
        if task.status.category is Category.REVIEW and task.reviewer is not None:
            owner = task.reviewer
        return self._at_work(owner.key if owner is not None else None, task.calendar, alone=task.calendar_alone)

    def _reckoned_in(self, task: Task) -> Calendar:
        return self._at_work(None, task.calendar or self.computed[task.board].calendar, alone=True)

    def _at_work(self, owner: str | None, own: str | None, *, alone: bool) -> Calendar:
        found = self._owned.get((owner, own, alone))
        if found is None:
            # People with the same hours share one object: within it no conversion is needed.
            calendar = self.calendars.at_work(owner, own, alone=alone)
            found = self._owned[owner, own, alone] = self._shared.setdefault(calendar, calendar)
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
        network.reckons.append(network.calendars[-1])
        for sizes in (network.work, network.left):
            sizes.append(0)
        for flags in (network.started, network.done, network.computed, network.held, network.late):
            flags.append(False)
        return node, True

    def _calendar_of_project(self) -> Calendar:
        return self._shared.setdefault(self.calendars.project, self.calendars.project)

    # Links

    def add_link(self, link: Link) -> None:
        scope = self.scope
        first, last = link.predecessor, link.successor
        if first not in scope.tasks or last not in scope.tasks:
            return
        if first == last:
            self._note_itself(first)
            return
        if (first in scope.spans and first in scope.ancestors(last)) or (
            last in scope.spans and last in scope.ancestors(first)
        ):
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

    def _note_itself(self, key: str) -> None:
        """Whoever waits for itself is a cycle of one, which binds nothing; what is done waits no more."""
        task = self.scope.tasks[key]
        if (key in self.nodes or key in self.scope.spans) and task.status.category is not Category.DONE:
            self.alone.add((key,))

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
        network.stands = [not work for work in network.work]
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
        network.cycles = sorted([*network.cycles, *self.alone])
        for lists in (network.near_in, network.near_out, network.cross_in, network.cross_out):
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
        straight = kind == FS and not elapsed and not network.late[source] and self._simple(target)
        if straight and same and network.tasks[source] is not None:
            network.near_in[target].append((source, lag))
            network.near_out[source].append((target, lag))
        elif straight and self._simple(source) and not self._exact(source):
            network.cross_in[target].append((source, lag))
            network.cross_out[source].append((target, lag))
        else:
            network.far_in[target].append((source, kind, lag, elapsed))
            network.far_out[source].append((target, kind, lag, elapsed))

    def _simple(self, node: int) -> bool:
        """A task with work on the very calendar that it is reckoned in: its ends are found from its ordinals alone."""
        network = self.network
        return network.work[node] > 0 and network.calendars[node] is network.reckons[node]

    def _exact(self, node: int) -> bool:
        """Whether an end of it may lie at an instant that its ordinal does not tell."""
        network = self.network
        return network.done[node] or network.held[node] or node in network.off_hours


def _lists(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    lists: list[list[int]] = [[] for _ in repeat(None, count)]
    for source, target in pairs:
        lists[source].append(target)
    return lists


def build(portfolio: Portfolio, scope: Scope, calendars: Calendars, options: ScheduleOptions) -> Network:
    """Compile the network of a portfolio. The result does not depend on the order of tasks or links."""
    computed = {board.key: board for board in portfolio.boards if board.begins is not None}
    builder = _Builder(scope, calendars, options, computed)
    builder.add_tasks()
    note_spans(builder.network, scope, builder.nodes, computed, options)
    for link in sorted(portfolio.links, key=_place):
        builder.add_link(link)
    return builder.compile()


def _place(link: Link) -> tuple[str, str, str, int, str]:
    return (link.predecessor, link.successor, link.type.value, link.lag.value, link.lag.unit.value)
