"""When a plan ends: its last anchor, its last planned finish, and the soonest that all of it could be over."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, tzinfo

from retro.calendars import Calendar
from retro.i18n.words import says
from retro.model import BaselineAnchor, BaselineTask, Day, EndBasis, Moved, PlanEnd, as_date

_LAUNCH = ("words", "releases", "endings")


def planned_day(task: BaselineTask, zone: tzinfo) -> date | None:
    """The day on which a task was planned to end: the team's due date, else the advised one."""
    return _day(task.due or task.advised_finish, zone)


def planned_span(task: BaselineTask, zone: tzinfo) -> tuple[date, date] | None:
    """The days on which an open task was planned to begin and to end; None where it was done, or had no dates.

    Where no start was planned, or one after its end, it stands on its last day alone.
    """
    finish = None if task.done else planned_day(task, zone)
    if finish is None:
        return None
    return min(_day(task.start or task.advised_start, zone) or finish, finish), finish


def finished_day(task: BaselineTask, zone: tzinfo) -> date | None:
    """The day on which a task was done, where that is known."""
    return _day(task.finished, zone) if task.done else None


def moved(was: date, now: date, calendar: Calendar) -> Moved:
    """The way from one day to another."""
    return Moved(was=was, now=now, days=(now - was).days, working_days=calendar.working_days_between(was, now))


def plan_ends(
    tasks: Iterable[BaselineTask], anchors: Iterable[BaselineAnchor], zone: tzinfo
) -> Mapping[EndBasis, PlanEnd]:
    """The end of one project, by every reckoning that it allows."""
    known = list(tasks)
    found: dict[EndBasis, PlanEnd] = {}
    last = max(anchors, key=lambda anchor: (anchor.day, anchor.key), default=None)
    if last is not None:
        found[EndBasis.ANCHOR] = PlanEnd(day=last.day, name=last.name)
    for basis, day_of in (
        (EndBasis.PLANNED, lambda task: finished_day(task, zone) or planned_day(task, zone)),
        (EndBasis.EARLIEST, lambda task: None if task.done else _day(task.earliest_finish, zone)),
    ):
        end = _last(known, day_of)
        if end is not None:
            found[basis] = end
    return found


def _day(day: Day | None, zone: tzinfo) -> date | None:
    return None if day is None else as_date(day, zone)


def _last(tasks: Iterable[BaselineTask], day_of: Callable[[BaselineTask], date | None]) -> PlanEnd | None:
    """The task that ends last; of several on that day the milestone, else the one that reads like the launch."""
    dated = [(day, task) for task in tasks if (day := day_of(task)) is not None]
    if not dated:
        return None
    last = max(day for day, _task in dated)
    end = max((task for day, task in dated if day == last), key=lambda task: (task.milestone, _launches(task.title)))
    return PlanEnd(day=last, name=end.title, task=end.key)


def _launches(title: str) -> int:
    """How much a title reads like the launch: the higher, the more; 0 not at all."""
    return next((len(_LAUNCH) - rank for rank, name in enumerate(_LAUNCH) if says("launch", name, title)), 0)
