"""The contract suite finds connectors that break their word: a check that cannot fail checks nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from retro.model import Board, Category, Provision, Snapshot, Status, StatusOrigin, Task, Write
from retro.ports import Progress, Pulled, Pushed
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector
from retro.testing.suite import ConnectorContract

KEY = "memory:board"


class Shifting(MemoryConnector):
    """Writes dates a day early, as a time zone may do."""

    def push(self, write: Write) -> Pushed:
        early = tuple((n, v - timedelta(days=1) if isinstance(v, date) else v) for n, v in write.fields)
        return super().push(replace(write, fields=early))


class Deaf(MemoryConnector):
    """Answers a write with what was asked for, and does nothing."""

    def push(self, write: Write) -> Pushed:
        task = self.read(write.board, [write.task])[write.task]
        own = {name.removeprefix("retro_"): value for name, value in write.fields if value is not None}
        return Pushed(task=replace(task, own={**task.own, **own}))


class Doubling(MemoryConnector):
    """Makes a second field where there is one."""

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        return [replace(each, action="create", id=f"{len(self.calls)}") for each in super().provision(fields)]


class Restless(MemoryConnector):
    """Counts comments into the revision."""

    def comment(self, board: str, key: str, text: str) -> None:
        super().comment(board, key, text)
        task = self.read(board, [key])[key]
        self.edit(board, replace(task, percent=1.0))


class Empty(MemoryConnector):
    """Gives an empty board where there is none."""

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        return super().pull(KEY, progress)


class Keeping(MemoryConnector):
    """Keeps values that it was asked to empty."""

    def push(self, write: Write) -> Pushed:
        return super().push(replace(write, fields=tuple((n, v) for n, v in write.fields if v is not None)))


class Careless(MemoryConnector):
    """Writes without the right to."""

    def push(self, write: Write) -> Pushed:
        self.read_only = False
        return super().push(write)


def contract(kind: type[MemoryConnector]) -> ConnectorContract:
    """The suite on a board of two tasks that such a connector holds."""

    class Contract(ConnectorContract):
        at, unknown, absent = KEY, "memory:nowhere", "memory:99"

        def open(self, *, read_only: bool = False) -> MemoryConnector:
            clock = SteppingClock()
            todo = Status("À faire", Category.TODO, StatusOrigin.MAPPED)
            tasks = tuple(Task(key=f"memory:{n}", board=KEY, title=f"T{n}", status=todo) for n in (1, 2))
            board = Snapshot(board=Board(key=KEY, name="B", source="memory"), tasks=tasks, read_at=clock.now())
            self.made = kind([board], clock, read_only=read_only)
            return self.made

        def comment(self, task: str) -> None:
            self.made.comment(KEY, task, "x")

        def rename(self, task: str, title: str) -> None:
            self.made.edit(KEY, replace(self.made.read(KEY, [task])[task], title=title))

    return Contract()


@pytest.mark.parametrize(
    ("kind", "check"),
    [
        (Shifting, ConnectorContract.test_own_values_come_back_as_written),
        (Shifting, ConnectorContract.test_team_dates_stay_on_their_day),
        (Deaf, ConnectorContract.test_own_values_come_back_as_written),
        (Doubling, ConnectorContract.test_provision_finds_what_it_made),
        (Restless, ConnectorContract.test_a_comment_leaves_the_revision),
        (Empty, ConnectorContract.test_unknown_board_is_an_error),
        (Keeping, ConnectorContract.test_none_empties_an_own_field),
        (Careless, ConnectorContract.test_a_read_only_token_writes_nothing),
    ],
)
def test_a_broken_connector_is_found(kind: type[MemoryConnector], check: Callable[[ConnectorContract], None]) -> None:
    """The test of the broken promise fails, and passes on a connector that keeps it."""
    check(contract(MemoryConnector))
    with pytest.raises(AssertionError):
        check(contract(kind))


def test_hooks_strike_before_and_after() -> None:
    """A call can fail before anything was done, or after, as if its answer had been lost."""

    def boom(method: str, subject: str) -> None:
        if method == "push":
            raise ConnectionError(subject)

    made = contract(MemoryConnector).open()
    assert isinstance(made, MemoryConnector)
    write = Write(task="memory:1", board=KEY, revision="", fields=(("due", date(2027, 1, 8)),))
    for hook, due in (("before", None), ("after", date(2027, 1, 8))):
        made.before = made.after = None
        setattr(made, hook, boom)
        with pytest.raises(ConnectionError):
            made.push(write)
        assert made.read(KEY, ["memory:1"])["memory:1"].due == due
    assert [call for call, _ in made.writes] == ["push", "push"]
