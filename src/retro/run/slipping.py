"""Plans in which tasks take longer: what `--slip` supposes, and what a rule may try."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from retro.calendars import Calendars
from retro.model import Category, Portfolio, Schedule, Task
from retro.schedule import ScheduleOptions, both


def rescheduled(
    longer: Mapping[str, int],
    *,
    portfolio: Portfolio,
    before: Schedule,
    calendars: Calendars,
    options: ScheduleOptions,
    now: datetime,
) -> Schedule:
    """The schedule, without levelling, in which some tasks have so many minutes more to do than in the one `before`."""
    there, sizes = slipping(portfolio, longer, before, calendars)
    return both(there, calendars, replace(options, supposed={**options.supposed, **sizes}), now, None)[0]


def slipping(
    portfolio: Portfolio, slips: Mapping[str, int], before: Schedule, calendars: Calendars
) -> tuple[Portfolio, dict[str, int]]:
    """The portfolio in which some tasks take longer, and the minutes that each of these takes."""
    sizes: dict[str, int] = {}
    tasks: list[Task] = []
    for task in portfolio.tasks:
        if task.key not in slips:
            tasks.append(task)
            continue
        planned = before.tasks[task.key]
        left = max(planned.work_minutes + slips[task.key], 0)
        under_way = task.status.category in (Category.DOING, Category.REVIEW)
        sizes[task.key] = max(planned.estimate_minutes + slips[task.key], left) if under_way else left
        tasks.append(_standing(_slipped(task, left), slips[task.key], calendars))
    return replace(portfolio, tasks=tuple(tasks)), sizes


def _slipped(task: Task, left: int) -> Task:
    """The task with so many minutes left to do, in whatever state it is: only a schedule that supposes sees it.

    What is under way has that remaining; in a review it goes on with whom the ball is; what was ready, or a
    milestone, has work (again).
    """
    match task.status.category:
        case Category.DOING:
            return replace(task, remaining=left, percent=None)
        case Category.REVIEW:
            owners = task.owners if task.reviewer is None else (task.reviewer,)
            status = replace(task.status, category=Category.DOING)
            return replace(task, owners=owners, status=status, remaining=left, percent=None)
        case Category.READY:
            return replace(task, status=replace(task.status, category=Category.TODO), milestone=False)
        case _:
            return replace(task, milestone=False)


def _standing(task: Task, minutes: int, calendars: Calendars) -> Task:
    """A task that stands where it was put by hand ends later there."""
    if not task.manual or task.due is None:
        return task
    calendar = calendars.project
    due = task.due if isinstance(task.due, datetime) else calendar.last_minute(task.due)
    return replace(task, due=calendar.finish_at(calendar.ordinal(due) + minutes))
