"""A schedule of minutes as days on a board, where a task has all of the days from its start to its due date.

What waits for a task begins on a later day than it ends, nobody has two tasks on one day, and the tasks that share a
week of somebody leave the reserve of it free. Every task keeps a margin, and not only those that are critical today. So
dates of preparation only move earlier, those after the launch later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil

from retro.calendars import Calendar, Calendars
from retro.model import Link, Portfolio, Schedule, TaskSchedule, as_date


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a task."""

    start: date
    due: date


def on_whole_days(
    portfolio: Portfolio, schedule: Schedule, calendars: Calendars, *, margin: float, reserve: float
) -> Portfolio:
    """The plan, each of its tasks with a start and a due date; milestones keep theirs.

    Links are finish-to-start, with waits in working time, as templates have them. `margin` is the share of a task's
    work that is left between its due date and its latest finish, `reserve` that of each person's hours kept free.
    """
    placing = _Placing(portfolio, schedule, calendars, margin, reserve)
    dated = (
        replace(task, start=days.start, due=days.due) if (days := placing.days.get(task.key)) is not None else task
        for task in portfolio.tasks
    )
    return replace(portfolio, tasks=tuple(dated))


class _Placing:
    """Places the tasks before the launch from the last one on, then those after it from the first one on."""

    def __init__(
        self, portfolio: Portfolio, schedule: Schedule, calendars: Calendars, margin: float, reserve: float
    ) -> None:
        self._margin = margin
        self._tasks = {task.key: task for task in portfolio.tasks}
        self._calendars = calendars
        self._before, self._after = _neighbours(portfolio.links)
        self._weeks = _Weeks(reserve)
        self.days: dict[str, Days] = {}
        self._launches = {
            task.key: as_date(task.due, calendars.project.zone)
            for task in portfolio.tasks
            if task.milestone and task.due is not None
        }
        planned = [found for key, found in schedule.tasks.items() if key not in self._launches]
        early = [(each.advised_finish, each.advised_start, each) for each in planned]
        taken: dict[str, date] = {}
        for finish, _start, each in sorted(early, key=_by_start, reverse=True):
            if finish is not None:
                self._place_before(each, finish, taken)
        late = [(each.earliest_start, each.earliest_start, each) for each in planned if each.key not in self.days]
        free: dict[str, date] = {}
        for start, _same, each in sorted(late, key=_by_start):
            if start is not None:
                self._place_after(each, start, free)

    def _place_before(self, planned: TaskSchedule, finish: datetime, taken: dict[str, date]) -> None:
        """On the last days on which it is over in time; `taken` is from when on each owner has something to do."""
        calendar, owner = self._at_work(planned.key)
        limits = [finish]
        if planned.latest_finish is not None:
            kept = ceil(self._margin * planned.work_minutes)
            limits.append(calendar.finish_at(calendar.ordinal(planned.latest_finish) - kept))
        for link in self._after[planned.key]:
            if link.successor in self.days:
                theirs, _owner = self._at_work(link.successor)
                begins = theirs.ordinal(theirs.first_minute(self.days[link.successor].start))
                limits.append(theirs.finish_at(begins - link.lag.value))
        if owner in taken:
            limits.append(calendar.first_minute(taken[owner]))
        due = _last_whole_day(min(limits), calendar)
        while not self._weeks.have_room(owner, found := _ending(due, planned.work_minutes, calendar), calendar):
            due = calendar.shift(due, -1)
        self._weeks.take(owner, found)
        self.days[planned.key] = Days(min(found), due)
        taken[owner] = min(found)

    def _place_after(self, planned: TaskSchedule, start: datetime, free: dict[str, date]) -> None:
        """On the first days on which all that it waits for is over; `free` is the day of each owner's last task."""
        calendar, owner = self._at_work(planned.key)
        limits = [start]
        for link in self._before[planned.key]:
            before = self.days.get(link.predecessor)
            over = before.due if before is not None else self._launches.get(link.predecessor)
            if over is not None:
                limits.append(calendar.start_at(calendar.ordinal(calendar.last_minute(over)) + link.lag.value))
        if owner in free:
            limits.append(calendar.first_minute(calendar.shift(free[owner], 1)))
        first = _first_whole_day(max(limits), calendar)
        while not self._weeks.have_room(owner, found := _beginning(first, planned.work_minutes, calendar), calendar):
            first = calendar.shift(first, 1)
        self._weeks.take(owner, found)
        self.days[planned.key] = Days(first, max(found))
        free[owner] = max(found)

    def _at_work(self, key: str) -> tuple[Calendar, str]:
        """The calendar that a task is worked on, and its owner's key."""
        owners = self._tasks[key].owners
        owner = owners[0].key if owners else ""
        return self._calendars.of(owner), owner


