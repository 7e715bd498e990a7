"""Overloads that are facts: tasks that stay where they are, at the same time, by the same people."""

from collections.abc import Mapping

from retro.model import Overload
from retro.schedule.bounds import Bounds, Late
from retro.schedule.levelling.pools import Asked, Levelling
from retro.schedule.levelling.seats import is_fixed, place_of
from retro.schedule.network import Network


def overloads(
    network: Network, bounds: Bounds, late: Late, wanted: Mapping[int, Asked], levelling: Levelling
) -> tuple[Overload, ...]:
    """For each pool, the fixed tasks of which more are at work at once than it has units. By the pool's key."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for node, owners in wanted.items():
        task = network.tasks[node]
        if task is None or not is_fixed(network, bounds, node):
            continue
        begin, end = place_of(network, bounds, late, node)
        calendar = network.calendars[node]
        for choice in owners:
            if len(choice) == 1:
                at = levelling.pools[choice[0]].calendar.ordinal_at
                span = at(calendar.start_wall(begin)), at(calendar.finish_wall(end)), task.key
                spans.setdefault(choice[0], []).append(span)
    found = []
    for key in sorted(spans):
        tasks = _crowded(spans[key], levelling.pools[key].capacity)
        if tasks:
            found.append(Overload(pool=key, tasks=tasks))
    return tuple(found)


def _crowded(spans: list[tuple[int, int, str]], capacity: int) -> tuple[str, ...]:
    """Tasks that are at work when more are than there is room for."""
    # Whoever leaves goes before whoever comes at the same minute.
    moments = [(end, 0, task) for begin, end, task in spans if begin < end]
    moments += [(begin, 1, task) for begin, end, task in spans if begin < end]
    at_work: set[str] = set()
    untold: set[str] = set()
    crowded: set[str] = set()
    for _, comes, task in sorted(moments):
        if not comes:
            at_work.discard(task)
            untold.discard(task)
            continue
        at_work.add(task)
        untold.add(task)
        if len(at_work) > capacity:
            crowded |= untold
            untold.clear()
    return tuple(sorted(crowded))
