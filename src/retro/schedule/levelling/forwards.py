"""A network compiled into the mirror of its problem: laid forwards from where a plan begins, as the forward pass would.

Every ordinal has the other sign: a start is the finish of the mirrored node.
"""

from collections.abc import Callable, Mapping

from retro.schedule.bounds import EARLIEST, UNKNOWN, Bounds, Early
from retro.schedule.forward import lay
from retro.schedule.levelling.crew import Crew
from retro.schedule.levelling.pools import Asked
from retro.schedule.levelling.problem import NOTED, SPECIAL, Problem, Walls
from retro.schedule.levelling.seats import seated
from retro.schedule.margins import Advised
from retro.schedule.network import Network


class EarliestRules:
    """The forward pass, node by node."""

    def __init__(self, network: Network, bounds: Bounds, margins: list[int]) -> None:
        count = len(network.work)
        self.network = network
        self.bounds = bounds
        self.margins = margins
        self.base = [EARLIEST] * count
        start, finish, out, wall, lefts = ([EARLIEST] * count for _ in range(5))
        self.early = Early(start, finish, out, wall, lefts)
        self.start = [0] * count
        self.finish = [0] * count

    def bound(self, node: int) -> int:
        """By when a mirrored node has to end: where links let the task begin."""
        lay(self.network, self.bounds, self.early, (node,), self.base, self.margins, facts=False)
        return -self.early.start[node]

    def lay(self, node: int, end: int) -> None:
        """Write down where a task begins, and where that leaves what follows it."""
        network, early, start = self.network, self.early, -end
        if start != early.start[node]:
            early.start[node] = start
            early.finish[node] = start + network.work[node]
            early.out[node] = early.finish[node] + self.margins[node]
            release = self.bounds.release[node]
            if release > UNKNOWN:
                early.out[node] = max(early.out[node], network.calendars[node].ordinal_at(release))
            if network.cross_out[node]:
                early.left[node] = max(network.calendars[node].finish_wall(early.out[node]), release)
        self.finish[node] = end
        self.start[node] = -early.finish[node]


def forwards(advised: Advised, wanted: Mapping[int, Asked], crew: Crew, back: Problem, rules: EarliestRules) -> Problem:
    """The mirror of the problem of laying a network backwards, by `rules`, whose `base` says where it begins."""
    network = advised.network
    count = len(network.work)
    before: list[list[int]] = [[] for _ in range(count)]
    for node in back.order:
        before[node] = [other for other in network.predecessors(node) if not network.done[other]]
    problem = Problem(
        order=back.order[::-1],
        works=network.left,
        margins=[0] * count,
        own=[-EARLIEST] * count,
        follows=[[] for _ in range(count)],
        after=before,
        demands=seated(advised, wanted, crew, back.order, forwards=True),
        needs=back.needs,
        # A forward pass only orders what is laid backwards after it: each node by the rules, whatever they cost.
        kinds=[SPECIAL | NOTED] * count,
        start=rules.start,
        finish=rules.finish,
        desks=[],
        rules=rules,
        falling=back.falling,
        walls=_mirrored(back.walls),
    )
    problem.desks = crew.desks
    return problem


def _mirrored(walls: Walls | None) -> Walls | None:
    return None if walls is None else Walls(_turned(walls.finish), _turned(walls.start))


def _turned(walls: list[Callable[[int], int]]) -> list[Callable[[int], int]]:
    def turn(wall: Callable[[int], int]) -> Callable[[int], int]:
        return lambda ordinal: -wall(-ordinal)

    return [turn(wall) for wall in walls]
