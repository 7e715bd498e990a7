"""A plan's XML as a snapshot: its board with calendars and start, its tasks, its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import PurePath

from retro.model import Anchor, AnchorOrigin, Board, CalendarSpec, ConstraintType, Role, Snapshot, Task
from retro_msproject.calendars import PlanCalendars, with_owners
from retro_msproject.document import parse
from retro_msproject.fields import names
from retro_msproject.people import People, people
from retro_msproject.reading import Oddities, Plan
from retro_msproject.records import Record
from retro_msproject.remarks import remarks
from retro_msproject.tasks import parents, task_of
from retro_msproject.values import flag, instant, whole

_WHOLE_PROJECT = "0"
"""UID of the row that stands for the whole project."""
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Reading:
    """How a plan is read: where it stands, the prefix of its keys, and the workspace's zone."""

    where: str
    prefix: str
    source: str
    zone: tzinfo
    read_at: datetime


def read_plan(content: bytes, on: Reading) -> Snapshot:
    """Read a whole plan. Raises UnreadableError: it is empty, broken, unsafe, or no plan."""
    document = parse(content, on.where)
    rows = document.all("Tasks", "Task")
    odd = Oddities()
    records = _records(rows, odd)
    above, deep = parents(records.values())
    calendars = PlanCalendars(document.all("Calendars", "Calendar"), on.prefix)
    staff = people(document.all("Resources", "Resource"), document.all("Assignments", "Assignment"), on.prefix)
    usual = calendars.of(document.get("CalendarUID"))
    plan = Plan(
        prefix=on.prefix,
        board=on.prefix,
        zone=on.zone,
        calendars=calendars,
        usual=usual,
        people=staff,
        fields=names(document.all("ExtendedAttributes", "ExtendedAttribute")),
        records=records,
        summaries=frozenset(uid for uid in above.values() if uid is not None),
        odd=odd,
    )
    odd.deep += map(plan.name, deep)
    tasks = tuple(task_of(plan, record, above[uid]) for uid, record in records.items())
    launches = _launches(tasks)
    dates = {key for key, launch in launches.items() if launch.task is None}
    tasks = tuple(replace(task, role=Role.INFORMATIVE) if task.key in dates else task for task in tasks)
    board = replace(
        _board(document, rows, tasks, on, odd, launches=launches.values()),
        calendars=_specs(calendars, usual, staff, tasks),
        calendar=usual.key if usual is not None else None,
    )
    board = replace(board, warnings=remarks(document, plan, board, tasks))
    return Snapshot(board=board, tasks=tasks, people=staff.persons, read_at=on.read_at)


def _records(rows: Sequence[Record], odd: Oddities) -> dict[str, Record]:
    """The tasks by their UID, the first where several have one. Empty rows and the project's own are none."""
    found: dict[str, Record] = {}
    for number, record in enumerate(rows):
        if flag(record.get("IsNull")) or _is_project(record):
            continue
        uid = record.values.setdefault("UID", f"row {number}").strip()
        if found.setdefault(uid, record) is not record:
            odd.repeated.append(record.get("Name") or uid)
    return found


def _is_project(record: Record) -> bool:
    """Whether a row is the one over the whole project; a writer that counts from 0 may have a task of that id."""
    over = record.get("OutlineLevel") == "0" or flag(record.get("Summary"))
    return record.get("UID") == _WHOLE_PROJECT and over


def _board(
    document: Record,
    rows: Sequence[Record],
    tasks: Sequence[Task],
    on: Reading,
    odd: Oddities,
    *,
    launches: Iterable[Anchor],
) -> Board:
    name = _name(document, rows) or PurePath(on.where).stem
    minutes = whole(document.get("MinutesPerDay"))
    starts = [day for task in tasks if task.counts for day in (task.start, task.actual_start) if day is not None]
    return Board(
        key=on.prefix,
        name=name,
        source=on.source,
        at=on.where,
        begins=_instant(document, "StartDate", on.zone, odd) or min(starts, default=None),
        status_date=_instant(document, "StatusDate", on.zone, odd),
        day_minutes=minutes if 0 < minutes <= _DAY else None,
        anchors=(*_anchors(document, name, on, odd), *launches),
    )


def _name(document: Record, rows: Sequence[Record]) -> str:
    own = next((row.get("Name") for row in rows[:1] if row.get("UID") == _WHOLE_PROJECT), "")
    return document.get("Title") or own or document.get("Name").removesuffix(".xml")


def _anchors(document: Record, name: str, on: Reading, odd: Oddities) -> tuple[Anchor, ...]:
    """A plan that is scheduled from its finish works to it."""
    finish = _instant(document, "FinishDate", on.zone, odd)
    if finish is None or flag(document.get("ScheduleFromStart"), otherwise=True):
        return ()
    return (Anchor(key=f"{on.prefix}/finish", name=name, date=finish, project=""),)


def _launches(tasks: Sequence[Task]) -> dict[str, Anchor]:
    """By key: open milestones that must finish on a date which is their deadline, too: nothing and nobody moves them.

    It is how retro writes a launch into a plan. One of the two alone is a constraint like any other. A milestone
    without links is the date and nothing else: no task stands for it.
    """
    linked = {each.target for task in tasks for each in task.references}
    found: dict[str, Anchor] = {}
    for task in tasks:
        held = task.constraint
        if not task.milestone or not task.is_open or held is None or held.date is None:
            continue
        if held.type is ConstraintType.MFO and held.date == task.deadline:
            stands = task.key if task.references or task.key in linked else None
            origin = AnchorOrigin.MILESTONE
            found[task.key] = Anchor(
                key=task.key, name=task.title, date=held.date, project="", origin=origin, task=stands
            )
    return found


def _specs(
    calendars: PlanCalendars, usual: CalendarSpec | None, staff: People, tasks: Sequence[Task]
) -> tuple[CalendarSpec, ...]:
    """Every calendar that is in use, with those who work by it: whoever has none works as the project does."""
    found: dict[str, CalendarSpec] = {} if usual is None else {usual.key: usual}
    owners: dict[str, list[str]] = {}
    for owner, uid in staff.calendars.items():
        spec = calendars.of(uid) or usual
        if spec is not None:
            found[spec.key] = spec
            owners.setdefault(spec.key, []).append(owner)
    named = {task.calendar for task in tasks if task.calendar is not None}
    found.update({spec.key: spec for spec in (calendars.always(), *calendars.known()) if spec.key in named})
    return with_owners([found[key] for key in sorted(found)], owners)


def _instant(document: Record, name: str, zone: tzinfo, odd: Oddities) -> datetime | None:
    """A date of the plan itself; None, and noted, where there is none that calendars reach."""
    try:
        found = instant(document.get(name), zone)
    except ValueError:
        found = None
    if found is None:
        odd.settings.append(name)
    return found
