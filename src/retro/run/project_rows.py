"""Rows that stand for projects: a base of them is known by the tasks of other boards that name its rows as theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from retro.model import Anchor, AnchorOrigin, Board, Day, Project, Role, Snapshot, Task


def marked(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The snapshots, the tasks of bases of projects in the role of project: they are no work of their own."""
    named = {handle for snapshot in snapshots for task in snapshot.tasks for handle in task.projects}
    if not named:
        return list(snapshots)
    bases = _bases(snapshots, named)
    return [
        replace(snapshot, tasks=tuple(_as_project(task) for task in snapshot.tasks))
        if snapshot.board.key in bases
        else snapshot
        for snapshot in snapshots
    ]


def _bases(snapshots: Sequence[Snapshot], named: set[str]) -> set[str]:
    """The boards one of whose rows a task of another board names as its project."""
    board_of = {
        handle: task.board
        for snapshot in snapshots
        for task in snapshot.tasks
        for handle in task.handles
        if handle in named
    }
    tasks = (task for snapshot in snapshots for task in snapshot.tasks)
    return {board_of[each] for task in tasks for each in task.projects if board_of.get(each, task.board) != task.board}


def _as_project(task: Task) -> Task:
    return replace(task, role=Role.PROJECT) if task.role in (Role.TASK, Role.INFORMATIVE) else task


class ProjectRows:
    """The rows of a portfolio that stand for projects, by handle and by title."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks, row = tasks, Role.PROJECT
        self._rows = [task for task in tasks if task.role is row and not task.archived]
        self._by_handle: Mapping[str, Task] = {
            handle: row for row in self._rows for handle in (row.key, *row.handles) if not handle.startswith("#")
        }

    @cached_property
    def _cards(self) -> Mapping[str, Task]:
        return {task.key: task for task in self._tasks}

    @property
    def boards(self) -> frozenset[str]:
        """Keys of the boards that are bases of projects."""
        return frozenset(row.board for row in self._rows)

    def of(self, task: Task) -> Task | None:
        """The row of a task's project: the first that it names, else that of the task it is a part of."""
        if not self._by_handle:
            return None
        seen: set[str] = set()
        step: Task | None = task
        while step is not None and step.key not in seen:
            found = next((self._by_handle[each] for each in step.projects if each in self._by_handle), None)
            if found is not None:
                return found
            seen.add(step.key)
            step = self._cards.get(step.parent or "")
        return None

    def projects(self, tasks: Iterable[Task], boards: Sequence[Board], end: Day | None = None) -> tuple[Project, ...]:
        """A project for each row that one of `tasks` belongs to, in the order of the base.

        A row that is over, and of which nothing is open, is the past: it is no project.
        """
        if not self._rows:
            return ()
        members: dict[str, list[Task]] = {row.key: [] for row in self._rows}
        for task in tasks:
            row = self.of(task)
            if row is not None and task.role is not Role.PROJECT:
                members[row.key].append(task)
        order = [board.key for board in boards]
        return tuple(
            _project(row, members[row.key], order, end)
            for row in self._rows
            if any(task.is_open for task in members[row.key]) or (members[row.key] and row.status.category.is_open)
        )


def _project(row: Task, members: Sequence[Task], order: Sequence[str], end: Day | None) -> Project:
    keys = {task.board for task in members}
    return Project(
        key=row.key,
        name=row.title,
        boards=tuple(key for key in order if key in keys),
        tasks=tuple(task.key for task in members),
        client=row.client or "",
        type=row.type or "",
        guardian=row.owners[0].key if row.owners else "",
        anchors=_anchors(row, end),
    )


def _anchors(row: Task, end: Day | None) -> tuple[Anchor, ...]:
    """The row's own date: that of its launch, else its due date."""
    date = end or row.launch or row.due
    if date is None:
        return ()
    origin = AnchorOrigin.ROW if end is None else AnchorOrigin.OPTION
    return (Anchor(key=f"{row.key}/anchor", name=row.title, date=date, project=row.key, origin=origin),)
