"""The forward and the backward pass over a network, in working minutes. Linear in nodes and links.

Each task lives in its own calendar's ordinals (minutes worked since a fixed origin); wall minutes are used only
where a link crosses from one calendar to another, and for nodes without work, which sit at an instant rather than
in a shift. Conventions, those of MS Project: a lag in working time is consumed on the successor's calendar; an
actual start overrides links and constraints; a milestone may sit at the last minute of a day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

from retro.schedule.network import FF, SF, SS, Far, Network

EARLIEST = -(1 << 60)
"""Before any date: nothing is known."""
LATEST = 1 << 60
_UNKNOWN = EARLIEST >> 1
_UNBOUND = LATEST >> 1


def known(ordinal: int) -> bool:
    """Whether an ordinal or wall minute stands for a date at all."""
    return _UNKNOWN < ordinal < _UNBOUND


@dataclass(slots=True)
class Bounds:
    """What holds a network in time, by node. Ordinals are in the node's calendar, walls are wall minutes."""

    floor: list[int]
    """Least start."""
    floor_wall: list[int]
    """Idem, of nodes without work."""
    limit: list[int]
    """Greatest finish by constraints and deadlines."""
    anchored: list[int]
    """Greatest finish by the node's own anchor."""
    anchor: list[int]
    """Number of that anchor, or -1."""
    release: list[int]
    """The wall minute before which nothing that follows the node begins: its anchor's instant."""
    fact_start: list[int]
    """Of done tasks: when they began, as a wall minute."""
    fact_finish: list[int]


def unbounded(count: int) -> Bounds:
    """No bounds at all."""
    low, high = [EARLIEST] * count, [LATEST] * count
    return Bounds(low, low[:], high, high[:], [-1] * count, low[:], low[:], low[:])


@dataclass(slots=True)
class Early:
    """Earliest ordinals by node."""

    start: list[int]
    finish: list[int]
    out: list[int]
    """When what follows may begin: the finish, its margin, and its anchor's instant."""
    wall: list[int]
    """The finish as a wall minute, of nodes without work and of done ones."""


@dataclass(slots=True)
class Late:
    """Latest ordinals by node, and the anchor that they come from (-1: none)."""

    start: list[int]
    finish: list[int]
    anchor: list[int]
    wall: list[int]
    """Of nodes without work: the latest finish as a wall minute."""


def forward(network: Network, bounds: Bounds, base: Sequence[int], margins: Sequence[int], *, facts: bool) -> Early:
    """Earliest dates from `base` (an ordinal by node). Without `facts`, what is done is not known."""
    count = len(network.work)
    start, finish, out, wall = ([EARLIEST] * count for _ in range(4))
    early = Early(start, finish, out, wall)
    for node in network.order:
        if network.done[node]:
            if facts:
                _recall(network, bounds, early, node)
            continue
        work = network.work[node]
        if work:
            begin = base[node]
            if not network.started[node]:
                for source, lag in network.near_in[node]:
                    after = out[source] + lag
                    if after > begin:  # noqa: PLR1730 - `max` costs a call a link
                        begin = after
                if bounds.floor[node] > begin or network.far_in[node]:
                    begin = _pushed_most(network, bounds, early, node, begin)
            start[node] = begin
            finish[node] = begin + work
            out[node] = begin + work + margins[node]
        else:
            _stand(network, bounds, early, node, base[node])
        if known(bounds.release[node]) and known(out[node]):
            out[node] = max(out[node], network.calendars[node].ordinal_at(bounds.release[node]))
    return early


def _recall(network: Network, bounds: Bounds, early: Early, node: int) -> None:
    """A done task stands where it was."""
    ordinal_at = network.calendars[node].ordinal_at
    begun, over = bounds.fact_start[node], bounds.fact_finish[node]
    early.wall[node] = over
    if known(over):
        early.finish[node] = early.out[node] = ordinal_at(over)
    if known(begun):
        early.start[node] = ordinal_at(begun)


def _pushed_most(network: Network, bounds: Bounds, early: Early, node: int, begin: int) -> int:
    begin = max(begin, bounds.floor[node])
    for far in network.far_in[node]:
        begin = max(begin, _pushed(network, bounds, early, node, far))
    return begin


def _stand(network: Network, bounds: Bounds, early: Early, node: int, begin: int) -> None:
    """A node without work stands at the instant that what comes before it allows."""
    calendar = network.calendars[node]
    at = calendar.start_wall(begin) if known(begin) else EARLIEST
    if not network.started[node]:
        at = max(at, bounds.floor_wall[node])
        for far in network.far_in[node]:
            at = max(at, _pushed_wall(network, bounds, early, node, far))
    early.wall[node] = at
    if known(at):
        early.start[node] = early.finish[node] = early.out[node] = calendar.ordinal_at(at)


