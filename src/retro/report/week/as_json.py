"""A person's week as JSON: every list whole."""

from collections.abc import Iterable
from typing import Any

from retro.model import Assessment, Owner, Task
from retro.report.document import head, task_reference
from retro.report.week.mine import Asked, Mine, Saved, Todo


def document(mine: Mine, assessment: Assessment, saved: Saved | None) -> dict[str, Any]:
    """The document; `saved` is null where nothing is remembered."""
    titled = {task.key: task for task in assessment.portfolio.tasks}

    def reference(task: Task) -> dict[str, Any]:
        """By the title on the board: lists put a card's or a project's name before it, for people."""
        return task_reference(titled.get(task.key, task))

    return {
        **head(assessment.now, assessment.zone_name, assessment.lang),
        "person": _person(mine.owner),
        "week": mine.week.isoformat(),
        "late": [{"task": reference(each.task), **_todo(each)} for each in mine.late],
        "due": [{"task": reference(each.task), **_todo(each)} for each in mine.due],
        "asked": [{"task": reference(each.task), **_asked(each)} for each in mine.asked],
        "waiting": [{"task": reference(each.task), **_asked(each)} for each in mine.waiting],
        "soon": [
            {"task": reference(each.task), "start": each.day.isoformat(), "advised": each.advised} for each in mine.soon
        ],
        "dateless": [{"task": reference(task)} for task in mine.dateless],
        "saved": None if saved is None else _saved(saved),
    }


def _todo(todo: Todo) -> dict[str, Any]:
    return {
        "date": todo.day.isoformat(),
        "advised": todo.advised,
        "waiters": _people(todo.waiters),
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
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
