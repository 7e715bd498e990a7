"""What levelling did, in sentences: how many tasks it moved, who is over all the same, and who holds a plan up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, BoardKind, Category, Owner, OwnerKind, Schedule, Task
from retro.report import wording
from retro.report.untrusted import printable

_MOST_NAMES = 3
_MOST_PEOPLE = 5
_UNDER_WAY = (Category.DOING, Category.REVIEW)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Whose work makes a levelled plan begin before today, and how it compares with the time that is left."""

    name: str
    starts: date
    """When the levelled plan begins."""
    work: int
    """Minutes of work that they have up to the anchor, over all boards."""
    room: int
    """Minutes that they can take on until then, the reserve kept free."""


def levelling_lines(assessment: Assessment) -> Iterator[str]:
    """Sentences for below a plan; none where nobody's hours were looked at."""
    schedule, before = assessment.schedule, assessment.unlevelled
    if not schedule.levelled or before is None:
        return
    moved = sum(_earlier(schedule, before, key) for key in schedule.tasks)
    if moved:
        yield plural(
            "{count} task is advised earlier, so that nobody has more work than their hours hold.",
            "{count} tasks are advised earlier, so that nobody has more work than their hours hold.",
            moved,
        )
    yield from _over(assessment)
    yield from _left_out(assessment)


def bottleneck_line(anchor: AnchorVerdict, assessment: Assessment) -> str:
    """Who keeps a plan from beginning later than today, in a sentence; "" where levelling makes no such difference."""
    found = bottleneck(anchor, assessment)
    if found is None:
        return ""
    start = format_date(found.starts, Style.LONG)
    if found.work <= found.room:
        return _(
            "Levelled, it should have begun on {start}: the tasks of {who} come one after the other.",
            who=printable(found.name),
            start=start,
        )
    return _(
        "{who} has {work} of work by {day}, and time for {room}: levelled, the plan should have begun on {start}.",
        who=printable(found.name),
        work=format_days(found.work, assessment.day_minutes),
        room=format_days(found.room, assessment.day_minutes),
        day=format_date(anchor.on(ZoneInfo(assessment.zone_name)), Style.LONG),
        start=start,
    )


def bottleneck(anchor: AnchorVerdict, assessment: Assessment) -> Bottleneck | None:
    """The one with the most work for their time, among those whose tasks of this anchor levelling moved.

    None where the plan begins today or later, or would begin no later without levelling.
    """
    levelled, before = assessment.schedule, assessment.unlevelled
    if not levelled.levelled or before is None:
        return None
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    tasks = {task.key: task for task in assessment.portfolio.tasks if task.is_open}
    mine = [
        tasks[key]
        for key, planned in levelled.tasks.items()
        if planned.anchor == anchor.key and planned.work_minutes and key in tasks
    ]
    starts, others = _first_start(mine, levelled), _first_start(mine, before)
    if starts is None or others is None or starts.date() >= today or starts >= others:
        return None
    teams = {team.key for team in assessment.portfolio.teams}
    moved = {
        owner.key: owner.name
        for task in mine
        if _earlier(levelled, before, task.key)
        for owner in _limited(task, teams)
    }
    if not moved:
        return None
    work: dict[str, int] = defaultdict(int)
    for task in tasks.values():
        planned = levelled.tasks.get(task.key)
        if planned is not None and planned.advised_finish is not None and planned.advised_finish <= anchor.date:
            for owner in _limited(task, teams):
                work[owner.key] += planned.work_minutes
    room = {key: _room(assessment, key, today, anchor.date.astimezone(zone).date()) for key in moved}
    most = max(moved, key=lambda key: (work[key] / max(room[key], 1), key))
    return Bottleneck(moved[most], starts.date(), work[most], room[most])


def _first_start(tasks: Iterable[Task], schedule: Schedule) -> datetime | None:
    """When the first of some tasks that have not begun is advised to begin."""
    starts = (schedule.tasks[task.key].advised_start for task in tasks if task.status.category not in _UNDER_WAY)
    return min((start for start in starts if start is not None), default=None)


def _earlier(levelled: Schedule, before: Schedule, key: str) -> bool:
    now, then = levelled.tasks[key].advised_finish, before.tasks[key].advised_finish
    return now is not None and then is not None and now < then


def _limited(task: Task, teams: AbstractSet[str]) -> Iterator[Owner]:
    """Those of a task's owners whose hours are counted."""
    return (owner for owner in task.busy if owner.kind is OwnerKind.PERSON or owner.key in teams)


def _room(assessment: Assessment, person: str, first: date, last: date) -> int:
    """Minutes that someone can take on from one day to another, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return round(sum(assessment.work_minutes(person, day) for day in days) * (1 - assessment.reserve))


def _over(assessment: Assessment) -> Iterator[str]:
    """What is under way, or bound to a date, is a fact that levelling leaves where it is."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    names = {person.key: person.name for person in assessment.portfolio.people}
    names |= {team.key: team.name for team in assessment.portfolio.teams}
    overloads = assessment.schedule.overloads
    for overload in overloads[:_MOST_PEOPLE]:
        known = [tasks[key] for key in overload.tasks if key in tasks]
        owners = {owner.key: owner.name for task in known for owner in task.busy}
        titles = [wording.title(task) for task in known[:_MOST_NAMES]]
        rest = len(known) - len(titles)
        yield plural(
            "{who} is over: {count} task under way or bound to a date meets others: {tasks}.",
            "{who} is over: {count} tasks that are under way or bound to a date meet: {tasks}.",
            len(known),
            who=printable(owners.get(overload.pool) or names.get(overload.pool, overload.pool)),
            tasks=", ".join([*titles, *([plural("{count} more", "{count} more", rest)] if rest else [])]),
        )
    if len(overloads) > _MOST_PEOPLE:
        yield plural("{count} more is over.", "{count} more are over.", len(overloads) - _MOST_PEOPLE)


def _left_out(assessment: Assessment) -> Iterator[str]:
    flows = {board.key for board in assessment.portfolio.boards if board.kind is not BoardKind.PROJECT}
    count = sum(
        1
        for task in assessment.portfolio.tasks
        if task.board in flows and task.is_open and task.status.category is not Category.IDEA and task.owners
    )
    if count:
        yield plural(
            "{count} task of boards that work to no date is not counted: the reserve keeps room for it.",
            "{count} tasks of boards that work to no date are not counted: the reserve keeps room for them.",
            count,
        )
