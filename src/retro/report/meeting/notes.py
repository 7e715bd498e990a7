"""What the notes of a meeting say: everything that stands, less what was told last time and has not got worse."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar
from zoneinfo import ZoneInfo

from retro.model import Assessment, Point, ProjectSlip, Slippage, Task, Told
from retro.report.meeting.questions import Ask, Question, questions
from retro.report.meeting.since import Since
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.worklists import Beginning, Dated, Wait, told_once, worklists

_Thing = TypeVar("_Thing")
_DIGEST = 12
"""Hexadecimal digits: two of a hundred thousand remarks share them once in fifty thousand workspaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """One meeting's. Of each list those come first that are new or worse; what was told before is apart."""

    assessment: Assessment
    tasks: Mapping[str, Task]
    """By key, as people know them: a line of a checklist with its card."""
    today: date
    week: date
    """The Monday of the week that counts as this one."""
    outlooks: tuple[Outlook, ...]
    """Every project's, worst first."""
    questions: tuple[Question, ...]
    questions_before: tuple[Question, ...]
    late: tuple[Dated, ...]
    late_before: tuple[Dated, ...]
    waits: tuple[Wait, ...]
    """Who waits for whom; a wait for an approval, or for somebody to take a task, is a question instead."""
    waits_before: tuple[Wait, ...]
    due: tuple[Dated, ...]
    """What is due this week."""
    soon: tuple[Beginning, ...]
    """What begins soon, of which whoever has it was not told yet."""
    since: Since
    since_agreed: tuple[ProjectSlip, ...]
    """The projects whose end has slipped from the baseline further than was told, the furthest first."""
    remarks: tuple[int, int] | None
    """How many remarks are new, and how many settled, since the last meeting; None: nobody knows."""
    told: Told
    """What is to be remembered of these notes."""


def notes(assessment: Assessment, since: Since) -> Notes:
    """Draw the notes up. They say of a plan what every report does (`outlooks`, `worklists`)."""
    zone = ZoneInfo(assessment.zone_name)
    lists = worklists(assessment)
    found = outlooks(assessment, lists.late_keys)
    asked = questions(assessment, lists, found, since)
    taken = {each.subject for each in asked if each.ask in (Ask.REVIEW, Ask.OWNER)}
    apart = (wait for wait in lists.waits if not wait.in_review and wait.blocker.key not in taken)
    waits = tuple(each[0] for each in told_once(apart))
    slips = _slips(assessment.slippage)
    slipped = {_slip_key(project): _slip_point(project) for project in slips}
    late, waited, put = _late(lists.late, lists.waits, found), _waits(waits), _asked(asked)
    told = since.told.points if since.told is not None else {}
    remarks = frozenset(_digest(finding.identity) for finding in assessment.findings)
    fresh_waits, waits_before = _split(waits, _wait_key, waited, told)
    fresh_asked, asked_before = _split(asked, lambda each: each.key, put, told)
    fresh_late, late_before = _split(lists.late, _late_key, late, told)
    begins = {_soon_key(each): Point(day=each.day) for each in lists.soon}
    return Notes(
        assessment=assessment,
        tasks=named(assessment.portfolio.tasks),
        today=assessment.now.astimezone(zone).date(),
        week=lists.week,
        outlooks=tuple(found),
        questions=fresh_asked,
        questions_before=asked_before,
        late=fresh_late,
        late_before=late_before,
        waits=fresh_waits,
        waits_before=waits_before,
        due=lists.due,
        soon=_split(lists.soon, _soon_key, begins, told)[0],
        since=since,
        since_agreed=_split(slips, _slip_key, slipped, told)[0],
        remarks=None if since.told is None else (len(remarks - since.told.remarks), len(since.told.remarks - remarks)),
        told=Told(at=assessment.now, points=late | waited | put | begins | slipped, remarks=remarks),
    )


def _split(
    things: Iterable[_Thing], key: Callable[[_Thing], str], points: Mapping[str, Point], told: Mapping[str, Point]
) -> tuple[tuple[_Thing, ...], tuple[_Thing, ...]]:
    """What is new or worse, and what was told before as it is."""
    news, before = list[_Thing](), list[_Thing]()
    for each in things:
        (news if _is_news(key(each), points[key(each)], told) else before).append(each)
    return tuple(news), tuple(before)


def _is_news(key: str, point: Point, told: Mapping[str, Point]) -> bool:
    return key not in told or point.worse_than(told[key])


def _late(late: Iterable[Dated], waits: Iterable[Wait], found: Iterable[Outlook]) -> dict[str, Point]:
    """Late tasks weigh more where somebody waits for them, and most where a date cannot be met for them."""
    awaited = {wait.blocker.key for wait in waits}
    chains = {
        key
        for each in found
        if each.prospect is Prospect.MISSED and each.anchor is not None
        for key in each.anchor.chain
    }
    return {
        _late_key(each): Point(day=each.day, weight=2 if each.task.key in chains else int(each.task.key in awaited))
        for each in late
    }


def _late_key(dated: Dated) -> str:
    return f"late:{dated.task.key}"


def _soon_key(beginning: Beginning) -> str:
    return f"soon:{beginning.task.key}"


def _waits(waits: Iterable[Wait]) -> dict[str, Point]:
    return {_wait_key(wait): Point(day=wait.day, weight=int(wait.warn)) for wait in waits}


def _wait_key(wait: Wait) -> str:
    return f"wait:{wait.blocker.key}>{wait.waiter.key if wait.waiter is not None else wait.task.key}"


def _asked(asked: Iterable[Question]) -> dict[str, Point]:
    return {each.key: each.point for each in asked}


def _slips(agreed: Slippage | None) -> list[ProjectSlip]:
    """Projects whose end comes later than the baseline has it."""
    if agreed is None:
        return []
    return [project for project in agreed.projects if project.ends and project.ends[0].moved.days > 0]


def _slip_key(project: ProjectSlip) -> str:
    return f"slip:{project.key}"


def _slip_point(project: ProjectSlip) -> Point:
    return Point(day=project.ends[0].now.day, weight=project.ends[0].moved.days)


def _digest(identity: tuple[str, ...]) -> str:
    return sha256("\n".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
