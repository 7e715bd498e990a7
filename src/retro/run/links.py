"""Resolve what tasks say of each other, after every source was read: predecessors, children, parents."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retro.i18n.words import fold
from retro.model import Link, LinkDirection, LinkType, Nowhere, Reference, Task, UnresolvedLink
from retro.model.in_columns import in_rows


@dataclass(frozen=True, slots=True)
class Resolved:
    """Tasks with parents as keys, the links between them, and what led nowhere."""

    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    unresolved: tuple[UnresolvedLink, ...]


HandleOf = Callable[[str], str | None]
"""The handle that an address means, whichever tool it belongs to."""


_SUCCESSOR = LinkDirection.SUCCESSOR


class _Index:
    """Tasks by handle (`#12` within its board) and by exact title; these two only where they are asked for."""

    def __init__(self, tasks: Sequence[Task], handle_of: HandleOf) -> None:
        self._tasks = tasks
        self._handle_of = handle_of

    @cached_property
    def by_handle(self) -> Mapping[str, Task]:
        """The task that a handle means wherever it is told: a number is none, for it is one on its board only."""
        tasks = self._tasks
        by_key = {task.key: task for task in tasks}
        # A key means its own task, and a handle the first one that has it.
        found = {handle: task for task in reversed(tasks) for handle in task.handles if handle[:1] != "#"}
        if len(by_key) < len(tasks):  # of tasks with one key, the last
            found = {handle: by_key[task.key] for handle, task in found.items()}
        found.update(by_key)
        return found

    @cached_property
    def _by_number(self) -> Mapping[tuple[str, str], Task]:
        return {(task.board, handle): task for task in self._tasks for handle in task.handles if handle[:1] == "#"}

    @cached_property
    def _by_title(self) -> Mapping[str, list[Task]]:
        found: dict[str, list[Task]] = {}
        for task in self._tasks:
            if task.counts:
                found.setdefault(fold(task.title), []).append(task)
        return found

    def foreign(self, target: str) -> bool:
        """Whether an address is one that no tool knows: a document, a page of the web; no task."""
        return target not in self.by_handle and self._handle_of(target) is None

    def find(self, handle: str, board: str) -> Task | None:
        first = handle[:1]
        if first == "#":
            return self._by_number.get((board, handle))
        if first == "h" and _is_address(handle):
            return self.by_handle.get(self._handle_of(handle) or handle)
        return self.by_handle.get(handle)

    def titled(self, title: str, board: str) -> Task | None:
        """The one task of that exact title: on the same board, else anywhere; ambiguity is no answer."""
        found = self._by_title.get(fold(title), [])
        here = [task for task in found if task.board == board]
        chosen = here or found
        return chosen[0] if len(chosen) == 1 else None

    def has_title(self, title: str) -> bool:
        """Whether any task has this title."""
        return fold(title) in self._by_title


def resolve(tasks: Iterable[Task], handle_of: HandleOf = lambda _url: None) -> Resolved:
    """Resolve every reference. A target that is missing, ambiguous or archived is an `UnresolvedLink`.

    A task that names itself gets a link to itself: a circle of one, which the schedule tells as any other.

    `handle_of` knows what an address of any tool means, so that a task may wait for one on another tool.
    """
    read = tuple(tasks)
    index = _Index(read, handle_of)
    links: dict[tuple[str, str, LinkType], Reference] = {}
    unresolved: list[UnresolvedLink] = []
    for task in read:
        for reference in task.references:
            handle = reference.target
            if reference.by_title or handle[:1] in "#h":  # a number, or perhaps an address
                if _is_address(handle) and index.foreign(handle):
                    continue
                target = _target(reference, task, index)
            else:
                target = index.by_handle.get(handle)  # as `_target` says it, without its calls: most are so
            if target is None or target.archived:
                why = _why(reference, index) if target is None else Nowhere.ARCHIVED
                said = reference.text or reference.target
                key = target.key if target is not None else None
                unresolved.append(UnresolvedLink(task.key, said, reference.origin, why, key))
            else:
                first, second = (task, target) if reference.direction is _SUCCESSOR else (target, task)
                ends = first.key, second.key, reference.type
                if ends not in links:
                    links[ends] = reference
    # Sorted by their ends alone: no two have the same.
    rows = [(*ends, said.lag, said.origin) for ends, said in sorted(links.items())]
    return Resolved(_with_parents(read, index), tuple(in_rows(Link, rows)), tuple(unresolved))


def without_links_out(
    tasks: Iterable[Task], kept: Collection[str], handle_of: HandleOf = lambda _url: None
) -> tuple[Task, ...]:
    """The tasks of a part, by key, without what they say of tasks that are known but are not in it.

    Read back alone, such a part has no link to a task that is missing; what led nowhere before still does.
    """
    read = tuple(tasks)
    index = _Index(read, handle_of)

    def stays(target: Task | None) -> bool:
        return target is None or target.key in kept

    return tuple(
        replace(
            task,
            references=tuple(each for each in task.references if stays(_target(each, task, index))),
            parent=task.parent if task.parent is None or stays(index.find(task.parent, task.board)) else None,
            children=tuple(each for each in task.children if stays(index.find(each, task.board))),
        )
        for task in read
        if task.key in kept
    )


def _is_address(target: str) -> bool:
    return target[:4] == "http" and target.startswith(("http://", "https://"))  # hardly any


def _target(reference: Reference, task: Task, index: _Index) -> Task | None:
    if reference.by_title:
        return index.titled(reference.target, task.board)
    return index.find(reference.target, task.board)


def _why(reference: Reference, index: _Index) -> Nowhere:
    """Why nothing was found: a title that no task has, or that several have."""
    return Nowhere.AMBIGUOUS if reference.by_title and index.has_title(reference.target) else Nowhere.MISSING


def _with_parents(tasks: tuple[Task, ...], index: _Index) -> tuple[Task, ...]:
    """The tasks with their parents as keys."""
    related = [task for task in tasks if task.parent is not None or task.children]
    if not related:  # on most boards nobody says so
        return tasks
    parents = _parents(related, index)
    return tuple(
        [
            task if task.parent == parents.get(task.key) else replace(task, parent=parents.get(task.key))
            for task in tasks
        ]
    )


def _parents(tasks: Iterable[Task], index: _Index) -> Mapping[str, str]:
    """The parent of each task that has one: told by itself, else by the first task that names it as a child."""
    parents: dict[str, str] = {}
    for task in tasks:
        if task.parent is not None and (found := index.find(task.parent, task.board)):
            parents[task.key] = found.key
    for task in tasks:
        for handle in task.children:
            child = index.find(handle, task.board)
            if child is not None and child.key != task.key:
                parents.setdefault(child.key, task.key)
    return {child: parent for child, parent in parents.items() if not _own_ancestor(child, parents)}


def _own_ancestor(task: str, parents: Mapping[str, str]) -> bool:
    """Whether following parents from a task leads back to it: such a circle is no hierarchy."""
    seen = {task}
    step = parents.get(task)
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step is not None
