"""Slack: how late a task may be before its anchor (total), or before anything that follows it (free), is moved."""

from collections.abc import Iterable

from retro.schedule.bounds import LATEST, UNBOUND, UNKNOWN, Bounds, Early, Late, known
from retro.schedule.network import FF, SF, SS, Network


def total_slack(network: Network, bounds: Bounds, early: Early, late: Late) -> list[int]:
    """The lesser of start slack and finish slack in minutes of each node's calendar; `LATEST` where there is none.

    For a task under way, the slack of its finish; none for one that is to be as late as possible.
    """
    slack = [LATEST] * len(network.work)
    works, left, started, starts, finishes = network.work, network.left, network.started, early.start, early.finish
    plain, as_late = network.plain, network.late
    for node, finish in enumerate(late.finish):
        over = finishes[node]
        if not (UNKNOWN < finish < UNBOUND and UNKNOWN < over < UNBOUND):
            continue
        if plain[node] and not as_late[node]:
            slack[node] = finish - over  # as below, for most nodes
            continue
        if as_late[node]:
            slack[node] = 0
            continue
        at_finish = finish - over
        if network.reckons[node] is not network.calendars[node]:
            slack[node] = _reckoned(network, early, late, node)
        elif started[node] or known(bounds.fact_start[node]):
            slack[node] = at_finish
        elif network.held[node] or works[node] != left[node]:
            slack[node] = min(at_finish, late.start[node] - starts[node])
        else:
            # What is neither begun nor laid by hand lasts as long early as late.
            slack[node] = at_finish
    return slack


def _reckoned(network: Network, early: Early, late: Late, node: int) -> int:
    """Slack in another calendar than the one that is worked on: its two ends need not agree."""
    calendar, reckons = network.calendars[node], network.reckons[node].ordinal_at
    if not network.work[node]:
        return reckons(late.wall[node]) - reckons(early.wall[node])
    at_finish = reckons(calendar.finish_wall(late.finish[node])) - reckons(calendar.finish_wall(early.finish[node]))
    if network.started[node]:
        return at_finish
    return min(
        at_finish, reckons(calendar.start_wall(late.start[node])) - reckons(calendar.start_wall(early.start[node]))
    )


def free_slacks(network: Network, early: Early, total: list[int], nodes: Iterable[int]) -> list[int | None]:
    """The `free_slack` of some nodes."""
    plain, near_out, start, finish = network.plain, network.near_out, early.start, early.finish
    found: list[int | None] = []
    for node in nodes:
        if not plain[node]:
            found.append(free_slack(network, early, total, node))
            continue
        least = LATEST  # as there, without a call: most nodes are so
        for target, lag in near_out[node]:
            if start[target] - lag < least:  # noqa: PLR1730 - `min` costs a call a link
                least = start[target] - lag
        least -= finish[node]
        if UNKNOWN < least < UNBOUND:
            found.append(least if least > 0 else 0)  # noqa: FURB136 - as above
        else:
            found.append(total[node] if known(total[node]) else None)
    return found


def free_slack(network: Network, early: Early, total: list[int], node: int) -> int | None:
    """Minutes by which a task may be late without moving the earliest start of another; without successors, its total.

    None where neither is known. Successors under way, which nothing moves any more, leave 0.
    """
    least = LATEST
    finish, start, calendar = early.finish[node], early.start, network.calendars[node]
    for target, lag in network.near_out[node]:
        if start[target] - lag - finish < least:  # noqa: PLR1730 - `min` costs a call a link
            least = start[target] - lag - finish
    for target, lag in network.cross_out[node]:
        if known(early.start[target]):
            at = network.calendars[target].start_wall(early.start[target] - lag)
            least = min(least, calendar.ordinal_at(at) - finish)
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
