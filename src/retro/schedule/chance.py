"""The chance of making each anchor, when work lasts more or less than it was estimated at.

Every draw gives each open task a duration and lays the network forward once; the chance is the share of draws in which
nothing that works to an anchor ends after it. What is done is a fact, and of what is under way only the rest is drawn.
Must-dates do not hold work back here: a plan that begins late ends late. Nobody is held up by other work of their own
either: as in every earliest date, people are not levelled. Like these a chance depends on the clock; it is shown and
never written.

Durations are lognormal around the estimate, which is their median: as many last longer as shorter. Trietsch, Mazmanyan,
Gevorgyan and Baker (European Journal of Operational Research 216, 2012) found that form in field data of several
organisations, and that the errors of one project go together: a factor that all share, times one of each task.
Independent errors would cancel out over a plan and promise far too much. The two figures below are retro's own choice.
"""

import math
from dataclasses import replace
from random import Random

from retro.model import ConstraintType
from retro.schedule.bounds import LATEST, Bounds, known
from retro.schedule.forward import forward, lay
from retro.schedule.network import Network
from retro.schedule.passed import Passed

SPREAD = 0.35
"""Standard deviation of the logarithm of actual over estimate: nine durations out of ten are 0.56 to 1.78 times it."""
SHARED = 0.5
"""The part of its square that all tasks have in common: a team that is late is late with most things."""
_TO_FINISH_ON = frozenset({ConstraintType.FNET, ConstraintType.MFO})


def anchor_chances(
    passed: Passed, draws: int, seed: int = 0, *, spread: float = SPREAD, shared: float = SHARED
) -> tuple[float | None, ...]:
    """The chance of each anchor, 0 to 1, in the order of `passed.reach.bounds`; None where nothing open works to it.

    Deterministic by `seed`. Each task has random numbers of its own, by its key: neither the order of input nor what
    else is planned changes them, so that two plans differ by what was changed in them.
    """
    network, bounds, watched = passed.network, _free(passed.bounds), _watched(passed)
    if draws < 1 or not any(watched):
        return (None,) * len(watched)
    works = network.work[:]
    drawn = replace(network, work=works)
    early = forward(
        drawn, bounds, passed.base, [0] * len(works), facts=True, late=passed.late if any(network.late) else None
    )
    order = [node for node in network.order if not network.done[node]]
    uncertain = [(node, Random(f"{seed}/{network.names[node]}")) for node in order if _is_uncertain(network, node)]  # noqa: S311 - a simulation
    common = Random(f"{seed}")  # noqa: S311 - idem
    finishing = [
        (node, bounds.floor[node] + network.work[node]) for node, _ in uncertain if _finishes_on(network, node)
    ]
    ours, own = spread * math.sqrt(shared), spread * math.sqrt(1 - shared)
    none = [0] * len(works)
    made = [0] * len(watched)
    for _ in range(draws):
        factor = ours * common.gauss()
        for node, random in uncertain:
            left = network.left[node]
            works[node] = network.work[node] - left + max(1, round(left * math.exp(factor + own * random.gauss())))
        for node, finish in finishing:
            bounds.floor[node] = finish - works[node]
        early.begun.clear()
        early.over.clear()
        lay(drawn, bounds, early, order, passed.base, none, facts=True)
        for number, nodes in enumerate(watched):
            made[number] += all(early.finish[node] <= bounds.anchored[node] for node in nodes)
    return tuple(count / draws if nodes else None for count, nodes in zip(made, watched, strict=True))


def _watched(passed: Passed) -> list[list[int]]:
    """The open nodes that end on each anchor; whatever leads to them is judged by them."""
    found: list[list[int]] = [[] for _ in passed.reach.bounds]
    for node, number in enumerate(passed.bounds.anchor):
        if 0 <= number < len(found) and not passed.network.done[node] and known(passed.bounds.anchored[node]):
            found[number].append(node)
    return found


def _free(bounds: Bounds) -> Bounds:
    """Bounds under which lateness is not hidden by what must be on a date."""
    count = len(bounds.cap)
    return replace(bounds, cap=[LATEST] * count, cap_wall=[LATEST] * count, floor=bounds.floor[:])


def _is_uncertain(network: Network, node: int) -> bool:
    return network.left[node] > 0 and network.tasks[node] is not None and not network.held[node]


def _finishes_on(network: Network, node: int) -> bool:
    task = network.tasks[node]
    return task is not None and task.constraint is not None and task.constraint.type in _TO_FINISH_ON
