"""An independent checker of levelled plans: day by day from instants, hours and leave, with nothing of the engine.

It knows a portfolio's tasks and links, the hours of each day, and who was asked for; it is told which tasks may not be
moved. Every fault found is a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from retro.calendars import Calendar
from retro.model import Link, LinkType, Schedule, TaskSchedule

MIDNIGHT = 24 * 60


class Person(NamedTuple):
    """Hours, how many at once, and the share of a week that is kept free."""

    calendar: Calendar
    capacity: int = 1
    reserve: float = 0.0


class Span(NamedTuple):
    """When a task is worked on, on the wall clock of the one zone."""

    key: str
    begin: datetime
    end: datetime


def shifts(calendar: Calendar, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The hours worked from one moment to another, naive, day by day."""
    day = begin.date()
    while day <= end.date():
        for first, last in calendar.hours_on(day):
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall clock
            opens, closes = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
            opens, closes = max(opens, begin), min(closes, end)
            if opens < closes:
                yield opens, closes
        day += timedelta(days=1)


def minutes(calendar: Calendar, begin: datetime, end: datetime) -> int:
    """Minutes worked from one moment to another; negative where the second comes first."""
    if end < begin:
        return -minutes(calendar, end, begin)
    return round(sum((closes - opens).total_seconds() for opens, closes in shifts(calendar, begin, end)) / 60)


def naive(instant: datetime | None) -> datetime:
    """The wall clock of an instant."""
    assert instant is not None
    return instant.replace(tzinfo=None)


def remaining(said: TaskSchedule, calendar: Calendar) -> Span:
    """When what is left of a task is worked on: its last minutes before its advised finish."""
    end = naive(said.advised_finish)
    begin, left, day = end, said.work_minutes, end.date()
    while left > 0:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall clock
        for opens, closes in reversed(list(shifts(calendar, midnight, min(end, midnight + timedelta(days=1))))):
            taken = min(left, round((closes - opens).total_seconds() / 60))
            begin, left = closes - timedelta(minutes=taken), left - taken
            if not left:
                break
        day -= timedelta(days=1)
    return Span(said.key, begin, end)


def together(calendar: Calendar, one: Span, other: Span) -> bool:
    """Whether somebody of these hours would work on both at some minute."""
    begin, end = max(one.begin, other.begin), min(one.end, other.end)
    return begin < end and minutes(calendar, begin, end) > 0


