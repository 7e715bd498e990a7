"""Whether an anchor can be met; if not, what is missing, the chain that causes it, and three ways out."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from retro.model import AnchorVerdict, ChainStep, ConstraintType, Lever, Task
from retro.model.dates import PLANNED_YEARS
from retro.schedule.anchors import Bound
from retro.schedule.drivers import driver, link_between
from retro.schedule.forward import finish_wall
from retro.schedule.levers import levers_of
from retro.schedule.network import KINDS, Network
from retro.schedule.passed import Passed


def verdict(passed: Passed, bound: Bound, reached: Sequence[int], slack: int | None) -> AnchorVerdict:
    """Judge one anchor: `reached` are the nodes that it binds itself, `slack` is the least of its whole network."""
    anchor, calendar, network, early = bound.anchor, passed.calendar, passed.network, passed.early
    late = [
        (finish_wall(network, early, node), -node)
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
        levers = (*levers_of(passed, chain, reached, needed), *_move(passed, needed, missing))
    return AnchorVerdict(
        key=anchor.key,
        name=anchor.name,
        project=anchor.project,
        date=calendar.instant(bound.wall),
        feasible=not late,
        missing_minutes=missing,
        chain=tuple(name for node in chain if (name := network.names[node]) is not None),
        steps=tuple(_steps(passed, chain)),
        levers=levers,
        slack_minutes=slack,
        day=anchor.date,
    )


def _chain(passed: Passed, last: int) -> list[int]:
    """From the first task that nothing but now holds back, driver by driver, to `last`."""
    before = driver(passed.network, passed.bounds, passed.early, passed.base, passed.slack)
    chain = [last]
    while (source := before(chain[-1])) is not None:
        chain.append(source)
    return chain[::-1]


def _steps(passed: Passed, chain: Sequence[int]) -> Iterator[ChainStep]:
    network, bounds, early = passed.network, passed.bounds, passed.early
    before: int | None = None
    for node in chain:
        task, name = network.tasks[node], network.names[node]
        if name is not None:
            link = None if before is None else link_between(network, before, node)
            kind, lag, elapsed = link or (None, 0, False)
            held = bounds.floor[node] == early.start[node] > passed.base[node]
            holding = _constraint(network, node, task) if held and task is not None else None
            own = network.calendars[node] is not passed.calendar and network.calendars[node] != passed.calendar
            owner = task.owners[0].key if task is not None and task.owners else None
            yield ChainStep(
                task=name,
                link=None if kind is None else KINDS[kind],
                lag_minutes=lag,
                elapsed=elapsed,
                constraint=holding,
                calendar=(task.calendar or owner) if own and task is not None else None,
            )
        before = node


def _constraint(network: Network, node: int, task: Task) -> ConstraintType | None:
    """What keeps a task from starting earlier: its own constraint, else that of a span over it."""
    if task.constraint is not None:
        return task.constraint.type
    return next((constraint.type for constraint, nodes in network.spans if node in nodes), None)


def _move(passed: Passed, needed: int, missing: int) -> Iterator[Lever]:
    """The first date that the anchor could have, where it is one that may be planned for."""
    at = passed.calendar.instant(needed)
    if passed.options.anchor_at == "start" and at.date() < date.max:
        at = passed.calendar.first_minute(at.date() + timedelta(days=1))
    first, last = PLANNED_YEARS
    if first <= at.year <= last:
        yield Lever(kind="move", date=at, gain_minutes=missing)
