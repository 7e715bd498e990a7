"""Slack: how late a task may be before its anchor (total), or before anything that follows it (free), is moved."""

from retro.schedule.network import FF, SF, SS, Network
from retro.schedule.passes import LATEST, Early, Late, known


def total_slack(network: Network, early: Early, late: Late) -> list[int]:
    """The lesser of start slack and finish slack in minutes of each node's calendar; `LATEST` where there is none.

    For a task under way, the slack of its finish.
    """
    slack = [LATEST] * len(network.work)
    for node, finish in enumerate(late.finish):
        if not known(finish) or not known(early.finish[node]):
            continue
        at_finish = finish - early.finish[node]
        slack[node] = at_finish if network.started[node] else min(at_finish, late.start[node] - early.start[node])
    return slack


def free_slack(network: Network, early: Early, total: list[int], node: int) -> int | None:
    """Minutes by which a task may be late without moving the earliest start of another; without successors, its total.

    None where neither is known. Successors under way, which nothing moves any more, leave 0.
    """
    least = LATEST
    finish, calendar = early.finish[node], network.calendars[node]
    for target, lag in network.near_out[node]:
        least = min(least, early.start[target] - lag - finish)
    for target, kind, lag, elapsed in network.far_out[node]:
        if not known(early.start[target]):
            continue
        at = _wall(network, early, target, kind, lag, elapsed=elapsed)
        least = min(least, calendar.ordinal_at(at) - (early.start[node] if kind in (SS, SF) else finish))
    if known(least):
        return max(least, 0)
    return total[node] if known(total[node]) else None


def _wall(network: Network, early: Early, node: int, kind: int, lag: int, *, elapsed: bool) -> int:
    """The wall minute at which a predecessor's end of a link would begin to push its successor."""
    calendar = network.calendars[node]
    if not network.work[node]:
        if elapsed or lag == 0:
            return early.wall[node] - lag
        return calendar.start_wall(early.finish[node] - lag)
    ordinal = early.finish[node] if kind in (FF, SF) else early.start[node]
    return calendar.start_wall(ordinal) - lag if elapsed else calendar.start_wall(ordinal - lag)
