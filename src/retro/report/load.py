"""The load of each person, week by week, over all boards together, against what they can take on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from retro.calendars.loads import WorkedOn, capacity, person_weeks, planned_works
from retro.model import Assessment, Owner
from retro.report.outlook import remaining_minutes


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week: minutes of work that fall in it, and minutes that they can take on.

    The reserve is kept free, but from a task that is alone in its week: it may fill it.
    """

    monday: date
    load: int
    capacity: int
    tasks: tuple[str, ...] = ()
    """Keys of the tasks whose work falls in it."""
    away: int = 0
    """Days of it, from today on, that are off for them and that they work in other weeks: leave, public holidays."""

    @property
    def over(self) -> int:
        """Minutes over capacity."""
        return max(0, self.load - self.capacity)


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's weeks, all of the same span as everybody else's."""

    owner: Owner
    weeks: tuple[Week, ...]


_WEEK = timedelta(weeks=1)
_BEFORE, _AFTER = 4, 8
"""Weeks around those that are shown that tell on which weekdays somebody works at all."""


def loads(assessment: Assessment, first: date, weeks: int) -> list[PersonLoad]:
    """The load of everyone who has open work, by name, over `weeks` weeks from the Monday `first`.

    What is left of a task stands where the schedule that is drawn puts it (`retro.calendars.loads`). A team whose
    hands are known has a row of its own. The running week counts from today on.
    """
    today = assessment.now.astimezone(ZoneInfo(assessment.zone_name)).date()
    midnight = datetime.combine(today, time(), ZoneInfo(assessment.zone_name))
    worked: WorkedOn = cache(assessment.work_minutes)
    works = planned_works(
        assessment.portfolio,
        assessment.schedule,
        midnight,
        lambda task, planned: remaining_minutes(task, planned, assessment),
    )
    found = person_weeks(works, worked)
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    shown = set(mondays)
    owners = {week.owner.key: week.owner for week in found.values() if week.monday in shown}
    rows = []
    for key, owner in owners.items():
        cells = []
        away = _away(key, first, weeks, worked)
        for monday in mondays:
            week = found.get((key, monday))
            load, tasks = (week.load, tuple(part[0] for part in week.parts)) if week is not None else (0, ())
            room = capacity(key, monday, load, len(tasks), worked, reserve=assessment.reserve, since=today)
            cells.append(
                Week(monday, load, room, tasks, sum(monday <= day < monday + _WEEK for day in away if day >= today))
            )
        rows.append(PersonLoad(owner, tuple(cells)))
    return sorted(rows, key=lambda each: (each.owner.name.casefold(), each.owner.key))


def part_loads(part: Assessment, whole: Assessment, first: date, weeks: int) -> list[PersonLoad]:
    """The load of those who have work in a part: all of their work, for that is what they have time for."""
    found = loads(whole, first, weeks)
    if whole is part:
        return found
    names = {owner.key for task in part.portfolio.tasks if task.is_open for owner in task.busy}
    return [each for each in found if each.owner.key in names]


def _away(person: str, first: date, weeks: int, worked: WorkedOn) -> list[date]:
    """Days off of the weeks that are shown, but for the weekdays on which that person never works."""
    start, days = first - _BEFORE * _WEEK, 7 * (_BEFORE + weeks + _AFTER)
    at_work = {day for day in (start + timedelta(days=number) for number in range(days)) if worked(person, day)}
    usual = {day.weekday() for day in at_work}
    shown = (first + timedelta(days=number) for number in range(7 * weeks))
    return [day for day in shown if day.weekday() in usual and day not in at_work]
