"""The calendars of a plan: the project's, those that tasks name, and one for each resource."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from retro.calendars import Calendar, Calendars
from retro.model import Board, Task
from retro.report.mspdi.elements import child, name, unlike
from retro.report.mspdi.hours import Described, described, write
from retro.report.mspdi.people import Resource, at_work

PROJECT = 1
"""UID of the project's calendar."""
_STANDARD = "Standard"
"""What Microsoft Project calls the calendar that every plan has."""
_NO_BASE = -1


@dataclass(frozen=True, slots=True)
class Numbers:
    """UIDs of calendars: of those that tasks are worked by, and of people, by owner's key."""

    tasks: Mapping[str, int]
    """By the key of the calendar, or of the owner whose hours count for several."""
    people: Mapping[str, int]


def calendar_of(task: Task, calendars: Calendars) -> str | None:
    """What stands in a task's own calendar: its key, or the first owner's where others with other hours help.

    A task with several people lasts as long as it does for the first one of them.
    """
    if task.calendar in calendars.named:
        return task.calendar
    people = at_work(task)
    if task.calendar_alone or not people:
        return None
    first = calendars.of(people[0].key)
    return people[0].key if any(calendars.of(each.key) != first for each in people[1:]) else None


def write_calendars(
    parent: Element,
    calendars: Calendars,
    boards: Iterable[Board],
    tasks: Iterable[Task],
    people: Mapping[str, Resource],
    *,
    years: range,
) -> Numbers:
    """Write every calendar that is in use over `years`; their UIDs."""
    boards = list(boards)
    names = {spec.key: spec.name for board in boards for spec in board.calendars}
    names.update({key: resource.name for key, resource in people.items()})
    usual = next((names[board.calendar] for board in boards if board.calendar in names), "")
    base = described(calendars.project, years)
    taken: set[str] = set()
    _write(parent, PROJECT, unlike(name(usual, _STANDARD), taken), base)
    uid = PROJECT
    of_tasks: dict[str, int] = {}
    for key in sorted({key for task in tasks if (key := calendar_of(task, calendars)) is not None}):
        uid = of_tasks[key] = uid + 1
        found = calendars.named.get(key) or calendars.of(key)
        _write(parent, uid, unlike(name(names.get(key) or key), taken), described(found, years))
    of_people: dict[str, int] = {}
    known: dict[Calendar, Described] = {}
    for key, resource in people.items():
        uid = of_people[key] = uid + 1
        hours = calendars.of(key)
        if hours not in known:
            known[hours] = described(hours, years, base)
        _write(parent, uid, resource.name, known[hours], base)
    return Numbers(of_tasks, of_people)


def _write(parent: Element, uid: int, title: str, found: Described, base: Described | None = None) -> None:
    derived = base is not None
    element = child(
        parent,
        "Calendar",
        UID=uid,
        Name=title,
        IsBaseCalendar=not derived,
        BaseCalendarUID=PROJECT if derived else _NO_BASE,
    )
    write(element, found, base)
