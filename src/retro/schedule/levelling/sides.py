"""One problem from both ends: laid backwards, and forwards from where it then begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retro.schedule.levelling.aim import Aim, Value
from retro.schedule.levelling.generation import generate
from retro.schedule.levelling.order import by_key
from retro.schedule.levelling.problem import Problem, finishes, starts


class Found(NamedTuple):
    """A plan: how good it is, the order that lays it, and the order of its finishes."""

    value: Value
    laid: list[int]
    order: list[int]


@dataclass(slots=True)
class Sides:
    """A problem, its mirror, and what to aim at. `ranks` is by node, the least first; what follows has no greater."""

    back: Problem
    mirror: Callable[[], Problem]
    """Compiles the mirror, which a plan that is laid once does without."""
    aim: Aim
    ranks: Sequence[int] | None
    """None where all nodes have one."""
    ties: Sequence[int] | None = None
    """What is laid first of nodes that a rule holds for equal, by node, the least; None: as in the problem's order."""
    begin: Callable[[], None] | None = None
    """Tells the mirror where the plan that was laid last begins; None where that is all one."""
    spent: int = 0
    """Placements so far."""
    stands: list[int] | None = None
    """The order that was laid last."""
    _forth: Problem | None = None

    def stand(self, order: list[int]) -> None:
        """Lay a plan backwards, unless it stands already."""
        if self.stands is not order:
            generate(self.back, order)
            self.stands = order
            self.spent += len(order)

    def lay(self, order: list[int]) -> Found:
        """Lay a plan backwards; what it is worth."""
        self.stand(order)
        return Found(self.aim.value(), order, self.order_of(self.back, finishes(self.back)))

    def justified(self, order: list[int]) -> Found:
        """Lay a plan backwards, then forwards from its start, then backwards again; the better of the two."""
        first = self.lay(order)
        again = self.lay(self.order_of(self.back, [-at for at in self._forwards()]))
        return max(first, again, key=_value)

    def order_of(self, problem: Problem, finish: Sequence[int]) -> list[int]:
        """Nodes by finish, the last first, within their ranks."""
        if problem is self.back and self.ranks is not None:
            ranks = self.ranks
            return by_key(problem, [(rank, -end) for rank, end in zip(ranks, finish, strict=True)])
        order = sorted(problem.order, key=finish.__getitem__, reverse=True)
        return order if problem.falling else by_key(problem, [(-end,) for end in finish])

    def _forwards(self) -> list[int]:
        """Where nodes begin in the mirror of the plan that was laid last: their finishes, with the other sign."""
        if self._forth is None:
            self._forth = self.mirror()
        forth = self._forth
        if self.begin is not None:
            self.begin()
        generate(forth, self.order_of(forth, [-at for at in starts(self.back)]))
        self.spent += len(forth.order)
        return starts(forth)


def _value(found: Found) -> Value:
    return found.value
