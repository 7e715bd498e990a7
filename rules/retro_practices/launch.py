"""Which tasks come after the launch, as their own words say; which are tied to others, and which lead to an anchor."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from retro.i18n.words import says_after_launch
from retro.model import Category, Task
from retro.ports import Context
from retro_practices.ends import told_anchors
from retro_practices.planned_tasks import planned_tasks


def comes_after(task: Task) -> bool:
    """Whether a task's list, phase, labels or title speak of work after the launch: débrief, bilan, J+7."""
    return any(says_after_launch(text) for text in (task.section, task.phase, *task.labels, task.title) if text)


class AfterLaunch:
    """Which tasks come after the launch: as the schedule found where it holds the project to a date, else by words."""

    def __init__(self, context: Context) -> None:
        self._context = context
        dated = {verdict.project for verdict in context.schedule.anchors}
        self._dated = {key for project in context.portfolio.projects if project.key in dated for key in project.tasks}
        self._known: dict[str, bool] = {}
        # Most tasks of most plans, told without a call for each of them.
        self._before = self._dated.intersection(
            [task.key for task, dates, _due in context.derived(planned_tasks) if dates.latest_finish is not None]
        )

    def without(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Of some tasks, those that do not come after the launch."""
        before = self._before
        return (task for task in tasks if task.key in before or task not in self)

    def __contains__(self, task: Task) -> bool:
        """Whether a task comes after the launch."""
        if task.key in self._before:
            return False
        known = self._known.get(task.key)
        if known is None:
            known = self._known[task.key] = self._comes_after(task)
        return known

    def _comes_after(self, task: Task) -> bool:
        if task.key not in self._dated or not task.is_open:
            return comes_after(task)
        planned = self._context.schedule.tasks.get(task.key)
        return comes_after(task) if planned is None else planned.latest_finish is None


def standing_tasks(context: Context) -> dict[str, str]:
    """The task that stands for each anchor that has one, by the anchor's key: the one it names, or the milestone."""
    stands = {verdict.key: verdict.key for verdict in context.derived(told_anchors) if verdict.key in context.tasks}
    for project in context.portfolio.projects:
        stands.update({anchor.key: anchor.task for anchor in project.anchors if anchor.task is not None})
    return stands


def unsure_ends(context: Context) -> frozenset[str]:
    """Keys of the anchors that are milestones whose status no list knows: were they done, they would bind nothing."""
    tasks = context.tasks
    return frozenset(
        verdict.key
        for verdict in context.schedule.anchors
        if (task := tasks.get(verdict.key)) is not None and "status" in task.assumed
    )


def linked_tasks(context: Context) -> AbstractSet[str]:
    """Every task with a link of its own."""
    links = context.portfolio.links
    return {link.predecessor for link in links}.union([link.successor for link in links])


def tied_tasks(context: Context) -> AbstractSet[str]:
    """Every task with a link, its own or that of a parent above it; one whose target is not known is a link too."""
    return _with_parts({*context.derived(linked_tasks), *_unresolved(context)}, _children(context))


def awaited_tasks(context: Context) -> AbstractSet[str]:
    """Every task that another one waits for, or a parent above it; what leads to an unknown task may be one."""
    return _with_parts({*context.successors, *_unresolved(context)}, _children(context))


def _unresolved(context: Context) -> Iterator[str]:
    return (each.task for each in context.portfolio.unresolved)


def leading_tasks(context: Context, stands: Iterable[str]) -> frozenset[str]:
    """The tasks that stand for anchors, and every task from which links lead to one."""
    children = _children(context)
    leading = set(stands)
    waiting, asked = list(leading), set[str]()
    while waiting:
        key = waiting.pop()
        found = list(children.get(key, ()))
        above: str | None = key
        while above is not None and above not in asked:  # a link onto a parent binds all its parts
            asked.add(above)
            found += [link.predecessor for link in context.predecessors.get(above, ())]
            above = context.tasks[above].parent if above in context.tasks else None
        new = set(found) - leading
        leading |= new
        waiting += new
    return frozenset(leading)


def _children(context: Context) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in context.portfolio.tasks:
        if task.parent is not None:
            found.setdefault(task.parent, []).append(task.key)
    return found


def _with_parts(keys: set[str], children: Mapping[str, list[str]]) -> set[str]:
    """The keys, to which those of all tasks below them are added."""
    waiting = [key for key in children if key in keys]
    while waiting:
        new = set(children.get(waiting.pop(), ())) - keys
        keys |= new
        waiting += new
    return keys


def last_anchors(context: Context) -> Mapping[str, date]:
    """The last date that each project works or worked to, by its key: those given, and milestones, done ones too."""
    milestones = {
        task.key: task.due
        for task in context.portfolio.tasks
        if task.milestone and task.due is not None and task.counts and task.status.category is not Category.CANCELLED
    }
    found: dict[str, date] = {}
    for project in context.portfolio.projects:
        days = [context.day(anchor.date) for anchor in project.anchors]
        if milestones:
            days += [context.day(milestones[key]) for key in project.tasks if key in milestones]
        if days:
            found[project.key] = max(days)
    return found
