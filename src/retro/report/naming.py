"""How tasks are named where several stand together: a line of a checklist says which card it is on."""

from collections.abc import Iterable
from dataclasses import replace

from retro.model import Role, Task


def named(tasks: Iterable[Task]) -> dict[str, Task]:
    """Tasks by key, for people to read: a line of a checklist has its card's title before its own, “Card › line”."""
    found = {task.key: task for task in tasks}
    item = Role.ITEM  # asked of every task
    lines = {
        key: replace(task, title=f"{found[task.parent].title} › {task.title}")
        for key, task in found.items()
        if task.role is item and task.parent in found
    }
    return found | lines if lines else found
