"""What happens on the day of a launch itself, such as the newsletter that announces it, and what follows."""

from retro.model import Category
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.ends import ends, is_the_end


def on_launch_day(context: Context) -> frozenset[str]:
    """Keys of open tasks that are due on an end date of their project, and whose own words are those of such an end."""
    days = {project: {end.day for end in each} for project, each in context.derived(ends).items()}
    if not days:
        return frozenset()
    every = {day for each in days.values() for day in each}
    found = []
    for key in [key for key, day in context.due_days.items() if day in every]:  # few of them
        project, task = context.projects.get(key), context.tasks[key]
        if project is None or context.due_days[key] not in days.get(project.key, ()):
            continue
        if task.is_open and task.status.category is not Category.IDEA and is_the_end(context.derived(titles)[key].rest):
            found.append(key)
    return frozenset(found)


def after_launch_day(context: Context) -> frozenset[str]:
    """Keys of open tasks to which links lead from what happens on a launch's day, and that are due no earlier."""
    found: set[str] = set()
    waiting = [(key, context.day(due)) for key in context.derived(on_launch_day) if (due := context.tasks[key].due)]
    while waiting:
        key, day = waiting.pop()
        for link in context.successors.get(key, ()):
            task = context.tasks.get(link.successor)
            if task is None or task.key in found or task.due is None or context.day(task.due) < day:
                continue
            found.add(task.key)
            waiting.append((task.key, day))
    return frozenset(found)
