"""Which predecessor an earliest start waits for."""

from collections.abc import Callable, Sequence

from retro.schedule.bounds import Bounds, Early
from retro.schedule.network import FS, Far, Network
from retro.schedule.pushes import pushed, pushed_wall


def driver(
    network: Network, bounds: Bounds, early: Early, base: Sequence[int], slack: Sequence[int]
) -> Callable[[int], int | None]:
    """Tell, for a node, the predecessor that its earliest start waits for: of least slack, then of smallest key.

    None where it waits for no task. `early` is a pass without margins.
    """

    def holds(node: int, far: Far) -> bool:
        if network.work[node]:
            return pushed(network, bounds, early, node, far) == early.start[node]
        return pushed_wall(network, bounds, early, node, far) == early.wall[node]

    def of(node: int) -> int | None:
        if network.started[node] or (early.start[node] <= base[node] and not network.computed[node]):
            return None
        ordinal_at = network.calendars[node].ordinal_at
        near = [source for source, lag in network.near_in[node] if early.out[source] + lag == early.start[node]]
        cross = [
            source
            for source, lag in network.cross_in[node]
            if ordinal_at(early.left[source]) + lag == early.start[node]
        ]
        far = [far[0] for far in network.far_in[node] if holds(node, far)]
        held = [(slack[source], source) for source in (*near, *cross, *far) if not network.done[source]]
        return min(held)[1] if held else None

    return of


def link_between(network: Network, first: int, second: int) -> tuple[int, int, bool] | None:
    """Kind, lag and whether it is elapsed, of the link between two nodes that asks for most; None without any."""
    straight = [
        (FS, lag, False) for source, lag in (*network.near_in[second], *network.cross_in[second]) if source == first
    ]
    others = [(kind, lag, elapsed) for source, kind, lag, elapsed in network.far_in[second] if source == first]
    return max((*straight, *others), key=lambda link: (link[1], -link[0]), default=None)
