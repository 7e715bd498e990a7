"""The latest moment at which a network can begin, whatever the plan, because of its busiest people."""

from collections.abc import Mapping

from retro.schedule.bounds import LATEST
from retro.schedule.levelling.ceiling import Load, ceiling
from retro.schedule.levelling.pools import Asked, Pool
from retro.schedule.levelling.problem import Problem
from retro.schedule.levelling.seats import is_fixed
from retro.schedule.margins import Advised


def latest_start(advised: Advised, wanted: Mapping[int, Asked], pools: Mapping[str, Pool], back: Problem) -> int:
    """On the scale of `problem.starts`. Only tasks on the very hours of a pool that alone can take them are counted."""
    network, finish = advised.network, advised.late.finish
    calendars = {key: pool.calendar for key, pool in pools.items()}
    same: dict[tuple[int, int], bool] = {}
    loads: dict[str, Load] = {}
    for node, owners in wanted.items():
        if is_fixed(network, advised.bounds, node):
            continue
        for choice in owners:
            key, calendar = choice[0], network.calendars[node]
            place = (id(calendar), id(calendars[key]))
            if place not in same:
                same[place] = calendar == calendars[key]
            if len(choice) == 1 and same[place]:
                load = loads.setdefault(key, Load(pools[key].capacity, []))
                load.nodes.append((finish[node], network.left[node], 0))
    found = LATEST
    for key, load in loads.items():
        first = ceiling(LATEST, [load])
        found = min(found, first if back.walls is None else calendars[key].start_wall(first))
    return found
