"""How far tasks have come: each by its status, a parent by those of its parts at any depth."""

from collections.abc import Collection, Mapping, Sequence

from retro.model import Category, LinkType, Param, Task
from retro.ports import Context

_LEFT = frozenset({Category.TODO, Category.DOING, Category.REVIEW})
"""Work that is not over; what is ready has none left."""


class Standing:
    """Asked of one context, for all rules that compare how far two tasks have come."""

    def __init__(self, context: Context) -> None:
        self._parts = _categories(context)

    def under_way(self, task: Task) -> bool:
        """Whether somebody is at work on it or on one of its parts."""
        return any(category is Category.DOING for category, _ in self._of(task))

    def done(self, task: Task) -> bool:
        """Whether nothing of it is open and something was done."""
        found = {category for category, _ in self._of(task)}
        return Category.DONE in found and not any(category.is_open for category in found)

    def has_work_left(self, task: Task) -> bool:
        """Whether anything of it is still to be done, under way or in review."""
        return task.counts and any(category in _LEFT for category, _ in self._of(task))

    def only_assumed(self, task: Task) -> bool:
        """Whether that work is there only by statuses that no list knows."""
        return all(assumed for category, assumed in self._of(task) if category in _LEFT)

    def _of(self, task: Task) -> set[tuple[Category, bool]]:
        return self._parts.get(task.key) or {_said(task)}


def unfinished(task: Task, types: Collection[LinkType], context: Context) -> list[Task]:
    """What a task waits for by links of these types, without a lead, and that has work left; by title."""
    links = context.predecessors.get(task.key, ())
    keys = {link.predecessor for link in links if link.type in types and link.lag.value >= 0}
    standing = context.derived(Standing)
    known = (context.tasks.get(key) for key in keys)
    found = [each for each in known if each is not None and standing.has_work_left(each)]
    return sorted(found, key=lambda each: (each.title, each.key))


def named(tasks: Sequence[Task]) -> dict[str, Param]:
    """The facts that name what a task waits for."""
    return {
        "predecessors": tuple(each.title for each in tasks),
        "predecessor_keys": tuple(each.key for each in tasks),
    }


def _said(task: Task) -> tuple[Category, bool]:
    return task.status.category, "status" in task.assumed


def _categories(context: Context) -> Mapping[str, set[tuple[Category, bool]]]:
    """What the parts of each parent say, and whether that is assumed."""
    found: dict[str, set[tuple[Category, bool]]] = {}
    for task in context.portfolio.tasks:
        above = task.parent
        if above is None or not task.counts or task.key in context.parents:
            continue
        said = _said(task)
        while above is not None and said not in (known := found.setdefault(above, set())):
            known.add(said)
            parent = context.tasks.get(above)
            above = parent.parent if parent is not None else None
    return found
