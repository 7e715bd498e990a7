"""What a meeting has to decide: each a question about somebody or something, with its date."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from retro.model import AnchorMoves, Assessment, Owner, Point, Project, Task
from retro.report.load import Week, loads
from retro.report.meeting.since import Since
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect
from retro.report.worklists import Wait, Worklists, expected

_WEEKS = 2
"""The running week and the next one: what is over later can still right itself."""
_PARTS = 4
"""Parts of a day below one of which nobody is called overloaded at a meeting."""
_MOST_MOVABLE = 2


class Ask(StrEnum):
    """What is asked, in the order in which a meeting takes it up."""

    LEVER = "lever"
    """A date cannot be met: which way out?"""
    PASSED = "passed"
    """A date has passed with work still open."""
    END = "end"
    """There is no date to work back from."""
    ANCHOR = "anchor"
    """A date that could not move has moved: is that agreed?"""
    LATE = "late"
    """Something is late and nobody's."""
    OWNER = "owner"
    """Something that others wait for, or the date hangs on, is nobody's."""
    REVIEW = "review"
    """Something waits for somebody's approval."""
    DATE = "date"
    """Something that others wait for, or the date hangs on, has no date."""
    LOAD = "load"
    """Somebody has more work in a week than their hours hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One decision to take. Which of its facts are there depends on what is asked."""

    ask: Ask
    subject: str
    """What stays the same of it from meeting to meeting."""
    day: date | None = None
    weight: int = 0
    project: Project | None = None
    projects: tuple[Project, ...] = ()
    task: Task | None = None
    tasks: tuple[Task, ...] = ()
    """Late tasks that are nobody's."""
    owner: Owner | None = None
    """Who is asked for an approval, or has too much work."""
    waiter: Owner | None = None
    since: date | None = None
    week: Week | None = None
    movable: tuple[Task, ...] = ()
    moved: AnchorMoves | None = None

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.ask}:{self.subject}"

    @property
    def name(self) -> str:
        """What it is about, where that has a name: those of one kind and day stand in its order."""
        return self.project.name if self.project is not None else self.task.title if self.task is not None else ""

    @property
    def point(self) -> Point:
        """What is remembered of it."""
        return Point(day=self.day, weight=self.weight)


def questions(assessment: Assessment, lists: Worklists, found: Sequence[Outlook], since: Since) -> tuple[Question, ...]:
    """Every decision to take today: by what is asked, then by date; people by name."""
    hanging = _Hanging.of(assessment, lists, found)
    asked = [
        *_of_projects(found),
        *_of_anchors(assessment, since),
        *_late(lists),
        *hanging.ownerless(lists),
        *_reviews(lists, since, assessment),
        *hanging.dateless(lists),
    ]
    order = tuple(Ask)
    asked.sort(key=lambda each: (order.index(each.ask), each.day or date.max, each.name, each.key))
    return (*asked, *_loads(assessment, lists))


def _of_projects(found: Sequence[Outlook]) -> Iterator[Question]:
    for each in found:
        anchor = each.anchor
        if each.prospect is not Prospect.MISSED or anchor is None:
            continue
        passed = each.days_left is not None and each.days_left < 0
        yield Question(
            ask=Ask.PASSED if passed else Ask.LEVER,
            subject=each.project.key,
            day=each.day,
            weight=each.total - each.done if passed else anchor.missing_minutes,
            project=each.project,
        )
    dateless = tuple(each.project for each in found if each.prospect is Prospect.UNKNOWN and each.total > each.done)
    if dateless:
        yield Question(ask=Ask.END, subject="", weight=len(dateless), projects=dateless)


def _of_anchors(assessment: Assessment, since: Since) -> Iterator[Question]:
    projects = {project.key: project for project in assessment.portfolio.projects}
    for moved in since.anchors:
        if moved.project in projects:
            yield Question(
                ask=Ask.ANCHOR,
                subject=f"{moved.project}:{moved.key}",
                day=moved.now,
                weight=moved.times,
                project=projects[moved.project],
                moved=moved,
            )


