"""A connector whose boards live in memory: for tests, and to crash or fail at the very call that a test names."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Self

from retro.i18n import row_fields
from retro.model import Board, Day, Provision, Snapshot, Task, Write
from retro.model.values import ARCHIVED
from retro.ports import (
    Capabilities,
    Clock,
    ConfigurationError,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    ReadOnlyError,
    Source,
    SourceError,
)

Hook = Callable[[str, str], None]
"""Told of a call (the port's method, the board or task that it is about); what it raises is what the caller gets."""

_EVERYTHING = Capabilities(
    writable=frozenset({"start", "due", "title", "archived"}),
    own=frozenset({"latest", "review", "start", "due", "margin"}),
    create=True,
    makes=frozenset(
        {"start", "due", "own", "section", "owners", "description", "references", "estimates", "milestone"}
    ),
    rows=frozenset(row_fields.KINDS),
)
_PREFIX = "retro_"


class MemoryConnector:
    """Boards in memory, with what a test may want to see or break.

    Args:
        snapshots: the boards as they are at first.
        clock: says when a board is read and a task changed.
        source: the source's name.
        capabilities: of a tool that can hold everything, unless told otherwise.
        before: called before a call does anything: what it raises leaves no trace.
        after: called when a call has done its work: what it raises is an answer that was lost.
        read_only: whether every write is refused.
    """

    def __init__(
        self,
        snapshots: Iterable[Snapshot],
        clock: Clock,
        *,
        source: str = "memory",
        capabilities: Capabilities | None = None,
        before: Hook | None = None,
        after: Hook | None = None,
        read_only: bool = False,
    ) -> None:
        self.before = before
        self.after = after
        self.read_only = read_only
        self.calls: list[tuple[str, str]] = []
        """Every call in order, of those beside it too: the method, the board or task."""
        self._clock = clock
        self._source = Source(id=source, kind="memory", capabilities=capabilities or _EVERYTHING)
        self._boards: dict[str, Snapshot] = {}
        self._tasks: dict[str, dict[str, Task]] = {}
        self._fields: dict[str, dict[str, str]] = {}
        self._numbers = count(1)
        for each in snapshots:
            key = each.board.key
            self._boards[key] = each
            self._tasks[key] = {task.key: _stamped(task) for task in each.tasks}
            self._fields[key] = {own: f"{key}/{own}" for own in each.board.own_fields}

    def beside(self, *, read_only: bool = False) -> Self:
        """Another connector to the same boards, without hooks: what one of them writes, the other reads."""
        other = copy(self)
        other.before = other.after = None
        other.read_only = read_only
        return other

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The calls that wrote, or tried to."""
        return [call for call in self.calls if call[0] in {"provision", "push", "retract", "create"}]

    def describe(self) -> Source:
        """Say what this source is and can do."""
        return self._source

    def discover(self) -> Iterable[Discovered]:
        """List the boards."""
        self._call("discover", self._source.id)
        boards = (snapshot.board for snapshot in self._boards.values())
        return [Discovered(at=each.key, name=each.name, url=each.url, guests_see=each.guests_see) for each in boards]

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read a board whole; `at` is its key, alias or address."""
        self._call("pull", at)
        held = self._held(at)
        key = held.board.key
        tasks = tuple(self._tasks[key].values())
        if progress is not None:
            progress(held.board.name, len(tasks), len(tasks))
        read = replace(held, board=self._board(held.board), tasks=tasks, read_at=self._clock.now())
        self._done("pull", at)
        return Pulled(snapshot=read, requests=1)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read tasks; absent ones are left out."""
        self._call("read", board)
        tasks = self._tasks[self._held(board).board.key]
        found = {key: tasks[key] for key in keys if key in tasks}
        self._done("read", board)
        return found

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Give boards own fields; those that are there are found again."""
        done: list[Provision] = []
        for each in fields:
            self._call("provision", each.board)
            self._check_writable(each.board)
            ids, own = self._fields[self._held(each.board).board.key], each.field.removeprefix(_PREFIX)
            action = "found" if own in ids else "create"
            id_ = ids.setdefault(own, f"{each.board}/{own}")
            done.append(replace(each, action=action, id=id_))
            self._done("provision", each.board)
        return done

    def push(self, write: Write) -> Pushed:
        """Write one task."""
        self._check_fields(write)
        self._call("push", write.task)
        self._check_writable(write.task)
        key = self._held(write.board).board.key
        task = self._tasks[key].get(write.task)
        if task is None:
            raise SourceError("this task is gone.", where=write.task, status=404)
        for name, value in write.fields:
            task = self._written(task, name, value, key)
        changed = _stamped(task)
        if changed.revision != self._tasks[key][task.key].revision:
            changed = replace(changed, updated=self._clock.now())
        self._tasks[key][task.key] = changed
        self._done("push", write.task)
        return Pushed(task=changed, requests=1)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove own fields with their values; the number removed."""
        if not self._source.capabilities.retract:
            raise ReadOnlyError("this source removes no fields.", where=board)
        self._call("retract", board)
        self._check_writable(board)
        key = self._held(board).board.key
        gone = {own for field in fields if (own := field.removeprefix(_PREFIX)) in self._fields[key]}
        for own in gone:
            del self._fields[key][own]
        for task in self._tasks[key].values():
            kept = {name: value for name, value in task.own.items() if name not in gone}
            self._tasks[key][task.key] = _stamped(replace(task, own=kept))
        self._done("retract", board)
        return len(gone)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Add tasks, under keys of its own."""
        if not self._source.capabilities.create:
            raise ReadOnlyError("this source creates no tasks.", where=board)
        if not tasks:
            return []
        self._call("create", board)
        self._check_writable(board)
        key = self._held(board).board.key
        if missing := {own for task in tasks for own in task.own} - self._fields[key].keys():
            raise ConfigurationError("the board has no such field.", where=", ".join(sorted(missing)))
        made: list[Task] = []
        for task in tasks:
            own_key = f"{key}/made-{next(self._numbers)}"
            now = self._clock.now()
            made.append(
                _stamped(replace(task, key=own_key, board=key, url=None, handles=(own_key,), created=now, updated=now))
            )
        self._tasks[key].update({task.key: task for task in made})
        self._done("create", board)
        return made

    def close(self) -> None:
        """Nothing is kept open."""

    def edit(self, board: str, task: Task) -> Task:
        """What a person does on the board: put this task in the place of the one of its key."""
        edited = _stamped(replace(task, updated=self._clock.now()))
        self._tasks[self._held(board).board.key][task.key] = edited
        return edited

    def delete(self, board: str, key: str) -> None:
        """What a person does on the board: delete a task for good."""
        del self._tasks[self._held(board).board.key][key]

    def comment(self, board: str, key: str, text: str) -> None:
        """What a person does on the board: comment on a task, which moves its last change but not its revision."""
        tasks = self._tasks[self._held(board).board.key]
        tasks[key] = replace(
            tasks[key], comments=(*(tasks[key].comments or ()), text), updated=self._clock.now() + timedelta(seconds=1)
        )

    def _call(self, method: str, subject: str) -> None:
        self.calls.append((method, subject))
        if self.before is not None:
            self.before(method, subject)

    def _done(self, method: str, subject: str) -> None:
        if self.after is not None:
            self.after(method, subject)

    def _held(self, at: str) -> Snapshot:
        for key, snapshot in self._boards.items():
            if at and at in (key, snapshot.board.alias, snapshot.board.url):
                return snapshot
        raise SourceError("there is no such board.", where=at, status=404)

    def _board(self, board: Board) -> Board:
        return replace(board, own_fields=tuple(sorted(self._fields[board.key])))

    def _check_writable(self, where: str) -> None:
        if self.read_only:
            raise ReadOnlyError("this source may be read only.", where=where)

    def _check_fields(self, write: Write) -> None:
        can = self._source.capabilities
        for name, _value in write.fields:
            if name not in can.writable and name not in {f"{_PREFIX}{own}" for own in can.own | can.rows}:
                raise ReadOnlyError("this field cannot be written.", where=name)

    def _written(self, task: Task, name: str, value: Day | str | float | None, board: str) -> Task:
        own = name.removeprefix(_PREFIX)
        if own != name:
            if own not in self._fields[board]:
                raise ConfigurationError("the board has no such field.", where=name)
            kept = {field: held for field, held in task.own.items() if field != own}
            return replace(task, own=kept if value is None or value == "" else {**kept, own: value})
        if name == ARCHIVED:
            return replace(task, archived=value == ARCHIVED)
        return replace(task, **{name: value})  # type: ignore[arg-type]  # another of the writable fields


def _stamped(task: Task) -> Task:
    """The task with the revision of what it holds: all but comments, and when it was last touched."""
    bare = replace(task, revision="", comments=None, updated=None, last_editor=None, own=dict(sorted(task.own.items())))
    return replace(task, revision=hashlib.sha256(repr(bare).encode("utf-8", "replace")).hexdigest()[:16])
