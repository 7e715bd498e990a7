"""`retro what-if --format json`: what is supposed, anchors before and after, moves, what becomes late, who is over."""

from typing import Any

from retro.model import AnchorVerdict, Assessment, Owner, TaskSchedule
from retro.model.what_if import Addition, Away, EndChange, Late, Move, OtherEnd, Slip, Supposition, WeekOver, WhatIf
from retro.report.document import head, instant, plain, task_reference
from retro.report.json_schedule import INSTANTS, anchor_document


def document(what_if: WhatIf) -> dict[str, Any]:
    """The document; dates and amounts are those of `retro schedule --format json`."""
    after = what_if.after
    return {
        **head(after.now, after.zone_name, after.lang),
        "changes": [_change(each) for each in what_if.suppositions],
        "anchors": [_end(end, after.zone_name) for end in what_if.ends],
        "moved": [_move(move, after) for move in what_if.moves],
        "critical": [task_reference(task) for task in what_if.critical],
        "late": [_late(late, after.zone_name) for late in what_if.late],
        "overloads": [_over(week) for week in what_if.over],
    }


def _change(supposition: Supposition) -> dict[str, Any]:
    """All kinds have the same keys, null where they say nothing."""
    empty = dict.fromkeys(("kind", "task", "person", "project", "minutes", "from", "to", "before"))
    match supposition:
        case OtherEnd(project=project, day=day, before=before, milestone=task):
            ended = {"project": project, "task": None if task is None else task_reference(task)}
            return {**empty, "kind": "end", **ended, "to": plain(day), "before": plain(before)}
        case Slip(task=task, minutes=minutes):
            return {**empty, "kind": "slip", "task": task_reference(task), "minutes": minutes}
        case Away(owner=owner, first=first, last=last):
            return {**empty, "kind": "away", "person": _person(owner), "from": plain(first), "to": plain(last)}
        case Addition(task=task, minutes=minutes, project=project):
            owner_of = _person(task.owners[0]) if task.owners else None
            added = {"task": task_reference(task), "person": owner_of, "project": project, "minutes": minutes}
            return {**empty, "kind": "add", **added}


def _person(owner: Owner) -> dict[str, Any]:
    return {"key": owner.key, "name": owner.name}


def _end(end: EndChange, zone_name: str) -> dict[str, Any]:
    anchor = end.after or end.before
    return {
        "key": anchor.key if anchor else None,
        "name": anchor.name if anchor else None,
        "project": anchor.project if anchor else None,
        "before": _anchor(end.before, zone_name),
        "after": _anchor(end.after, zone_name),
    }


def _anchor(anchor: AnchorVerdict | None, zone_name: str) -> dict[str, Any] | None:
    return None if anchor is None else anchor_document(anchor, zone_name)


def _move(move: Move, assessment: Assessment) -> dict[str, Any]:
    return {
        **task_reference(move.task),
        "board": move.task.board,
        "owners": [owner.name for owner in move.task.owners],
        "dates": move.dates.value,
        "minutes": move.minutes,
        "before": None if move.before is None else _dates(move.before, assessment.zone_name),
        "after": _dates(move.after, assessment.zone_name),
    }


def _dates(planned: TaskSchedule, zone_name: str) -> dict[str, Any]:
    return {
        **{name: instant(getattr(planned, name), zone_name) for name in INSTANTS},
        "total_slack_minutes": planned.total_slack_minutes,
        "critical": planned.critical,
    }


def _late(late: Late, zone_name: str) -> dict[str, Any]:
    return {
        "task": task_reference(late.task),
        "why": late.why.value,
        "due": plain(late.due),
        "finish": instant(late.finish, zone_name),
    }


def _over(week: WeekOver) -> dict[str, Any]:
    return {
        "person": _person(week.owner),
        "week": plain(week.monday),
        "before": {"minutes": week.load_before, "capacity": week.capacity_before, "over": week.before},
        "after": {"minutes": week.load_after, "capacity": week.capacity_after, "over": week.after},
    }
