"""The schedule of a portfolio: scope, network, bounds, passes, margins, and what they say of each task."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from retro.calendars import Calendars
from retro.model import AnchorVerdict, Day, Portfolio, Schedule, TaskSchedule
from retro.schedule.anchors import bind
from retro.schedule.backward import backward
from retro.schedule.bounds import EARLIEST
from retro.schedule.buffers import advise
from retro.schedule.buffers_told import buffers_told
from retro.schedule.builder import build
from retro.schedule.chance import anchor_chances
from retro.schedule.constraints import own_bounds
from retro.schedule.dates import task_schedules
from retro.schedule.forward import finish_wall, forward
from retro.schedule.infeasible import verdict
from retro.schedule.levelling.pools import Levelling
from retro.schedule.margins import least
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
    return _said(passes(portfolio, calendars, options, now), portfolio, now)


def both(
    portfolio: Portfolio,
    calendars: Calendars,
    options: ScheduleOptions,
    now: datetime,
    levelling: Levelling | None,
) -> tuple[Schedule, Schedule]:
    """The schedule without levelling and with it; one schedule twice where there is none to do.

    Levelling moves advised dates only, earlier, until nobody works on two things at once, over all boards together.
    """
    passed = passes(portfolio, calendars, options, now)
    plain = _said(passed, portfolio, now)
    if levelling is None:
        return plain, plain
    from retro.schedule.levelling.level import level  # noqa: PLC0415 - twenty modules, of which linting needs none

    levelled = level(passed.advised, levelling, calendars.project)
    moved = replace(passed, advised=replace(passed.advised, late=levelled.late))
    return plain, replace(plain, tasks=_moved(plain, passed, moved), levelled=True, overloads=levelled.overloads)


def chances(
    portfolio: Portfolio, calendars: Calendars, options: ScheduleOptions, now: datetime, *, draws: int, seed: int = 0
) -> dict[str, float]:
    """The chance of making each anchor with something open before it, by its key, from `draws` random durations."""
    passed = passes(portfolio, calendars, options, now)
    found = anchor_chances(passed, draws, seed)
    return {
        bound.anchor.key: chance for bound, chance in zip(passed.reach.bounds, found, strict=True) if chance is not None
    }


def passes(portfolio: Portfolio, calendars: Calendars, options: ScheduleOptions, now: datetime) -> Passed:
    """Scope, network, bounds, and every pass over them."""
    scoped = scope(portfolio)
    network = build(portfolio, scoped, calendars, options)
    bounds = own_bounds(network, options)
    base = _base(network, {board.key: board.begins for board in portfolio.boards}, now, options)
    none = [0] * len(network.work)
    # A plan of computed dates may have to work to its own earliest finish.
    unbound = forward(network, bounds, base, none, facts=True) if any(network.computed) else None
    reach = bind(
        portfolio.projects,
        scoped,
        network,
        bounds,
        calendar=calendars.project,
        options=options,
        finish=lambda: [finish_wall(network, unbound, node) for node in range(len(network.work))] if unbound else [],
    )
    late = backward(network, bounds, none)
    early = unbound
    if early is None or reach.bounds or any(network.late):
        # Anchors hold back what comes after them, and what is as late as possible what follows it.
        early = forward(network, bounds, base, none, facts=True, late=late if any(network.late) else None)
    slack = total_slack(network, bounds, early, late)
    working = [(node, number) for node in network.open if (number := late.anchor[node]) >= 0]
    return Passed(
        network=network,
        bounds=bounds,
        reach=reach,
        base=base,
        early=early,
        late=late,
        advised=advise(network, bounds, late, options, reach.bounds, calendars.project, portfolio.links),
        slack=slack,
        working=working,
        critical=frozenset(least(working, slack, options.critical_within)),
        calendar=calendars.project,
        options=options,
    )


def _said(passed: Passed, portfolio: Portfolio, now: datetime) -> Schedule:
    """What the passes say of tasks, anchors and buffers."""
    anchors = _anchors(passed)
    return Schedule(
        tasks=task_schedules(passed, range(len(passed.network.tasks))),
        anchors=anchors,
        cycles=tuple(passed.network.cycles),
        unresolved=portfolio.unresolved,
        rounds=passed.advised.rounds,
        settled=passed.advised.settled,
        buffers=buffers_told(passed, anchors, now),
    )


def _moved(plain: Schedule, passed: Passed, moved: Passed) -> dict[str, TaskSchedule]:
    """What the passes say of tasks once advised dates were moved: of those that stay, what was said before."""
    before, after = passed.advised.late, moved.advised.late
    ends = zip(before.start, after.start, before.finish, after.finish, before.wall, after.wall, strict=True)
    nodes = {
        node
        for node, (start, start_now, finish, finish_now, wall, wall_now) in enumerate(ends)
        if start != start_now or finish != finish_now or wall != wall_now
    }
    nodes |= before.until.keys() | after.until.keys()
    return {**plain.tasks, **task_schedules(moved, nodes)}


def _base(network: Network, begins: Mapping[str, Day | None], now: datetime, options: ScheduleOptions) -> list[int]:
    """The ordinal at which open tasks may begin, by node; passages begin whenever they are reached."""
    begun = {board: options.start or day or now for board, day in begins.items()}
    # Where no board says when its plan begins, all tasks of a calendar may begin at one ordinal.
    apart = len({*map(id, begun.values())}) > 1
    ordinals: dict[tuple[int, str] | int, int] = {}
    base = [EARLIEST] * len(network.tasks)
    for node, (task, done, calendar) in enumerate(zip(network.tasks, network.done, network.calendars, strict=True)):
        if task is None or done:
            continue
        place = (id(calendar), task.board) if apart else id(calendar)
        if place not in ordinals:
            ordinals[place] = start_ordinal(begun[task.board], calendar)
        base[node] = ordinals[place]
    return base


def _anchors(passed: Passed) -> tuple[AnchorVerdict, ...]:
    slack: dict[int, int] = {}
    of = passed.slack
    for node, number in passed.working:
        if number not in slack or of[node] < slack[number]:
            slack[number] = of[node]
    reached: dict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(passed.bounds.anchor):
        reached[number].append(node)
    return tuple(
        verdict(passed, bound, reached.get(number, ()), slack.get(number))
        for number, bound in enumerate(passed.reach.bounds)
    )
