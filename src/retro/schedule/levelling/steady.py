"""A plan that people know: what need not move stays, unless a fresh plan begins later by more than they care for."""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retro.schedule.levelling.aim import Value
from retro.schedule.levelling.problem import Problem, finishes
from retro.schedule.levelling.sides import Found, Sides
from retro.schedule.levelling.stint import Capped

Ends = Mapping[int, int]
"""Where tasks end, by node."""
_ROUNDS = 4
_DAY = 24 * 60
_NONE = (0, 0)


@dataclass(frozen=True, slots=True)
class Option:
    """A plan that may be kept: how to lay it, where its tasks end and its networks begin, how many dates are new."""

    problem: Problem
    plan: Found
    ends: Sequence[int]
    begins: Mapping[tuple[int, int], int]
    """By rank and network."""
    changed: tuple[int, int]
    """How many end on another day than in the known plan, and how many at another minute."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked after a known plan."""

    sides: Sides
    networks: Sequence[int]
    """By node."""
    pools: Mapping[int, Sequence[str]]
    """By node, keys of those who may work on it."""
    previous: Ends
    """Where tasks ended, by node."""
    order: list[int]
    """That of the known plan."""
    seated: Callable[[Ends], Problem]
    """The same problem in which given tasks have their places beforehand."""
    finish_wall: Callable[[int, int], int]
    """The wall minute at which a node ends, from the ordinal."""
    scale: Callable[[int], int]
    """Turns moments on which networks begin into working minutes."""
    steady: int
    """Working minutes by which a network has to begin later in a fresh plan."""
    placements: int
    """After which no network is laid afresh on its own."""

    def steadied(self, fresh: list[int]) -> Option:
        """Of the fresh plan (its order), and of ways to mend the known one, the one with the fewest new dates.

        What is mended counts where the fresh plan does not begin later by more than `steady` a network; in a network
        that by itself could, it is laid afresh around all others.
        """
        anew = self._option(self.sides.back, fresh)
        budget = self.sides.spent + self.placements
        best = anew
        for mended in self._mended():
            option = self._relaid(mended, anew, budget)
            if self._bearable(option, anew):
                best = max(best, option, key=_worth)
                if best.changed == _NONE:
                    break
        best = self._restored(best, anew, budget)
        return best if best is anew else self._loosened(best, anew, budget)

    def _restored(self, option: Option, anew: Option, budget: int) -> Option:
        """The plan in which moved tasks are back in their places, all or halves of them, where that is borne."""
        back = self.sides.back
        parts = deque([[node for node in self.order if node in self.previous]])
        while parts and option.changed != _NONE and self.sides.spent <= budget:
            part = [node for node in parts.popleft() if option.ends[node] != self.previous[node]]
            if not part:
                continue
            stays = {node: end for node, end in self.previous.items() if option.ends[node] == end}
            stays |= {node: self.previous[node] for node in part}
            wanted = [stays.get(node, end) for node, end in enumerate(option.ends)]
            other = self._option(self.seated(stays), self.sides.order_of(back, self._walls(wanted)))
            if other.changed < option.changed and self._bearable(other, anew):
                option = other
            if len(part) > 1:
                parts += [part[: len(part) // 2], part[len(part) // 2 :]]
        return option

    def _mended(self) -> Iterator[Option]:
        """The known order; no task later than it was; and each in its place, around those that have to move."""
        back = self.sides.back
        yield self._option(back, self.order)
        yield self._option(self._capped(back, self.previous), self.order)
        yield from self._seats_kept(widened=False)
        yield from self._seats_kept(widened=True)

    def _seats_kept(self, *, widened: bool) -> Iterator[Option]:
        """Each task in its place but for those that cannot stay; `widened`: whoever is in the way of these moves up."""
        stays = dict(self.previous)
        for _ in range(_ROUNDS):
            problem = self._capped(self.seated(stays), self.previous)
            option = self._option(problem, self.order)
            yield option
            gone = {node for node, end in stays.items() if option.ends[node] != end}
            if widened:
                gone |= self._in_the_way(problem, stays)
            if not gone:
                return
            # Places that were left are free for others.
            for node in gone:
                del stays[node]

    def _in_the_way(self, problem: Problem, stays: Ends) -> set[int]:
        """Tasks of the same people between where a moved task lies, and where it was."""
        now = finishes(problem)
        walls = problem.walls
        kept: dict[str, list[tuple[int, int]]] = {}
        for node in stays:
            for key in self.pools.get(node, ()):
                kept.setdefault(key, []).append((now[node], node))
        for ends in kept.values():
            ends.sort()
        found: set[int] = set()
        for node, end in self.previous.items():
            was = end if walls is None else walls.finish[node](end)
            if now[node] < was:
                for key in self.pools.get(node, ()):
                    ends = kept.get(key, [])
                    first, last = bisect_right(ends, (now[node], node)), bisect_left(ends, (was + 1, -1))
                    found.update(other for _, other in ends[first:last])
        return found

    def _relaid(self, option: Option, anew: Option, budget: int) -> Option:
        """The plan in which each network that could begin much later is laid afresh, while all others stay."""
        gains = True
        while gains and len(option.begins) > 1:
            gains = False
            for place, at in sorted(anew.begins.items()):
                if self._minutes(option.begins[place], at) <= self.steady or self.sides.spent > budget:
                    continue
                stays = {node: option.ends[node] for node in self.previous if self.networks[node] != place[1]}
                other = self._option(self.seated(stays), anew.plan.laid)
                if self._minutes(option.begins[place], other.begins[place]) > self.steady and all(
                    other.begins[each] >= begin for each, begin in option.begins.items()
                ):
                    option, gains = other, True
        return option

    def _loosened(self, option: Option, anew: Option, budget: int) -> Option:
        """The plan in which each task that would end much later in a fresh plan too does so, where that moves no other.

        What held it back is gone: it is not to stay early for ever.
        """
        while self.sides.spent <= budget:
            best = self._option(self.sides.back, self.sides.order_of(self.sides.back, self._walls(option.ends)))
            free = {
                node for node in self.previous if self._later(node, option, best) and self._later(node, option, anew)
            }
            while free:
                stays = {node: option.ends[node] for node in self.previous if node not in free}
                other = self._option(self._capped(self.seated(stays), stays), best.plan.laid)
                late = {node for node in free if self._later(node, option, other)}
                if late == free:
                    break
                free = late
            if not free:
                break
            option = other
        return option

    def _later(self, node: int, option: Option, other: Option) -> bool:
        return other.ends[node] - option.ends[node] > self.steady

    def _walls(self, ends: Sequence[int]) -> list[int]:
        """Ends on one scale for all."""
        back = self.sides.back
        if back.walls is None:
            return [*ends]
        found = [*ends]
        for node in back.order:
            found[node] = back.walls.finish[node](found[node])
        return found

    def _bearable(self, option: Option, anew: Option) -> bool:
        """Whether a fresh plan begins no later by more than `steady` a network, the most important ones first."""
        gained: dict[int, list[int]] = {}
        for place, at in anew.begins.items():
            gained.setdefault(place[0], []).append(self._minutes(option.begins[place], at))
        for _, minutes in sorted(gained.items()):
            if abs(sum(minutes)) > self.steady * len(minutes):
                return sum(minutes) < 0
        return True

    def _minutes(self, begin: int, end: int) -> int:
        return self.scale(end) - self.scale(begin)

    @staticmethod
    def _capped(problem: Problem, ends: Ends) -> Problem:
        """The same problem, in which nobody's task ends later than it did."""
        demands = [
            Capped(ends[node], demand) if demand is not None and node in ends else demand
            for node, demand in enumerate(problem.demands)
        ]
        return replace(problem, demands=demands)

    def _option(self, problem: Problem, order: list[int]) -> Option:
        """Lay a plan in an order, and see what it changes."""
        plan = replace(self.sides, back=problem, stands=None).lay(order)
        self.sides.spent += len(order)
        ends = problem.finish[:]
        moved = [node for node, end in self.previous.items() if ends[node] != end]
        days = sum(
            self.finish_wall(node, ends[node]) // _DAY != self.finish_wall(node, self.previous[node]) // _DAY
            for node in moved
        )
        return Option(problem, plan, ends, self.sides.aim.begins(), (days, len(moved)))


def _worth(option: Option) -> tuple[int, int, Value]:
    days, minutes = option.changed
    return (-days, -minutes, option.plan.value)
