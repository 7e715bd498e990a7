"""Where a node without work stands: an instant, which its ordinal alone does not tell.

A shift's last minute and the next one's first are the same working minute, so that a milestone which must start on
Monday at 9:00 has no slack before Friday at 17:00. Which of the two is meant follows from what holds it.
"""

from collections.abc import Iterator

from retro.schedule.bounds import Bounds, Late, known
from retro.schedule.network import FS, Network
from retro.schedule.pulls import held_by


def standing_floors(network: Network, bounds: Bounds) -> dict[int, int]:
    """The wall minutes that constraints and facts keep nodes without work from standing before, whatever the clock."""
    floors: dict[int, int] = {}
    for node in network.order:
        if not network.stands[node]:
            continue
        own = (bounds.floor_wall[node], bounds.fact_start[node], bounds.fact_finish[node])
        before = (
            floors[source]
            for source, kind, lag, _ in network.far_in[node]
            if source in floors and kind == FS and lag == 0
        )
        floor = max((*own, *before))
        if known(floor):
            floors[node] = floor
    return floors


def stands_until(network: Network, bounds: Bounds, late: Late, node: int) -> int:
    """The wall minute of the latest date of a task without work, within the working minute that the pass found.

    In a plan that computes dates it is, as Microsoft Project keeps it, the very minute of what bounds it: the start of
    what follows, the end of the plan. Elsewhere it is a finish: the last minute worked. A date that it must keep, or
    that it may not stand before, is never moved off by that.
    """
    if known(bounds.due[node]):
        return bounds.cap_wall[node]
    bound, until = late.finish[node], late.wall[node]
    ordinal_at = network.calendars[node].ordinal_at
    walls = [bounds.cap_wall[node]] if known(bounds.cap_wall[node]) else []
    if network.computed[node]:
        walls += [bounds.anchored_wall[node], *_followers(network, late, node)]
    if walls:
        until = min((wall for wall in walls if known(wall) and ordinal_at(wall) == bound), default=until)
    floor = bounds.stands.get(node, until)
    return floor if until < floor and ordinal_at(floor) == bound else until


def _followers(network: Network, late: Late, node: int) -> Iterator[int]:
    """The wall minutes that links bound a node by."""
    for target, lag in network.near_out[node]:
        yield held_by(network, late, target, FS, lag, elapsed=False)
    for target, kind, lag, elapsed in network.far_out[node]:
        if lag == 0 and target in late.until:
            yield late.until[target]
        else:
            yield held_by(network, late, target, kind, lag, elapsed=elapsed)
