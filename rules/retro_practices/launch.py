"""Which tasks come after the launch, as their own words say; which are tied to others, and which lead to an anchor."""

from collections.abc import Iterable, Mapping

from retro.i18n.words import says_after_launch
from retro.model import Task
from retro.ports import Context


def comes_after(task: Task) -> bool:
    """Whether a task's list, phase, labels or title speak of work after the launch: débrief, bilan, J+7."""
    return any(says_after_launch(text) for text in (task.section, task.phase, *task.labels, task.title) if text)


class AfterLaunch:
    """Which tasks come after the launch: as the schedule found where it holds the project to a date, else by words."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dated = {verdict.project for verdict in context.schedule.anchors}

    def __contains__(self, task: Task) -> bool:
        """Whether a task comes after the launch."""
        planned = self._context.schedule.tasks.get(task.key)
        if planned is None or not task.is_open:
            return comes_after(task)
        project = self._context.projects.get(task.key)
        if project is None or project.key not in self._dated:
            return comes_after(task)
        return planned.latest_finish is None


def standing_tasks(context: Context) -> dict[str, str]:
    """The task that stands for each anchor that has one, by the anchor's key: the one it names, or the milestone."""
    stands = {verdict.key: verdict.key for verdict in context.schedule.anchors if verdict.key in context.tasks}
    for project in context.portfolio.projects:
        stands.update({anchor.key: anchor.task for anchor in project.anchors if anchor.task is not None})
    return stands


def tied_tasks(context: Context) -> frozenset[str]:
    """Every task with a link, its own or that of a parent above it; one whose target is not known is a link too."""
    tied = {end for link in context.portfolio.links for end in (link.predecessor, link.successor)}
    tied.update(each.task for each in context.portfolio.unresolved)
    return _with_parts(tied, _children(context))


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


def _with_parts(keys: set[str], children: Mapping[str, list[str]]) -> frozenset[str]:
    found, waiting = set(keys), list(keys)
    while waiting:
        new = set(children.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)
