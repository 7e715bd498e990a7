"""The margins of critical tasks: a second backward pass, to a fixed point."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retro.schedule.backward import backward
from retro.schedule.bounds import EARLIEST, LATEST, Bounds, Early, Late, known
from retro.schedule.chains import Laid
from retro.schedule.forward import forward
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions

MOST_ROUNDS = 20
QUARTER = 15


@dataclass(frozen=True, slots=True)
class Advised:
    """Latest dates with margins kept free, and how the fixed point was reached. Lists are by node."""

    late: Late
    margins: list[int]
    """Kept free after each node, before whatever follows it: what the pass was given."""
    rounds: int
    settled: bool
    network: Network
    """That the pass went over: with the lags of pooled buffers, where there are any."""
    bounds: Bounds
    """Idem."""
    told: list[int]
    """The margin that a task is said to carry: its own, or the buffer of the chain that it ends."""
    protects: list[int | None]
    """Of what work it is a margin: the task's, or its chain's; 0 within such a chain; None: a task without one."""
    buffers: tuple[Laid, ...] = ()
    """Where margins are pooled: the buffer of each anchor's chain, then those of the chains that feed it."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A network seen from each anchor's own earliest latest-start, whatever the time is."""

    tasks: list[tuple[int, int]]
    """Open tasks that work to an anchor, each with its number."""
    base: list[int]
    early: Early
    slack: list[int]


def in_quarters(minutes: float) -> int:
    """Minutes rounded up to a quarter of an hour."""
    # Rounded first to a thousandth of a minute: 0.2 × 1050 is 210.00000000000003 in binary.
    return int(-(-round(minutes, 3) // QUARTER)) * QUARTER


def margin_of(work: int, share: float) -> int:
    """`share` of some work, rounded up to a quarter of an hour."""
    return in_quarters(work * share)


def with_margins(network: Network, bounds: Bounds, latest: Late, options: ScheduleOptions, *, anchors: int) -> Advised:
    """Advised dates: each critical task is followed by its own margin, as a lag on its calendar.

    Critical is judged against a forward pass that starts at the network's own earliest latest-start, never at now,
    so that advised dates do not depend on the clock. A margin once given stays, so that the rounds come to an end.
    `anchors`: how many there are; a plan that works to its own earliest finish has no margin before it.
    """
    margins = [0] * len(network.work)
    # Of work of the same length by the thousand.
    sizes = {left: margin_of(left, options.margin) for left in {*network.left}}
    own = [sizes[left] for left in network.left]
    late = latest
    for rounds in range(1, MOST_ROUNDS + 1):
        given = False
        for node in _critical(network, bounds, late, margins, within=options.critical_within, anchors=anchors):
            if own[node] > margins[node]:
                margins[node] = own[node]
                given = True
        if not given:
            return _advised(network, bounds, late, margins, rounds, settled=True)
        late = backward(network, bounds, margins)
    return _advised(network, bounds, late, margins, MOST_ROUNDS, settled=False)


def _advised(
    network: Network, bounds: Bounds, late: Late, margins: list[int], rounds: int, *, settled: bool
) -> Advised:
    protects = [work if margin else None for work, margin in zip(network.left, margins, strict=True)]
    return Advised(late, margins, rounds, settled, network, bounds, margins, protects)


def _critical(
    network: Network, bounds: Bounds, late: Late, margins: list[int], *, within: int, anchors: int
) -> list[int]:
    """Open tasks with the least slack of their anchor's network, seen from its own earliest latest-start."""
    ahead = seen_ahead(network, bounds, late, margins, anchors=anchors)
    return least(ahead.tasks, ahead.slack, within)


def seen_ahead(network: Network, bounds: Bounds, late: Late, margins: list[int], *, anchors: int) -> Ahead:
    """The forward pass from each anchor's own earliest latest-start, without facts, and the slack that it leaves."""
    of = late.anchor
    tasks = [(node, of[node]) for node in network.open if 0 <= of[node] < anchors]
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    calendars, before, of_before = network.calendars, None, -1
    for node, anchor in tasks:
        calendar = calendars[node]
        if calendar is not before or anchor != of_before:  # mostly those of a project follow each other
            before, of_before = calendar, anchor
            group = alike[anchor, id(calendar)]
        group.append(node)
    begins = _begins(network, late, alike)
    base = [EARLIEST] * len(network.work)
    for (anchor, _), nodes in alike.items():
        ordinal = network.calendars[nodes[0]].ordinal_at(begins[anchor])
        for node in nodes:
            base[node] = ordinal
    early = forward(network, bounds, base, margins, facts=False)
    slack = [last - first for last, first in zip(late.finish, early.finish, strict=True)]
    return Ahead(tasks, base, early, slack)


def _begins(network: Network, late: Late, alike: Mapping[tuple[int, int], Sequence[int]]) -> dict[int, int]:
    """The earliest latest-start of each anchor's network, as a wall minute; `alike` are its tasks of one calendar."""
    begins: dict[int, int] = {}
    works, start, wall = network.work, late.start, late.wall
    for (anchor, _), nodes in alike.items():
        begin = first = LATEST
        for node in nodes:
            if not works[node]:
                begin = min(begin, wall[node])
            elif start[node] < first:
                first = start[node]
        # Of all that start on one calendar, the first ordinal is the first minute too.
        if known(first):
            begin = min(begin, network.calendars[nodes[0]].start_wall(first))
        begins[anchor] = min(begins.get(anchor, LATEST), begin)
    return begins


def least(tasks: Sequence[tuple[int, int]], slack: Sequence[int], within: int) -> list[int]:
    """Of (node, anchor) pairs, the nodes whose slack is within `within` minutes of the least of their anchor."""
    lowest: dict[int, int] = {}
    for node, anchor in tasks:
        if anchor not in lowest or slack[node] < lowest[anchor]:
            lowest[anchor] = slack[node]
    return [node for node, anchor in tasks if slack[node] <= lowest[anchor] + within]
