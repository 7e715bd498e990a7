"""Each person's weeks as levelling counts them: the minutes that they are busy, and those that they can take on.

On calendars, to the minute: the tables of reports spread work over whole days.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from retro.calendars import Calendar, Calendars
from retro.model import Assessment, Owner, OwnerKind, TaskSchedule

_MOST_WEEKS = 104
"""Weeks that are counted: two years."""


@dataclass(slots=True)
class PersonWeek:
    """Minutes of work in one person's week, and how many tasks these are of."""

    owner: Owner
    monday: date
    load: int = 0
    tasks: int = 0


def busy_weeks(assessment: Assessment, calendars: Calendars, since: datetime) -> dict[tuple[str, date], PersonWeek]:
    """The weeks of everyone who has open work from `since` on, by their key and its Monday.

    A task keeps each of its owners busy from its advised start to its advised finish; from its earliest to its
    earliest, where the advised start has gone by. Teams count where their hands are known.
    """
    teams = {team.key for team in assessment.portfolio.teams}
    edges = _edges(assessment, since)
    found: dict[tuple[str, date], PersonWeek] = {}
    for task in assessment.portfolio.tasks:
        planned = assessment.schedule.tasks.get(task.key)
        if planned is None or not planned.work_minutes or not task.is_open:
            continue
        start, finish = _span(planned, since)
        if start is None or finish is None:
            continue
        for owner in {each.key: each for each in task.busy}.values():
            if owner.kind is OwnerKind.PERSON or owner.key in teams:
                _count(found, owner, calendars.of(owner.key), (max(start, since), finish), edges)
    return found


def capacity(owner: Owner, week: PersonWeek | None, monday: date, assessment: Assessment, since: date) -> int:
    """Minutes that somebody can take on in a week from `since` on: the reserve is kept free of several tasks.

    One task alone may fill a week, as it may in levelling.
    """
    days = (monday + timedelta(days=number) for number in range(7))
    hours = sum(assessment.work_minutes(owner.key, day) for day in days if day >= since)
    return hours if week is not None and week.tasks == 1 else round(hours * (1 - assessment.reserve))


def _edges(assessment: Assessment, since: datetime) -> list[datetime]:
    """The midnights between weeks, from the week of `since` on."""
    zone = ZoneInfo(assessment.zone_name)
    today = since.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = (monday + timedelta(weeks=number) for number in range(_MOST_WEEKS + 1))
    return [datetime(day.year, day.month, day.day, tzinfo=zone) for day in days]


def _span(planned: TaskSchedule, since: datetime) -> tuple[datetime | None, datetime | None]:
    if planned.advised_start is not None and planned.advised_start >= since:
        return planned.advised_start, planned.advised_finish
    return planned.earliest_start, planned.earliest_finish


def _count(
    found: dict[tuple[str, date], PersonWeek],
    owner: Owner,
    calendar: Calendar,
    span: tuple[datetime, datetime],
    edges: list[datetime],
) -> None:
    start, finish = span
    for first, last in pairwise(edges[max(bisect_right(edges, start) - 1, 0) :]):
        if first >= finish:
            break
        minutes = calendar.minutes_between(max(start, first), min(finish, last))
        if minutes > 0:
            week = found.setdefault((owner.key, first.date()), PersonWeek(owner, first.date()))
            week.load += minutes
            week.tasks += 1
