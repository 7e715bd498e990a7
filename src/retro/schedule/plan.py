"""The schedule of a portfolio: scope, network, bounds, passes, margins, and what they say of each task."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from retro.calendars import Calendars
from retro.model import AnchorVerdict, Day, Portfolio, Schedule
from retro.schedule.anchors import bind
from retro.schedule.backward import backward
from retro.schedule.bounds import EARLIEST
from retro.schedule.builder import build
from retro.schedule.constraints import own_bounds
from retro.schedule.dates import task_schedule
from retro.schedule.forward import finish_wall, forward
from retro.schedule.infeasible import verdict
from retro.schedule.margins import least, with_margins
from retro.schedule.moments import start_ordinal
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.passed import Passed
from retro.schedule.scope import scope
from retro.schedule.slack import total_slack


def schedule(portfolio: Portfolio, calendars: Calendars, options: ScheduleOptions, now: datetime) -> Schedule:
    """Schedule every task of the boards of kind project, without levelling.

    `now` is where the forward pass begins, unless `options.start` says otherwise; latest and advised dates do not
    depend on either. Pure: the same input gives the same schedule, whatever the order of its tasks and links.
    """
    scoped = scope(portfolio)
    network = build(portfolio, scoped, calendars, options)
    bounds = own_bounds(network, options)
    base = _base(network, {board.key: board.begins for board in portfolio.boards}, now, options)
    none = [0] * len(network.work)
    early = forward(network, bounds, base, none, facts=True)
    reach = bind(
        portfolio.projects,
        scoped,
        network,
        bounds,
        calendar=calendars.project,
        options=options,
        finish=lambda: [finish_wall(network, early, node) for node in range(len(network.work))],
    )
    late = backward(network, bounds, none)
    if reach.bounds or any(network.late):
        # Anchors hold back what comes after them, and what is as late as possible what follows it.
        early = forward(network, bounds, base, none, facts=True, late=late if any(network.late) else None)
    slack = total_slack(network, bounds, early, late)
    networks = [(node, late.anchor[node]) for node, _ in network.open_tasks() if late.anchor[node] >= 0]
    passed = Passed(
        network=network,
        bounds=bounds,
        reach=reach,
        base=base,
        early=early,
        late=late,
        advised=with_margins(network, bounds, late, options, anchors=len(reach.bounds)),
        slack=slack,
        critical=frozenset(least(networks, slack, options.critical_within)),
        calendar=calendars.project,
        options=options,
    )
    return Schedule(
        tasks={
            task.key: task_schedule(passed, node, task) for node, task in enumerate(network.tasks) if task is not None
        },
        anchors=_anchors(passed, networks),
        cycles=tuple(network.cycles),
        unresolved=portfolio.unresolved,
        rounds=passed.advised.rounds,
        settled=passed.advised.settled,
    )


def _base(network: Network, begins: Mapping[str, Day | None], now: datetime, options: ScheduleOptions) -> list[int]:
    """The ordinal at which open tasks may begin, by node; passages begin whenever they are reached."""
    ordinals: dict[tuple[int, Day], int] = {}
    base = []
    for node, task in enumerate(network.tasks):
        if task is None or network.done[node]:
            base.append(EARLIEST)
            continue
        begin, calendar = options.start or begins[task.board] or now, network.calendars[node]
        place = (id(calendar), begin)
        if place not in ordinals:
            ordinals[place] = start_ordinal(begin, calendar)
        base.append(ordinals[place])
    return base


def _anchors(passed: Passed, networks: Sequence[tuple[int, int]]) -> tuple[AnchorVerdict, ...]:
    slack: dict[int, int] = {}
    for node, number in networks:
        slack[number] = min(slack.get(number, passed.slack[node]), passed.slack[node])
    reached: dict[int, list[int]] = {}
    for node, number in enumerate(passed.bounds.anchor):
        reached.setdefault(number, []).append(node)
    return tuple(
        verdict(passed, bound, reached.get(number, ()), slack.get(number))
        for number, bound in enumerate(passed.reach.bounds)
    )
