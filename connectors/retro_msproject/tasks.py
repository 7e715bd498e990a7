"""A plan's tasks as those of the model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from retro.model import (
    Attachment,
    Category,
    Constraint,
    ConstraintType,
    Estimate,
    EstimateOrigin,
    Reference,
    Role,
    Status,
    StatusOrigin,
    Task,
    Unreadable,
)
from retro_msproject.external import held
from retro_msproject.fields import extra
from retro_msproject.links import reference
from retro_msproject.reading import Plan
from retro_msproject.records import Record
from retro_msproject.revision import revision
from retro_msproject.values import elapsed, flag, instant, minutes, number, whole

_T = TypeVar("_T")
_CONSTRAINTS = tuple(ConstraintType[name] for name in ("ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT"))
_FREE = frozenset({ConstraintType.ASAP, ConstraintType.ALAP})
_OF_SUMMARIES = _FREE | {ConstraintType.SNET, ConstraintType.FNLT}
"""As late as possible is what all have in a plan from its finish."""
_DEEPEST = 100
"""Levels of an outline; plans of people have ten."""
_USUAL_PRIORITY = "500"
_WHOLE = 100
_FIXED_DURATION = 1
"""Type of a task: 0 has fixed units, 2 fixed work."""


@dataclass(slots=True)
class _Cells:
    """The fields of one task, with those that could not be read."""

    record: Record
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])

    def read(self, name: str, as_field: str, reader: Callable[[str], _T | None]) -> _T | None:
        """A field through its reader; None where it is empty, or cannot be read, which is then noted."""
        text = self.record.get(name)
        try:
            return reader(text)
        except (ValueError, OverflowError):
            self.unreadable.append(Unreadable(as_field, text))
            return None


def task_of(plan: Plan, record: Record, parent: str | None) -> Task:
    """One task; `parent` is its parent's UID."""
    cells = _Cells(record)
    uid = record.get("UID")

    def at(name: str, as_field: str) -> datetime | None:
        return cells.read(name, as_field, lambda text: instant(text, plan.zone))

    manual = flag(record.get("Manual"))
    start = (at("ManualStart", "start") if manual else None) or at("Start", "start")
    due = (at("ManualFinish", "due") if manual else None) or at("Finish", "due")
    begun, over = at("ActualStart", "actual_start"), at("ActualFinish", "actual_finish")
    percent = cells.read("PercentComplete", "percent", number)
    lasts = cells.read("Duration", "estimate", minutes)
    calendar, alone = _calendar(plan, record)
    references = _references(plan, cells)
    constraint = _constraint(plan, cells, lasts or 0)
    owners = tuple(plan.people.of_task.get(uid, ()))
    lists = {"Units": plan.people.shares.get(uid, ()), "Materials": plan.people.others.get(uid, ())}
    task = Task(
        key=plan.key(uid),
        board=plan.board,
        title=plan.name(record),
        description=record.get("Notes"),
        attachments=_attachments(record),
        owners=owners,
        start=start,
        due=due,
        actual_start=begun,
        actual_finish=over,
        remaining=cells.read("RemainingDuration", "remaining", minutes),
        percent=percent,
        estimates=_estimates(cells, lasts),
        status=Status(None, _category(record, percent, begun, over), StatusOrigin.NATIVE),
        priority=record.get("Priority") if record.get("Priority") not in ("", _USUAL_PRIORITY) else None,
        references=references,
        parent=plan.key(parent) if parent is not None else None,
        milestone=lasts == 0 and not flag(record.get("Summary")),
        created=at("CreateDate", "created"),
        completed=over,
        role=Role.MIRROR if flag(record.get("ExternalTask")) else Role.TASK,
        constraint=constraint,
        deadline=at("Deadline", "deadline"),
        calendar=calendar,
        calendar_alone=alone,
        manual=manual,
        assumed=frozenset() if record.get("Name") else frozenset({"title"}),
        extra=extra(record, plan.fields, lists),
        unreadable=tuple(cells.unreadable),
    )
    return replace(task, revision=revision(task))