class Check(NamedTuple):
    """What a plan is checked against."""

    schedule: Schedule
    calendars: Mapping[str, Calendar]
    """Of tasks, by key."""
    links: Sequence[Link]
    people: Mapping[str, Person]
    asked: Mapping[str, Sequence[Sequence[str]]]
    """By task, for each owner those of whom one is taken."""
    fixed: frozenset[str] = frozenset()
    """Tasks that levelling does not move."""

    def faults(self) -> list[str]:
        """Everything that is wrong."""
        return [*self.of_hours(), *self.of_links(), *self.of_bounds(), *self.of_people()]

    def planned(self) -> list[TaskSchedule]:
        """Tasks with advised dates."""
        return [said for said in self.schedule.tasks.values() if said.advised_finish is not None]

    def of_hours(self) -> Iterator[str]:
        """A task is worked on for as long as it takes, from a minute that is worked to one that is."""
        for said in self.planned():
            calendar, begin, end = self.calendars[said.key], naive(said.advised_start), naive(said.advised_finish)
            if said.key in self.fixed or not said.work_minutes:
                continue
            if minutes(calendar, begin, end) != said.work_minutes:
                yield f"{said.key} takes {minutes(calendar, begin, end)} minutes instead of {said.work_minutes}"
            if not minutes(calendar, begin, begin + timedelta(minutes=1)):
                yield f"{said.key} starts at {begin}, when nobody works"
            if not minutes(calendar, end - timedelta(minutes=1), end):
                yield f"{said.key} ends at {end}, when nobody works"

    def of_links(self) -> Iterator[str]:
        """What follows waits for as long as the link says, and for the margin."""
        for link in self.links:
            before, after = self.schedule.tasks[link.predecessor], self.schedule.tasks[link.successor]
            if before.advised_finish is None or after.advised_finish is None:
                continue
            from_finish, to_start = link.type in (LinkType.FS, LinkType.FF), link.type in (LinkType.FS, LinkType.SS)
            leaves = naive(before.advised_finish if from_finish else before.advised_start)
            reaches = naive(after.advised_start if to_start else after.advised_finish)
            waited = minutes(self.calendars[after.key], leaves, reaches)
            if waited < link.lag.value:
                yield f"{after.key} waits {waited} minutes for {before.key} instead of {link.lag.value}"
            if from_finish and link.lag.value >= 0:
                kept = minutes(self.calendars[before.key], leaves, reaches)
                if kept < (before.margin_minutes or 0):
                    yield f"{before.key} has {kept} minutes of margin before {after.key}, not {before.margin_minutes}"

    def of_bounds(self) -> Iterator[str]:
        """Nothing ends after its latest date, less its margin."""
        for said in self.planned():
            kept = minutes(self.calendars[said.key], naive(said.advised_finish), naive(said.latest_finish))
            if kept < (said.margin_minutes or 0):
                yield f"{said.key} ends {kept} minutes before its latest date, not {said.margin_minutes}"

    def of_people(self) -> Iterator[str]:
        """Nobody works on two things at once or more of a week than is theirs, whoever stands in for whom."""
        spans = [remaining(said, self.calendars[said.key]) for said in self.planned() if said.work_minutes]
        # Whoever has no choice comes first, so that few ways are tried.
        wanted = [(span, choice) for span in spans for choice in self.asked.get(span.key, ()) if choice]
        wanted.sort(key=lambda each: (len(each[1]), each[0].key))
        if not self._staffed(wanted, {}):
            yield "no way to share the tasks out: " + ", ".join(f"{span.key} {span.begin}–{span.end}" for span in spans)

    def _staffed(self, wanted: Sequence[tuple[Span, Sequence[str]]], taken: Mapping[str, Sequence[Span]]) -> bool:
        if not wanted:
            return True
        span, choice = wanted[0]
        for key in choice:
            mine = [*taken.get(key, ()), span]
            if self._bearable(self.people[key], mine) and self._staffed(wanted[1:], {**taken, key: mine}):
                return True
        return False

    def _bearable(self, person: Person, spans: Sequence[Span]) -> bool:
        for span in spans:
            crowd = [other for other in spans if other.begin <= span.begin < other.end or other is span]
            at_once = [other for other in crowd if other is span or together(person.calendar, span, other)]
            if len(at_once) > person.capacity and not all(other.key in self.fixed for other in at_once):
                return False
        return not person.reserve or all(self._rests(person, spans, monday) for monday in _mondays(spans))

    def _rests(self, person: Person, spans: Sequence[Span], monday: datetime) -> bool:
        sunday = monday + timedelta(days=7)
        loads = {
            span.key: minutes(person.calendar, max(span.begin, monday), min(span.end, sunday))
            for span in spans
            if span.begin < sunday and span.end > monday
        }
        busy = {key: load for key, load in loads.items() if load}
        most = (1 - person.reserve) * person.capacity * minutes(person.calendar, monday, sunday)
        return len(busy) < 2 or sum(busy.values()) <= most + 1e-6 or all(key in self.fixed for key in busy)


def _mondays(spans: Sequence[Span]) -> list[datetime]:
    found: set[date] = set()
    for span in spans:
        day = span.begin.date() - timedelta(days=span.begin.weekday())
        while day <= span.end.date():
            found.add(day)
            day += timedelta(days=7)
    return [datetime(day.year, day.month, day.day) for day in sorted(found)]  # noqa: DTZ001 - wall clock
