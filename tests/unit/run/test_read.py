"""Reading many boards: a source that is down is asked once, and its other boards stand on their last snapshots."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from retro.model import Board, Snapshot, SourceStatus, Task
from retro.ports import ColumnsChangedError, SourceError
from retro.run.headway import Headway
from retro.run.read import Target, read
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger
from retro.testing.memory import MemoryConnector

AT = datetime(2027, 1, 4, 9, tzinfo=UTC)
BOARDS = ("a", "b", "c", "d")
DOWN = SourceError("nobody there", where="sources.equipe", whole=True)


def tool(fails: Mapping[str, SourceError], source: str = "equipe") -> MemoryConnector:
    """Four boards, of which some fail."""

    def hook(method: str, subject: str) -> None:
        if method == "pull" and subject in fails:
            raise fails[subject]

    held = (
        Snapshot(board=Board(key=key, name=key.upper(), source=source), tasks=(task(key),), read_at=AT)
        for key in BOARDS
    )
    return MemoryConnector(held, SteppingClock(), source=source, before=hook)


def task(board: str) -> Task:
    """The task of a board."""
    return Task(key=f"{board}/1", board=board, title="Write")


def targets(source: str = "equipe") -> list[Target]:
    """The boards as configured."""
    return [Target(source=source, at=key, configured=True) for key in BOARDS]


def test_a_source_that_is_down_is_not_asked_for_its_other_boards() -> None:
    """After a failure of the whole source nothing more is sent to it; every board of it carries that failure."""
    connector = tool({"b": DOWN})
    reading = read(targets(), {"equipe": connector})
    assert [at for _method, at in connector.calls] == ["a", "b"]
    assert reading.errors == (DOWN, DOWN, DOWN)
    assert reading.fresh == {"a"}


def test_its_last_snapshots_stand_in() -> None:
    """Boards that were not asked for are there all the same, as they were read last; the source is stale."""
    ledger = MemoryLedger()
    read(targets(), {"equipe": tool({})}, ledger=ledger)
    reading = read(targets(), {"equipe": tool({"a": DOWN})}, ledger=ledger)
    assert [snapshot.board.key for snapshot in reading.snapshots] == list(BOARDS)
    assert reading.fresh == frozenset()
    assert [(state.state, state.error) for state in reading.sources] == [(SourceStatus.STALE, str(DOWN))]


def test_a_board_that_fails_alone_stops_no_other() -> None:
    """A failure of one board (too large, not shared) leaves the others of its source to be read."""
    connector = tool({"b": SourceError("too large", status=504)})
    reading = read(targets(), {"equipe": connector})
    assert reading.fresh == {"a", "c", "d"}
    assert len(reading.errors) == 1


def test_a_board_that_was_never_read_is_told_of() -> None:
    """A board that fails and that no snapshot stands in for is unknown; one that was read before is not."""
    ledger = MemoryLedger()
    first = read(targets(), {"equipe": tool({"b": SourceError("too large", status=504)})}, ledger=ledger)
    assert [state.unknown for state in first.sources] == [("b",)]
    then = read(targets(), {"equipe": tool({"a": SourceError("not shared", status=401)})}, ledger=ledger)
    assert [state.unknown for state in then.sources] == [()]
    assert [state.unread for state in (*first.sources, *then.sources)] == [("b",), ("a",)]


def test_columns_that_changed_are_not_what_a_source_failed_of() -> None:
    """Where another board failed for another reason, that is the source's error."""
    changed = ColumnsChangedError("the column is gone", columns=())
    reading = read(targets(), {"equipe": tool({"a": changed, "b": SourceError("too large", status=504)})})
    assert [(state.error, state.unread) for state in reading.sources] == [("too large", ("a", "b"))]


def test_another_source_goes_on() -> None:
    """What ends one source ends no other."""
    two = {"equipe": tool({"a": DOWN}), "other": tool({}, "other")}
    reading = read([*targets(), *targets("other")], two)
    assert len(reading.snapshots) == len(BOARDS)
    assert [state.state for state in reading.sources] == [SourceStatus.FAILED, SourceStatus.FRESH]


def test_nothing_read_at_all_is_an_error() -> None:
    """Where no board could be read and none was before, the command fails with what happened."""
    with pytest.raises(SourceError, match="nobody there") as caught:
        read(targets(), {"equipe": tool({"a": DOWN})})
    assert caught.value.whole


def test_headway_is_told_by_source() -> None:
    """Boards behind it out of all, the board under way, its tasks; at the end all of them, even after a failure."""
    told: dict[int, Headway] = {}
    read(targets(), {"equipe": tool({"c": DOWN})}, watcher=lambda now: told.update({len(told): now}))
    steps = [(0, "", 0), (0, "A", 1), (1, "", 0), (1, "B", 1), (2, "", 0), (4, "", 0)]
    assert list(told.values()) == [
        Headway(source="equipe", done=done, total=4, board=board, tasks=tasks) for done, board, tasks in steps
    ]
