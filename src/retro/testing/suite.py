"""The contract of a connector, as tests that any connector's own tests inherit; third parties' too.

    class TestMine(ConnectorContract):
        def open(self, *, read_only=False): ...

Nothing here needs a test framework: a method that finds the contract broken raises AssertionError.
"""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo

from retro.model import Board, Day, Provision, Role, Snapshot, Task, Write, as_date, is_instant
from retro.ports import Connector, ReadOnlyError, RetroError, SourceError

_VALUES: tuple[tuple[str, Day | str | float], ...] = (
    ("latest", date(2027, 3, 28)),  # a day of 23 hours in Europe
    ("review", "DAT103 attendue le 8/01\nOWN101 sans responsable ✂"),
    ("start", date(2027, 1, 1)),
    ("due", date(2026, 12, 31)),
    ("margin", 2.5),
)


class ConnectorContract:
    """What every connector keeps. `open` and the four attributes below it are the subclass's to give."""

    zone: ClassVar[tzinfo] = ZoneInfo("Europe/Paris")
    """The workspace's zone that the connector was made with."""

    at: str = ""
    """A board with at least two open tasks, as a person would write its address."""
    unknown: str = ""
    """The address of a board that does not exist."""
    absent: str = ""
    """The key of a task that does not exist."""

    def open(self, *, read_only: bool = False) -> Connector:
        """A connector to one board that keeps its state for the length of a test; `read_only`: it may not write."""
        raise NotImplementedError

    def comment(self, task: str) -> None:
        """Comment on a task of the board, as a person would."""
        raise NotImplementedError

    def rename(self, task: str, title: str) -> None:
        """Change a task's title on the board, as a person would."""
        raise NotImplementedError

    # What is read

    def test_describe_names_the_source(self) -> None:
        """A source has a name and a kind, the same at every call."""
        connector = self.open()
        source = connector.describe()
        _hold(bool(source.id and source.kind), "a source has an id and a kind")
        _hold(connector.describe() == source, "describe() is stable")

    def test_pull_gives_a_sound_board(self) -> None:
        """Keys are unique, every task is on the board, instants are aware, revisions are there."""
        pulled = self.open().pull(self.at)
        snapshot = pulled.snapshot
        keys = [task.key for task in snapshot.tasks]
        _hold(len(set(keys)) == len(keys) and all(keys), "keys are unique")
        _hold(sum(task.is_open for task in snapshot.tasks) > 1, "the board has two open tasks")
        _hold(pulled.requests >= 1, "requests are counted")
        _hold(snapshot.read_at.tzinfo is not None, "read_at is aware")
        for task in snapshot.tasks:
            _hold(task.board == snapshot.board.key, f"{task.key} is on its board")
            _hold(bool(task.revision), f"{task.key} has a revision")
            _hold(task.section == "" or any(m.board == task.board for m in task.memberships), "a section is on a board")
            for day in (task.start, task.due, task.created, task.updated, task.completed):
                _hold(not isinstance(day, datetime) or day.tzinfo is not None, f"{task.key}: instants are aware")

    def test_pull_is_repeatable(self) -> None:
        """Two pulls of an untouched board give the same tasks."""
        connector = self.open()
        first, second = connector.pull(self.at).snapshot, connector.pull(self.at).snapshot
        _hold(first.tasks == second.tasks and first.board == second.board, "two pulls agree")

    def test_pull_tells_progress(self) -> None:
        """Whoever asks is told how far the read has come."""
        told: list[int] = []
        self.open().pull(self.at, lambda _what, so_far, _of: told.append(so_far))
        _hold(bool(told), "progress is told")

    def test_discover_lists_the_board(self) -> None:
        """The board is among those that the token can see, and what is listed can be pulled."""
        connector = self.open()
        key = connector.pull(self.at).snapshot.board.key
        listed = [connector.pull(found.at).snapshot.board.key for found in connector.discover()]
        _hold(key in listed, "the board is discovered")

    def test_read_agrees_with_pull(self) -> None:
        """A task read by itself has the revision, dates, people and own fields that the pull showed."""
        connector, task, board = self._first()
        again = connector.read(board.key, [task.key])[task.key]
        _same(again, task, but=frozenset({"updated", "last_editor", "comments", "due_history"}))

    def test_read_leaves_absent_tasks_out(self) -> None:
        """A key that is no task's is simply not in the answer."""
        connector, task, board = self._first()
        _hold(connector.read(board.key, [self.absent, task.key]).keys() == {task.key}, "absent keys are left out")
        _hold(connector.read(board.key, []) == {}, "nothing asked, nothing read")

    def test_unknown_board_is_an_error(self) -> None:
        """A board that does not exist is a SourceError with words, never an empty board."""
        error = _raised(SourceError, lambda: self.open().pull(self.unknown))
        _hold(bool(str(error)), "the error has words")

    def test_a_comment_leaves_the_revision(self) -> None:
        """A comment moves no revision, so that it blocks no write."""
        connector, task, board = self._first()
        self.comment(task.key)
        _hold(connector.read(board.key, [task.key])[task.key].revision == task.revision, "revision stays")

    def test_an_edit_moves_the_revision(self) -> None:
        """A new title is a new revision."""
        connector, task, board = self._first()
        self.rename(task.key, f"{task.title} (bis)")
        again = connector.read(board.key, [task.key])[task.key]
        _hold(again.title == f"{task.title} (bis)", "the new title is read")
        _hold(again.revision != task.revision, "revision moves")

    # What is written

    def test_provision_finds_what_it_made(self) -> None:
        """Asked twice, every own field exists once: the second time it is found by the same id."""
        connector, _task, board = self._first()
        wanted = self._wanted(connector, board)
        first, second = connector.provision(wanted), connector.provision(wanted)
        _hold([each.field for each in first] == [each.field for each in wanted], "an answer a field, in order")
        _hold(all(each.id for each in first), "ids are told")
        _hold([each.id for each in first] == [each.id for each in second], "the same fields both times")
        _hold(all(each.action == "found" for each in second), "nothing is made twice")
        own = set(connector.pull(self.at).snapshot.board.own_fields)
        _hold(own == {each.field.removeprefix("retro_") for each in wanted}, "the board tells its own fields")

    def test_own_values_come_back_as_written(self) -> None:
        """Own dates, texts and numbers read back exactly, at once and later, and nothing else has changed."""
        connector, task, board = self._provisioned()
        values = self._values(connector)
        answered = self._push(connector, task, board, values)
        for held in (answered, *self._looks(connector, task, board)):
            _hold({name: held.own.get(name) for name, _ in values} == dict(values), "own values are exact")
            _same(held, task, but=frozenset({"updated", "last_editor", "comments", "due_history", "own", "revision"}))
            _hold(held.revision == answered.revision, "one revision everywhere")

    def test_the_same_value_twice_changes_nothing(self) -> None:
        """A second write of the same values leaves the same revision."""
        connector, task, board = self._provisioned()
        first = self._push(connector, task, board, self._values(connector))
        second = self._push(connector, first, board, self._values(connector))
        _hold(first.revision == second.revision and first.own == second.own, "the second write changed nothing")

    def test_none_empties_an_own_field(self) -> None:
        """None takes a value away, and the task is then as it was before."""
        connector, task, board = self._provisioned()
        values = self._values(connector)
        full = self._push(connector, task, board, values)
        empty = self._push(connector, full, board, tuple((name, None) for name, _ in values))
        _hold(not any(value is not None for value in empty.own.values()), "own fields are empty")
        _hold(empty.revision == task.revision, "as before the first write")

    def test_team_dates_stay_on_their_day(self) -> None:
        """A due or start date that is written as a day is that day in the workspace's zone, and None empties it."""
        connector, task, board = self._first()
        writable = connector.describe().capabilities.writable
        days = {"start": date(2027, 3, 27), "due": date(2027, 3, 29)}
        fields = tuple((name, day) for name, day in days.items() if name in writable)
        answered = self._push(connector, task, board, fields, own=False)
        for held in (answered, *self._looks(connector, task, board)):
            for name, day in fields:
                value: Day | None = getattr(held, name)
                _hold(value is not None and as_date(value, self.zone) == day, f"{name} is the day written")
                _hold(value is None or not is_instant(value) or value == getattr(answered, name), "one instant")
        empty = self._push(connector, answered, board, tuple((name, None) for name, _ in fields), own=False)
        _hold(all(getattr(empty, name) is None for name, _ in fields), "None empties")

    def test_retract_takes_own_fields_away(self) -> None:
        """Own fields and their values go, the tasks stay as they were; a second time there is nothing to remove."""
        connector, task, board = self._provisioned()
        self._push(connector, task, board, self._values(connector))
        fields = [each.field for each in self._wanted(connector, board)]
        _hold(connector.retract(board.key, fields) == len(fields), "every field is removed")
        after = connector.pull(self.at).snapshot
        _hold(after.board.own_fields == (), "the board has no own fields")
        held = next(each for each in after.tasks if each.key == task.key)
        _hold(not held.own and held.revision == task.revision, "the task is as it was")
        _hold(connector.retract(board.key, fields) == 0, "nothing is left to remove")

    def test_a_read_only_token_writes_nothing(self) -> None:
        """Without the right to write, a push is a ReadOnlyError that says what to do, and nothing has changed."""
        connector, task, board = self._first(read_only=True)
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("due", date(2027, 5, 3)),))
        error = _raised(ReadOnlyError, lambda: connector.push(write))
        _hold(bool(error.what), "the error has words")
        _hold(connector.read(board.key, [task.key])[task.key].revision == task.revision, "nothing changed")

    # How it is done

    def _first(self, *, read_only: bool = False) -> tuple[Connector, Task, Board]:
        connector = self.open(read_only=read_only)
        snapshot = connector.pull(self.at).snapshot
        return connector, _open_task(snapshot), snapshot.board

    def _provisioned(self) -> tuple[Connector, Task, Board]:
        connector, task, board = self._first()
        connector.provision(self._wanted(connector, board))
        return connector, task, board

    def _values(self, connector: Connector) -> tuple[tuple[str, Day | str | float], ...]:
        own = connector.describe().capabilities.own
        return tuple((name, value) for name, value in _VALUES if name in own)

    def _wanted(self, connector: Connector, board: Board) -> list[Provision]:
        names = {"latest": "retro · au plus tard", "review": "retro · à revoir"}
        return [
            Provision(board=board.key, field=f"retro_{own}", name=names.get(own, f"retro · {own}"))
            for own, _value in self._values(connector)
        ]

    def _push(
        self,
        connector: Connector,
        task: Task,
        board: Board,
        values: tuple[tuple[str, Day | str | float | None], ...],
        *,
        own: bool = True,
    ) -> Task:
        fields = tuple((f"retro_{name}" if own else name, value) for name, value in values)
        return connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields)).task

    def _looks(self, connector: Connector, task: Task, board: Board) -> tuple[Task, Task]:
        """The task by itself, and in a pull."""
        pulled = connector.pull(self.at).snapshot.tasks
        return connector.read(board.key, [task.key])[task.key], next(each for each in pulled if each.key == task.key)


def _open_task(snapshot: Snapshot) -> Task:
    return next(task for task in snapshot.tasks if task.is_open and task.role is Role.TASK and not task.opted_out)


def _same(held: Task, task: Task, *, but: frozenset[str]) -> None:
    different = [
        name for name in Task.__dataclass_fields__ if name not in but and getattr(held, name) != getattr(task, name)
    ]
    _hold(not different, f"{task.key} differs in {', '.join(different)}")


def _hold(condition: bool, what: str) -> None:  # noqa: FBT001 - reads like `assert`
    if not condition:
        raise AssertionError(what)


def _raised(kind: type[RetroError], call: Callable[[], object]) -> RetroError:
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")
