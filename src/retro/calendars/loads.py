"""How full people's weeks are: their work by the week in which it falls, against what they can take on.

One computation for every table, comparison and rule that speaks of somebody's week.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from retro.calendars.calendar import Calendar, Calendars
from retro.model.board import Portfolio, Team
from retro.model.dates import Day, as_date
from retro.model.schedule import Schedule, TaskSchedule
from retro.model.task import Category, Owner, OwnerKind, Task

WorkedOn = Callable[[str | None, date], int]
"""Minutes that a person or team (by key; None: the project's calendar) works on a day; of an instant, on its day up
to it."""

_DAY = timedelta(days=1)
_PERSON = OwnerKind.PERSON
_UNDER_WAY = (Category.DOING, Category.REVIEW)
_FARTHEST = 732
"""Days: work that lasts longer, two years, is held to be done in the last two."""


Work = tuple[str, Owner, int, Day, Day]
"""What one task asks of one person: the task's key, the person, how many minutes, from an instant or a day on, to an
instant or to the end of a day."""


@dataclass(slots=True)
class PersonWeek:
    """One person's week: the minutes of work that fall in it, each with its task's key."""

    owner: Owner
    monday: date
    parts: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])

    @property
    def load(self) -> int:
        """Minutes of work."""
        return round(sum(minutes for _, minutes in self.parts))


def planned_works(
    portfolio: Portfolio, schedule: Schedule, since: datetime, left: Callable[[Task, TaskSchedule], int]
) -> Iterator[Work]:
    """What the open tasks of a schedule still ask of everyone from `since` on; `left` tells how much of each.

    A task keeps each of its owners busy, in a review the reviewer, from its advised start to its advised finish; from
    its earliest to its earliest, where the advised start has gone by. What works to no date, is not under way and is
    due later than it could be over is done by the day that it is due.
    """
    counted = hands(portfolio.teams)
    for task in portfolio.tasks:
        planned = schedule.tasks.get(task.key)
        if planned is None or not task.is_open or not (minutes := left(task, planned)):
            continue
        span = _span(planned, since)
        if span is not None and planned.latest_finish is None and task.status.category not in _UNDER_WAY:
            span = _up_to_due(*span, task.due)
        if span is not None:
            for owner in counted(task):
                yield task.key, owner, minutes, max(span[0], since), max(span[1], since)


def hands(teams: Iterable[Team]) -> Callable[[Task], Iterable[Owner]]:
    """Whom a task keeps busy, each once, of those whose hours are counted: people, and teams that are configured."""
    known = {team.key for team in teams}

    def busy(task: Task) -> Iterable[Owner]:
        owners = task.busy
        if len(owners) == 1 and owners[0].kind is _PERSON:
            return owners
        if len(owners) > 1:
            owners = tuple({owner.key: owner for owner in owners}.values())
        return [owner for owner in owners if owner.kind is _PERSON or owner.key in known]

    return busy


def person_weeks(works: Iterable[Work], worked: WorkedOn) -> dict[tuple[str, date], PersonWeek]:
    """The weeks into which work falls, by the person's key and the week's Monday.

    Each task is spread over the days that its owner works from its start to its finish, in proportion to their hours;
    over days off alone, it falls in the last one's week.
    """
    found: dict[tuple[str, date], PersonWeek] = {}
    cells: dict[str, dict[int, PersonWeek]] = {}

    def add(task: str, owner: Owner, week: int, minutes: float) -> None:
        of_owner = cells.get(owner.key)
        if of_owner is None:
            of_owner = cells[owner.key] = {}
        cell = of_owner.get(week)
        if cell is None:
            monday = date.fromordinal(week * 7 + 1)
            cell = of_owner[week] = found[owner.key, monday] = PersonWeek(owner, monday)
        cell.parts.append((task, minutes))

    for task, owner, minutes, start, finish in works:
        week = (finish.toordinal() - 1) // 7
        if (start.toordinal() - 1) // 7 == week:
            add(task, owner, week, minutes)
        else:
            for each, part in _spread(owner.key, minutes, start, finish, worked):
                add(task, owner, each, part)
    return found


def capacity(person: str, monday: date, load: int, tasks: int, worked: WorkedOn, *, reserve: float, since: date) -> int:
    """Minutes that somebody can take on in a week, from the day `since` on.

    See `room`.
    """
    hours = sum(worked(person, day) for day in days_of(monday) if day >= since)
    return room(hours, load, tasks, reserve=reserve)


def days_of(monday: date) -> Iterator[date]:
    """The days of a week; the last one of all, in the year 9999, ends on a Friday."""
    return (monday + _DAY * number for number in range(min(7, (date.max - monday).days + 1)))


def room(hours: int, load: int, tasks: int, *, reserve: float) -> int:
    """Minutes that somebody can take on in a week of so many minutes that they work.

    The share `reserve` of these is kept free for the unforeseen; a task that is alone in its week may fill it.
    """
    room = round(hours * (1 - reserve))
    return min(load, hours) if tasks == 1 and load > room else room


def worked_on(teams: Iterable[Team], calendars: Calendars) -> WorkedOn:
    """The hours of everyone by their calendars; of a team, those of its members, or its size, together."""
    known = {team.key: team for team in teams}
    shared: dict[int, dict[date, int]] = {}
    tables: dict[str | None, dict[date, int]] = {}

    def minutes(person: str | None, day: date) -> int:
        # This is asked for every day of every task: what was found is kept, for all who share a calendar together.
        table = tables.get(person)
        if table is None:
            own = {} if person in known else shared.setdefault(id(calendars.of(person)), {})
            table = tables[person] = own
        found = table.get(day)
        if found is None:
            found = counted(person, day)
            if not isinstance(day, datetime):
                table[day] = found
        return found

    def counted(person: str | None, day: date) -> int:
        team = known.get(person or "")
        if team is None or not team.members:
            return _worked(calendars.of(person), day) * (team.size if team else 1)
        return sum(minutes(member, day) for member in team.members)

    return minutes


def _worked(calendar: Calendar, day: date) -> int:
    """Minutes worked on one day, or on the day of an instant up to it."""
    midnight = datetime.combine(as_date(day, calendar.zone), time(), calendar.zone)
    if isinstance(day, datetime):
        end = day
    elif day < date.max:
        end = datetime.combine(day + _DAY, time(), calendar.zone)
    else:  # the last day of all, which stands for "never" on boards, has no midnight behind it
        end = datetime.combine(day, time.max, calendar.zone)
    return calendar.minutes_between(midnight, end)


def _span(planned: TaskSchedule, since: datetime) -> tuple[datetime, datetime] | None:
    advised = (planned.advised_start, planned.advised_finish)
    earliest = (planned.earliest_start, planned.earliest_finish)
    gone = advised[0] is None or advised[0] < since
    for start, finish in (earliest, advised) if gone else (advised, earliest):
        if start is not None and finish is not None:
            return start, finish
    return None


def _up_to_due(start: datetime, finish: datetime, due: Day | None) -> tuple[datetime, datetime]:
    """As long a span, that ends on the due day where that is later."""
    if due is None or finish.tzinfo is None:
        return start, finish
    later = max(as_date(due, finish.tzinfo) - finish.date(), timedelta())
    return start + later, finish + later


def _spread(person: str, minutes: int, start: Day, finish: Day, worked: WorkedOn) -> Iterable[tuple[int, float]]:
    """Work over several weeks, by their number (whole weeks since the first Monday of year 1)."""
    last = finish.toordinal()
    first = max(start.toordinal(), last - _FARTHEST)
    hours: dict[int, int] = {}
    for number in range(first, last + 1):
        week = (number - 1) // 7
        hours[week] = hours.get(week, 0) + worked(person, date.fromordinal(number))
    if isinstance(start, datetime) and first == start.toordinal():
        hours[(first - 1) // 7] -= worked(person, start)
    if isinstance(finish, datetime):
        hours[(last - 1) // 7] -= worked(person, finish.date()) - worked(person, finish)
    whole = sum(hours.values())
    if whole <= 0:
        return (((last - 1) // 7, minutes),)
    return [(week, minutes * part / whole) for week, part in hours.items() if part > 0]
