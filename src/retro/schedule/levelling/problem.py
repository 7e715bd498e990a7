"""What is laid: nodes with work, links and demands, as plain lists, for one direction of time.

A task ends as late as what follows it, its own bound and the people who work on it allow. The same problem forwards
is its *mirror*: links the other way round, and every time with the other sign.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from retro.schedule.levelling.stint import Demand, Desk

SPECIAL = 1
"""Bit of `Problem.kinds`: what bounds the node is asked of `Problem.rules`."""
NOTED = 2
"""Bit of `Problem.kinds`: `Problem.rules` is told where the node was laid."""


class Rules(Protocol):
    """What plain lists do not tell: links across calendars, facts, milestones."""

    def bound(self, node: int) -> int:
        """By when a node has to end, given where what follows it was laid."""
        ...

    def lay(self, node: int, end: int) -> None:
        """Write down where a node ends, its `start` and `finish` included."""
        ...


class NoRules:
    """Nothing but plain lists."""

    def bound(self, node: int) -> int:
        """Never asked."""
        raise NotImplementedError(node)

    def lay(self, node: int, end: int) -> None:
        """Never told."""
        raise NotImplementedError(node, end)


@dataclass(slots=True)
class Problem:
    """Nodes of one direction. Lists are by node; nodes that are in no order are not laid."""

    order: list[int]
    """What is laid, each node after those that follow it."""
    works: list[int]
    margins: list[int]
    """Kept free between a node and what follows it, its bound included."""
    own: list[int]
    """By when a node has to end, whatever follows."""
    follows: Sequence[Sequence[tuple[int, int]]]
    """Finish-to-start links on one timeline: who follows, and the least time between."""
    after: Sequence[Sequence[int]]
    """Every node that is laid before a node may be: by any link."""
    demands: list[Demand | None]
    needs: list[int]
    kinds: list[int]
    start: list[int]
    """Where nodes were laid last."""
    finish: list[int]
    desks: list[Desk]
    rules: Rules = field(default_factory=NoRules)
    falling: bool = False
    """Whether what follows a node begins at its end or later, by every link: an order by finish is then valid."""
    walls: "Walls | None" = None
    """How ordinals become wall minutes, where nodes are not all on one calendar."""


@dataclass(frozen=True, slots=True)
class Walls:
    """By node, the wall minute of a start and of a finish."""

    start: list[Callable[[int], int]]
    finish: list[Callable[[int], int]]


def starts(problem: Problem) -> list[int]:
    """Where nodes were laid last: starts, by node, on one scale for all."""
    if problem.walls is None:
        return problem.start
    return _on_one_scale(problem, problem.start, problem.walls.start)


def finishes(problem: Problem) -> list[int]:
    """Idem, finishes."""
    if problem.walls is None:
        return problem.finish
    return _on_one_scale(problem, problem.finish, problem.walls.finish)


def _on_one_scale(problem: Problem, ordinals: list[int], walls: list[Callable[[int], int]]) -> list[int]:
    found = [0] * len(ordinals)
    for node in problem.order:
        found[node] = walls[node](ordinals[node])
    return found
