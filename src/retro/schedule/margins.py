"""The margins of critical tasks: a second backward pass, to a fixed point."""

from collections.abc import Sequence
from dataclasses import dataclass

from retro.schedule.backward import backward
from retro.schedule.bounds import EARLIEST, Bounds, Late
from retro.schedule.forward import forward
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions

MOST_ROUNDS = 20
QUARTER = 15


@dataclass(frozen=True, slots=True)
class Advised:
    """Latest dates with margins kept free, and how the fixed point was reached."""

    late: Late
    margins: list[int]
    rounds: int
    settled: bool


def margin_of(work: int, share: float) -> int:
    """`share` of some work, rounded up to a quarter of an hour."""
    # Rounded first to a thousandth of a minute: 0.2 × 1050 is 210.00000000000003 in binary.
    exact = round(work * share, 3)
    return int(-(-exact // QUARTER)) * QUARTER


def with_margins(network: Network, bounds: Bounds, latest: Late, options: ScheduleOptions, *, anchors: int) -> Advised:
    """Advised dates: each critical task is followed by its own margin, as a lag on its calendar.

    Critical is judged against a forward pass that starts at the network's own earliest latest-start, never at now,
    so that advised dates do not depend on the clock. A margin once given stays, so that the rounds come to an end.
    `anchors`: how many there are; a plan that works to its own earliest finish has no margin before it.
    """
    margins = [0] * len(network.work)
    late = latest
    for rounds in range(1, MOST_ROUNDS + 1):
        given = False
        for node in _critical(network, bounds, late, margins, within=options.critical_within, anchors=anchors):
            margin = margin_of(network.left[node], options.margin)
            if margin > margins[node]:
                margins[node] = margin
                given = True
        if not given:
            return Advised(late, margins, rounds, settled=True)
        late = backward(network, bounds, margins)
    return Advised(late, margins, MOST_ROUNDS, settled=False)


def _critical(
    network: Network, bounds: Bounds, late: Late, margins: list[int], *, within: int, anchors: int
) -> list[int]:
    """Open tasks with the least slack of their anchor's network, seen from its own earliest latest-start."""
    begins: dict[int, int] = {}
    tasks = [(node, late.anchor[node]) for node, _ in network.open_tasks() if 0 <= late.anchor[node] < anchors]
    for node, anchor in tasks:
        at = network.calendars[node].start_wall(late.start[node]) if network.work[node] else late.wall[node]
        begins[anchor] = min(begins.get(anchor, at), at)
    base = [EARLIEST] * len(network.work)
    for node, anchor in tasks:
        base[node] = network.calendars[node].ordinal_at(begins[anchor])
    early = forward(network, bounds, base, margins, facts=False)
    slack = [last - first for last, first in zip(late.finish, early.finish, strict=True)]
    return least(tasks, slack, within)


def least(tasks: Sequence[tuple[int, int]], slack: Sequence[int], within: int) -> list[int]:
    """Of (node, anchor) pairs, the nodes whose slack is within `within` minutes of the least of their anchor."""
    lowest: dict[int, int] = {}
    for node, anchor in tasks:
        lowest[anchor] = min(lowest.get(anchor, slack[node]), slack[node])
    return [node for node, anchor in tasks if slack[node] <= lowest[anchor] + within]
