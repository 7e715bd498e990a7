"""The feed for people: an all-day event on the day that each task is expected, and on each date that cannot move.

Only days that matter to come, and those of the last three months: what is done has a tick. An event takes no time in
anybody's calendar (TRANSPARENT), invites nobody and rings no bell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Event

from retro.i18n import text as _
from retro.model import AnchorVerdict, Category, Role, Task
from retro.report.ics.facts import Facts, uid
from retro.report.untrusted import printable
from retro.report.worklists import done_on, expected

_PAST = timedelta(days=90)
"""How long what is done, and a date that has passed, stays in the calendar."""
_UNSEEN = Category.IDEA, Category.CANCELLED


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes an entry of a feed: its UID, what it says, its day, and when its task was last edited."""

    uid: str
    body: str
    day: date | None
    edited: datetime | None


def events(facts: Facts, *, owner: bool) -> Iterator[Entry]:
    """An event a task and a date; in a calendar of one `owner` titles do not say whose task it is."""
    portfolio = facts.assessment.portfolio
    stands_for = {anchor.key: anchor.task for project in portfolio.projects for anchor in project.anchors}
    several = len(portfolio.projects) > 1
    open_parents = {task.parent for task in portfolio.tasks if task.parent and task.is_open}
    parents = {task.parent for task in portfolio.tasks if task.parent and task.counts}
    shown: set[str] = set()
    for task in facts.tasks.values():
        done = task.status.category is Category.DONE
        if task.key in (parents if done else open_parents) or not _is_shown(task):
            continue
        day, advised = _done_on(task, facts) if done else _expected_on(task, facts)
        if day is None or (done and day < facts.today - _PAST):
            continue
        shown.add(task.key)
        beside = (facts.project(task) if several else "") if owner else facts.people(task.owners)
        title = " · ".join(part for part in (facts.title(task.title), beside) if part)
        event = _event("event", task.key, f"✓ {title}" if done else title, day)
        facts.describe(event, task, advised=advised)
        yield _entry(event, task.key, day, task.updated)
    for anchor in facts.assessment.schedule.anchors:
        task_key, day = stands_for.get(anchor.key) or anchor.key, anchor.on(facts.zone)
        if task_key not in shown and day >= facts.today - _PAST:
            yield _fixed(anchor, task_key, day, facts)


def _is_shown(task: Task) -> bool:
    return (task.counts or (task.role is Role.ITEM and not task.archived)) and task.status.category not in _UNSEEN


def _expected_on(task: Task, facts: Facts) -> tuple[date | None, bool]:
    """The day on which every report expects it, and whether that is the advised one."""
    dated = expected(task, facts.assessment.schedule.tasks.get(task.key), facts.zone, facts.today)
    return (None, False) if dated is None else (dated.day, dated.advised)


def _done_on(task: Task, facts: Facts) -> tuple[date | None, bool]:
    return done_on(task, facts.zone) or facts.day(task.due), False


def _fixed(anchor: AnchorVerdict, key: str, day: date, facts: Facts) -> Entry:
    project = next((each for each in facts.assessment.portfolio.projects if each.key == anchor.project), None)
    names = [printable(each) for each in (project.name if project else "", anchor.name)]
    title = " – ".join(dict.fromkeys(name for name in names if name))
    event = _event("event", key, f"◆ {facts.title(title)}", day)
    lines = [_("The date that cannot move.", lang=facts.lang)]
    if project is not None and project.client:
        lines.append(_("Client: {name}", lang=facts.lang, name=facts.title(project.client)))
    event.add("description", "\n".join(lines))
    return _entry(event, key, day, None)


def _event(kind: str, key: str, title: str, day: date) -> Event:
    event = Event()
    event.add("uid", uid(kind, key))
    event.add("summary", title)
    event.add("dtstart", day)
    if day < date.max:  # an end is exclusive; without one an event is a day long
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _entry(event: Event, key: str, day: date, edited: datetime | None) -> Entry:
    return Entry(uid("event", key), event.to_ical().decode(), day, edited)
