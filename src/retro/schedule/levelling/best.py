"""The best plan that a budget allows: the rule alone, then justified, then with random ones beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retro.schedule.levelling.order import by_key
from retro.schedule.levelling.search import climbed, search
from retro.schedule.levelling.sides import Sides

Rule = Sequence[int]
"""Keys by node: the least is laid first."""
_TO_CLIMB = 15
"""Plans that the budget has to allow before one is justified at all: a large network is laid by the first rule."""
_TO_SEARCH = 90
"""Idem, before random ones are tried."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Samples that are tried at most, placements of nodes after which no plan is begun, and the seed."""

    samples: int
    placements: int
    seed: int = 0

    def climbs(self, nodes: int) -> bool:
        """Whether so many nodes are laid more than once."""
        return self.placements >= _TO_CLIMB * nodes


def best_plan(sides: Sides, rules: Sequence[Callable[[], Rule]], effort: Effort) -> list[int]:
    """The order that lays the best plan found from some rules, the best rule first."""
    none = [0] * len(sides.back.works)
    ranks, ties = sides.ranks or none, sides.ties or none

    def by_rule(rule: Rule) -> list[int]:
        return by_key(sides.back, list(zip(ranks, rule, ties, strict=True)))

    foremost = rules[0]()

    count = len(sides.back.order)
    if not effort.climbs(count):
        return by_rule(foremost)
    others = (rule() for rule in rules[1:])
    found = [climbed(sides, by_rule(rule), effort.placements) for rule in (foremost, *others)]
    best = max(found, key=lambda plan: plan.value)
    if effort.placements >= _TO_SEARCH * count and effort.samples and not sides.aim.reached(best.value):
        best = search(sides, found, foremost, samples=effort.samples, placements=effort.placements, seed=effort.seed)
    return best.laid
