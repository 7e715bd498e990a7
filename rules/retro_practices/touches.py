"""When people last touched a task: what retro itself writes is no touch."""

from datetime import datetime

from retro.model import Task
from retro.ports import Context


def touched_by_people(task: Task, context: Context) -> datetime | None:
    """The last touch of a person that is known; None where none is."""
    if task.updated is None:
        return None
    own = context.own_touches.get(task.key)
    if own is None or task.updated > own:
        return task.updated
    seen = context.history.boards.get(task.board) if context.history is not None else None
    kept = seen.people.get(task.key) if seen is not None else None
    return kept or context.touched_before.get(task.key)
