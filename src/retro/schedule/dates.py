"""What the schedule says of one task: ordinals turned into instants, slack, margins, verdict."""

from datetime import datetime

from retro.calendars import Calendar
from retro.model import EstimateOrigin, Task, TaskSchedule, Verdict
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.passed import Passed
from retro.schedule.passes import known
from retro.schedule.slack import free_slack


def task_schedule(passed: Passed, node: int, task: Task) -> TaskSchedule:
    """The dates and the verdict of a scheduled task."""
    network = passed.network
    minutes, origin = network.estimates[node] or (0, EstimateOrigin.DEFAULT)
    if network.done[node]:
        return _done(passed, node, task, minutes, origin)
    began = _began(task, network.calendars[node]) if network.started[node] else None
    starts, finish = _span(passed, node, passed.early.start[node], passed.early.wall[node], began)
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
            work_minutes=network.work[node],
        )
    latest_start, latest_finish = _span(passed, node, late.start[node], late.wall[node], began)
    advised_start, advised_finish = _span(passed, node, advised.start[node], advised.wall[node], began)
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
        margin_minutes=passed.advised.margins[node],
        cumulated_margin_minutes=late.finish[node] - advised.finish[node],
        verdict=_verdict(passed, node, task),
        anchor=passed.reach.bounds[number].anchor.key if number >= 0 else None,
        work_minutes=network.work[node],
    )


def _done(passed: Passed, node: int, task: Task, minutes: int, origin: EstimateOrigin) -> TaskSchedule:
    calendar = passed.network.calendars[node]
    start, finish = passed.bounds.fact_start[node], passed.bounds.fact_finish[node]
    return TaskSchedule(
        key=task.key,
        estimate_minutes=minutes,
        estimate_origin=origin,
        earliest_start=calendar.instant(start) if known(start) else None,
        earliest_finish=calendar.instant(finish) if known(finish) else None,
        free_slack_minutes=0,
    )


def _span(passed: Passed, node: int, start: int, wall: int, began: int | None) -> tuple[datetime, datetime]:
    """Start and finish; what is under way keeps its start, and a node without work stands at its wall minute."""
    calendar, work = passed.network.calendars[node], passed.network.work[node]
    first, last = (calendar.start_wall(start), calendar.finish_wall(start + work)) if work else (wall, wall)
    if began is not None and began < first:
        first = began
    return calendar.instant(first), calendar.instant(last)


def _began(task: Task, calendar: Calendar) -> int | None:
    day = task.actual_start or task.start
    return None if day is None else calendar.start_wall(start_ordinal(day, calendar))


def _verdict(passed: Passed, node: int, task: Task) -> Verdict:
    """`thin`: a task that carries a margin, whose planned finish (due, else earliest) leaves less than it."""
    if passed.slack[node] < 0:
        return Verdict.INFEASIBLE
    margin = passed.advised.margins[node]
    if not margin:
        return Verdict.OK
    planned = (
        passed.early.finish[node] if task.due is None else finish_ordinal(task.due, passed.network.calendars[node])
    )
    return Verdict.THIN if planned > passed.late.finish[node] - margin else Verdict.OK
