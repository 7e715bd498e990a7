"""What makes one plan better than another: it begins later. More important tasks count first."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from retro.schedule.levelling.problem import Problem

Value = tuple[int, ...]
"""The greater the better: by rank, the sum of the first starts of every network; then the sum of all finishes."""


class Part(NamedTuple):
    """Nodes of one rank, network and calendar."""

    rank: int
    network: int
    begins: Callable[[int], int] | None
    """The wall minute of a start; None where all nodes are on one calendar."""
    nodes: tuple[int, ...]


class Aim:
    """Values the plan that a problem was laid to last."""

    def __init__(self, problem: Problem, ranks: Sequence[int], networks: Sequence[int]) -> None:
        self._problem = problem
        self._ranks = ranks
        self._networks = networks
        self.best: Value | None = None
        """What no plan can exceed, without its last figure; None where that is not known."""

    @cached_property
    def _parts(self) -> list[Part]:
        # Not before it is asked for: a large network is laid once, and valued by nobody.
        return list(_parts(self._problem, self._ranks, self._networks))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {rank: place for place, rank in enumerate(sorted({part.rank for part in self._parts}))}

    def begins(self) -> dict[tuple[int, int], int]:
        """The first start of each rank and network, on one scale."""
        start = self._problem.start
        found: dict[tuple[int, int], int] = {}
        for rank, network, begins, nodes in self._parts:
            first = min(map(start.__getitem__, nodes))
            at = first if begins is None else begins(first)
            place = (rank, network)
            found[place] = min(found.get(place, at), at)
        return found

    def value(self) -> Value:
        """How good the plan is."""
        sums = [0] * len(self._places)
        for (rank, _), at in self.begins().items():
            sums[self._places[rank]] += at
        return (*sums, sum(map(self._problem.finish.__getitem__, self._problem.order)))

    def reached(self, value: Value) -> bool:
        """Whether no plan can begin later."""
        return self.best is not None and value[:-1] >= self.best


def _parts(problem: Problem, ranks: Sequence[int], networks: Sequence[int]) -> Iterable[Part]:
    found: dict[tuple[int, int, int], list[int]] = {}
    calls: dict[int, Callable[[int], int] | None] = {}
    for node in problem.order:
        begins = None if problem.walls is None else problem.walls.start[node]
        calls[id(begins)] = begins
        found.setdefault((ranks[node], networks[node], id(begins)), []).append(node)
    for (rank, network, number), nodes in found.items():
        yield Part(rank, network, calls[number], tuple(nodes))
