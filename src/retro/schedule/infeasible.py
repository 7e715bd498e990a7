"""Whether an anchor can be met; if not, what is missing, the chain that causes it, and three ways out."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from retro.model import AnchorVerdict, Lever
from retro.schedule.anchors import Bound
from retro.schedule.network import FS, Network
from retro.schedule.passed import Passed
from retro.schedule.passes import Early, driver


def verdict(passed: Passed, bound: Bound, reached: Sequence[int], slack: int | None) -> AnchorVerdict:
    """Judge one anchor: `reached` are the nodes that it binds itself, `slack` is the least of its whole network."""
    anchor, calendar, network, early = bound.anchor, passed.calendar, passed.network, passed.early
    late = [
        (_finish_wall(network, early, node), -node)
        for node in reached
        if early.finish[node] > passed.bounds.anchored[node]
    ]
    missing = 0
    chain: list[int] = []
    levers: tuple[Lever, ...] = ()
    if late:
        needed, last = max(late)
        # At least a minute: what is missing may lie outside the project's hours (a person who works on Saturdays).
        missing = max(calendar.ordinal_at(needed) - calendar.ordinal_at(bound.wall), 1)
        chain = _chain(passed, -last)
        levers = (*_shorter(network, chain), _move(passed, needed, missing))
    return AnchorVerdict(
        key=anchor.key,
        name=anchor.name,
        project=anchor.project,
        date=calendar.instant(bound.wall),
        feasible=not late,
        missing_minutes=missing,
        chain=tuple(name for node in chain if (name := network.names[node]) is not None),
        levers=levers,
        slack_minutes=slack,
        day=anchor.date,
    )


def _finish_wall(network: Network, early: Early, node: int) -> int:
    if network.work[node]:
        return network.calendars[node].finish_wall(early.finish[node])
    return early.wall[node]


def _chain(passed: Passed, last: int) -> list[int]:
    """From the first task that nothing but now holds back, driver by driver, to `last`."""
    before = driver(passed.network, passed.bounds, passed.early, passed.base, passed.slack)
    chain = [last]
    while (source := before(chain[-1])) is not None:
        chain.append(source)
    return chain[::-1]


def _shorter(network: Network, chain: Sequence[int]) -> list[Lever]:
    """Cut the longest task of the chain; let the two neighbours overlap that have the most to share."""
    levers: list[Lever] = []
    longest = max(chain, key=lambda node: (network.work[node], -node))
    if network.work[longest]:
        levers.append(Lever(kind="cut", task=network.names[longest], gain_minutes=network.work[longest]))
    tasks = [node for node in chain if network.tasks[node] is not None]
    pairs = [
        (min(network.work[first], network.work[second]), -place, first, second)
        for place, (first, second) in enumerate(pairwise(tasks))
        if _in_sequence(network, first, second)
    ]
    if pairs and max(pairs)[0]:
        gain, _, first, second = max(pairs)
        levers.append(Lever(kind="overlap", task=network.names[first], other=network.names[second], gain_minutes=gain))
    return levers


def _in_sequence(network: Network, first: int, second: int) -> bool:
    """Whether one waits for the other's finish; between them may stand a span's boundary."""
    if any(source == first for source, _ in network.near_in[second]):
        return True
    kinds = [kind for source, kind, _, _ in network.far_in[second] if source == first]
    return not kinds or FS in kinds


def _move(passed: Passed, needed: int, missing: int) -> Lever:
    """The first date that the anchor could have."""
    at = passed.calendar.instant(needed)
    if passed.options.anchor_at == "start":
        at = passed.calendar.first_minute(at.date() + timedelta(days=1))
    return Lever(kind="move", date=at, gain_minutes=missing)
