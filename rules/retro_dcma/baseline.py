"""What a plan's baseline says of each task: when it was to be done."""

from datetime import date, datetime

from retro.lint.examples import NOW, key_of
from retro.model import BaselineTask, Category, History, PlanBaseline, Project, Task
from retro.ports import Context


def due_by_now(context: Context, project: Project) -> list[tuple[Task, date]]:
    """A project's tasks that the baseline wanted done by today, and when; none without a baseline.

    A task's finish is the team's own date as it stood then, else the advised one.
    """
    return [
        (task, day)
        for task, planned in known(context, project)
        if (finish := planned.due or planned.advised_finish) is not None
        and (day := context.day(finish)) <= context.today
    ]


def known(context: Context, project: Project) -> list[tuple[Task, BaselineTask]]:
    """A project's tasks, without parents and cancelled ones, that the baseline knows."""
    return context.derived(_by_project).get(project.key, [])


def _by_project(context: Context) -> dict[str, list[tuple[Task, BaselineTask]]]:
    baseline = context.history.agreed() if context.history is not None else None
    found: dict[str, list[tuple[Task, BaselineTask]]] = {}
    for planned in baseline.tasks if baseline is not None else ():
        task, project = context.tasks.get(planned.key), context.projects.get(planned.key)
        if task is None or project is None or task.key in context.parents or not task.counts:
            continue
        if task.status.category is not Category.CANCELLED:
            found.setdefault(project.key, []).append((task, planned))
    return found


def done_on(task: Task, context: Context) -> date | None:
    """The day on which a task was done; today where its board does not say when; None where it is open."""
    if task.status.category is not Category.DONE:
        return None
    finished = task.actual_finish or task.completed
    return context.today if finished is None else context.day(finished)


def agreed(**finishes: date) -> History:
    """An example's baseline: the tasks of these titles were to be done on these days."""
    made = datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
    tasks = tuple(
        BaselineTask(key=key_of(title), board="trello:campagne", title=title, due=day)
        for title, day in finishes.items()
    )
    baseline = PlanBaseline(name="initial", set_at=made, tasks=tasks)
    return History(agreed=lambda: baseline)
