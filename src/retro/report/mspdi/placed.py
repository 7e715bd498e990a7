"""Where a task stands in the exported plan: its dates, how long it lasts, what of it is done, what holds it.

Open work begins on the day that retro advises, or as early as it still can where that day has gone by; a start no
earlier than that keeps it there when Microsoft Project computes, and its deadline is the latest finish. What is under
way runs from its start to its earliest finish. What links say cannot contradict these starts: both the advised and
the earliest dates keep them, so the later of the two does too.
"""

from dataclasses import dataclass
from datetime import datetime

from retro.calendars import Calendar
from retro.model import AnchorVerdict, Category, Constraint, ConstraintType, Day, Task, TaskSchedule

CODES = {
    ConstraintType.ASAP: 0,
    ConstraintType.ALAP: 1,
    ConstraintType.MSO: 2,
    ConstraintType.MFO: 3,
    ConstraintType.SNET: 4,
    ConstraintType.SNLT: 5,
    ConstraintType.FNET: 6,
    ConstraintType.FNLT: 7,
}
"""`ConstraintType` in the schema."""
_STARTED = (Category.DOING, Category.REVIEW)
_EXACT = (ConstraintType.MSO, ConstraintType.MFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A task's place. Minutes are working minutes of `calendar`."""

    calendar: Calendar
    start: datetime
    finish: datetime
    minutes: int
    left: int
    """Of `minutes`, what is still to do."""
    begun: bool = False
    done: bool = False
    manual: bool = False
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_date: datetime | None = None
    deadline: datetime | None = None

    @property
    def percent(self) -> int:
        """Of its duration, what is behind it; 100 means that it is done."""
        if self.done:
            return 100
        return min(99, round(100 * (self.minutes - self.left) / self.minutes)) if self.minutes else 0


def placed(
    task: Task, planned: TaskSchedule, calendar: Calendar, now: datetime, anchor: AnchorVerdict | None, *, manual: bool
) -> Placed:
    """The place of a scheduled task. `anchor` is the one that it stands for, `manual` whether it was laid by hand."""
    category = task.status.category
    if category is Category.DONE:
        return _over(task, planned, calendar, now)
    deadline = _deadline(task, planned, calendar)
    early_start, early_finish = planned.earliest_start or now, planned.earliest_finish or now
    if category in _STARTED:
        if task.milestone:
            early_start = early_finish
        minutes = max(calendar.minutes_between(early_start, early_finish), planned.work_minutes, 0)
        # Nothing left to do would mean done to Microsoft Project, which nobody has said.
        left = min(max(planned.work_minutes, 1), minutes)
        return Placed(
            calendar=calendar, start=early_start, finish=early_finish, minutes=minutes, left=left, begun=True,
            deadline=deadline,
        )  # fmt: skip
    minutes = planned.work_minutes
    if anchor is not None and not minutes:
        return Placed(
            calendar=calendar, start=anchor.date, finish=anchor.date, minutes=0, left=0,
            constraint=ConstraintType.MFO, constraint_date=anchor.date, deadline=anchor.date,
        )  # fmt: skip
    exact = task.constraint if task.constraint is not None and task.constraint.type in _EXACT else None
    if manual or (exact is not None and exact.date is not None):
        start, finish = early_start, early_finish
    else:
        start, finish = max(early_start, planned.advised_start or now), max(early_finish, planned.advised_finish or now)
        if planned.advised_start is None or planned.advised_finish is None:
            start, finish = early_start, early_finish
    kind, day = _held(exact, calendar) if exact is not None else (None, None)
    if kind is None or day is None:
        # A milestone stays at a day's last minute; a start would be pushed to the next morning.
        kind, day = (ConstraintType.SNET, start) if minutes else (ConstraintType.FNET, finish)
    return Placed(
        calendar=calendar, start=start, finish=finish, minutes=minutes, left=minutes, manual=manual,
        constraint=ConstraintType.ASAP if manual else kind, constraint_date=None if manual else day, deadline=deadline,
    )  # fmt: skip


def standing(anchor: AnchorVerdict, calendar: Calendar) -> Placed:
    """The place of a date that no task stands for."""
    return Placed(
        calendar=calendar, start=anchor.date, finish=anchor.date, minutes=0, left=0,
        constraint=ConstraintType.MFO, constraint_date=anchor.date, deadline=anchor.date,
    )  # fmt: skip


def _over(task: Task, planned: TaskSchedule, calendar: Calendar, now: datetime) -> Placed:
    """What is done, where it was; ends that nobody noted are as far from each other as it was to last."""
    finish = planned.earliest_finish
    if finish is None:
        finish = min(_end(task.due, calendar) or now, calendar.finish_at(calendar.ordinal(now)))
    start = planned.earliest_start
    if start is None or start > finish:
        start = calendar.start_at(calendar.ordinal(finish) - planned.estimate_minutes)
        start = min(start, finish)
    if task.milestone:
        start = finish
    minutes = calendar.minutes_between(start, finish)
    return Placed(calendar=calendar, start=start, finish=finish, minutes=minutes, left=0, begun=True, done=True)


def _deadline(task: Task, planned: TaskSchedule, calendar: Calendar) -> datetime | None:
    """The latest finish where a date that cannot move asks for it; else the task's own deadline."""
    if planned.anchor is not None and planned.latest_finish is not None:
        return planned.latest_finish
    return _end(task.deadline, calendar)


def _held(constraint: Constraint, calendar: Calendar) -> tuple[ConstraintType, datetime | None]:
    if constraint.type is ConstraintType.MSO and constraint.date is not None:
        day = constraint.date
        return constraint.type, day if isinstance(day, datetime) else calendar.first_minute(day)
    return constraint.type, _end(constraint.date, calendar)


def _end(day: Day | None, calendar: Calendar) -> datetime | None:
    return day if day is None or isinstance(day, datetime) else calendar.last_minute(day)
