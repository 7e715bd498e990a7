"""What the schedule says of one task: ordinals turned into instants, slack, margins, verdict."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from retro.model import EstimateOrigin, Task, TaskSchedule, Verdict
from retro.model.in_columns import in_columns
from retro.schedule.bounds import UNBOUND, Early, Late, known
from retro.schedule.instants import Instants, instant_of
from retro.schedule.margins import margin_of
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.passed import Passed
from retro.schedule.slack import free_slack, free_slacks

# Kept by name: on an enumeration a member is looked up by a call, once a task.
_OK, _THIN, _INFEASIBLE = Verdict.OK, Verdict.THIN, Verdict.INFEASIBLE


def task_schedules(passed: Passed, nodes: Iterable[int]) -> dict[str, TaskSchedule]:
    """The dates and the verdict of each scheduled task among some nodes, by key."""
    network, finishes = passed.network, passed.late.finish
    tasks, done, started, computed = network.tasks, network.done, network.started, network.computed
    told: list[TaskSchedule | None] = [None] * len(tasks)
    alike: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        if (task := tasks[node]) is None:
            continue
        if network.work[node] and finishes[node] < UNBOUND and not (done[node] or started[node] or computed[node]):
            alike[id(network.calendars[node])].append(node)
        else:
            told[node] = _task_schedule(passed, node, task)
    for group in alike.values():
        for node, each in zip(group, _laid(passed, group), strict=True):
            told[node] = each
    return {each.key: each for each in told if each is not None}


def _laid(passed: Passed, nodes: Sequence[int]) -> Iterable[TaskSchedule]:
    """Tasks of one calendar that have latest dates, and are not begun: they lie where their ordinals say.

    Most tasks are so, which is why they are told by columns.
    """
    network, slack = passed.network, passed.slack
    early, late, advised, protects = passed.early, passed.late, passed.advised.late, passed.advised.protects
    instants = Instants(network.calendars[nodes[0]])
    starts, finishes, dues = instants.starts, instants.finishes, instants.dues
    estimates = [network.estimates[node] or (0, EstimateOrigin.DEFAULT) for node in nodes]
    tasks = [task for node in nodes if (task := network.tasks[node]) is not None]
    margins = {work: margin_of(work, passed.options.margin) for work in {*protects} if work is not None}
    anchors = {number: bound.anchor.key for number, bound in enumerate(passed.reach.bounds)}
    planned = [
        early.finish[node] if task.due is None else dues[task.due] for node, task in zip(nodes, tasks, strict=True)
    ]
    return in_columns(
        TaskSchedule,
        key=[task.key for task in tasks],
        estimate_minutes=[minutes for minutes, _ in estimates],
        estimate_origin=[origin for _, origin in estimates],
        earliest_start=[starts[early.start[node]] for node in nodes],
        earliest_finish=[finishes[early.finish[node]] for node in nodes],
        latest_start=[starts[late.start[node]] for node in nodes],
        latest_finish=[finishes[late.finish[node]] for node in nodes],
        advised_start=[starts[advised.start[node]] for node in nodes],
        advised_finish=[finishes[advised.finish[node]] for node in nodes],
        total_slack_minutes=[slack[node] for node in nodes],
        free_slack_minutes=free_slacks(network, early, slack, nodes),
        critical=[node in passed.critical for node in nodes],
        margin_minutes=[passed.advised.told[node] for node in nodes],
        cumulated_margin_minutes=[late.finish[node] - advised.finish[node] for node in nodes],
        verdict=[
            _INFEASIBLE
            if slack[node] < 0
            else _THIN
            if (work := protects[node]) is not None and finish > late.finish[node] - margins[work]
            else _OK
            for node, finish in zip(nodes, planned, strict=True)
        ],
        anchor=[anchors.get(late.anchor[node]) for node in nodes],
        work_minutes=[network.left[node] for node in nodes],
        protects_minutes=[protects[node] for node in nodes],
    )


def _task_schedule(passed: Passed, node: int, task: Task) -> TaskSchedule:
    network = passed.network
    minutes, origin = network.estimates[node] or (0, EstimateOrigin.DEFAULT)
    if network.done[node]:
        return _done(passed, node, task, minutes, origin)
    free = free_slack(network, passed.early, passed.slack, node)
    late, advised = passed.late, passed.advised.late
    began = _began(passed, node, task)
    starts, finish = _early(passed, node, began)
    if not known(late.finish[node]):
        return TaskSchedule(
            key=task.key,
            estimate_minutes=minutes,
            estimate_origin=origin,
            earliest_start=starts,
            earliest_finish=finish,
            free_slack_minutes=free,
            work_minutes=network.left[node],
        )
    latest_start, latest_finish = _span(passed, node, late, began=began)
    advised_start, advised_finish = _span(passed, node, advised, began=began)
    number = late.anchor[node]
    return TaskSchedule(
        key=task.key,
        estimate_minutes=minutes,
        estimate_origin=origin,
        earliest_start=starts,
        earliest_finish=finish,
        latest_start=latest_start,
        latest_finish=latest_finish,
        advised_start=advised_start,
        advised_finish=advised_finish,
        total_slack_minutes=passed.slack[node],
        free_slack_minutes=free,
        critical=node in passed.critical,
        margin_minutes=passed.advised.told[node],
        cumulated_margin_minutes=late.finish[node] - advised.finish[node],
        verdict=_verdict(passed, node, task),
        anchor=passed.reach.bounds[number].anchor.key if 0 <= number < len(passed.reach.bounds) else None,
        work_minutes=network.left[node],
        protects_minutes=passed.advised.protects[node],
    )


def _done(passed: Passed, node: int, task: Task, minutes: int, origin: EstimateOrigin) -> TaskSchedule:
    calendar = passed.network.calendars[node]
    start, finish = passed.bounds.fact_start[node], passed.bounds.fact_finish[node]
    starts, finishes = instant_of(calendar, start), instant_of(calendar, finish)
    # Computed plans keep the dates of what is done as its latest ones too: it has no slack left.
    computed = passed.network.computed[node]
    return TaskSchedule(
        key=task.key,
        estimate_minutes=minutes,
        estimate_origin=origin,
        earliest_start=starts,
        earliest_finish=finishes,
        latest_start=starts if computed else None,
        latest_finish=finishes if computed else None,
        total_slack_minutes=0 if computed else None,
        free_slack_minutes=0,
    )


def _early(passed: Passed, node: int, began: int | None) -> tuple[datetime | None, datetime | None]:
    network, early, bounds = passed.network, passed.early, passed.bounds
    calendar = network.calendars[node]
    if network.held[node]:
        return instant_of(calendar, bounds.fact_start[node]), instant_of(calendar, bounds.fact_finish[node])
    return _span(passed, node, early, began=began)


def _span(
    passed: Passed, node: int, dates: Early | Late, *, began: int | None
) -> tuple[datetime | None, datetime | None]:
    """Start and finish; what is under way keeps its start, and a node without work stands at its wall minute."""
    calendar = passed.network.calendars[node]
    if passed.network.work[node]:
        first, last = calendar.start_wall(dates.start[node]), calendar.finish_wall(dates.finish[node])
    else:
        until = dates.until if isinstance(dates, Late) else {}
        first = last = until.get(node, dates.wall[node])
    if began is not None and (began < first or passed.network.computed[node]):
        first = began
    return instant_of(calendar, first), instant_of(calendar, last)


def _began(passed: Passed, node: int, task: Task) -> int | None:
    """When a task under way began, as a wall minute."""
    network, calendar = passed.network, passed.network.calendars[node]
    if network.computed[node]:
        begun = passed.bounds.fact_start[node]
        return begun if known(begun) and not network.held[node] else None
    if not network.started[node]:
        return None
    day = task.actual_start or task.start
    return None if day is None else calendar.start_wall(start_ordinal(day, calendar))


def _verdict(passed: Passed, node: int, task: Task) -> Verdict:
    """`thin`: a task that carries a margin, whose planned finish (due, else earliest) leaves less than it."""
    if passed.slack[node] < 0:
        return _INFEASIBLE
    protected = passed.advised.protects[node]
    if protected is None:
        return _OK
    margin = margin_of(protected, passed.options.margin)
    planned = (
        passed.early.finish[node] if task.due is None else finish_ordinal(task.due, passed.network.calendars[node])
    )
    return _THIN if planned > passed.late.finish[node] - margin else _OK
