"""How tasks are named where several stand together: a line of a checklist says which card it is on.

Where projects have tasks of one title, each says of which project it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from retro.model import Project, Role, Task

_BETWEEN = " › "


def named(tasks: Iterable[Task]) -> dict[str, Task]:
    """Tasks by key, for people to read: a line of a checklist has its card's title before its own, “Card › line”."""
    found = {task.key: task for task in tasks}
    item = Role.ITEM  # asked of every task
    lines = {
        key: replace(task, title=f"{found[task.parent].title}{_BETWEEN}{task.title}")
        for key, task in found.items()
        if task.role is item and task.parent in found
    }
    return found | lines if lines else found


def apart(tasks: Iterable[Task], projects: Sequence[Project]) -> list[Task]:
    """The tasks; those whose title stands in several projects have the project's name before it, “Project › title”."""
    found = list(tasks)
    if len(projects) < 2:  # noqa: PLR2004 - one project's tasks are all of that one
        return found
    of = {key: project.name for project in projects for key in project.tasks}
    holders: dict[str, set[str]] = defaultdict(set)
    for task in found:
        holders[task.title].add(of.get(task.key, ""))
    return [
        replace(task, title=f"{of[task.key]}{_BETWEEN}{task.title}")
        if len(holders[task.title]) > 1 and of.get(task.key)
        else task
        for task in found
    ]


def project_and_title(task: Task, plain: Task) -> tuple[str, str]:
    """The project's name that `apart` put before the title of a task, or "", and the title that it has without it."""
    if task.title == plain.title:
        return "", plain.title
    return task.title.removesuffix(f"{_BETWEEN}{plain.title}"), plain.title
