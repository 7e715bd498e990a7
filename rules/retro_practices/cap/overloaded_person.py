"""CAP101 overloaded-person."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from retro.calendars.loads import PersonWeek, Work, days_of, hands, person_weeks, room
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_schedule, a_task, bad, case, key_of, planned
from retro.model import Category, Day, EstimateOrigin, Finding, Owner, OwnerKind, Param, Severity, Task, Template
from retro.ports import Context
from retro_practices.launch import tied_tasks
from retro_practices.owners import collectives
from retro_practices.planned_tasks import planned_tasks

_DAY = timedelta(days=1)
_FARTHEST = 732
"""Days before its due date at which every task is held to begin."""
_LEAST = 15
"""Minutes over capacity below which a week is nobody's concern."""
_UNSURE = frozenset({"status", "due", "estimate"})
_FRIDAY, _MONDAY = date(2027, 1, 22), date(2027, 1, 18)
_UNDER_WAY = frozenset({Category.DOING, Category.REVIEW})
_PERSON = OwnerKind.PERSON
_DEFAULT, _DATES = EstimateOrigin.DEFAULT, EstimateOrigin.DATES
"""Durations that nobody gave as work: a task may well stand from Monday to Friday and take an hour a day."""


def _two(says: str, days: float, *, origin: EstimateOrigin = EstimateOrigin.NUMBER, due: date = _FRIDAY) -> Case:
    titles = ("[Print] Flyer", "[Web] Landing page")
    return case(
        says,
        *(a_task(title, due=day) for title, day in zip(titles, (_FRIDAY, due), strict=True)),
        schedule=a_schedule(*(planned(title, work=round(days * 420), origin=origin) for title in titles)),
    )


def _expected(hours: float, load: int, *titles: str, assumed: bool = False) -> Expected:
    facts: dict[str, Param] = {"person": "Léa Martin", "week": _MONDAY, "hours": hours}
    facts |= {"load_minutes": load, "capacity_minutes": 1680, "tasks": titles}
    facts["task_keys"] = tuple(key_of(title) for title in titles)
    return Expected("lea martin/2027-W03", facts, assumed=assumed)


