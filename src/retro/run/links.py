"""Resolve what tasks say of each other, after every source was read: predecessors, children, parents."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from retro.i18n.words import fold
from retro.model import Link, LinkDirection, Nowhere, Reference, Task, UnresolvedLink


@dataclass(frozen=True, slots=True)
class Resolved:
    """Tasks with parents as keys, the links between them, and what led nowhere."""

    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    unresolved: tuple[UnresolvedLink, ...]


HandleOf = Callable[[str], str | None]
"""The handle that an address means, whichever tool it belongs to."""


class _Index:
    """Tasks by handle (`#12` within its board) and by exact title."""

    def __init__(self, tasks: Iterable[Task], handle_of: HandleOf) -> None:
        self._handle_of = handle_of
        self._by_handle: dict[str, str] = {}
        self._by_number: dict[tuple[str, str], str] = {}
        self._by_title: dict[str, list[Task]] = {}
        for task in tasks:
            self._by_handle[task.key] = task.key
            for handle in task.handles:
                if handle.startswith("#"):
                    self._by_number[task.board, handle] = task.key
                else:
                    self._by_handle.setdefault(handle, task.key)
            if task.counts:
                self._by_title.setdefault(fold(task.title), []).append(task)

    def foreign(self, target: str) -> bool:
        """Whether a target is an address that no tool knows: a document, a page of the web; no task."""
        return _is_address(target) and target not in self._by_handle and self._handle_of(target) is None

    def find(self, handle: str, board: str) -> str | None:
        if handle.startswith("#"):
            return self._by_number.get((board, handle))
        if _is_address(handle):
            return self._by_handle.get(self._handle_of(handle) or handle)
        return self._by_handle.get(handle)

    def titled(self, title: str, board: str) -> str | None:
        """The one task of that exact title: on the same board, else anywhere; ambiguity is no answer."""
        found = self._by_title.get(fold(title), [])
        here = [task for task in found if task.board == board]
        chosen = here or found
        return chosen[0].key if len(chosen) == 1 else None

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
    by_key = {task.key: task for task in read}
    links: dict[tuple[str, str, str], Link] = {}
    unresolved: list[UnresolvedLink] = []
    for task in read:
        for reference in task.references:
            if index.foreign(reference.target):
                continue
            target = _target(reference, task, index)
            if target is None or by_key[target].archived:
                why = _why(reference, index) if target is None else Nowhere.ARCHIVED
                said = reference.text or reference.target
                unresolved.append(UnresolvedLink(task.key, said, reference.origin, why, target))
            else:
                link = _link(task.key, target, reference)
                links.setdefault((link.predecessor, link.successor, link.type), link)
    parents = _parents(read, index)
    return Resolved(
        tuple(
            task if task.parent == parents.get(task.key) else replace(task, parent=parents.get(task.key))
            for task in read
        ),
        tuple(links[key] for key in sorted(links)),
        tuple(unresolved),
    )


def _is_address(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _target(reference: Reference, task: Task, index: _Index) -> str | None:
    if reference.by_title:
        return index.titled(reference.target, task.board)
    return index.find(reference.target, task.board)


def _why(reference: Reference, index: _Index) -> Nowhere:
    """Why nothing was found: a title that no task has, or that several have."""
    return Nowhere.AMBIGUOUS if reference.by_title and index.has_title(reference.target) else Nowhere.MISSING


def _link(task: str, target: str, reference: Reference) -> Link:
    first, second = (target, task) if reference.direction is LinkDirection.PREDECESSOR else (task, target)
    return Link(first, second, reference.type, reference.lag, reference.origin)


def _parents(tasks: Iterable[Task], index: _Index) -> Mapping[str, str]:
    """The parent of each task that has one: told by itself, else by the first task that names it as a child."""
    parents: dict[str, str] = {}
    for task in tasks:
        if task.parent is not None and (found := index.find(task.parent, task.board)):
            parents[task.key] = found
    for task in tasks:
        for handle in task.children:
            child = index.find(handle, task.board)
            if child is not None and child != task.key:
                parents.setdefault(child, task.key)
    return {child: parent for child, parent in parents.items() if not _own_ancestor(child, parents)}


def _own_ancestor(task: str, parents: Mapping[str, str]) -> bool:
    """Whether following parents from a task leads back to it: such a circle is no hierarchy."""
    seen = {task}
    step = parents.get(task)
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step is not None
