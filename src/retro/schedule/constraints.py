"""What a task's own dates bind: constraints of the field, deadlines, due dates where they are obeyed, and facts."""

from collections.abc import Callable
from datetime import date, datetime

from retro.calendars import Calendar
from retro.model import Constraint, ConstraintType, Day, Task
from retro.schedule.bounds import Bounds, unbounded
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.standing import standing_floors

_LEAST_START = frozenset({ConstraintType.SNET, ConstraintType.MSO})
_LEAST_FINISH = frozenset({ConstraintType.FNET, ConstraintType.MFO})
_MOST_START = frozenset({ConstraintType.SNLT, ConstraintType.MSO})
_MOST_FINISH = frozenset({ConstraintType.FNLT, ConstraintType.MFO})
_VERY = frozenset({ConstraintType.MSO, ConstraintType.MFO})


def own_bounds(network: Network, options: ScheduleOptions) -> Bounds:
    """The bounds that tasks set themselves.

    As in Microsoft Project, a deadline bounds the latest dates only, while what must start or finish on a date, or no
    later than it, does so whatever its links say: that they do not allow it shows as negative slack up its chain, and
    on a milestone itself.
    """
    bounds = unbounded(len(network.work))
    obeyed = options.due_dates == "deadline"
    for node, task in enumerate(network.tasks):
        if task is None:
            continue
        calendar = network.calendars[node]
        if network.done[node]:
            _facts(bounds, node, task, calendar)
            continue
        if network.held[node] and task.start is not None and task.due is not None:
            bounds.fact_start[node] = _fact(task.start, calendar, calendar.first_minute)
            bounds.fact_finish[node] = _fact(task.due, calendar, calendar.last_minute)
        elif network.computed[node]:
            _facts(bounds, node, task, calendar)
        if task.constraint is not None:
            _constraint(bounds, node, task.constraint, calendar, network.work[node])
        if task.deadline is not None:
            bounds.limit[node] = min(bounds.limit[node], finish_ordinal(task.deadline, calendar))
        if obeyed and task.due is not None:
            bounds.limit[node] = min(bounds.limit[node], finish_ordinal(task.due, calendar))
    _spans(network, bounds)
    bounds.stands = standing_floors(network, bounds)
    return bounds


def _spans(network: Network, bounds: Bounds) -> None:
    for constraint, nodes in network.spans:
        for node in nodes:
            _span(bounds, node, constraint, network.calendars[node])


def _span(bounds: Bounds, node: int, constraint: Constraint, calendar: Calendar) -> None:
    """What a span's constraint asks of one of its leaves: a start no earlier, or a latest finish no later.

    The latter lets no task begin before its links do: the time that is missing shows as negative slack.
    """
    if constraint.date is None:
        return
    if constraint.type is ConstraintType.SNET:
        begin = start_ordinal(constraint.date, calendar)
        bounds.floor[node] = max(bounds.floor[node], begin)
        bounds.floor_wall[node] = max(bounds.floor_wall[node], calendar.start_wall(begin))
    else:
        bounds.limit[node] = min(bounds.limit[node], finish_ordinal(constraint.date, calendar))


def _facts(bounds: Bounds, node: int, task: Task, calendar: Calendar) -> None:
    finish = task.actual_finish or task.completed
    if finish is not None:
        bounds.fact_finish[node] = _fact(finish, calendar, calendar.last_minute)
    if task.actual_start is not None:
        bounds.fact_start[node] = _fact(task.actual_start, calendar, calendar.first_minute)


def _fact(day: Day, calendar: Calendar, minute_of: Callable[[date], datetime]) -> int:
    # An instant stays what it is, even at night.
    return calendar.wall(day if isinstance(day, datetime) else minute_of(day))


def _constraint(bounds: Bounds, node: int, constraint: Constraint, calendar: Calendar, work: int) -> None:
    if constraint.date is None:
        return
    begin, end = start_ordinal(constraint.date, calendar), finish_ordinal(constraint.date, calendar)
    first, last = calendar.start_wall(begin), calendar.finish_wall(end)
    if isinstance(constraint.date, datetime):
        at = calendar.wall(constraint.date)
        if constraint.type in _VERY or at in (first, calendar.finish_wall(begin)):
            first = last = at
    if constraint.type in _LEAST_START:
        bounds.floor[node] = begin
        bounds.floor_wall[node] = first
    elif constraint.type in _LEAST_FINISH:
        bounds.floor[node] = end - work
        bounds.floor_wall[node] = last
    if constraint.type in _MOST_START:
        bounds.limit[node] = begin + work
        bounds.cap[node] = begin
        bounds.cap_wall[node] = first
    elif constraint.type in _MOST_FINISH:
        bounds.limit[node] = end
        bounds.cap[node] = end - work
        bounds.cap_wall[node] = last
    if constraint.type in _VERY:
        bounds.due[node] = bounds.limit[node]
