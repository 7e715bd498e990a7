"""How far a link pushes what follows it, in the forward pass.

A lag in working time is consumed on the successor's calendar, as in Microsoft Project.
"""

from retro.schedule.bounds import EARLIEST, Bounds, Early, Late, known
from retro.schedule.network import FF, SF, SS, Far, Network


def pushed(network: Network, bounds: Bounds, early: Early, node: int, far: Far) -> int:
    """The ordinal before which a link keeps a task with work from starting."""
    _, kind, lag, elapsed = far
    left = _left(network, bounds, early, node, far)
    if not known(left):
        return EARLIEST
    calendar, reckons = network.calendars[node], network.reckons[node]
    if elapsed and kind in (FF, SF) and network.computed[node]:
        # As Microsoft Project is known to count: first back to the start, then by the lag.
        return calendar.ordinal_at(calendar.start_wall(calendar.ordinal_at(left) - network.work[node]) + lag)
    if elapsed:
        after = calendar.ordinal_at(left + lag)
    elif reckons is calendar or not lag:
        after = calendar.ordinal_at(left) + lag
    else:
        ordinal = reckons.ordinal_at(left) + lag
        after = calendar.ordinal_at(reckons.start_wall(ordinal) if lag < 0 else reckons.finish_wall(ordinal))
    return after - network.work[node] if kind in (FF, SF) else after


def pushed_wall(network: Network, bounds: Bounds, early: Early, node: int, far: Far) -> int:
    """The wall minute before which a link keeps a node without work."""
    _, _, lag, elapsed = far
    left = _left(network, bounds, early, node, far)
    if not known(left):
        return EARLIEST
    if elapsed or lag == 0:
        return left + lag
    calendar = network.reckons[node]
    ordinal = calendar.ordinal_at(left) + lag
    return calendar.start_wall(ordinal) if lag < 0 and network.computed[node] else calendar.finish_wall(ordinal)


def _left(network: Network, bounds: Bounds, early: Early, node: int, far: Far) -> int:
    """The wall minute at which the predecessor's end of a link lies."""
    source, kind = far[0], far[1]
    late = early.late
    if late is not None and network.late[source] and not network.late[node] and known(late.finish[source]):
        return _left_late(network, late, source, kind)
    if kind in (SS, SF):
        return _begins(network, bounds, early, source)
    if source in early.over:
        return early.over[source]
    left = early.left[source]
    if _works(network, source) and known(early.out[source]):
        left = network.calendars[source].finish_wall(early.out[source])
    return max(left, bounds.release[source]) if known(left) else left


def _works(network: Network, node: int) -> bool:
    """Whether a node's ends follow from its ordinals: what is done or laid by hand lies at instants of its own."""
    return not network.stands[node] and not network.done[node] and not network.held[node]


def _begins(network: Network, bounds: Bounds, early: Early, node: int) -> int:
    """The wall minute of an earliest start."""
    if node in early.begun:
        return early.begun[node]
    if network.done[node] or known(bounds.fact_start[node]):
        return bounds.fact_start[node]
    if _works(network, node) and known(early.start[node]):
        return network.calendars[node].start_wall(early.start[node])
    return early.left[node]


def _left_late(network: Network, late: Late, source: int, kind: int) -> int:
    """Idem, of a predecessor that is as late as possible."""
    if not _works(network, source):
        return late.wall[source]
    calendar = network.calendars[source]
    return calendar.start_wall(late.start[source]) if kind in (SS, SF) else calendar.finish_wall(late.finish[source])