def _late(lists: Worklists) -> Iterator[Question]:
    """One question for all of them: they stand among what is late, each with its date."""
    found = tuple(each.task for each in lists.late if not each.task.owners)
    if found:
        yield Question(ask=Ask.LATE, subject="", weight=len(found), tasks=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hanging:
    """What others wait for, or a date hangs on, and what is asked of it."""

    assessment: Assessment
    waiters: Mapping[str, Owner | None]
    """Tasks that another one waits for, and whose that one is."""
    firm: frozenset[str]
    """Critical tasks, and those of the chains that make dates impossible."""
    horizon: date
    """The end of next week: what is due or begins later is asked then."""

    @classmethod
    def of(cls, assessment: Assessment, lists: Worklists, found: Sequence[Outlook]) -> "_Hanging":
        tasks = named(assessment.portfolio.tasks)
        waiters: dict[str, Owner | None] = {}
        for link in assessment.portfolio.links:
            waiting = tasks.get(link.successor)
            if waiting is not None and waiting.is_awaited and link.predecessor != link.successor:
                owner = waiting.owners[0] if waiting.owners else None
                waiters[link.predecessor] = waiters.get(link.predecessor) or owner
        firm = {key for key, planned in assessment.schedule.tasks.items() if planned.critical}
        for each in found:
            firm.update(each.anchor.chain if each.anchor and each.prospect is Prospect.MISSED else ())
        horizon = lists.week + timedelta(days=7 * _WEEKS - 1)
        return cls(assessment=assessment, waiters=waiters, firm=frozenset(firm), horizon=horizon)

    def ownerless(self, lists: Worklists) -> Iterator[Question]:
        zone = ZoneInfo(self.assessment.zone_name)
        today = self.assessment.now.astimezone(zone).date()
        for task in lists.ownerless:
            dated = expected(task, self.assessment.schedule.tasks.get(task.key), zone, today)
            if task.key in lists.late_keys or dated is None or dated.day > self.horizon:
                continue
            if task.key in self.waiters or task.key in self.firm:
                waiter = self.waiters.get(task.key)
                yield Question(ask=Ask.OWNER, subject=task.key, day=dated.day, task=task, waiter=waiter)

    def dateless(self, lists: Worklists) -> Iterator[Question]:
        zone = ZoneInfo(self.assessment.zone_name)
        for task in lists.dateless:
            planned = self.assessment.schedule.tasks.get(task.key)
            if not task.owners or task.key in lists.late_keys or planned is None:
                continue
            if task.key not in self.waiters and task.key not in self.firm:
                continue
            start, finish = planned.advised_start, planned.advised_finish
            if start is None or finish is None or start.astimezone(zone).date() > self.horizon:
                continue
            yield Question(
                ask=Ask.DATE,
                subject=task.key,
                day=finish.astimezone(zone).date(),
                task=task,
                owner=task.owners[0],
                waiter=self.waiters.get(task.key),
            )


def _reviews(lists: Worklists, since: Since, assessment: Assessment) -> Iterator[Question]:
    zone = ZoneInfo(assessment.zone_name)
    for wait in lists.waits:
        if not wait.in_review:
            continue
        stood = since.waiting.get(wait.task.key)
        yield Question(
            ask=Ask.REVIEW,
            subject=wait.task.key,
            day=wait.day,
            weight=int(wait.warn),
            task=wait.task,
            owner=wait.holder,
            waiter=_other(wait),
            since=stood.astimezone(zone).date() if stood else None,
        )


def _other(wait: Wait) -> Owner | None:
    """Who waits, where that is not the one who is to approve."""
    same = wait.waiter is not None and wait.holder is not None and wait.waiter.key == wait.holder.key
    return None if same else wait.waiter


def _loads(assessment: Assessment, lists: Worklists) -> Iterator[Question]:
    """People over their hours, by name: the first week in which each is, and what of it could wait.

    Work that no date asks for is done as it comes: nobody is over for it.
    """
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    least = assessment.day_minutes / _PARTS
    slack: dict[str, int] = defaultdict(int)
    for key, planned in assessment.schedule.tasks.items():
        if not planned.critical and planned.total_slack_minutes is not None:
            slack[key] = planned.total_slack_minutes
    for person in loads(assessment, lists.week, _WEEKS):
        week = next((week for week in person.weeks if week.over >= least), None)
        if week is None or not any(_is_due(assessment, key) for key in week.tasks):
            continue
        loose = (key for key in dict.fromkeys(week.tasks) if key in tasks and slack[key] >= assessment.day_minutes)
        movable = sorted(loose, key=lambda key: (-slack[key], tasks[key].title, key))[:_MOST_MOVABLE]
        yield Question(
            ask=Ask.LOAD,
            subject=f"{person.owner.key}:{week.monday.isoformat()}",
            day=week.monday,
            weight=week.over * _PARTS // assessment.day_minutes,
            owner=person.owner,
            week=week,
            movable=tuple(tasks[key] for key in movable),
        )


def _is_due(assessment: Assessment, key: str) -> bool:
    planned = assessment.schedule.tasks.get(key)
    return planned is not None and planned.anchor is not None