def _left(network: Network, bounds: Bounds, early: Early, far: Far) -> int:
    """The wall minute at which the predecessor's end of a link lies."""
    source, kind = far[0], far[1]
    works = network.work[source] and not network.done[source]
    calendar = network.calendars[source]
    if kind in (SS, SF):
        if network.done[source]:
            return bounds.fact_start[source]
        return calendar.start_wall(early.start[source]) if works and known(early.start[source]) else early.wall[source]
    left = calendar.finish_wall(early.out[source]) if works and known(early.out[source]) else early.wall[source]
    return max(left, bounds.release[source]) if known(left) else left


def _pushed(network: Network, bounds: Bounds, early: Early, node: int, far: Far) -> int:
    """The ordinal before which a link keeps a task with work from starting."""
    _, kind, lag, elapsed = far
    left = _left(network, bounds, early, far)
    if not known(left):
        return EARLIEST
    ordinal_at = network.calendars[node].ordinal_at
    after = ordinal_at(left + lag) if elapsed else ordinal_at(left) + lag
    return after - network.work[node] if kind in (FF, SF) else after


def _pushed_wall(network: Network, bounds: Bounds, early: Early, node: int, far: Far) -> int:
    """The wall minute before which a link keeps a node without work."""
    _, _, lag, elapsed = far
    left = _left(network, bounds, early, far)
    if not known(left):
        return EARLIEST
    if elapsed or lag == 0:
        return left + lag
    calendar = network.calendars[node]
    return calendar.finish_wall(calendar.ordinal_at(left) + lag)


def backward(network: Network, bounds: Bounds, margins: Sequence[int]) -> Late:
    """Latest dates under every bound; `margins` are kept free, on the task's calendar, before what follows it."""
    count = len(network.work)
    start, finish, wall = ([LATEST] * count for _ in range(3))
    anchors = [-1 for _ in repeat(None, count)]
    late = Late(start, finish, anchors, wall)
    for node in reversed(network.order):
        if network.done[node]:
            continue
        bound = nearest = bounds.anchored[node]
        anchor = bounds.anchor[node]
        befores = [(start[target] - lag, target) for target, lag in network.near_out[node]]
        if network.far_out[node]:
            befores += _befores(network, late, node)
        for before, target in befores:
            by = anchors[target]
            if by >= 0 and (before < nearest or (before == nearest and by < anchor)):
                nearest, anchor = before, by
            if before < bound:  # noqa: PLR1730 - as above
                bound = before
        bound = min(bound, bounds.limit[node])
        if bound < _UNBOUND:
            anchors[node] = anchor
            _settle(network, late, node, bound - margins[node])
    return late


def _settle(network: Network, late: Late, node: int, bound: int) -> None:
    calendar = network.calendars[node]
    if network.tasks[node] is None:
        late.wall[node] = bound
        late.start[node] = late.finish[node] = calendar.ordinal_at(bound)
        return
    late.finish[node] = bound
    late.start[node] = bound - network.work[node]
    if not network.work[node]:
        late.wall[node] = calendar.finish_wall(bound)


def _befores(network: Network, late: Late, node: int) -> list[tuple[int, int]]:
    """What each far link bounds the node's finish by: an ordinal, or a wall minute where the node is a passage."""
    found: list[tuple[int, int]] = []
    calendar = network.calendars[node]
    for target, kind, lag, elapsed in network.far_out[node]:
        at = _held(network, late, target, kind, lag, elapsed=elapsed)
        if at < _UNBOUND:
            before = at if network.tasks[node] is None else calendar.ordinal_at(at)
            found.append((before + network.work[node] if kind in (SS, SF) else before, target))
    return found


def _held(network: Network, late: Late, node: int, kind: int, lag: int, *, elapsed: bool) -> int:
    """The wall minute by which the predecessor's end of a link has to lie, seen from its successor."""
    if not known(late.finish[node]):
        return LATEST
    calendar = network.calendars[node]
    if not network.work[node]:
        if elapsed or lag == 0:
            return late.wall[node] - lag
        return calendar.start_wall(late.finish[node] - lag)
    if kind == FF:
        if elapsed:
            return calendar.finish_wall(late.finish[node]) - lag
        return calendar.finish_wall(late.finish[node] - lag)
    ordinal = late.finish[node] if kind == SF else late.start[node]
    return calendar.start_wall(ordinal) - lag if elapsed else calendar.start_wall(ordinal - lag)


def driver(
    network: Network, bounds: Bounds, early: Early, base: Sequence[int], slack: Sequence[int]
) -> Callable[[int], int | None]:
    """Tell, for a node, the predecessor that its earliest start waits for: of least slack, then of smallest key.

    None where it waits for no task. `early` is a pass without margins.
    """

    def holds(node: int, far: Far) -> bool:
        if network.work[node]:
            return _pushed(network, bounds, early, node, far) == early.start[node]
        return _pushed_wall(network, bounds, early, node, far) == early.wall[node]

    def of(node: int) -> int | None:
        if network.started[node] or early.start[node] <= base[node]:
            return None
        near = [source for source, lag in network.near_in[node] if early.out[source] + lag == early.start[node]]
        far = [far[0] for far in network.far_in[node] if holds(node, far)]
        held = [(slack[source], source) for source in (*near, *far) if not network.done[source]]
        return min(held)[1] if held else None

    return of
