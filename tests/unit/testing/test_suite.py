"""The contract suite finds connectors that break their word: a check that cannot fail checks nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest import SkipTest

import pytest
from tests.contract.memory_board import KEY, MemoryBoard

from retro.model import LinkDirection, Provision, Task, Write
from retro.ports import Progress, Pulled, Pushed
from retro.testing.memory import MemoryConnector
from retro.testing.suite import ConnectorContract


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


class Forgetful(MemoryConnector):
    """Reads a task by itself with less than the board showed."""

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        return {key: replace(task, due=None, references=()) for key, task in super().read(board, keys).items()}


class Cached(MemoryConnector):
    """Answers a read out of what it saw first."""

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        pulled = super().pull(at, progress)
        self.seen = {**{task.key: task for task in pulled.snapshot.tasks}, **getattr(self, "seen", {})}
        tasks = tuple(self.seen[task.key] for task in pulled.snapshot.tasks)
        return replace(pulled, snapshot=replace(pulled.snapshot, tasks=tasks))


class Busy(MemoryConnector):
    """Writes when it is only to read."""

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        self.provision([Provision(board=KEY, field="retro_latest", name="x")])
        return super().pull(at, progress)


class Boastful(MemoryConnector):
    """Takes fields that its capabilities do not name."""

    def push(self, write: Write) -> Pushed:
        can = self.describe().capabilities.writable
        known = tuple((n, v) for n, v in write.fields if n.startswith("retro_") or n in can)
        return super().push(replace(write, fields=known))


class Miscounting(MemoryConnector):
    """Says one request where there were more."""

    def push(self, write: Write) -> Pushed:
        self.read(write.board, [write.task])
        return super().push(write)


class Creative(MemoryConnector):
    """Makes the task that it cannot find."""

    def push(self, write: Write) -> Pushed:
        tasks = self._tasks[KEY]
        tasks.setdefault(write.task, replace(next(iter(tasks.values())), key=write.task))
        return super().push(write)


class Cutting(MemoryConnector):
    """Cuts long texts."""

    def push(self, write: Write) -> Pushed:
        return super().push(
            replace(write, fields=tuple((n, v[:255] if isinstance(v, str) else v) for n, v in write.fields))
        )


class Shouting(MemoryConnector):
    """Writes titles in a way of its own."""

    def push(self, write: Write) -> Pushed:
        return super().push(replace(write, fields=tuple((n, str(v).upper()) for n, v in write.fields if n == "title")))


class Optimistic(MemoryConnector):
    """Takes what it sent for written before any answer came."""

    def push(self, write: Write) -> Pushed:
        before = self.before
        self.before = None
        pushed = super().push(write)
        if before is not None:
            before("push", write.task)
        return pushed


class Repeating(MemoryConnector):
    """Makes a field again whose creation was not answered."""

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        done = super().provision(fields)
        return [replace(each, action="create") for each in done]


class Homonymous(MemoryConnector):
    """Lets two tasks answer to one handle."""

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        pulled = super().pull(at, progress)
        tasks = tuple(replace(task, handles=("#1",)) for task in pulled.snapshot.tasks)
        return replace(pulled, snapshot=replace(pulled.snapshot, tasks=tasks))


class Backwards(MemoryConnector):
    """Reads what comes before as what comes after."""

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        pulled = super().pull(at, progress)
        turned = tuple(
            replace(t, references=tuple(replace(r, direction=LinkDirection.SUCCESSOR) for r in t.references))
            for t in pulled.snapshot.tasks
        )
        return replace(pulled, snapshot=replace(pulled.snapshot, tasks=turned))


class Naive(MemoryConnector):
    """Loses the zone of an instant."""

    def push(self, write: Write) -> Pushed:
        fields = tuple((n, v.replace(tzinfo=UTC) if isinstance(v, datetime) else v) for n, v in write.fields)
        return super().push(replace(write, fields=fields))


class Haunted(MemoryConnector):
    """Still shows what was deleted."""

    def delete(self, board: str, key: str) -> None:
        self.comment(board, key, "deleted")


def contract(kind: type[MemoryConnector]) -> ConnectorContract:
    """The suite on a board of three tasks that such a connector holds."""

    class Contract(MemoryBoard, ConnectorContract):
        pass

    Contract.kind = kind
    made = Contract()
    made.setup_method()
    return made


@pytest.mark.parametrize(
    ("kind", "check"),
    [
        (Shifting, ConnectorContract.test_own_values_come_back_as_written),
        (Shifting, ConnectorContract.test_team_dates_stay_on_their_day),
        (Shifting, ConnectorContract.test_own_dates_stay_on_their_day),
        (Naive, ConnectorContract.test_instants_stay_instants),
        (Deaf, ConnectorContract.test_own_values_come_back_as_written),
        (Doubling, ConnectorContract.test_provision_finds_what_it_made),
        (Repeating, ConnectorContract.test_another_run_finds_what_was_made),
        (Repeating, ConnectorContract.test_a_lost_answer_to_a_provision_makes_no_second_field),
        (Restless, ConnectorContract.test_a_comment_leaves_the_revision),
        (Empty, ConnectorContract.test_unknown_board_is_an_error),
        (Keeping, ConnectorContract.test_none_empties_an_own_field),
        (Careless, ConnectorContract.test_a_read_only_token_writes_nothing),
        (Forgetful, ConnectorContract.test_read_agrees_with_pull),
        (Shouting, ConnectorContract.test_what_is_there_already_changes_nothing),
        (Cached, ConnectorContract.test_a_new_title_moves_the_revision),
        (Cached, ConnectorContract.test_a_date_set_by_hand_is_that_day),
        (Cached, ConnectorContract.test_a_move_moves_the_revision),
        (Busy, ConnectorContract.test_reading_writes_nothing),
        (Busy, ConnectorContract.test_requests_are_counted),
        (Boastful, ConnectorContract.test_capabilities_are_honest),
        (Miscounting, ConnectorContract.test_requests_of_a_write_are_counted),
        (Creative, ConnectorContract.test_a_write_to_an_absent_task_is_an_error),
        (Creative, ConnectorContract.test_a_write_to_a_deleted_task_is_an_error),
        (Cutting, ConnectorContract.test_a_long_text_comes_back_whole),
        (Cutting, ConnectorContract.test_a_title_comes_back_as_written),
        (Optimistic, ConnectorContract.test_a_failed_write_leaves_no_half_state),
        (Homonymous, ConnectorContract.test_a_handle_means_one_task),
        (Backwards, ConnectorContract.test_references_resolve),
        (Haunted, ConnectorContract.test_a_deleted_task_is_gone),
    ],
)
def test_a_broken_connector_is_found(kind: type[MemoryConnector], check: Callable[[ConnectorContract], None]) -> None:
    """The test of the broken promise fails, and passes on a connector that keeps it."""
    check(contract(MemoryConnector))
    with pytest.raises(AssertionError):
        check(contract(kind))


def test_what_cannot_be_tried_is_skipped_not_passed() -> None:
    """A subclass without the means for a test has it skipped, so that a gap shows."""

    class Poor(MemoryBoard, ConnectorContract):
        requests = ConnectorContract.requests
        delete = ConnectorContract.delete

    poor = Poor()
    poor.setup_method()
    for check in (poor.test_requests_are_counted, poor.test_a_deleted_task_is_gone):
        with pytest.raises(SkipTest):
            check()


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
