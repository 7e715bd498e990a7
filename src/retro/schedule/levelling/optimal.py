"""A levelled plan improved by a solver: OR-Tools' CP-SAT, started from the plan that there is.

The solver works on a simpler plan: one timeline (the project's hours), each task as long as it lasts where it lies now.
What it finds is only an order: the tasks are laid anew in it, as in any levelling, so that every calendar, link, margin
and reserve holds, and the new plan is taken where it is better by what levelling aims at. It is therefore never worse.
One worker, a seed and the solver's own limit of time: another machine may get further in it, so that only who asks for
it (`retro schedule --optimize`) has it, and nothing that is written.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from retro.calendars import Calendar
from retro.schedule.bounds import Bounds, Late
from retro.schedule.levelling.pools import Asked, Levelling
from retro.schedule.levelling.problem import Problem
from retro.schedule.levelling.seats import is_fixed
from retro.schedule.levelling.sides import Sides
from retro.schedule.margins import Advised
from retro.schedule.network import FF, FS, SF, Network

_SOLVER = "ortools.sat.python.cp_model"
_MOST_KEPT = 100
"""Plans of the solver that are laid, the last ones found: the best by its own reckoning."""
_FROM_FINISH = frozenset({FS, FF})
_TO_FINISH = frozenset({FF, SF})


def is_installed() -> bool:
    """Whether the solver is there: the extra `optimize`."""
    return find_spec("ortools") is not None


def improve(  # noqa: PLR0917 - what a levelling is made of
    sides: Sides,
    order: list[int],
    late: Late,
    advised: Advised,
    wanted: Mapping[int, Asked],
    levelling: Levelling,
    calendar: Calendar,
) -> None:
    """Lay the best plan that the solver leads to, or the one that is laid already, in `order`.

    Args:
        sides: the problem, laid.
        order: how it was laid.
        late: where, as dates of the network.
        advised: the passes that the problem was compiled from.
        wanted: what nodes ask of people.
        levelling: options: the seconds, the seed, the pools.
        calendar: the project's.
    """
    problem, best = sides.back, sides.aim.value()
    for finishes in _found(_Model(problem, late, advised, wanted, levelling, calendar), levelling):
        plan = sides.justified(sides.order_of(problem, finishes))
        if plan.value > best:
            best, order = plan.value, plan.laid
    sides.lay(order)


class _Model:
    """The plan on the project's timeline, in which the plan so far is one solution."""

    def __init__(  # noqa: PLR0917 - as above
        self,
        problem: Problem,
        late: Late,
        advised: Advised,
        wanted: Mapping[int, Asked],
        levelling: Levelling,
        calendar: Calendar,
    ) -> None:
        self.solver: Any = import_module(_SOLVER)
        self.model = self.solver.CpModel()
        self.network: Network = advised.network
        self.bounds: Bounds = advised.bounds
        self.margins = advised.margins
        at = calendar.ordinal_at
        self.nodes = problem.order
        self.now = {node: _span(self.network, late, node, at) for node in self.nodes}
        self.before = {node: _span(self.network, advised.late, node, at) for node in self.nodes}
        """Where they lay before levelling."""
        self.kept = {node for node in self.nodes if is_fixed(self.network, self.bounds, node)}
        """What is under way or laid by hand: its place is taken, and it stays there unless what follows is earlier."""
        self.starts: dict[int, Any] = {}
        self.ends: dict[int, Any] = {}
        self._place(min((start for start, _ in self.now.values()), default=0))
        self._link()
        self._share(wanted, levelling)
        self._aim(late)

    def _place(self, first: int) -> None:
        for node in self.nodes:
            start, end = self.now[node]
            if self._stays(node):
                self.starts[node], self.ends[node] = start, end
                continue
            var = self.model.new_int_var(min(first, start), max(self.before[node][1] - (end - start), start), "")
            self.model.add_hint(var, start)
            self.starts[node], self.ends[node] = var, var + (end - start)

    def _stays(self, node: int) -> bool:
        return node in self.kept and self.now[node] == self.before[node]

    def _link(self) -> None:
        """Links, as tight as they are now where other calendars make that less than their lag."""
        for node in self.nodes:
            for target, kind, lag in _links(self.network, node):
                if target not in self.now:
                    continue
                left = (self.ends if kind in _FROM_FINISH else self.starts)[node]
                right = (self.ends if kind in _TO_FINISH else self.starts)[target]
                gap = self.now[target][kind in _TO_FINISH] - self.now[node][kind in _FROM_FINISH]
                least = min(lag + (self.margins[node] if kind in _FROM_FINISH else 0), gap)
                self.model.add(left + least <= right)

    def _share(self, wanted: Mapping[int, Asked], levelling: Levelling) -> None:
        """Nobody works on more at once than they can; of several who may work on a task, one does."""
        busy: dict[str, list[Any]] = {}
        moving: dict[str, list[tuple[int, int]]] = {}
        for node in self.nodes:
            if self.now[node][0] == self.now[node][1] or self._stays(node):
                continue
            for choice in wanted.get(node, ()):
                self._choose(node, choice, busy)
                for key in choice:
                    moving.setdefault(key, []).append(self.now[node])
        taken = self._taken(wanted)
        for key, intervals in busy.items():
            capacity = levelling.pools[key].capacity
            if capacity > 1:
                self.model.add_cumulative(intervals, [1] * len(intervals), capacity)
                continue
            for start, end in taken.get(key, ()):
                # On hours that the project does not have, two may lie on one another here.
                if not any(first < end and start < last for first, last in moving[key]):
                    intervals.append(self.model.new_fixed_size_interval_var(start, end - start, ""))
            self.model.add_no_overlap(intervals)

    def _taken(self, wanted: Mapping[int, Asked]) -> dict[str, list[tuple[int, int]]]:
        """When somebody is busy with what is kept: of several, each may be."""
        found: dict[str, list[tuple[int, int]]] = {}
        for node in sorted(self.kept):
            for key in {key for choice in wanted.get(node, ()) for key in choice}:
                found.setdefault(key, []).append(self.before[node])
        return {key: _joined(stretches) for key, stretches in found.items()}

    def _choose(self, node: int, choice: Sequence[str], busy: dict[str, list[Any]]) -> None:
        if len(choice) == 1:
            start, end = self.now[node]
            interval = self.model.new_interval_var(self.starts[node], end - start, self.ends[node], "")
            busy.setdefault(choice[0], []).append(interval)
            return
        taken = [self.model.new_bool_var("") for _ in choice]
        self.model.add_exactly_one(taken)
        start, end = self.now[node]
        for key, literal in zip(choice, taken, strict=True):
            interval = self.model.new_optional_interval_var(
                self.starts[node], end - start, self.ends[node], literal, ""
            )
            busy.setdefault(key, []).append(interval)

    def _aim(self, late: Late) -> None:
        """Begin each anchor's work as late as may be; then everything."""
        firsts: dict[int, Any] = {}
        begin: dict[int, int] = {}
        laid = [node for node in self.nodes if late.anchor[node] >= 0 and self.network.left[node]]
        low = min((start for start, _ in self.now.values()), default=0)
        high = max((end for _, end in self.before.values()), default=0)
        for node in laid:
            number = late.anchor[node]
            if number not in firsts:
                firsts[number] = self.model.new_int_var(low, high, "")
            self.model.add(firsts[number] <= self.starts[node])
            begin[number] = min(begin.get(number, high), self.now[node][0])
        for number, var in firsts.items():
            self.model.add_hint(var, begin[number])
        weight = 10 * len(laid)
        self.model.maximize(weight * sum(firsts.values()) + sum(self.starts[node] for node in laid))


