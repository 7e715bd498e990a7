"""The load of each person, week by week, over all boards together, against what they can take on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from retro.model import Assessment, Owner, OwnerKind, TaskSchedule
from retro.report.outlook import remaining_minutes

_FARTHEST = timedelta(days=732)
"""Work planned further away than two years has no place in a table of weeks."""


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week: minutes of work that fall in it, and minutes that they can take on.

    The reserve is kept free, but from a task that is alone in its week: it may fill it.
    """

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
    """The load of everyone who has open work, by name, over `weeks` weeks from the Monday `first`.

    What is left of a task is spread over the days that its owner works between its advised start and finish; over
    its earliest dates, where the advised start has gone by. Each of several owners is busy for all of it. A review
    keeps its reviewer busy. A team whose hands are known has a row of its own. The running week counts from today on.
    """
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    worked = cache(assessment.work_minutes)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    end = first + timedelta(weeks=weeks)
    midnight = datetime.combine(today, time(), zone)
    totals: dict[str, dict[date, list[float]]] = {}
    owners: dict[str, Owner] = {}
    teams = {team.key for team in assessment.portfolio.teams}
    for key, planned in assessment.schedule.tasks.items():
        task = tasks.get(key)
        if task is None or not task.is_open:
            continue
        left = remaining_minutes(task, planned, assessment)
        span = _span(planned, assessment.now)
        if not left or span is None:
            continue
        for owner in task.busy:
            if owner.kind is not OwnerKind.PERSON and owner.key not in teams:
                continue
            owners.setdefault(owner.key, owner)
            parts = totals.setdefault(owner.key, defaultdict(list))
            for monday, part in _spread(left, owner.key, max(span[0], midnight), max(span[1], midnight), worked):
                parts[monday].append(part)
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    found = []
    for key, owner in owners.items():
        if not any(first <= monday < end for monday in totals[key]):
            continue
        weeks_ahead = ((monday, totals[key][monday], _hours(key, monday, today, worked)) for monday in mondays)
        found.append(
            PersonLoad(
                owner, tuple(_week(monday, parts, hours, assessment.reserve) for monday, parts, hours in weeks_ahead)
            )
        )
    return sorted(found, key=lambda each: (each.owner.name.casefold(), each.owner.key))


def _week(monday: date, parts: Sequence[float], hours: int, reserve: float) -> Week:
    """A week of some tasks' parts, for somebody who works so many minutes in it."""
    load, room = round(sum(parts)), round(hours * (1 - reserve))
    return Week(monday, load, min(load, hours) if len(parts) == 1 and load > room else room)


def _span(planned: TaskSchedule, now: datetime) -> tuple[datetime, datetime] | None:
    advised = (planned.advised_start, planned.advised_finish)
    earliest = (planned.earliest_start, planned.earliest_finish)
    gone = advised[0] is None or advised[0].date() < now.astimezone(advised[0].tzinfo).date()
    for start, finish in (earliest, advised) if gone else (advised, earliest):
        if start is not None and finish is not None:
            return start, min(finish, start + _FARTHEST)
    return None


def _spread(
    minutes: int, person: str, start: datetime, finish: datetime, worked: Callable[[str | None, date], int]
) -> Iterable[tuple[date, float]]:
    """Work by the Monday of its week, in proportion to what somebody works of it from one instant to another."""
    first, last = start.date(), finish.date()
    hours: dict[date, int] = defaultdict(int)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        hours[_monday(day)] += worked(person, day)
    hours[_monday(first)] -= worked(person, start)
    hours[_monday(last)] -= worked(person, last) - worked(person, finish)
    whole = sum(hours.values())
    if not whole:
        return [(_monday(last), minutes)]
    return [(monday, minutes * part / whole) for monday, part in hours.items() if part]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _hours(person: str, monday: date, today: date, worked: Callable[[str | None, date], int]) -> int:
    """Minutes that somebody works in a week, from today on."""
    days = (monday + timedelta(days=number) for number in range(7))
    return sum(worked(person, day) for day in days if day >= today)
