"""The backward pass over a network, to latest dates under every bound. Linear in nodes and links."""

from collections.abc import Sequence
from itertools import repeat

from retro.schedule.bounds import LATEST, UNBOUND, UNKNOWN, Bounds, Late, known
from retro.schedule.network import FS, SF, SS, Far, Network
from retro.schedule.pulls import held_by, less
from retro.schedule.standing import stands_until


def backward(network: Network, bounds: Bounds, margins: Sequence[int]) -> Late:  # noqa: C901, PLR0912 - as in `lay`
    """Latest dates under every bound; `margins` are kept free, on the task's calendar, before what follows it."""
    count = len(network.work)
    start, finish, wall, begins = ([LATEST] * count for _ in range(4))
    late = Late(start, finish, [-1 for _ in repeat(None, count)], wall, begins)
    done, cross_in, calendars, rest, tasks = (
        network.done,
        network.cross_in,
        network.calendars,
        network.left,
        network.tasks,
    )
    fact_start, held, stands = bounds.fact_start, network.held, network.stands
    plain, near_out, due, limit, anchors = network.plain, network.near_out, bounds.due, bounds.limit, late.anchor
    for node in reversed(network.order):
        if plain[node]:
            # As below and in `bound_of`, without a call: most nodes are so.
            bound = nearest = bounds.anchored[node]
            anchor = bounds.anchor[node]
            for target, lag in near_out[node]:
                before, by = start[target] - lag, anchors[target]
                if by >= 0 and (before < nearest or (before == nearest and by < anchor)):
                    nearest, anchor = before, by
                if before < bound:  # noqa: PLR1730 - `min` costs a call a link
                    bound = before
            if due[node] < UNBOUND:
                bound = due[node]
            if limit[node] < bound:  # noqa: PLR1730 - as above
                bound = limit[node]
            if bound < UNBOUND:
                anchors[node] = anchor
                finish[node] = bound = bound - margins[node]
                start[node] = bound - rest[node]
            continue
        if done[node]:
            continue
        bound = bound_of(network, bounds, late, node)
        if bound >= UNBOUND:
            continue
        bound -= margins[node]
        if not rest[node] or tasks[node] is None:
            settle(network, late, node, bound)
            if stands[node] and tasks[node] is not None:
                late.until[node] = stands_until(network, bounds, late, node)
            continue
        finish[node] = bound
        start[node] = bound - rest[node]
        if fact_start[node] > UNKNOWN and not held[node]:
            start[node] = min(start[node], resumes(network, bounds, node))
        if cross_in[node]:
            begins[node] = calendars[node].start_wall(start[node])
    return late


def bound_of(network: Network, bounds: Bounds, late: Late, node: int) -> int:
    """The latest finish of a node; which anchor it comes from is written into `late`."""
    bound = nearest = bounds.anchored[node]
    anchor, anchors, start = bounds.anchor[node], late.anchor, late.start
    befores = [(start[target] - lag, target) for target, lag in network.near_out[node]]
    if network.cross_out[node]:
        _crossings(network, late, node, befores)
    if network.far_out[node]:
        befores += _befores(network, bounds, late, node)
    for before, target in befores:
        by = anchors[target]
        if by >= 0 and (before < nearest or (before == nearest and by < anchor)):
            nearest, anchor = before, by
        if before < bound:  # noqa: PLR1730 - `min` costs a call a link
            bound = before
    if bounds.due[node] < UNBOUND:
        bound = bounds.due[node]
    bound = min(bound, bounds.limit[node])
    if bound < UNBOUND:
        anchors[node] = anchor
    return bound


def resumes(network: Network, bounds: Bounds, node: int) -> int:
    """Where the rest of a started task follows what is done of it: what comes before it may end as late as that."""
    return network.calendars[node].ordinal_at(bounds.fact_start[node]) + network.work[node] - network.left[node]


def settle(network: Network, late: Late, node: int, bound: int) -> None:
    """A node with nothing left to do: a passage's bound is a wall minute, a task's an ordinal."""
    calendar = network.calendars[node]
    if network.tasks[node] is None:
        late.wall[node] = bound
        late.start[node] = late.finish[node] = calendar.ordinal_at(bound)
        return
    late.start[node] = late.finish[node] = bound
    late.wall[node] = calendar.finish_wall(bound)
    if network.cross_in[node]:
        late.begins[node] = calendar.start_wall(bound)


def _crossings(network: Network, late: Late, node: int, befores: list[tuple[int, int]]) -> None:
    """What finish-to-start links into other calendars bound a task's finish by."""
    ordinal_at = network.calendars[node].ordinal_at
    for target, lag in network.cross_out[node]:
        at = late.begins[target]
        if at >= UNBOUND:
            continue
        if lag < 0 and network.computed[target]:
            at = network.calendars[target].finish_wall(late.start[target] - lag)
        elif lag:
            at = network.calendars[target].start_wall(late.start[target] - lag)
        befores.append((ordinal_at(at), target))


def _befores(network: Network, bounds: Bounds, late: Late, node: int) -> list[tuple[int, int]]:
    """What each far link bounds the node's finish by: an ordinal, or a wall minute where the node is a passage."""
    found: list[tuple[int, int]] = []
    calendar = network.calendars[node]
    for target, kind, lag, elapsed in network.far_out[node]:
        if known(bounds.fact_start[node]) and (kind == SS or (kind == SF and network.held[node])):
            continue  # its start is a fact: what that was to release holds back nothing that is left of it
        if network.tasks[node] is None and kind == FS and known(bounds.fact_start[target]):
            at = bounds.fact_start[target]  # a span's latest start is that of its parts, which have begun
        elif kind in (SS, SF) and network.computed[node] and network.computed[target]:
            if known(late.finish[target]):
                found.append((_begun_by(network, late, node, (target, kind, lag, elapsed)), target))
            continue
        else:
            at = held_by(network, late, target, kind, lag, elapsed=elapsed)
        if at < UNBOUND:
            before = at if network.tasks[node] is None else calendar.ordinal_at(at)
            if kind in (SS, SF):
                if network.work[node] and calendar.start_wall(before) > at:
                    before -= 1  # nobody works there at that minute: it would begin in the shift after it
                before += network.work[node]
            found.append((before, target))
    return found


def _begun_by(network: Network, late: Late, node: int, far: Far) -> int:
    """By which ordinal a task is to finish whose start something waits for, in the order in which MS Project counts.

    From the end that waits, on the task's own calendar to its first working minute or its finish, and back by the lag.
    """
    target, kind, lag, elapsed = far
    calendar, its, reckons = network.calendars[node], network.calendars[target], network.reckons[target]
    work = network.work[node]
    if kind == SS:
        at = its.start_wall(late.start[target]) if network.left[target] else late.wall[target]
        at = calendar.start_wall(calendar.ordinal_at(at))
    else:
        at = its.finish_wall(late.finish[target]) if network.left[target] else late.wall[target]
        at = calendar.finish_wall(calendar.ordinal_at(at) + work) if work else at
        work = 0
    if elapsed:
        at -= lag
    elif lag:
        at = less(reckons, at, lag)
    return calendar.ordinal_at(at) + work
