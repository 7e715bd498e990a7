"""Orders in which nodes are laid: by priority, each node after those that follow it."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from retro.schedule.levelling.problem import Problem


def by_key(problem: Problem, keys: Sequence[tuple[int, ...]]) -> list[int]:
    """The nodes of a problem by key, the least first, none before what follows it.

    `keys` is by node; nodes of one key come as in `problem.order`.
    """
    wanted = sorted(problem.order, key=keys.__getitem__)
    return wanted if _valid(problem, wanted) else repaired(problem, wanted)


def _valid(problem: Problem, order: Sequence[int]) -> bool:
    place = [-1] * len(problem.works)
    for number, node in enumerate(order):
        place[node] = number
    after = problem.after
    return all(place[other] < number for number, node in enumerate(order) for other in after[node])


def repaired(problem: Problem, wanted: Sequence[int]) -> list[int]:
    """The order nearest to a wanted one: of the nodes whose followers are laid, the first one wanted."""
    place = [-1] * len(problem.works)
    for number, node in enumerate(wanted):
        place[node] = number
    waits = [0] * len(problem.works)
    opens: list[list[int]] = [[] for _ in problem.works]
    for node in wanted:
        for other in problem.after[node]:
            if place[other] >= 0:
                waits[node] += 1
                opens[other].append(node)
    ready = [place[node] for node in wanted if not waits[node]]
    heapify(ready)
    order: list[int] = []
    while ready:
        node = wanted[heappop(ready)]
        order.append(node)
        for other in opens[node]:
            waits[other] -= 1
            if not waits[other]:
                heappush(ready, place[other])
    return order


def inherited(problem: Problem, ranks: Sequence[int]) -> list[int]:
    """Ranks in which what follows a node is at least as important as the node is."""
    found = list(ranks)
    for node in reversed(problem.order):
        rank = found[node]
        for other in problem.after[node]:
            found[other] = min(found[other], rank)
    return found
