"""The facts of one project, from its tasks, the moves of their dates, and a baseline where one was kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.model import (
    Assessment,
    Category,
    Day,
    DueMove,
    Happened,
    Project,
    ProjectSlip,
    Role,
    Slippage,
    Task,
    TaskSlip,
    as_date,
)
from retro.model.due_moves import steps
from retro.report.outlook import Outlook, outlooks
from retro.report.worklists import done_on, late_keys

_RUSH = 0.2
"""The last fifth of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A task that is done: the day it was planned for, and the day it was done on; None: nobody knows."""

    key: str
    title: str
    url: str | None = None
    planned: date | None = None
    done: date | None = None

    @property
    def days(self) -> int | None:
        """Calendar days from the one to the other: later is positive."""
        return None if self.planned is None or self.done is None else (self.done - self.planned).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A due date that people moved: from which day to which, when, and who, where the tool tells."""

    was: date
    now: date
    on: date
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The moves of one task's date, in their order."""

    task: Task
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """How much was done in the last fifth of the time, and after its due date; work for after the launch aside."""

    first: date
    since: date
    last: date
    tasks: int
    """Tasks that were done on a day that is known."""
    in_rush: int
    after_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """A project's facts."""

    project: Project
    today: date
    outlook: Outlook | None
    baseline: Slippage | None
    """None: none was kept that knows the project."""
    slip: ProjectSlip | None
    done: tuple[Finished, ...]
    """By the day they were done on."""
    open: tuple[Task, ...]
    moves: tuple[Moves, ...]
    """By the day of their first move."""
    rush: Rush | None
    added: tuple[TaskSlip, ...]
    """Tasks that the baseline does not have."""
    dropped: tuple[TaskSlip, ...]
    margin_was: int | None
    """Working minutes of room before the anchor when the baseline was set."""
    margin_now: int | None
    """The same now; of a project that is over, between its last work and its anchor. Negative: it came too late."""


def debrief(assessment: Assessment, moves: Mapping[str, Sequence[DueMove]]) -> Debrief:
    """The facts of the one project of an assessment.

    Its slippage is from the baseline that the project began with; None: there was none. `moves` are those that people
    made, by task.
    """
    zone = ZoneInfo(assessment.zone_name)
    project = assessment.portfolio.projects[0]
    tasks = [task for task in assessment.portfolio.tasks if task.role is Role.TASK]
    outlook = next(iter(outlooks(assessment, late_keys(assessment))), None)
    slippage = assessment.slippage
    slip = next((each for each in slippage.projects if each.key == project.key), None) if slippage else None
    done = tuple(sorted(_finished(tasks, moves, slippage, zone), key=_in_order))
    open_ = tuple(task for task in tasks if task.is_open and task.status.category is not Category.IDEA)
    anchor, today = outlook.day if outlook is not None else None, as_date(assessment.now, zone)
    return Debrief(
        project=project,
        today=today,
        outlook=outlook,
        baseline=slippage,
        slip=slip,
        done=done,
        open=open_,
        moves=_moves(tasks, moves, zone),
        rush=_rush(tasks, done, (anchor, today), slippage, zone),
        added=_that(slippage, Happened.NEW),
        dropped=_that(slippage, Happened.GONE, Happened.ASIDE),
        margin_was=slip.slack_was if slip is not None else None,
        margin_now=_margin(assessment, outlook, done, over=not open_),
    )


def _that(slippage: Slippage | None, *happened: Happened) -> tuple[TaskSlip, ...]:
    found = slippage.that(*happened) if slippage is not None else ()
    return tuple(sorted(found, key=lambda each: (each.now or each.was or date.max, each.title, each.key)))


def _finished(
    tasks: Sequence[Task], moves: Mapping[str, Sequence[DueMove]], slippage: Slippage | None, zone: ZoneInfo
) -> Iterator[Finished]:
    slips = {each.key: each for each in slippage.that(Happened.DONE)} if slippage is not None else {}
    for task in tasks:
        if task.status.category is not Category.DONE:
            continue
        slip = slips.pop(task.key, None)
        yield Finished(
            key=task.key,
            title=task.title,
            url=task.url,
            planned=(slip.was if slip is not None else None) or _first_due(task, moves.get(task.key, ()), zone),
            done=done_on(task, zone),
        )
    for slip in slips.values():  # done, and gone from their board since
        yield Finished(key=slip.key, title=slip.title, planned=slip.was, done=slip.now)


def _first_due(task: Task, moves: Sequence[DueMove], zone: ZoneInfo) -> date | None:
    """The first day that a task was given, as far as its moves tell."""
    first = next((day for move in moves for day in (move.old, move.new) if day is not None), task.due)
    return _day(first, zone)


def _day(day: Day | None, zone: ZoneInfo) -> date | None:
    return None if day is None else as_date(day, zone)


def _moves(tasks: Sequence[Task], moves: Mapping[str, Sequence[DueMove]], zone: ZoneInfo) -> tuple[Moves, ...]:
    found = []
    for task in tasks:
        made = tuple(
            Step(was=as_date(held, zone), now=as_date(new, zone), on=as_date(step[-1].when, zone), who=step[-1].who)
            for step, held in steps(moves.get(task.key, ()), zone)
            if (new := step[-1].new) is not None
        )
        if made:
            found.append(Moves(task=task, steps=made))
    return tuple(sorted(found, key=lambda each: (each.steps[0].on, each.task.title, each.task.key)))


def _rush(
    tasks: Sequence[Task],
    done: Sequence[Finished],
    span: tuple[date | None, date],
    slippage: Slippage | None,
    zone: ZoneInfo,
) -> Rush | None:
    """None where too little is known of when work was done, and while the last fifth is still to come."""
    anchor, today = span
    dues = {task.key: _day(task.due, zone) for task in tasks}
    before = [
        (each, each.done)
        for each in done
        if each.done is not None and (anchor is None or (each.planned or dues.get(each.key) or anchor) <= anchor)
    ]
    if not before:
        return None
    begins = [_day(day, zone) for task in tasks for day in (task.actual_start, task.start) if day is not None]
    begins += [day for _each, day in before]
    begins += [as_date(slippage.set_at, zone)] if slippage is not None else []
    first = min(day for day in begins if day is not None)
    last = anchor or max(day for _each, day in before)
    if last <= first:
        return None
    since = last - timedelta(days=int((last - first).days * _RUSH))
    if today < since and any(task.is_open for task in tasks):
        return None
    return Rush(
        first=first,
        since=since,
        last=last,
        tasks=len(before),
        in_rush=sum(day >= since for _each, day in before),
        after_due=sum((due := dues.get(each.key) or each.planned) is not None and day > due for each, day in before),
    )


def _margin(assessment: Assessment, outlook: Outlook | None, done: Sequence[Finished], *, over: bool) -> int | None:
    if outlook is None or outlook.anchor is None or outlook.day is None:
        return None
    if not over:
        anchor = outlook.anchor
        return anchor.slack_minutes if anchor.feasible else -anchor.missing_minutes
    days = [each.done for each in done if each.done is not None and (each.planned or outlook.day) <= outlook.day]
    if not days:
        return None
    last, day = max(days), outlook.day
    first, until = min(last, day), max(last, day)
    span = range(1, (until - first).days + 1)
    minutes = sum(assessment.work_minutes(None, first + timedelta(days=number)) for number in span)
    return minutes if last <= day else -minutes


def _in_order(each: Finished) -> tuple[date, str, str]:
    return (each.done or date.max, each.title, each.key)
