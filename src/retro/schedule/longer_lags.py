"""A network whose links into some nodes wait longer: how a buffer is kept free between two tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import repeat

from retro.schedule.network import Cross, Far, Near, Network


def with_longer_lags(network: Network, extra: Mapping[tuple[int, int], int]) -> tuple[Network, list[int]]:
    """The network with `extra` working minutes on every link between two nodes, and margins for what a lag cannot say.

    As any lag they are counted in the time of the task that waits. A lag that runs on when nobody works holds no
    working time: there the minutes become a margin of the task that is waited for; where that is a passage, they move
    to the links that lead into it.
    """
    near_in, near_out = network.near_in[:], network.near_out[:]
    cross_in, cross_out = network.cross_in[:], network.cross_out[:]
    far_in, far_out = network.far_in[:], network.far_out[:]
    margins = [0 for _ in repeat(None, len(network.work))]
    waiting = sorted(extra.items())
    while waiting:
        (source, target), minutes = waiting.pop()
        near_out[source] = _longer(near_out[source], target, minutes)
        near_in[target] = _longer(near_in[target], source, minutes)
        cross_out[source] = _longer(cross_out[source], target, minutes)
        cross_in[target] = _longer(cross_in[target], source, minutes)
        if not any(end == target for end, *_ in far_out[source]):
            continue
        elapsed = any(end == target and runs_on for end, _, _, runs_on in far_out[source])
        far_out[source] = _longer_far(far_out[source], target, minutes)
        far_in[target] = _longer_far(far_in[target], source, minutes)
        if elapsed and network.tasks[source] is not None:
            margins[source] = max(margins[source], minutes)
        elif elapsed:
            waiting.extend(((before, source), minutes) for before in sorted(set(network.predecessors(source))))
    longer = replace(
        network,
        near_in=near_in,
        near_out=near_out,
        cross_in=cross_in,
        cross_out=cross_out,
        far_in=far_in,
        far_out=far_out,
    )
    return longer, margins


def _longer(links: Sequence[Near] | Sequence[Cross], end: int, minutes: int) -> Sequence[tuple[int, int]]:
    if not any(other == end for other, _ in links):
        return links
    return [(other, lag + minutes if other == end else lag) for other, lag in links]


def _longer_far(links: Sequence[Far], end: int, minutes: int) -> list[Far]:
    return [
        (other, kind, lag + minutes if other == end and not runs_on else lag, runs_on)
        for other, kind, lag, runs_on in links
    ]
