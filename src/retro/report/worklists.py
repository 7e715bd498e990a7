"""The lists of the weekly meeting: what is late, what is due this week, who waits for whom, what nobody holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.model import Assessment, Category, Owner, Role, Task, TaskSchedule, as_date
from retro.report.naming import apart, named


@dataclass(frozen=True, slots=True)
class Dated:
    """A task and the date that it is expected on; `advised` where the team gave none and the schedule's stands in."""

    task: Task
    day: date
    advised: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """`waiter` cannot go on with `task` before `holder` is through with `blocker`.

    In a review both are the same task. `warn`: the blocker is late, so the waiter should be told.
    """

    waiter: Owner | None
    holder: Owner | None
    blocker: Task
    task: Task
    day: date | None
    """The date that the blocker is expected on."""
    warn: bool = False

    @property
    def in_review(self) -> bool:
        """Whether the wait is for a validation."""
        return self.blocker.key == self.task.key


@dataclass(frozen=True, slots=True)
class Beginning:
    """A task that nobody has begun, and the day on which it is to begin; `advised` where the team gave none."""

    task: Task
    day: date
    advised: bool = False


NOTICE = 10
"""Working days ahead within which people are told of what they are to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklists:
    """The lists, each in the order of its dates. `week` is the Monday of the week that counts as this one.

    `soon` is what begins within ten working days, of what is neither late nor due this week: whoever has it is to be
    told, and so is whoever waits for something late (`Wait.warn`).
    """

    week: date
    late: tuple[Dated, ...]
    due: tuple[Dated, ...]
    waits: tuple[Wait, ...]
    soon: tuple[Beginning, ...]
    ownerless: tuple[Task, ...]
    dateless: tuple[Task, ...]

    @property
    def late_keys(self) -> frozenset[str]:
        """Keys of the late tasks."""
        return frozenset(each.task.key for each in self.late)


def worklists(assessment: Assessment) -> Worklists:
    """Draw the lists up. Parents stand back behind their children; ideas are asked nothing.

    Lines of checklists that are tasks stand among the others, named with their card.
    """
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    week = this_week(assessment, today)
    awaited = awaited_tasks(assessment)
    open_tasks = [task for task in awaited if task.role is not Role.ITEM]
    late, due, dateless = [], [], []
    for task in awaited:
        dated = expected(task, assessment.schedule.tasks.get(task.key), zone, today)
        if task.due is None:
            dateless.append(task)
        if dated is None:
            continue
        if dated.day < today:
            late.append(dated)
        elif dated.day < week + timedelta(days=7):
            due.append(dated)
    late_keys = {each.task.key for each in late}
    listed = late_keys | {each.task.key for each in due}
    return Worklists(
        week=week,
        late=_in_order(late),
        due=_in_order(due),
        waits=_waits(assessment, awaited, late_keys, (today, week + timedelta(days=6)), zone),
        soon=_soon(assessment, (task for task in open_tasks if task.key not in listed), today, zone),
        ownerless=tuple(task for task in open_tasks if not task.owners),
        dateless=tuple(dateless),
    )


def late_keys(assessment: Assessment) -> frozenset[str]:
    """Keys of the late tasks alone: all that a verdict needs."""
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    planned = assessment.schedule.tasks
    dates = ((task.key, expected(task, planned.get(task.key), zone, today)) for task in awaited_tasks(assessment))
    return frozenset(key for key, dated in dates if dated is not None and dated.day < today)


def awaited_tasks(assessment: Assessment) -> list[Task]:
    """What lists are made of: open work, named for people, without ideas and without what stands behind its parts."""
    parents = {task.parent for task in assessment.portfolio.tasks if task.parent and task.is_open}
    awaited = (
        task
        for task in named(assessment.portfolio.tasks).values()
        if task.is_awaited and task.status.category is not Category.IDEA and task.key not in parents
    )
    return apart(awaited, assessment.portfolio.projects)


def this_week(assessment: Assessment, today: date) -> date:
    """The Monday of the current week, or of the next one where no work is left in this one."""
    monday = today - timedelta(days=today.weekday())
    left = (today + timedelta(days=ahead) for ahead in range(7 - today.weekday()))
    worked = any(assessment.work_minutes(None, day) for day in left)
    return monday if worked else monday + timedelta(days=7)


def expected(task: Task, planned: TaskSchedule | None, zone: ZoneInfo, today: date) -> Dated | None:
    """The date a task is expected on: its own, else the advised one, else the latest once the advised has gone by.

    So a task that the team gave no date is late only when its latest date has passed.
    """
    if task.due is not None:
        return Dated(task, as_date(task.due, zone))
    if planned is None:
        return None
    days = [as_date(day, zone) for day in (planned.advised_finish, planned.latest_finish) if day is not None]
    if not days:
        return None
    return Dated(task, next((day for day in days if day >= today), days[-1]), advised=True)


def done_on(task: Task, zone: ZoneInfo) -> date | None:
    """The day that a task was done on, as the schedule takes it: by its actual finish, else by when it was ticked."""
    over = task.actual_finish or task.completed
    return None if over is None else as_date(over, zone)


def _in_order(found: list[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(found, key=lambda each: (each.day, each.task.title, each.task.key)))


def _soon(assessment: Assessment, others: Iterable[Task], today: date, zone: ZoneInfo) -> tuple[Beginning, ...]:
    last = _working_day_after(today, NOTICE, assessment)
    found = []
    for task in others:
        if task.status.category is not Category.TODO or task.milestone:
            continue
        start = _wanted_start(task, assessment.schedule.tasks.get(task.key), zone)
        if start is not None and today <= start <= last:
            found.append(Beginning(task, start, advised=task.start is None))
    return tuple(sorted(found, key=lambda each: (each.day, each.task.title, each.task.key)))


_FARTHEST = 60
"""Days: a team that works less than ten of them is away for longer than anybody is told ahead."""


def _working_day_after(day: date, count: int, assessment: Assessment) -> date:
    """The day that lies so many of the project's working days ahead, or `_FARTHEST` days."""
    for ahead in range(1, _FARTHEST):
        later = day + timedelta(days=ahead)
        count -= bool(assessment.work_minutes(None, later))
        if not count:
            return later
    return day + timedelta(days=_FARTHEST)