def _found(model: _Model, levelling: Levelling) -> list[list[int]]:
    """The finishes of each plan that the solver found, by node, the best last."""
    count = len(model.network.work)
    found: list[list[int]] = []

    class Heard(model.solver.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]  # its module has no types
        """Keeps what is found on the way."""

        def on_solution_callback(self) -> None:
            """Keep the finishes of one more plan."""
            finishes = [0] * count
            for node, end in model.ends.items():
                finishes[node] = end if isinstance(end, int) else self.value(end)
            found.append(finishes)
            del found[:-_MOST_KEPT]

    solver = model.solver.CpSolver()
    solver.parameters.max_time_in_seconds = levelling.optimize
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = levelling.seed
    solver.solve(model.model, Heard())
    return found


def _span(network: Network, late: Late, node: int, at: Any) -> tuple[int, int]:
    """Where a node lies on the project's timeline."""
    if not network.left[node]:
        point = at(late.wall[node])
        return point, point
    calendar = network.calendars[node]
    start = at(calendar.start_wall(late.finish[node] - network.left[node]))
    return start, max(at(calendar.finish_wall(late.finish[node])), start)


def _links(network: Network, node: int) -> list[tuple[int, int, int]]:
    """Links out of a node: to whom, their kind, their lag in working minutes."""
    found = [(target, FS, lag) for target, lag in (*network.near_out[node], *network.cross_out[node])]
    # Elapsed waits hold as they are now.
    return found + [(target, kind, 1 << 40 if elapsed else lag) for target, kind, lag, elapsed in network.far_out[node]]


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