class _Weeks:
    """What everybody has to do, by the Monday of each week."""

    def __init__(self, reserve: float) -> None:
        self._reserve = reserve
        self._taken: dict[tuple[str, date], float] = defaultdict(float)

    def have_room(self, owner: str, parts: Mapping[date, float], calendar: Calendar) -> bool:
        """Whether minutes of work, by day, leave the reserve free in each week where there is other work already."""
        wanted = _by_week(parts)
        return all(
            not (taken := self._taken[owner, monday])
            or taken + minutes <= (1 - self._reserve) * _worked(monday, calendar)
            for monday, minutes in wanted.items()
        )

    def take(self, owner: str, parts: Mapping[date, float]) -> None:
        """Count them."""
        for monday, minutes in _by_week(parts).items():
            self._taken[owner, monday] += minutes


def _by_week(parts: Mapping[date, float]) -> Mapping[date, float]:
    weeks: dict[date, float] = defaultdict(float)
    for day, minutes in parts.items():
        weeks[day - timedelta(days=day.weekday())] += minutes
    return weeks


def _worked(monday: date, calendar: Calendar) -> int:
    """Minutes that are worked in a week."""
    return calendar.minutes_between(
        calendar.last_minute(monday - timedelta(days=1)), calendar.last_minute(monday + timedelta(days=6))
    )


def _ending(due: date, work: int, calendar: Calendar) -> Mapping[date, float]:
    """The days of a task that is over with a day, each with its part of the work."""
    ends = calendar.ordinal(calendar.last_minute(due))
    return _shared(as_date(calendar.start_at(ends - work), calendar.zone), due, work, calendar)


def _beginning(start: date, work: int, calendar: Calendar) -> Mapping[date, float]:
    """The days of a task that begins with a day, each with its part of the work."""
    begins = calendar.ordinal(calendar.first_minute(start))
    return _shared(start, as_date(calendar.finish_at(begins + work), calendar.zone), work, calendar)


def _shared(start: date, due: date, work: int, calendar: Calendar) -> Mapping[date, float]:
    days = [start]
    while days[-1] < due:
        days.append(calendar.shift(days[-1], 1))
    return dict.fromkeys(days, work / len(days))


def _by_start(found: tuple[datetime | None, datetime | None, TaskSchedule]) -> tuple[float, str]:
    """What is not scheduled comes first and is passed over."""
    _limit, start, planned = found
    return (start.timestamp() if start is not None else 0.0, planned.key)


def _neighbours(links: Iterable[Link]) -> tuple[Mapping[str, list[Link]], Mapping[str, list[Link]]]:
    """The links to what each task waits for, and to what waits for it."""
    before: dict[str, list[Link]] = defaultdict(list)
    after: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        before[link.successor].append(link)
        after[link.predecessor].append(link)
    return before, after


def _last_whole_day(limit: datetime, calendar: Calendar) -> date:
    """The last worked day that is over by an instant."""
    day = calendar.previous_working_day(as_date(limit, calendar.zone))
    return day if calendar.last_minute(day) <= limit else calendar.previous_working_day(day - timedelta(days=1))


def _first_whole_day(limit: datetime, calendar: Calendar) -> date:
    """The first worked day that begins at an instant or later."""
    day = calendar.next_working_day(as_date(limit, calendar.zone))
    return day if calendar.first_minute(day) >= limit else calendar.next_working_day(day + timedelta(days=1))
