"""A person's week as JSON: every list whole."""

from collections.abc import Iterable
from typing import Any

from retro.model import Assessment, Owner
from retro.report.document import head, task_reference
from retro.report.week.mine import Asked, Mine, Saved, Todo


def document(mine: Mine, assessment: Assessment, saved: Saved | None) -> dict[str, Any]:
    """The document; `saved` is null where nothing is remembered."""
    return {
        **head(assessment.now, assessment.zone_name, assessment.lang),
        "person": _person(mine.owner),
        "week": mine.week.isoformat(),
        "late": [_todo(each) for each in mine.late],
        "due": [_todo(each) for each in mine.due],
        "asked": [_asked(each) for each in mine.asked],
        "waiting": [_asked(each) for each in mine.waiting],
        "soon": [
            {"task": task_reference(each.task), "start": each.day.isoformat(), "advised": each.advised}
            for each in mine.soon
        ],
        "dateless": [{"task": task_reference(task)} for task in mine.dateless],
        "saved": None if saved is None else _saved(saved),
    }


def _todo(todo: Todo) -> dict[str, Any]:
    return {
        "task": task_reference(todo.task),
        "date": todo.day.isoformat(),
        "advised": todo.advised,
        "waiters": _people(todo.waiters),
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "task": task_reference(asked.task),
        "date": None if asked.day is None else asked.day.isoformat(),
        "people": _people(asked.people),
        "late": asked.warn,
        "review": asked.in_review,
    }


def _saved(saved: Saved) -> dict[str, Any]:
    return {
        "since": saved.since.isoformat(),
        "filled": saved.filled,
        "moves": [
            {"task": task_reference(each.task), "was": each.was.isoformat(), "now": each.now.isoformat()}
            for each in saved.moves
        ],
    }


def _people(owners: Iterable[Owner]) -> list[dict[str, Any]]:
    return [_person(owner) for owner in owners]


def _person(owner: Owner) -> dict[str, Any]:
    return {"key": owner.key, "name": owner.name}
