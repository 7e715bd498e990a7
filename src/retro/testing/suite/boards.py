"""What every board keeps, live or a file: it is sound, the same twice, and never empty where there is none."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from unittest import SkipTest

from retro.model import LinkDirection, Reference, Snapshot
from retro.ports import SourceError, UnreadableError
from retro.testing.suite.given import Given
from retro.testing.suite.holding import hold, raised


class BoardContract(Given):
    """Reading a board whole."""

    def test_describe_names_the_source(self) -> None:
        """A source has a name and a kind, the same at every call."""
        connector = self.open()
        source = connector.describe()
        hold(bool(source.id and source.kind), "a source has an id and a kind")
        hold(connector.describe() == source, "describe() is stable")

    def test_pull_gives_a_sound_board(self) -> None:
        """Keys are unique, every task is on the board, instants are aware, revisions are there."""
        snapshot = self.open().pull(self.at).snapshot
        keys = [task.key for task in snapshot.tasks]
        hold(len(set(keys)) == len(keys) and all(keys), "keys are unique")
        hold(sum(task.is_open for task in snapshot.tasks) > 1, "the board has two open tasks")
        hold(bool(snapshot.board.key and snapshot.board.name), "the board has a key and a name")
        hold(snapshot.read_at.tzinfo is not None, "read_at is aware")
        for task in snapshot.tasks:
            hold(task.board == snapshot.board.key, f"{task.key} is on its board")
            hold(bool(task.revision), f"{task.key} has a revision")
            hold(task.section == "" or any(m.board == task.board for m in task.memberships), "a section is on a board")
            past = (day for move in task.due_history for day in (move.when, move.old, move.new))
            lines = (item.due for item in task.checklist)
            for day in (task.start, task.due, task.created, task.updated, task.completed, *lines, *past):
                hold(not isinstance(day, datetime) or day.tzinfo is not None, f"{task.key}: instants are aware")

    def test_pull_is_repeatable(self) -> None:
        """Two pulls of an untouched board give the same tasks."""
        connector = self.open()
        _agree(connector.pull(self.at).snapshot, connector.pull(self.at).snapshot)

    def test_two_connectors_agree(self) -> None:
        """What is read does not depend on what a connector has seen before."""
        first, second = self.open(), self.open()
        first.pull(self.at)
        _agree(first.pull(self.at).snapshot, second.pull(self.at).snapshot)

    def test_pull_tells_progress(self) -> None:
        """Whoever asks is told how far the read has come."""
        told: list[int] = []
        self.open().pull(self.at, lambda _what, so_far, _of: told.append(so_far))
        hold(bool(told) and told == sorted(told), "progress is told, and only grows")

    def test_unknown_board_is_an_error(self) -> None:
        """A board that does not exist is an error with words, never an empty board."""
        raised((SourceError, UnreadableError), lambda: self.open().pull(self.unknown))

    def test_a_handle_means_one_task(self) -> None:
        """No two tasks of a board answer to the same handle, and no handle is another task's key."""
        tasks = self.open().pull(self.at).snapshot.tasks
        counts = Counter(name for task in tasks for name in {task.key, *task.handles})
        hold(not [name for name, count in counts.items() if count > 1], "handles are unique")

    def test_references_resolve(self) -> None:
        """What the board says of its dependencies leads from task to task, the right way round."""
        if not self.links:
            raise SkipTest("the board has no dependencies that are known here")
        tasks = self.open().pull(self.at).snapshot.tasks
        titles = {task.title: task.title for task in tasks}
        names = {name: task.title for task in tasks for name in (task.key, *task.handles)}
        found = {
            (target, task.title) if each.direction is LinkDirection.PREDECESSOR else (task.title, target)
            for task in tasks
            for each in task.references
            if (target := _named(each, names, titles)) is not None
        }
        hold(set(self.links) <= found, f"{set(self.links) - found} are read")

    def test_close_may_be_called_twice(self) -> None:
        """Closing what is closed does nothing."""
        connector = self.open()
        connector.pull(self.at)
        connector.close()
        connector.close()


def _agree(one: Snapshot, other: Snapshot) -> None:
    hold(one.board == other.board, "two pulls agree on the board")
    hold(one.tasks == other.tasks, "two pulls agree on the tasks")
    hold(one.people == other.people, "two pulls agree on the people")


def _named(reference: Reference, names: Mapping[str, str], titles: Mapping[str, str]) -> str | None:
    return (titles if reference.by_title else names).get(reference.target)