def parents(records: Iterable[Record]) -> tuple[dict[str, str | None], list[Record]]:
    """The parent's UID of each task: the last one before it that stands a level higher in the outline.

    The second are those so deep that no person put them there; they lie on the deepest level that is followed.
    """
    found: dict[str, str | None] = {}
    above: list[tuple[int, str]] = []
    deep: list[Record] = []
    for record in records:
        level, uid = whole(record.get("OutlineLevel"), 1), record.get("UID")
        if level > _DEEPEST:
            level = _DEEPEST
            deep.append(record)
        while above and above[-1][0] >= level:
            above.pop()
        found[uid] = above[-1][1] if above else None
        above.append((level, uid))
    return found, deep


def _category(record: Record, percent: float | None, begun: datetime | None, over: datetime | None) -> Category:
    if not flag(record.get("Active"), otherwise=True):
        return Category.CANCELLED
    if over is not None or (percent or 0) >= _WHOLE:
        return Category.DONE
    return Category.DOING if begun is not None or (percent or 0) > 0 else Category.TODO


def _estimates(cells: _Cells, lasts: int | None) -> tuple[Estimate, ...]:
    """Its duration first: it is what dates are made of; then the work of all who do it."""
    work = cells.read("Work", "estimate", minutes)
    said = (("Duration", lasts), ("Work", work))
    return tuple(
        Estimate(EstimateOrigin.NUMBER, value, "minutes", field=name) for name, value in said if value is not None
    )


def _constraint(plan: Plan, cells: _Cells, lasts: int) -> Constraint | None:
    """Its own constraint, or the later date that another project's tasks hold it back to."""
    record, name = cells.record, plan.name(cells.record)
    own = _own_constraint(plan, cells)
    if own is not None and own.type not in _OF_SUMMARIES and record.get("UID") in plan.summaries:
        plan.odd.spans.append(name)
    constraint, loose = held(plan, record, own, lasts)
    if loose:
        plan.odd.loose.append(name)
    return constraint


def _own_constraint(plan: Plan, cells: _Cells) -> Constraint | None:
    code = whole(cells.record.get("ConstraintType"))
    if not 0 <= code < len(_CONSTRAINTS):
        plan.odd.unknown.append(plan.name(cells.record))
        return None
    kind = _CONSTRAINTS[code]
    if kind in _FREE:
        return Constraint(kind) if kind is ConstraintType.ALAP else None
    day = cells.read("ConstraintDate", "constraint", lambda text: instant(text, plan.zone))
    if day is None:
        plan.odd.undated.append(plan.name(cells.record))
        return None
    return Constraint(kind, day)


def _calendar(plan: Plan, record: Record) -> tuple[str | None, bool]:
    """The key of its own calendar, and whether it goes before those of its people.

    A task of fixed duration lasts that long by its own calendar or the plan's, whoever works on it.
    """
    if elapsed(whole(record.get("DurationFormat"))):
        return plan.calendars.always().key, True
    own = plan.calendars.of(record.get("CalendarUID"))
    fixed = whole(record.get("Type")) == _FIXED_DURATION
    if own is None and fixed and plan.people.of_task.get(record.get("UID")):
        own = plan.usual
    return (own.key, fixed or flag(record.get("IgnoreResourceCalendar"))) if own is not None else (None, False)


def _references(plan: Plan, cells: _Cells) -> tuple[Reference, ...]:
    """Its predecessors. An inactive task holds nobody back and waits for nobody."""
    if not flag(cells.record.get("Active"), otherwise=True):
        return ()
    found: list[Reference] = []
    for link in cells.record.parts.get("PredecessorLink", ()):
        uid = link.get("PredecessorUID")
        before = plan.records.get(uid)
        if not uid or (before is not None and not flag(before.get("Active"), otherwise=True)):
            continue
        try:
            found.append(reference(link, plan.key(uid)))
        except ValueError:
            cells.unreadable.append(Unreadable("predecessors", link.get("LinkLag")))
            link.values.pop("LinkLag")
            found.append(reference(link, plan.key(uid)))
    return tuple(found)


def _attachments(record: Record) -> tuple[Attachment, ...]:
    address = record.get("HyperlinkAddress")
    return (Attachment(record.get("Hyperlink") or address, address),) if address else ()
