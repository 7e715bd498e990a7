"""The feed for tools: a VTODO a task, with its dates, how far it is, its parent and what it waits for.

Links are said twice (RFC 9253): the successor DEPENDS-ON its predecessor, which every reader can take for what it is;
the predecessor names the successor by the kind of link (FINISHTOSTART…) with its lag as GAP.
"""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from icalendar import Todo, vDuration

from retro.model import Category, Lag, LagUnit, Link, LinkType, Role, Task
from retro.model.dates import in_zone
from retro.report.ics.events import Entry
from retro.report.ics.facts import Facts, uid
from retro.report.worklists import expected

_STATUS = {
    Category.TODO: "NEEDS-ACTION",
    Category.DOING: "IN-PROCESS",
    Category.REVIEW: "IN-PROCESS",
    Category.READY: "IN-PROCESS",
    Category.DONE: "COMPLETED",
    Category.CANCELLED: "CANCELLED",
}
"""Ideas have none: nobody wants them yet, and they are left out."""
_TYPES = {
    LinkType.FS: "FINISHTOSTART",
    LinkType.SS: "STARTTOSTART",
    LinkType.FF: "FINISHTOFINISH",
    LinkType.SF: "STARTTOFINISH",
}
_ALL = 100


def todos(facts: Facts) -> Iterator[Entry]:
    """A VTODO for every task, parents too, and for every line of a checklist that has a person and a date."""
    tasks = {key: task for key, task in facts.tasks.items() if _is_given(task)}
    links = [
        link
        for link in facts.assessment.portfolio.links
        if link.predecessor in tasks and link.successor in tasks and link.predecessor != link.successor
    ]
    before: dict[str, list[Link]] = {}
    after: dict[str, list[Link]] = {}
    for link in links:
        before.setdefault(link.successor, []).append(link)
        after.setdefault(link.predecessor, []).append(link)
    for task in tasks.values():
        todo = _todo(task, facts)
        if task.parent in tasks and task.parent != task.key:
            _relate(todo, task.parent, "PARENT")
        for link in before.get(task.key, ()):
            _relate(todo, link.predecessor, "DEPENDS-ON")
        for link in after.get(task.key, ()):
            _relate(todo, link.successor, _TYPES[link.type], _gap(link.lag, facts.assessment.day_minutes))
        yield Entry(uid("todo", task.key), todo.to_ical().decode(), facts.day(task.due), task.updated)


def _is_given(task: Task) -> bool:
    return (task.counts or (task.role is Role.ITEM and not task.archived)) and task.status.category in _STATUS


def _todo(task: Task, facts: Facts) -> Todo:
    start, due, advised = _days(task, facts)
    todo = Todo()
    todo.add("uid", uid("todo", task.key))
    todo.add("summary", facts.title(task.title))
    if start is not None and (due is None or start < due):  # RFC 5545, 3.8.2.3: due comes after the start
        todo.add("dtstart", start)
    if due is not None:
        todo.add("due", due)
    todo.add("status", _STATUS[task.status.category])
    if task.status.category is Category.DONE:
        todo.add("percent-complete", _ALL)
        if task.completed is not None:
            todo.add("completed", in_zone(task.completed, UTC))
    elif task.percent is not None:
        todo.add("percent-complete", round(min(max(task.percent, 0), _ALL)))
    facts.describe(todo, task, advised=advised)
    return todo


def _days(task: Task, facts: Facts) -> tuple[date | None, date | None, bool]:
    """Start and due: the team's, else the advised ones; and whether the due one is advised."""
    start, due = facts.day(task.start), facts.day(task.due)
    planned = facts.assessment.schedule.tasks.get(task.key)
    if planned is None or not task.status.category.is_open:
        return start, due, False
    dated = expected(task, planned, facts.zone, facts.today)
    if dated is None:
        return start, due, False
    return start or facts.day(planned.advised_start), dated.day, dated.advised


def _relate(todo: Todo, key: str, kind: str, gap: str = "") -> None:
    parameters = {"RELTYPE": kind} | ({"GAP": gap} if gap else {})
    todo.add("related-to", uid("todo", key), parameters=parameters)


def _gap(lag: Lag, day_minutes: int) -> str:
    """A lag as a duration: a working day as a day. A share of the predecessor's work is none."""
    if not lag.value or lag.unit is LagUnit.PERCENT:
        return ""
    days = lag.value / (day_minutes if lag.unit is LagUnit.WORKING else 1440)
    gap = vDuration(timedelta(minutes=round(days * 1440)))
    written: bytes = gap.to_ical()  # type: ignore[no-untyped-call]  # icalendar leaves this one without types
    return written.decode()
