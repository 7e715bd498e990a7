"""How long a task takes: the first answer of the configured chain, and what is left of it."""

import math
from collections.abc import Sequence

from retro.calendars import Calendar
from retro.model import Category, Estimate, EstimateOrigin, Task
from retro.schedule.moments import finish_ordinal, start_ordinal
from retro.schedule.options import ScheduleOptions

LONGEST_DAYS = 10_000
"""Working days beyond which a number on a board is held to be a slip of the keyboard."""

Duration = tuple[int, EstimateOrigin]

# Kept by name: on an enumeration a member is looked up by a call, once a task.
_DOING, _REVIEW, _READY, _DONE = Category.DOING, Category.REVIEW, Category.READY, Category.DONE
_BY_DEFAULT = EstimateOrigin.DEFAULT


def stated(task: Task, options: ScheduleOptions, day_minutes: int) -> Duration | None:
    """What the board says of a task's size (number, points or T-shirt size), in working minutes; None: nothing."""
    for way in _chain(task, options):
        found = _stated_as(way, task, options, day_minutes)
        if found is not None:
            return found
    return None


def estimate(task: Task, options: ScheduleOptions, calendar: Calendar, share: Duration | None = None) -> Duration:
    """Working minutes of a task and what they rest on. `share` is its part of a parent's estimate.

    The share stands in for a statement of its own, so it comes before the task's dates. A done task lasts what it
    lasted, where both ends are known; a milestone lasts nothing.
    """
    if task.status.category is _DONE:
        lasted = _lasted(task, calendar)
        if lasted is not None:
            return lasted, EstimateOrigin.ACTUAL
    if task.milestone:
        return 0, EstimateOrigin.NUMBER
    said = bool(task.estimates or task.extra)
    for way in _chain(task, options):
        if way == "dates":
            if share is not None:
                return share
            between = _between_dates(task, calendar)
            if between is not None:
                return between, EstimateOrigin.DATES
        elif way == "default":
            break
        else:
            found = _stated_as(way, task, options, calendar.day_minutes) if said else None
            if found is not None:
                return found
    return share or (options.default, _BY_DEFAULT)


def work(task: Task, estimated: int, options: ScheduleOptions) -> int:
    """Working minutes that are still to be scheduled: all of it, what remains, the review, or nothing."""
    category = task.status.category
    if task.milestone or category is _READY or category is _DONE:
        return 0
    if category is _REVIEW:
        return options.review
    if category is _DOING:
        if task.remaining is not None:
            return max(task.remaining, 0)
        if task.percent is not None and math.isfinite(task.percent):
            return round(estimated * (1 - min(max(task.percent, 0.0), 100.0) / 100))
    return estimated


def _chain(task: Task, options: ScheduleOptions) -> Sequence[str]:
    own = options.board_estimates.get(task.board) if options.board_estimates else None
    return (*own, *options.estimates) if own else options.estimates


def _stated_as(way: str, task: Task, options: ScheduleOptions, day_minutes: int) -> Duration | None:
    if way.startswith("field:"):
        return _from_field(way, task, options, day_minutes)
    for said in task.estimates:
        if said.origin.value != way:
            continue
        minutes = _minutes(said, options, day_minutes)
        if minutes is not None:
            return minutes, said.origin
    return None


def _from_field(way: str, task: Task, options: ScheduleOptions, day_minutes: int) -> Duration | None:
    name, _, unit = way.removeprefix("field:").rpartition("=")
    wanted = (name or unit).strip().casefold()
    unit = (unit if name else options.number_unit).strip()
    value = next((said.value for said in task.estimates if said.field.casefold() == wanted), None)
    if value is None:
        value = _number(next((text for field, text in task.extra.items() if field.casefold() == wanted), ""))
    minutes = None if value is None else _in_minutes(value, unit, options, day_minutes)
    return None if minutes is None else (minutes, EstimateOrigin.POINTS if unit == "points" else EstimateOrigin.NUMBER)


def _minutes(said: Estimate, options: ScheduleOptions, day_minutes: int) -> int | None:
    if said.origin is EstimateOrigin.SIZE:
        return next((m for name, m in options.sizes.items() if name.casefold() == said.text.strip().casefold()), None)
    if said.value is None:
        return None
    unit = "points" if said.origin is EstimateOrigin.POINTS else said.unit or options.number_unit
    return _in_minutes(said.value, unit, options, day_minutes)


def _in_minutes(value: float, unit: str, options: ScheduleOptions, day_minutes: int) -> int | None:
    """None where the number says nothing: zero, negative, not finite, or of no unit that is known."""
    sizes = {"minutes": 1, "hours": 60, "days": day_minutes, "points": options.point}
    if not math.isfinite(value) or value <= 0 or unit not in sizes:
        return None
    return max(1, round(min(value * sizes[unit], LONGEST_DAYS * day_minutes)))


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _between_dates(task: Task, calendar: Calendar) -> int | None:
    if task.start is None or task.due is None:
        return None
    minutes = finish_ordinal(task.due, calendar) - start_ordinal(task.start, calendar)
    return minutes if minutes > 0 else None


def _lasted(task: Task, calendar: Calendar) -> int | None:
    finish = task.actual_finish or task.completed
    if task.actual_start is None or finish is None:
        return None
    minutes = finish_ordinal(finish, calendar) - start_ordinal(task.actual_start, calendar)
    return minutes if minutes > 0 else None
