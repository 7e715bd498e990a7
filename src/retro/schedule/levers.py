"""What cutting a task, or letting two overlap, would gain for a date that cannot be met: found by trying."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from retro.model import Lever
from retro.schedule.bounds import Early
from retro.schedule.forward import finish_wall, lay
from retro.schedule.network import FS, Network
from retro.schedule.passed import Passed

MOST_TRIED = 3
"""Tasks, and pairs of tasks, of a chain that are tried: those with the most work."""


def levers_of(passed: Passed, chain: Sequence[int], reached: Sequence[int], needed: int) -> list[Lever]:
    """The task of the chain whose work, and the two neighbours whose overlap, would gain most for an anchor.

    `reached` are the nodes that the anchor binds, `needed` is the wall minute at which the last of them is over. Each
    gain is what that comes earlier by, in the project's working minutes, when everything after the change is laid out
    anew: less than the work itself where another chain is nearly as long. A lever that gains nothing is none.
    """
    network = passed.network
    after = _Followers(network)

    def gain(changed: Network, node: int) -> int:
        early = _copy(passed.early)
        none = [0] * len(network.work)
        lay(changed, passed.bounds, early, after(node), passed.base, none, facts=True)
        over = max(finish_wall(changed, early, one) for one in reached)
        return passed.calendar.ordinal_at(needed) - passed.calendar.ordinal_at(over)

    levers: list[Lever] = []
    longest = sorted((node for node in chain if network.work[node]), key=lambda node: (-network.work[node], node))
    cuts = [(gain(_cut(network, node), node), -place, node) for place, node in enumerate(longest[:MOST_TRIED])]
    if cuts and max(cuts)[0] > 0:
        most, _, node = max(cuts)
        levers.append(Lever(kind="cut", task=network.names[node], gain_minutes=most))
    overlaps = [
        (gain(_overlapped(network, first, second), second), -place, first, second)
        for place, (first, second) in enumerate(_neighbours(network, chain)[:MOST_TRIED])
    ]
    if overlaps and max(overlaps)[0] > 0:
        most, _, first, second = max(overlaps)
        levers.append(Lever(kind="overlap", task=network.names[first], other=network.names[second], gain_minutes=most))
    return levers


class _Followers:
    """The nodes from one on that a change of it may move, in order."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.place = {node: place for place, node in enumerate(network.order)}

    def __call__(self, node: int) -> list[int]:
        found = {node}
        waiting = [node]
        while waiting:
            for target in self.network.successors(waiting.pop()):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return sorted(found, key=self.place.__getitem__)


def _copy(early: Early) -> Early:
    return replace(
        early,
        start=early.start[:],
        finish=early.finish[:],
        out=early.out[:],
        wall=early.wall[:],
        left=early.left[:],
        begun=dict(early.begun),
        over=dict(early.over),
    )


def _cut(network: Network, node: int) -> Network:
    work = network.work[:]
    work[node] = 0
    return replace(network, work=work)


def _overlapped(network: Network, first: int, second: int) -> Network:
    """The second of two begins earlier than the first is over, by as much as they can share."""
    share = min(network.work[first], network.work[second])
    near, cross, far = network.near_in[:], network.cross_in[:], network.far_in[:]
    near[second] = [(source, lag - share if source == first else lag) for source, lag in near[second]]
    cross[second] = [(source, lag - share if source == first else lag) for source, lag in cross[second]]
    far[second] = [
        (source, kind, lag - share if (source, kind, elapsed) == (first, FS, False) else lag, elapsed)
        for source, kind, lag, elapsed in far[second]
    ]
    return replace(network, near_in=near, cross_in=cross, far_in=far)


def _neighbours(network: Network, chain: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbours of a chain one of which waits for the other's finish, those that can share most first."""
    pairs = [
        (first, second)
        for first, second in pairwise(chain)
        if network.work[first] and network.work[second] and _in_sequence(network, first, second)
    ]
    return sorted(pairs, key=lambda pair: -min(network.work[pair[0]], network.work[pair[1]]))


def _in_sequence(network: Network, first: int, second: int) -> bool:
    if any(source == first for source, _ in (*network.near_in[second], *network.cross_in[second])):
        return True
    return any(source == first and kind == FS and not elapsed for source, kind, _, elapsed in network.far_in[second])
