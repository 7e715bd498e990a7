"""The search for a better plan: a small population of plans, crossed, disturbed and justified.

Each plan is an order; laid backwards, forwards from its start and backwards again (double justification: Valls,
Ballestín and Quintanilla 2005). New orders come from the rule with noise at first, then from two plans by two-point
crossover (Hartmann 1998). Deterministic by seed; the effort is counted in placements, never in seconds.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from random import Random

from retro.schedule.levelling.sides import Found, Sides

_BROOD = 10
_TASKS_A_PLAN = 8
"""A sample is a brood of ten plans, and of one for eight tasks where these are more."""
_POPULATION = 80
_NOISE = 0.2
"""Standard deviation of the noise on a rule, as a share of its spread."""
_SWAPS = 0.05
"""Neighbours in an order that change places, where links let them."""
_ROUNDS = 20


def climbed(sides: Sides, order: list[int], placements: int) -> Found:
    """A plan justified again and again while that makes it better."""
    found = sides.lay(order)
    for _ in range(_ROUNDS):
        if sides.aim.reached(found.value) or sides.spent + 3 * len(order) > placements:
            break
        again = sides.justified(found.order)
        if again.value <= found.value:
            break
        found = again
    return found


def search(
    sides: Sides, first: Sequence[Found], rule: Sequence[float], *, samples: int, placements: int, seed: int
) -> Found:
    """The best plan found from some that are known, and from a rule: keys by node, the least is laid first."""
    random = Random(seed)  # noqa: S311 - a search, not a secret
    plans = list(first)
    best = max(plans, key=lambda plan: plan.value)
    nodes = sides.back.order
    spread = _NOISE * (max(map(rule.__getitem__, nodes)) - min(map(rule.__getitem__, nodes)) + 1) if nodes else 0.0
    brood = max(_BROOD, len(nodes) // _TASKS_A_PLAN)
    most = min(samples * brood, placements // max(3 * len(nodes), 1))
    founders = min(_POPULATION, most // 4)
    shuffle, breed = _Shuffle(sides), _Breed(sides, random)
    for number in range(most):
        if sides.aim.reached(best.value) or sides.spent + 3 * len(nodes) > placements:
            break
        young = number < founders
        order = shuffle.order(rule, spread, random) if young else breed.child(plans)
        plan = sides.justified(order)
        if plan.value > best.value:
            best = plan
        if young:
            plans.append(plan)
        else:
            _admit(plans, plan)
    return best


def _admit(plans: list[Found], plan: Found) -> None:
    """Put a plan in the place of the worst one, unless it is no better or known."""
    worst = min(range(len(plans)), key=lambda place: plans[place].value)
    if plan.value > plans[worst].value and all(plan.value != other.value for other in plans):
        plans[worst] = plan


class _Shuffle:
    """Orders by a rule with noise, each node after those that follow it."""

    def __init__(self, sides: Sides) -> None:
        problem = sides.back
        self._nodes = problem.order
        self._ranks = sides.ranks
        here = set(problem.order)
        self._waits = {node: sum(other in here for other in problem.after[node]) for node in problem.order}
        self._opens: dict[int, list[int]] = {node: [] for node in problem.order}
        for node in problem.order:
            for other in problem.after[node]:
                if other in here:
                    self._opens[other].append(node)

    def order(self, rule: Sequence[float], spread: float, random: Random) -> list[int]:
        """One such order."""
        ranks = self._ranks
        keys = {
            node: (0 if ranks is None else ranks[node], rule[node] + random.gauss(0, spread), node)
            for node in self._nodes
        }
        waits = dict(self._waits)
        ready = [keys[node] for node in self._nodes if not waits[node]]
        heapify(ready)
        order: list[int] = []
        while ready:
            node = heappop(ready)[2]
            order.append(node)
            for other in self._opens[node]:
                waits[other] -= 1
                if not waits[other]:
                    heappush(ready, keys[other])
        return order


class _Breed:
    """Orders from two others."""

    def __init__(self, sides: Sides, random: Random) -> None:
        self._after = [frozenset(others) for others in sides.back.after]
        self._ranks = sides.ranks
        self._random = random

    def child(self, plans: Sequence[Found]) -> list[int]:
        """The order of one plan, but for a stretch in the order of another; of two each the better one is taken."""
        mother, father = self._picked(plans), self._picked(plans)
        first, last = sorted((self._random.randrange(len(mother)), self._random.randrange(len(mother))))
        head = mother[:first]
        seen = set(head)
        middle = [node for node in father if node not in seen][: last - first]
        seen.update(middle)
        return self._disturbed([*head, *middle, *(node for node in mother if node not in seen)])

    def _picked(self, plans: Sequence[Found]) -> list[int]:
        one, other = self._random.choice(plans), self._random.choice(plans)
        return one.order if one.value >= other.value else other.order

    def _disturbed(self, order: list[int]) -> list[int]:
        chance, ranks = self._random.random, self._ranks
        for place in range(len(order) - 1):
            if chance() < _SWAPS:
                one, other = order[place], order[place + 1]
                if one not in self._after[other] and (ranks is None or ranks[one] == ranks[other]):
                    order[place], order[place + 1] = other, one
        return order
