"""What a connector's own tests give to the contract: a board, the hands of a person, and what can be counted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, tzinfo
from typing import ClassVar
from unittest import SkipTest
from zoneinfo import ZoneInfo

from retro.model import Board, Role, Snapshot, Task
from retro.ports import Connector


class Given:
    """`open` and the attributes are for every subclass to give; what raises SkipTest here may be left as it is."""

    zone: ClassVar[tzinfo] = ZoneInfo("Europe/Paris")
    """The workspace's zone that the connector was made with."""

    at: str = ""
    """A board with at least two open tasks, as a person would write its address."""
    unknown: str = ""
    """The address of a board that does not exist."""
    links: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Dependencies that the board holds, as titles: (what comes first, what waits for it)."""

    def open(self, *, read_only: bool = False) -> Connector:
        """A new connector to one board, which keeps its state for the length of a test; `read_only`: may not write."""
        raise NotImplementedError

    def requests(self) -> int:
        """How many requests the tool has had so far in this test, from whichever connector."""
        raise SkipTest("requests are not counted here")

    def writes(self) -> int:
        """How many requests that change something the tool has done so far in this test."""
        raise SkipTest("writes are not counted here")

    def first(self, *, read_only: bool = False) -> tuple[Connector, Task, Board]:
        """A connector that has pulled the board, and an open task of it."""
        connector = self.open(read_only=read_only)
        snapshot = connector.pull(self.at).snapshot
        return connector, open_task(snapshot), snapshot.board

    def looks(self, connector: Connector, task: Task, board: Board) -> tuple[Task, Task]:
        """A task as it is now: by itself, and in a pull."""
        pulled = connector.pull(self.at).snapshot.tasks
        return connector.read(board.key, [task.key])[task.key], next(each for each in pulled if each.key == task.key)


class GivenLive(Given):
    """The same, of a board that people change and retro may write to."""

    absent: str = ""
    """The key of a task that does not exist."""

    def comment(self, task: str) -> None:
        """Comment on a task of the board, as a person would."""
        raise NotImplementedError

    def rename(self, task: str, title: str) -> None:
        """Change a task's title on the board, as a person would."""
        raise NotImplementedError

    def reschedule(self, task: str, due: date) -> None:  # noqa: ARG002 - for subclasses
        """Give a task another due date on the board, as a person would."""
        raise SkipTest("due dates are not changed by hand here")

    def move(self, task: str) -> None:  # noqa: ARG002 - for subclasses
        """Put a task into another list or group of the board, as a person would."""
        raise SkipTest("tasks are not moved here")

    def delete(self, task: str) -> None:  # noqa: ARG002 - for subclasses
        """Take a task off the board, as a person would."""
        raise SkipTest("tasks are not deleted here")

    def refusing(self) -> AbstractContextManager[None]:
        """While it is entered, the tool answers every request with a failure, and does nothing."""
        raise SkipTest("the tool does not fail here")

    def losing_answers(self) -> AbstractContextManager[None]:
        """While it is entered, the tool does what it is asked to, but the answers to writes never arrive."""
        raise SkipTest("no answer is lost here")

    def interrupting(self, act: Callable[[], None], *, done: bool) -> AbstractContextManager[None]:  # noqa: ARG002 - for subclasses
        """While it is entered, the next write gets no good answer the first time, and then a person does `act`.

        `done`: the write was done, and its answer lost; else it was refused for its pace. What follows goes well.
        """
        raise SkipTest("nobody comes between a write and its repetition here")

    def makes_there(self) -> frozenset[str]:
        """The fields of `Capabilities.makes` for which the board has a place, so that each has to arrive there."""
        return frozenset()

    def is_gone(self, connector: Connector, task: Task, board: Board) -> bool:
        """Whether a read shows that a task was deleted: absent, or archived."""
        return all(each.archived for each in connector.read(board.key, [task.key]).values())


def open_task(snapshot: Snapshot) -> Task:
    """The first task of a board that retro may write to."""
    return next(each for each in snapshot.tasks if each.is_open and each.parent is None and not each.opted_out)


def is_written_to(task: Task) -> bool:
    """Whether retro may be asked to write it: lines of checklists and what is no task are only read."""
    return task.role is Role.TASK and task.parent is None
