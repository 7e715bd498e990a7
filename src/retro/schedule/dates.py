"""What the schedule says of one task: ordinals turned into instants, slack, margins, verdict."""

from collections.abc import Iterable
from datetime import datetime

from retro.calendars import Calendar
from retro.model import EstimateOrigin, Task, TaskSchedule, Verdict
from retro.schedule.bounds import Early, Late, known
from retro.schedule.margins import margin_of
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.passed import Passed
from retro.schedule.slack import free_slack


def task_schedules(passed: Passed, nodes: Iterable[int]) -> dict[str, TaskSchedule]:
    """The dates and the verdict of each scheduled task among some nodes, by key."""
    instants: dict[int, _Instants] = {}
    found: dict[str, TaskSchedule] = {}
    tasks, calendars = passed.network.tasks, passed.network.calendars
    for node in nodes:
        task, calendar = tasks[node], calendars[node]
        if task is not None:
            if id(calendar) not in instants:
                instants[id(calendar)] = _Instants(calendar)
            found[task.key] = _task_schedule(passed, node, task, instants[id(calendar)])
    return found


class _Finishes(dict[int, datetime | None]):
    """When work is over that ends after so many minutes. Kept by ordinal: tasks share their ends by the thousand."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, ordinal: int) -> datetime | None:
        found = self[ordinal] = _at(self.calendar, self.calendar.finish_wall(ordinal))
        return found


class _Starts(_Finishes):
    """When work begins that has so many minutes before it; idem."""

    def __missing__(self, ordinal: int) -> datetime | None:
        found = self[ordinal] = _at(self.calendar, self.calendar.start_wall(ordinal))
        return found


class _Instants:
    """Starts and finishes on one calendar, by ordinal."""

    def __init__(self, calendar: Calendar) -> None:
        self.starts, self.finishes = _Starts(calendar), _Finishes(calendar)


def _task_schedule(passed: Passed, node: int, task: Task, instants: _Instants) -> TaskSchedule:
    network = passed.network
    minutes, origin = network.estimates[node] or (0, EstimateOrigin.DEFAULT)
    if network.done[node]:
        return _done(passed, node, task, minutes, origin)
    free = free_slack(network, passed.early, passed.slack, node)
    early, late, advised = passed.early, passed.late, passed.advised.late
    began: int | None = None
    if plain := bool(network.work[node]) and not network.started[node] and not network.computed[node]:
        # What is not begun, and is laid by our own rules, lies where its ordinals say.
        starts, finish = instants.starts[early.start[node]], instants.finishes[early.finish[node]]
    else:
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
    if plain:
        latest_start, latest_finish = instants.starts[late.start[node]], instants.finishes[late.finish[node]]
        advised_start, advised_finish = instants.starts[advised.start[node]], instants.finishes[advised.finish[node]]
    else:
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
