"""A portfolio compiled into its network. Linear in tasks and links, but for the sort that makes order immaterial."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby, repeat
from typing import TypeVar

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
from retro.schedule.network import FF, FS, SF, SS, Cross, Far, Near, Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.scope import Scope
from retro.schedule.span_constraints import note_spans

_KIND = {LinkType.FS: FS, LinkType.SS: SS, LinkType.FF: FF, LinkType.SF: SF}
_FROM_FINISH = frozenset({FS, FF})
_TO_START = frozenset({FS, SS})
# Kept by name: on an enumeration a member is looked up by a call, once a task or link.
_DONE, _DOING, _REVIEW = Category.DONE, Category.DOING, Category.REVIEW
_ALAP = ConstraintType.ALAP
_PERCENT, _ELAPSED = LagUnit.PERCENT, LagUnit.ELAPSED

T = TypeVar("T")
_Edge = tuple[int, int, int, int, LagUnit]
"""Predecessor, successor, kind, lag, unit."""


class _AtWork(dict[tuple[str | None, str | None, bool], Calendar]):
    """The calendars that tasks are worked on, by owner, by the task's own calendar, and whether that holds alone."""

    def __init__(self, calendars: Calendars) -> None:
        super().__init__()
        self.calendars = calendars
        self._shared: dict[Calendar, Calendar] = {}

    def __missing__(self, place: tuple[str | None, str | None, bool]) -> Calendar:
        owner, own, alone = place
        # People with the same hours share one object: within it no conversion is needed.
        found = self[place] = self.shared(self.calendars.at_work(owner, own, alone=alone))
        return found

    def shared(self, calendar: Calendar) -> Calendar:
        """The one object that stands for all calendars that are equal to this one."""
        return self._shared.setdefault(calendar, calendar)


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
        self.nodes = self.network.node_of
        self.passages: dict[tuple[str, str, int], int] = {}
        self.edges: list[_Edge] = []
        """Links as they were met; the same one may be met twice."""
        self.alone: set[tuple[str]] = set()
        """Cycles of one."""
        self._at_work = _AtWork(calendars)

    # Nodes

    def add_tasks(self) -> None:
        network, computed, at_work = self.network, self.computed, self._at_work
        shares = self._shares()
        tasks, leaves = self.scope.scheduled, self.scope.leaves
        self.nodes.update(zip(leaves, range(len(leaves)), strict=True))
        network.tasks = [*tasks]
        network.names = [*leaves]
        network.calendars = [
            at_work[task.owners[0].key if task.owners else None, task.calendar, task.calendar_alone]
            if task.reviewer is None
            else self._calendar_of(task)
            for task in tasks
        ]
        network.reckons = network.calendars[:]
        categories = [task.status.category for task in tasks]
        network.started = [category is _DOING or category is _REVIEW for category in categories]
        network.done = [category is _DONE for category in categories]
        network.late = [task.constraint is not None and task.constraint.type is _ALAP for task in tasks]
        network.computed = [task.board in computed for task in tasks] if computed else [False] * len(tasks)
        network.held = [False] * len(tasks)
        # Of most tasks the board says nothing, and nothing is begun of them: they are asked without a call.
        by_default, todo = (self.options.default, EstimateOrigin.DEFAULT), Category.TODO
        certain = not (self.options.supposed or computed or shares)
        estimates = [
            by_default
            if certain
            and category is todo
            and not (task.milestone or task.estimates or task.extra or (task.start and task.due))
            else self._estimate(task, calendar, shares.get(task.key))
            for task, calendar, category in zip(tasks, network.calendars, categories, strict=True)
        ]
        network.estimates = [*estimates]
        network.left = [
            minutes if category is todo and not task.milestone else work(task, minutes, self.options)
            for task, (minutes, _), category in zip(tasks, estimates, categories, strict=True)
        ]
        network.work = network.left[:]
        if computed:
            for node, task in enumerate(tasks):
                if network.computed[node]:
                    self._note_computed(node, task, estimates[node][0])

    def _estimate(self, task: Task, calendar: Calendar, share: Duration | None) -> Duration:
        if self.options.supposed and (supposed := self.options.supposed.get(task.key)) is not None:
            return supposed, EstimateOrigin.NUMBER
        # A plan that computes dates says how long what is done has lasted.
        said = stated(task, self.options, calendar.day_minutes) if task.board in self.computed else None
        return said or estimate(task, self.options, calendar, share)

    def _note_computed(self, node: int, task: Task, estimated: int) -> None:
        """What is peculiar to a task of a board that computes dates."""
        network = self.network
        network.reckons[node] = self._reckoned_in(task)
        network.held[node] = task.manual and task.start is not None and task.due is not None
        if task.actual_start is not None and not network.done[node]:
            network.work[node] = max(estimated, network.left[node])
        if task.constraint is not None:
            self._note_off_hours(node, task.constraint)

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
        if task.reviewer is not None and task.status.category is _REVIEW:
            owner = task.reviewer
        return self._at_work[owner.key if owner is not None else None, task.calendar, task.calendar_alone]

    def _reckoned_in(self, task: Task) -> Calendar:
        return self._at_work[None, task.calendar or self.computed[task.board].calendar, True]

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
        return self._at_work.shared(self.calendars.project)

    # Links

    def add_links(self, links: Iterable[Link]) -> None:
        """All of them; most are between two tasks that are scheduled, and need no passage."""
        nodes, edges = self.nodes.get, self.edges
        others = []
        for link in links:
            source, target = nodes(link.predecessor), nodes(link.successor)
            if source is None or target is None or source == target:
                others.append(link)
            else:
                lag = link.lag
                edges.append((source, target, _KIND[link.type], lag.value, lag.unit))
        # Passages are numbered as they are met.
        for link in sorted(others, key=_place):
            self.add_link(link)

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
                self.edges.append((source, target, kind, lag, unit))
        elif lag == 0:
            inner = FS if kind in _TO_START else FF
            outer = FS if kind in _FROM_FINISH else SS
            self.edges.append((source, self._into(last, inner), outer, 0, LagUnit.WORKING))
        else:
            # A lag is consumed on each leaf's own calendar.
            self.edges.extend((source, self.nodes[leaf], kind, lag, unit) for leaf in scope.spans[last])

    def _note_itself(self, key: str) -> None:
        """Whoever waits for itself is a cycle of one, which binds nothing; what is done waits no more."""
        task = self.scope.tasks[key]
        if (key in self.nodes or key in self.scope.spans) and task.status.category is not _DONE:
            self.alone.add((key,))

    def _node(self, key: str) -> int | None:
        if key in self.nodes:
            return self.nodes[key]
        task = self.scope.tasks[key]
        if task.role is not Role.TASK or task.status.category is _DONE:
            return None
        return self._passage(key, (key, "absent", 0))[0]

    def _out_of(self, key: str, kind: int, lag: int, unit: LagUnit) -> tuple[int, int, int, LagUnit]:
        """The passage through which a span's leaves bind what follows, and the link that is left to draw from it."""
        inner = FS if kind in _FROM_FINISH else SS
        percent = lag if unit is LagUnit.PERCENT else 0
        node, new = self._passage(None, (key, f"out {inner}", percent))
        if new:
            self.edges.extend(
                (self.nodes[leaf], node, inner, percent, LagUnit.PERCENT) for leaf in self.scope.spans[key]
            )
        outer = FS if kind in _TO_START else FF
        return (node, outer, 0, LagUnit.WORKING) if percent else (node, outer, lag, unit)

    def _into(self, key: str, inner: int) -> int:
        node, new = self._passage(None, (key, f"in {inner}", 0))
        if new:
            self.edges.extend((node, self.nodes[leaf], inner, 0, LagUnit.WORKING) for leaf in self.scope.spans[key])
        return node

    # Compiled

    def compile(self) -> Network:
        network = self.network
        count = len(network.tasks)
        network.stands = [not work for work in network.work]
        both = zip(network.tasks, network.done, strict=True)
        network.open = [node for node, (task, done) in enumerate(both) if task is not None and not done]
        edges = [edge for edge, _ in groupby(sorted(self.edges))]
        successors = _lists(count, edges)
        network.order = topological(successors)
        if len(network.order) < count:
            network.cycles = named(successors, knots(successors), lambda node: network.names[node])
            # Facts break a cycle: what is done waits for nothing. Links inside the knots that are left are set aside.
            edges = [edge for edge in edges if not network.done[edge[1]]]
            successors = _lists(count, edges)
            knot = {node: number for number, members in enumerate(knots(successors)) for node in members}
            edges = [edge for edge in edges if edge[0] not in knot or knot[edge[0]] != knot.get(edge[1])]
            network.order = topological(_lists(count, edges))
        network.cycles = sorted([*network.cycles, *self.alone])
        self._link(edges)
        return network

    def _link(self, edges: Iterable[_Edge]) -> None:
        """Write down the links by node, each as what it is to the passes."""
        network = self.network
        count = len(network.tasks)
        # Most nodes have links of this kind, and few of any other.
        near_in: list[list[Near]] = [[] for _ in repeat(None, count)]
        near_out: list[list[Near]] = [[] for _ in repeat(None, count)]
        cross_in, cross_out = defaultdict[int, list[Cross]](list), defaultdict[int, list[Cross]](list)
        far_in, far_out = defaultdict[int, list[Far]](list), defaultdict[int, list[Far]](list)
        # A task with work on the very calendar that it is reckoned in: its ends are found from its ordinals alone.
        simple = [
            bool(work) and calendar is reckons
            for work, calendar, reckons in zip(network.work, network.calendars, network.reckons, strict=True)
        ]
        done, late, calendars, tasks = network.done, network.late, network.calendars, network.tasks
        for source, target, kind, lag, unit in edges:
            if done[target]:
                continue
            if unit is _PERCENT:
                estimated = network.estimates[source]
                lag = round(estimated[0] * lag / 100) if estimated is not None else 0  # noqa: PLW2901 - of what it is a share is known now
            elapsed = unit is _ELAPSED and lag != 0
            straight = kind == FS and not elapsed and not late[source] and simple[target]
            if straight and calendars[source] is calendars[target] and tasks[source] is not None:
                near_in[target].append((source, lag))
                near_out[source].append((target, lag))
            elif straight and simple[source] and not self._exact(source):
                cross_in[target].append((source, lag))
                cross_out[source].append((target, lag))
            else:
                far_in[target].append((source, kind, lag, elapsed))
                far_out[source].append((target, kind, lag, elapsed))
        network.near_in, network.near_out = [*near_in], [*near_out]
        network.cross_in, network.cross_out = _by_node(cross_in, count), _by_node(cross_out, count)
        network.far_in, network.far_out = _by_node(far_in, count), _by_node(far_out, count)
        network.plain = [
            is_simple and not (is_done or is_started or is_computed) and task is not None
            for is_simple, is_done, is_started, is_computed, task in zip(
                simple, done, network.started, network.computed, tasks, strict=True
            )
        ]
        for node in chain(cross_in, cross_out, far_in, far_out):
            network.plain[node] = False

    def _exact(self, node: int) -> bool:
        """Whether an end of it may lie at an instant that its ordinal does not tell."""
        network = self.network
        return network.done[node] or network.held[node] or node in network.off_hours


def _lists(count: int, edges: Iterable[_Edge]) -> list[list[int]]:
    lists: list[list[int]] = [[] for _ in repeat(None, count)]
    for source, target, _, _, _ in edges:
        lists[source].append(target)
    return lists


def _by_node(ends: Mapping[int, list[T]], count: int) -> list[Sequence[T]]:
    """What leads into each node, or out of it; most have nothing of a kind, and no list of their own for it."""
    lists: list[Sequence[T]] = [()] * count
    for node, found in ends.items():
        lists[node] = found
    return lists


def build(portfolio: Portfolio, scope: Scope, calendars: Calendars, options: ScheduleOptions) -> Network:
    """Compile the network of a portfolio. The result does not depend on the order of tasks or links."""
    computed = {board.key: board for board in portfolio.boards if board.begins is not None}
    builder = _Builder(scope, calendars, options, computed)
    builder.add_tasks()
    note_spans(builder.network, scope, builder.nodes, computed, options)
    builder.add_links(portfolio.links)
    return builder.compile()


def _place(link: Link) -> tuple[str, str, str, int, str]:
    return (link.predecessor, link.successor, link.type.value, link.lag.value, link.lag.unit.value)