class OverloadedPerson(BaseRule):
    """A week in which somebody has more work than hours.

    What it says:
        The work of one person that falls in one week, on all boards together, is more than they can take on: their
        hours less leave, days off and the reserve (`reserve` in retro.toml, a fifth). A task counts before its due
        date, or from its start date to its due date; without a due date, where links place it, at its advised dates.
        A task that is alone in its week may fill it. A group has no week, unless the configuration tells its size and
        hours (`[teams]`). Where the week would hold without durations that nobody gave as work, the finding is
        information only.

    Why:
        A plan in which somebody works sixty hours is a plan that will be late: the only open question is what. Boards
        show it to nobody, for each of them looks reasonable by itself.

    How to fix it in Notion:
        Move the date of one of these rows, or give it to somebody else. `retro schedule` advises dates at which
        nobody is overloaded.

    How to fix it in Trello:
        Move the due date of one of these cards, or give it to somebody else. `retro schedule` advises dates at which
        nobody is overloaded.
    """

    code: ClassVar[str] = "CAP101"
    name: ClassVar[str] = "overloaded-person"
    french_name: ClassVar[str] = "personne surchargée"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{person}, week of {week}: {hours} h more than there is room for: {tasks}")
    field: ClassVar[str | None] = "owners"

    good: ClassVar[tuple[Case, ...]] = (
        _two("Two tasks of two days in a week of five.", 2),
        case(
            "Five days, alone in its week.",
            a_task("[Web] Site", due=_FRIDAY),
            schedule=a_schedule(planned("[Web] Site", work=2100)),
        ),
        _two("Two of four days, each in its own week.", 4, due=date(2027, 1, 29)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            _two("Two tasks of three days in a week of five.", 3),
            _expected(14.0, 2520, "[Print] Flyer", "[Web] Landing page"),
        ),
        bad(
            _two("The same, where nobody gave their durations: only information.", 3, origin=EstimateOrigin.DEFAULT),
            _expected(14.0, 2520, "[Print] Flyer", "[Web] Landing page", assumed=True),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Fill everyone's weeks, from this one on, and compare each with what they can take on."""
        monday = context.today - _DAY * context.today.weekday()
        unsure, hours, reserve, known = set[str](), _Hours(context), context.reserve, context.tasks
        weeks = person_weeks(_works(context, monday, unsure, hours), context.worked)
        for (person, first), week in weeks.items():
            if first < monday or (over := _over(week, week.parts, hours, reserve)) < _LEAST:
                continue
            sure = [part for part in week.parts if part[0] not in unsure] if unsure else week.parts
            # A task is looked up once: tasks of a week lie far apart, and each look waits for memory.
            shown = [(task.title, task.key, task.board) for task in [known[key] for key, _ in week.parts]]
            titles, keys, boards = zip(*sorted(shown), strict=True)
            load, alone = week.load, len(set(boards)) == 1
            year, number, _ = first.isocalendar()
            yield self.on_subject(
                f"{person}/{year}-W{number:02}",
                {
                    "person": week.owner.name,
                    "week": first,
                    "hours": round(over / 60, 1),
                    "load_minutes": load,
                    "capacity_minutes": load - over,
                    "tasks": titles,
                    "task_keys": keys,
                },
                board=boards[0] if alone else None,
                assumed=len(sure) < len(week.parts) and _over(week, sure, hours, reserve) < _LEAST,
            )


def _over(week: PersonWeek, parts: Sequence[tuple[str, float]], hours: "_Hours", reserve: float) -> int:
    """Minutes over capacity in a whole week of some tasks' parts."""
    load = round(sum([minutes for _, minutes in parts]))
    return load - room(hours.of_week(week.owner.key, week.monday), load, len(parts), reserve=reserve)


class _Hours:
    """What people work, asked once for all who work as the project does: most people have no hours of their own."""

    def __init__(self, context: Context) -> None:
        self._worked = context.worked
        self._own = {*context.calendars, *(team.key for team in context.portfolio.teams)}
        self._weeks: dict[tuple[str | None, date], int] = {}
        self._begins: dict[tuple[str | None, int, date], date] = {}

    def of_week(self, person: str, monday: date) -> int:
        """Minutes that somebody works in a week."""
        who = person if person in self._own else None
        found = self._weeks.get((who, monday))
        if found is None:
            found = self._weeks[who, monday] = sum(self._worked(who, day) for day in days_of(monday))
        return found

    def begin(self, person: str, minutes: int, last: date) -> date:
        """The day on which work begins that is over in time for its last day."""
        who = person if person in self._own else None
        day = self._begins.get((who, minutes, last))
        if day is None:
            day, left = last, minutes - self._worked(who, last)
            while left > 0 and (last - day).days < _FARTHEST:
                day -= _DAY
                left -= self._worked(who, day)
            self._begins[who, minutes, last] = day
        return day


def _works(context: Context, since: date, unsure: set[str], hours: _Hours) -> Iterator[Work]:
    """What each open task asks of everyone: where the team's dates place it, else where links do.

    Tasks whose place or length is nobody's word are added to `unsure`.
    """
    busy = _hands(context)
    for task, found, last in context.derived(planned_tasks):
        if not (minutes := found.work_minutes) or (last is not None and last < since):
            continue
        origin = found.estimate_origin
        if origin is _DEFAULT or origin is _DATES or (task.assumed and not _UNSURE.isdisjoint(task.assumed)):
            unsure.add(task.key)
        if last is not None:
            for owner in busy(task):
                first = None if task.start is None else _own_start(task, task.start, last, context)
                yield task.key, owner, minutes, first or hours.begin(owner.key, minutes, last), last
        elif found.advised_finish is not None and task.key in context.derived(tied_tasks):
            start, finish = found.advised_start or found.advised_finish, found.advised_finish
            if finish.date() >= since:
                for owner in busy(task):
                    yield task.key, owner, minutes, start, finish


def _hands(context: Context) -> Callable[[Task], Iterable[Owner]]:
    """Whom a task keeps busy; a group that is typed as one person has no hours."""
    busy, groups = hands(context.portfolio.teams), context.derived(collectives)
    if not groups:
        return busy
    return lambda task: [each for each in busy(task) if each.kind is not _PERSON or each.name not in groups]


def _own_start(task: Task, start: Day, last: date, context: Context) -> date | None:
    """The day on which a task says that it begins.

    What is under way, or begins after it is due, is done as late as its due date allows.
    """
    if task.status.category in _UNDER_WAY:
        return None
    begins = context.day(start)
    return begins if begins <= last else None
