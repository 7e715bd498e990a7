"""How far a link pulls what comes before it, in the backward pass: `pushes`, the other way."""

from retro.calendars import Calendar
from retro.schedule.bounds import LATEST, Late, known
from retro.schedule.network import FF, SF, Network


def held_by(network: Network, late: Late, node: int, kind: int, lag: int, *, elapsed: bool) -> int:
    """The wall minute by which the predecessor's end of a link has to lie, seen from its successor `node`."""
    if not known(late.finish[node]):
        return LATEST
    calendar, reckons = network.calendars[node], network.reckons[node]
    if not network.left[node]:
        at = late.wall[node]
    elif kind in (FF, SF):
        # What an end of a task of our own plans waits for may come as late as its next shift.
        exact = kind == FF or network.computed[node]
        at = calendar.finish_wall(late.finish[node]) if exact else calendar.start_wall(late.finish[node])
    else:
        at = calendar.start_wall(late.start[node])
    if elapsed or lag == 0:
        return at - lag
    if network.computed[node]:
        return less(reckons, at, lag)
    ordinal = reckons.ordinal_at(at) - lag
    return reckons.finish_wall(ordinal) if kind == FF and network.left[node] else reckons.start_wall(ordinal)


def less(calendar: Calendar, at: int, lag: int) -> int:
    """A lag before a wall minute: back to a shift's first minute or, for a lead, on to a shift's last."""
    ordinal = calendar.ordinal_at(at) - lag
    return calendar.start_wall(ordinal) if lag > 0 else calendar.finish_wall(ordinal)
