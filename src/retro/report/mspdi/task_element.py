"""`Task` elements, in the order of the schema."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element

from retro.model import Lag, LagUnit, Link, LinkType, Task
from retro.report.mspdi.elements import child, duration, name, notes, put
from retro.report.mspdi.outline import Row
from retro.report.mspdi.people import at_work
from retro.report.mspdi.placed import CODES, Placed
from retro.report.untrusted import web_address

Instants = Callable[[datetime], str]
_FIXED_UNITS, _FIXED_DURATION = 0, 1
_DAYS, _ASSUMED_DAYS = 7, 39
"""`DurationFormat`: "3 days", and "3 days?"."""
_USUAL_PRIORITY, _MOST_PRIORITY = 500, 1000
_NO_CALENDAR = -1
_LINKS = {LinkType.FF: 0, LinkType.FS: 1, LinkType.SF: 2, LinkType.SS: 3}
_LAG_FORMATS = {LagUnit.WORKING: 7, LagUnit.ELAPSED: 8, LagUnit.PERCENT: 19}


def write_task(
    parent: Element,
    row: Row,
    place: Placed,
    *,
    identifier: int,
    calendar: int | None,
    before: Iterable[tuple[int, Link]],
    assumed: bool,
    instants: Instants,
) -> None:
    """A task or a standing date. `calendar` is the UID of its own, `before` are its links with predecessors' UIDs."""
    task = row.task
    people = len(at_work(task)) if task is not None else 0
    element = _head(parent, row, identifier, _FIXED_UNITS, manual=place.manual, priority=_priority(task))
    put(
        element,
        Start=instants(place.start),
        Finish=instants(place.finish),
        Duration=duration(place.minutes),
        DurationFormat=_ASSUMED_DAYS if assumed else _DAYS,
        Work=duration(place.minutes * people),
        EffortDriven=False,
        Estimated=assumed,
        Milestone=task is None or task.milestone,
        Summary=False,
        PercentComplete=place.percent,
        ActualStart=instants(place.start) if place.begun else None,
        ActualFinish=instants(place.finish) if place.done else None,
        ActualDuration=duration(place.minutes - place.left),
        ActualWork=duration((place.minutes - place.left) * people),
        RemainingDuration=duration(place.left),
        RemainingWork=duration(place.left * people),
        ConstraintType=CODES[place.constraint],
        CalendarUID=_NO_CALENDAR if calendar is None else calendar,
        ConstraintDate=None if place.constraint_date is None else instants(place.constraint_date),
        Deadline=None if place.deadline is None else instants(place.deadline),
        **_address(task),
        IgnoreResourceCalendar=calendar is not None and (task is None or task.calendar_alone or task.calendar is None),
        Notes=_notes(row),
    )
    _links(element, before)
    if place.manual:
        put(
            element,
            ManualStart=instants(place.start),
            ManualFinish=instants(place.finish),
            ManualDuration=duration(place.minutes),
        )


def write_summary(
    parent: Element,
    row: Row,
    places: Iterable[Placed],
    *,
    identifier: int,
    minutes: Callable[[datetime, datetime], int],
    before: Iterable[tuple[int, Link]],
    instants: Instants,
) -> None:
    """A row over others: from the first start to the last finish, in working `minutes` of the project."""
    below = list(places)
    start, finish = min(each.start for each in below), max(each.finish for each in below)
    whole, left = sum(each.minutes for each in below), sum(each.left for each in below)
    element = _head(parent, row, identifier, _FIXED_DURATION, manual=False, priority=_USUAL_PRIORITY)
    over = all(each.done for each in below)
    put(
        element,
        Start=instants(start),
        Finish=instants(finish),
        Duration=duration(minutes(start, finish)),
        DurationFormat=_DAYS,
        EffortDriven=False,
        Estimated=False,
        Milestone=False,
        Summary=True,
        PercentComplete=100 if over else min(99, round(100 * (whole - left) / whole)) if whole else 0,
        ConstraintType=0,
        CalendarUID=_NO_CALENDAR,
        **_address(row.task),
        Notes=_notes(row),
    )
    _links(element, before)


def _head(parent: Element, row: Row, identifier: int, kind: int, *, manual: bool, priority: int) -> Element:
    number = ".".join(map(str, row.number)) or "0"
    return child(
        parent,
        "Task",
        UID=row.uid,
        ID=identifier,
        Name=name(row.title),
        Active=True,
        Manual=manual,
        Type=kind,
        IsNull=False,
        WBS=number,
        OutlineNumber=number,
        OutlineLevel=len(row.number),
        Priority=priority,
    )


def _priority(task: Task | None) -> int:
    text = task.priority if task is not None else None
    said = int(text) if text and text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_PRIORITY)) else None
    return said if said is not None and said <= _MOST_PRIORITY else _USUAL_PRIORITY


def _address(task: Task | None) -> Mapping[str, str]:
    address = web_address(task.url) if task is not None else None
    return {} if address is None else {"Hyperlink": name(address), "HyperlinkAddress": address}


def _notes(row: Row) -> str | None:
    """What the board says, the address of the card, and a title that was too long for a name."""
    task = row.task
    if task is None:
        return None
    short = name(task.title)
    parts = (task.title if short.endswith("…") and short != task.title else "", task.description or "", task.url or "")
    return notes("\n\n".join(part for part in parts if part)) or None


def _links(element: Element, before: Iterable[tuple[int, Link]]) -> None:
    for uid, link in before:
        child(
            element,
            "PredecessorLink",
            PredecessorUID=uid,
            Type=_LINKS[link.type],
            CrossProject=False,
            LinkLag=_lag(link.lag),
            LagFormat=_LAG_FORMATS[link.lag.unit],
        )


def _lag(lag: Lag) -> int:
    """Tenths of minutes, or a percentage."""
    return lag.value if lag.unit is LagUnit.PERCENT else lag.value * 10