def _waits(
    assessment: Assessment, awaited: Iterable[Task], late: set[str], span: tuple[date, date], zone: ZoneInfo
) -> tuple[Wait, ...]:
    today, horizon = span
    tasks = {task.key: task for task in awaited}
    scheduled = assessment.schedule.tasks
    found = []
    for task in tasks.values():
        if task.status.category is Category.REVIEW and task.reviewer is not None:
            dated = expected(task, scheduled.get(task.key), zone, today)
            waiter = task.owners[0] if task.owners else None
            found.append(Wait(waiter, task.reviewer, task, task, dated.day if dated else None, task.key in late))
    for line in tasks.values():
        card = tasks.get(line.parent or "") if line.role is Role.ITEM else None
        if card is not None and (wait := _for_line(line, card, late, today, zone)) is not None:
            found.append(wait)
    for link in assessment.portfolio.links:
        if link.predecessor not in tasks or link.successor not in tasks or link.predecessor == link.successor:
            continue
        blocker, task = tasks[link.predecessor], tasks[link.successor]
        if blocker.status.category is Category.READY:
            continue
        waiter, holder = (each.owners[0] if each.owners else None for each in (task, blocker))
        if (waiter.key if waiter is not None else None) == (holder.key if holder is not None else None):
            continue  # one person's own, or nobody's at either end
        start = _wanted_start(task, scheduled.get(task.key), zone)
        if blocker.key not in late and (start is None or start > horizon):
            continue
        dated = expected(blocker, scheduled.get(blocker.key), zone, today)
        found.append(Wait(waiter, holder, blocker, task, dated.day if dated else None, blocker.key in late))
    found.sort(
        key=lambda wait: (not wait.warn, wait.day or date.max, wait.blocker.title, wait.task.title, wait.task.key)
    )
    return tuple(found)


def told_once(waits: Iterable[Wait]) -> list[tuple[Wait, ...]]:
    """The waits in their order; whoever waits for a task with several of theirs stands there once, with all of them."""
    found: dict[tuple[str, str, bool], list[Wait]] = defaultdict(list)
    for wait in waits:
        waiter = wait.waiter.key if wait.waiter is not None else wait.task.key
        found[wait.blocker.key, waiter, wait.in_review].append(wait)
    return [tuple(each) for each in found.values()]


def _for_line(line: Task, card: Task, late: set[str], today: date, zone: ZoneInfo) -> Wait | None:
    """Whoever holds a card waits for the late line of somebody else on its checklist."""
    waiter, holder = (each.owners[0] if each.owners else None for each in (card, line))
    if line.key not in late or waiter is None or holder is None or waiter.key == holder.key:
        return None
    dated = expected(line, None, zone, today)
    return Wait(waiter, holder, line, card, dated.day if dated else None, warn=True)


def _wanted_start(task: Task, planned: TaskSchedule | None, zone: ZoneInfo) -> date | None:
    if task.start is not None:
        return as_date(task.start, zone)
    start = (planned.advised_start or planned.latest_start) if planned else None
    return as_date(start, zone) if start else None
