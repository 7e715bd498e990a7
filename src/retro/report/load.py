"""The load of each person, week by week, over all boards together, against what they can take on."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from retro.model import Assessment, Category, Owner, OwnerKind, Task, TaskSchedule
from retro.report.outlook import remaining_minutes

_FARTHEST = timedelta(days=732)
"""Work planned further away than two years has no place in a table of weeks."""


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week: minutes of work that fall in it, and minutes that they can take on (reserve kept free)."""

    monday: date
    load: int
    capacity: int

    @property
    def over(self) -> int:
        """Minutes over capacity."""
        return max(0, self.load - self.capacity)


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's weeks, all of the same span as everybody else's."""

    owner: Owner
    weeks: tuple[Week, ...]


def loads(assessment: Assessment, first: date, weeks: int) -> list[PersonLoad]:
    """The load of every person who has open work, by name, over `weeks` weeks from the Monday `first`.

    What is left of a task is spread over the days that its owner works between its advised start and finish; over
    its earliest dates, where the advised start has gone by. Each of several owners is busy for all of it.
    A review keeps
    its reviewer busy. The running week counts from today on.
    """
    today = assessment.now.astimezone(ZoneInfo(assessment.zone_name)).date()
    worked = cache(assessment.work_minutes)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    end = first + timedelta(weeks=weeks)
    totals: dict[str, dict[date, float]] = {}
    owners: dict[str, Owner] = {}
    for key, planned in assessment.schedule.tasks.items():
        task = tasks.get(key)
        if task is None or not task.is_open:
            continue
        left = remaining_minutes(task, planned, assessment)
        span = _span(planned, assessment.now)
        if not left or span is None:
            continue
        for owner in _busy(task):
            if owner.kind is not OwnerKind.PERSON:
                continue
            owners.setdefault(owner.key, owner)
            total = totals.setdefault(owner.key, defaultdict(float))
            _spread(left, owner.key, (max(span[0], today), max(span[1], today)), worked, total)
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    found = []
    for key, owner in owners.items():
        if not any(first <= monday < end for monday in totals[key]):
            continue
        row = tuple(
            Week(monday, round(totals[key][monday]), _capacity(key, monday, today, worked, assessment.reserve))
            for monday in mondays
        )
        found.append(PersonLoad(owner, row))
    return sorted(found, key=lambda each: (each.owner.name.casefold(), each.owner.key))


def _busy(task: Task) -> tuple[Owner, ...]:
    """Who works on it now: in a review, the one who has the ball."""
    if task.status.category is Category.REVIEW and task.reviewer is not None:
        return (task.reviewer,)
    return task.owners


def _span(planned: TaskSchedule, now: datetime) -> tuple[date, date] | None:
    advised = (planned.advised_start, planned.advised_finish)
    earliest = (planned.earliest_start, planned.earliest_finish)
    gone = advised[0] is None or advised[0].date() < now.astimezone(advised[0].tzinfo).date()
    for start, finish in (earliest, advised) if gone else (advised, earliest):
        if start is not None and finish is not None:
            return start.date(), min(finish.date(), start.date() + _FARTHEST)
    return None


def _spread(
    minutes: int,
    person: str,
    span: tuple[date, date],
    worked: Callable[[str | None, date], int],
    total: dict[date, float],
) -> None:
    first, last = span
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    hours = [worked(person, day) for day in days]
    whole = sum(hours)
    if not whole:
        total[last - timedelta(days=last.weekday())] += minutes
        return
    for day, part in zip(days, hours, strict=True):
        if part:
            total[day - timedelta(days=day.weekday())] += minutes * part / whole


def _capacity(person: str, monday: date, today: date, worked: Callable[[str | None, date], int], reserve: float) -> int:
    days = (monday + timedelta(days=number) for number in range(7))
    return round(sum(worked(person, day) for day in days if day >= today) * (1 - reserve))
