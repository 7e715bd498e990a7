"""What the schedule says of one task: ordinals turned into instants, slack, margins, verdict."""

from datetime import datetime

from retro.calendars import Calendar
from retro.model import EstimateOrigin, Task, TaskSchedule, Verdict
from retro.schedule.bounds import known
from retro.schedule.margins import margin_of
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.passed import Passed
from retro.schedule.slack import free_slack


def task_schedule(passed: Passed, node: int, task: Task) -> TaskSchedule:
    """The dates and the verdict of a scheduled task."""
    network = passed.network
    minutes, origin = network.estimates[node] or (0, EstimateOrigin.DEFAULT)
    if network.done[node]:
        return _done(passed, node, task, minutes, origin)
    began = _began(passed, node, task)
    starts, finish = _early(passed, node, began)
    free = free_slack(network, passed.early, passed.slack, node)
    late, advised = passed.late, passed.advised.late
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
    latest_start, latest_finish = _span(
        passed, node, (late.start[node], late.finish[node]), wall=late.until.get(node, late.wall[node]), began=began
    )
    advised_start, advised_finish = _span(
        passed,
        node,
        (advised.start[node], advised.finish[node]),
        wall=advised.until.get(node, advised.wall[node]),
        began=began,
    )
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
    starts, finishes = _at(calendar, start), _at(calendar, finish)
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
        return _at(calendar, bounds.fact_start[node]), _at(calendar, bounds.fact_finish[node])
    return _span(passed, node, (early.start[node], early.finish[node]), wall=early.wall[node], began=began)


def _span(
    passed: Passed, node: int, ordinals: tuple[int, int], *, wall: int, began: int | None
) -> tuple[datetime | None, datetime | None]:
    """Start and finish; what is under way keeps its start, and a node without work stands at its wall minute."""
    calendar = passed.network.calendars[node]
    first, last = wall, wall
    if passed.network.work[node]:
        first, last = calendar.start_wall(ordinals[0]), calendar.finish_wall(ordinals[1])
    if began is not None and (began < first or passed.network.computed[node]):
        first = began
    return _at(calendar, first), _at(calendar, last)


def _at(calendar: Calendar, wall: int) -> datetime | None:
    """The instant of a wall minute; None where it is not known, or lies in no year that dates can hold."""
    return calendar.instant(wall) if calendar.holds(wall) else None


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
        return Verdict.INFEASIBLE
    protected = passed.advised.protects[node]
    if protected is None:
        return Verdict.OK
    margin = margin_of(protected, passed.options.margin)
    planned = (
        passed.early.finish[node] if task.due is None else finish_ordinal(task.due, passed.network.calendars[node])
    )
    return Verdict.THIN if planned > passed.late.finish[node] - margin else Verdict.OK
