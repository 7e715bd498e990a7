"""`retro baseline plan --format json`: how far a plan has slipped from a baseline, or which baselines there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from retro.model import (
    EndSlip,
    Happened,
    NamedBaseline,
    NotCompared,
    PlanEnd,
    ProjectSlip,
    Slippage,
    SourceState,
    TaskSlip,
)
from retro.report.document import head, instant, plain


def document(
    slippage: Slippage, sources: Iterable[SourceState], *, now: datetime, zone_name: str, lang: str
) -> dict[str, Any]:
    """Every project with its ends, and every task that something became of; days later are positive.

    The `end` of a project is the first of its `ends`, null where nothing tells one.
    """
    return {
        **head(now, zone_name, lang),
        "baseline": {
            "name": slippage.name,
            "set_at": instant(slippage.set_at, zone_name),
        },
        "sources": [
            {"id": state.id, "kind": state.kind, "state": state.state.value, "error": state.error} for state in sources
        ],
        "summary": {
            "open_then": slippage.then,
            "open_now": slippage.open,
            "as_planned": slippage.kept,
            **{happened.value: len(slippage.that(happened)) for happened in Happened},
        },
        "projects": [_project(project) for project in slippage.projects],
        "tasks": [_task(task) for task in slippage.tasks],
        "not_read": [_board(board) for board in slippage.unread],
        "not_in_baseline": [_board(board) for board in slippage.unknown],
    }


def listing(baselines: Sequence[NamedBaseline], *, now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """The baselines that are kept, the last one set first."""
    return {
        **head(now, zone_name, lang),
        "baselines": [
            {"name": each.name, "set_at": instant(each.set_at, zone_name), "tasks": each.tasks} for each in baselines
        ],
    }


def _project(project: ProjectSlip) -> dict[str, Any]:
    ends = [_end(end) for end in project.ends]
    return {
        "key": project.key,
        "name": project.name,
        "end": ends[0] if ends else None,
        "ends": ends,
        "slack_was_minutes": project.slack_was,
        "slack_now_minutes": project.slack_now,
    }


def _end(end: EndSlip) -> dict[str, Any]:
    return {
        "basis": end.basis.value,
        "was": _day(end.was),
        "now": _day(end.now),
        "days": end.moved.days,
        "working_days": end.moved.working_days,
    }


def _day(end: PlanEnd) -> dict[str, Any]:
    return {"date": plain(end.day), "name": end.name, "task": end.task}


def _task(task: TaskSlip) -> dict[str, Any]:
    return {
        "change": task.happened.value,
        "task": {"key": task.key, "title": task.title},
        "title_was": task.retitled,
        "board": task.board,
        "project": task.project or None,
        "owners": list(task.owners),
        "milestone": task.milestone,
        "was": plain(task.was),
        "now": plain(task.now),
        "days": task.moved.days if task.moved is not None else None,
        "working_days": task.moved.working_days if task.moved is not None else None,
    }


def _board(board: NotCompared) -> dict[str, Any]:
    return {"board": board.board, "name": board.name, "tasks": board.tasks}
