"""Moves of due dates outlast what a tool tells of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retro.model import Board, DueMove, Snapshot, Task
from retro.run.history import merged, with_known_history
from retro.store.ledger import SqlLedger

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
BOARD = Board(key="k:b", name="B", source="s", warnings=("déjà",))


def move(day: int, who: str | None = "Léa") -> DueMove:
    """A move made on a day of January."""
    when = datetime(2027, 1, day, tzinfo=UTC)
    return DueMove(when, who, None if day == 1 else when, when + timedelta(days=30))


def read(at: datetime, *moves: DueMove, since: datetime | None = None) -> Snapshot:
    """A board of one task, read at an instant."""
    task = Task(key="k:1", board=BOARD.key, title="a", due_history=moves)
    return Snapshot(board=BOARD, tasks=(task,), read_at=at, history_since=since)


@contextmanager
def ledger(folder: Path, *snapshots: Snapshot) -> Iterator[SqlLedger]:
    """A state that knows these snapshots."""
    with SqlLedger(folder / ".retro") as opened:
        for each in snapshots:
            opened.store_snapshot(each)
        yield opened


def test_what_was_known_stays_known(tmp_path: Path) -> None:
    """Moves that the tool no longer tells are taken from the snapshot before, and nothing is said where they meet."""
    before = read(NOW - timedelta(days=1), move(1), move(5))
    fresh = read(NOW, move(5), move(10), since=datetime(2027, 1, 5, tzinfo=UTC))
    with ledger(tmp_path, before) as known:
        found = with_known_history(fresh, known)
    assert found.tasks[0].due_history == (move(1), move(5), move(10))
    assert found.board == BOARD


def test_a_gap_is_said(tmp_path: Path) -> None:
    """Where more happened since the last read than the tool tells, the board says so, and keeps what was known."""
    before = read(NOW - timedelta(days=8), move(1))
    fresh = read(NOW, move(10), since=datetime(2027, 1, 9, tzinfo=UTC))
    with ledger(tmp_path, before) as known:
        found = with_known_history(fresh, known)
    assert found.tasks[0].due_history == (move(1), move(10))
    assert len(found.board.warnings) == 2


def test_a_first_read_says_where_it_begins(tmp_path: Path) -> None:
    """Without an earlier snapshot, or without a state at all, what was not told is unknown, and said."""
    fresh = read(NOW, move(10), since=datetime(2027, 1, 9, tzinfo=UTC))
    with ledger(tmp_path) as known:
        assert with_known_history(fresh, known) == with_known_history(fresh, None)
    assert len(with_known_history(fresh, None).board.warnings) == 2


def test_a_history_that_was_told_whole_is_left_alone(tmp_path: Path) -> None:
    """Where the tool tells everything, what it tells stands: nothing is taken from an earlier snapshot."""
    fresh = read(NOW, move(10))
    with ledger(tmp_path, read(NOW - timedelta(days=1), move(1))) as known:
        assert with_known_history(fresh, known) is fresh


def test_a_history_outlasts_many_nights(tmp_path: Path) -> None:
    """Night after night, of which each tells two moves only, none is lost."""
    nights = [read(NOW + timedelta(days=day), move(day), move(day + 1), since=move(day).when) for day in range(1, 20)]
    with ledger(tmp_path) as known:
        for night in nights:
            known.store_snapshot(with_known_history(night, known))
        last = known.last_snapshot(BOARD.key)
    assert last is not None
    assert last.tasks[0].due_history == tuple(move(day) for day in range(1, 21))


moves = st.lists(st.builds(move, st.integers(1, 28), st.sampled_from(["Léa", "Karim", None])), max_size=8)


@given(moves, moves)
def test_merging_loses_and_repeats_nothing(known: Sequence[DueMove], told: Sequence[DueMove]) -> None:
    """Every move is there once, in order, whoever is said to have made it; merging again changes nothing."""
    found = merged(known, told)
    plain = [replace(each, who=None) for each in found]
    assert set(plain) == {replace(each, who=None) for each in (*known, *told)}
    assert len(set(plain)) == len(plain)
    assert [each.when for each in found] == sorted(each.when for each in found)
    assert merged(found, told) == merged(known, told) == merged(merged(known, ()), told)
