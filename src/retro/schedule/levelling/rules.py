"""Priority rules: which task is laid first, backwards. Keys are by node; the least is laid first."""

from retro.calendars import Calendar
from retro.schedule.bounds import Late, known
from retro.schedule.levelling.best import Rule
from retro.schedule.levelling.problem import Problem
from retro.schedule.margins import Advised
from retro.schedule.network import Network


def most_before(back: Problem, advised: Advised, calendar: Calendar) -> Rule:
    """What has the most work before it is laid first: the latest finish time of Kolisch (1996), turned round.

    In ordinals of one calendar, from where the network of each anchor begins.
    """
    head, first = _heads(back), begun(advised.network, advised.late, calendar)
    return [-(first.get(anchor, 0) + before) for before, anchor in zip(head, advised.late.anchor, strict=True)]


def last_end(_back: Problem, advised: Advised, calendar: Calendar) -> Rule:
    """What has to end last is laid first."""
    calendars = advised.network.calendars
    return [
        -calendar.ordinal_at(calendars[node].finish_wall(end)) if known(end) else 0
        for node, end in enumerate(advised.late.finish)
    ]


def _heads(back: Problem) -> list[int]:
    """Minutes of work and margins of the longest chain that leads to each node."""
    found, works, margins, after = [0] * len(back.works), back.works, back.margins, back.after
    for node in reversed(back.order):
        through = found[node] + works[node] + margins[node]
        for target in after[node]:
            if through > found[target]:  # noqa: PLR1730 - `max` costs a call a link
                found[target] = through
    return found


def begun(network: Network, late: Late, calendar: Calendar) -> dict[int, int]:
    """Where the network of each anchor begins, in ordinals of one calendar; by the anchor's number."""
    walls: dict[int, int] = {}
    for node in network.open:
        if known(late.start[node]):
            wall = network.calendars[node].start_wall(late.start[node]) if network.left[node] else late.wall[node]
            number = late.anchor[node]
            walls[number] = min(walls.get(number, wall), wall)
    return {number: calendar.ordinal_at(wall) for number, wall in walls.items()}
