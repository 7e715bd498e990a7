"""A run killed at every single call of the ledger and of the board ends, once run again, where an unbroken one does."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.memory_board import BOARD, NOW, Fuse, FusedLedger, TeamBoard, night

from retro.ports import Ledger, SourceError, WriteUncertainError
from retro.store.ledger import SqlLedger
from retro.sync.apply import Applied
from retro.sync.decide import Remark, Wishes
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

FIRST = {
    key: Wishes(
        values={"retro_latest": date(2027, 2, 19), "start": date(2027, 2, 15), "due": date(2027, 2, 16)},
        remarks=(Remark("DAT103", "attendue le 8/01"),),
    )
    for key in ("t1", "t2")
}
SECOND = {
    "t1": Wishes(values={"retro_latest": None, "start": date(2027, 2, 1), "due": date(2027, 2, 2)}),
    "t2": replace(FIRST["t2"], remarks=()),
}


class MemoryLedgers:
    """Ledgers in memory: opening again gives the same one."""

    def fresh(self) -> None:
        """Begin a new state."""
        self._ledger = MemoryLedger()

    def open(self) -> Ledger:
        """The ledger of a new process."""
        return self._ledger


class DiskLedgers:
    """Ledgers on SQLite: each is opened from its file, whatever became of the process before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._states = 0
        self._open: SqlLedger | None = None

    def fresh(self) -> None:
        """Begin a new state."""
        self._states += 1

    def open(self) -> Ledger:
        """The ledger of a new process."""
        self.close()
        self._open = SqlLedger(self._folder / str(self._states))
        return self._open

    def close(self) -> None:
        """Let go of the file."""
        if self._open is not None:
            self._open.close()


Ledgers = MemoryLedgers | DiskLedgers


def end_state(board: TeamBoard, ledger: Ledger) -> object:
    """All that a later run decides from: cells, last written values, columns, and what is open."""
    cells = {key: (task.start, task.due, dict(task.own)) for key, task in board.tasks.items()}
    known = {cell: (each.value, each.asked) for cell, each in ledger.acknowledged(BOARD).items()}
    return cells, known, ledger.columns(BOARD), ledger.pending()


def story(ledgers: Ledgers, nights: int, killed_at: int, error: BaseException) -> tuple[object, TeamBoard, bool]:
    """Nights of which the last is killed at a call and then run again; its end, and whether it came to be killed."""
    board = TeamBoard(SteppingClock(NOW))
    ledgers.fresh()
    for wishes in (FIRST, SECOND)[: nights - 1]:
        night(board, ledgers.open(), wishes)
        board.clock.sleep(86_400)
    wishes = (FIRST, SECOND)[nights - 1]
    fuse = Fuse(killed_at, error)
    board.before = board.after = fuse
    with suppress(type(error)):
        night(board, FusedLedger(ledgers.open(), fuse), wishes)  # type: ignore[arg-type]  # passes everything on
    board.before = board.after = None
    board.clock.sleep(60)
    ledger = ledgers.open()
    night(board, ledger, wishes)
    board.clock.sleep(86_400)
    assert night(board, ledger, wishes) == Applied()
    return end_state(board, ledger), board, killed_at > 0 and fuse.left <= 0


def all_points(ledgers: Ledgers, nights: int, error: BaseException) -> Iterator[TeamBoard]:
    """The story killed at its first call, its second… until it ends by itself; each is held to the unbroken one."""
    unbroken, _, _ = story(ledgers, nights, 0, error)
    killed, at = True, 0
    while killed:
        at += 1
        end, board, killed = story(ledgers, nights, at, error)
        assert end == unbroken, at
        yield board
    assert at > 30  # a night is that many calls at least: the fuse did go off


@pytest.mark.parametrize("nights", [1, 2])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), WriteUncertainError("no answer"), SourceError("500", status=500)], ids=repr
)
def test_every_crash_point_ends_alike(nights: int, error: BaseException) -> None:
    """Whatever call fails, and however, the next run ends where an unbroken one would have; nothing is sent twice."""
    for board in all_points(MemoryLedgers(), nights, error):
        for values in board.landed.values():
            assert len(values) == len(set(values))


def test_every_crash_point_on_the_disk(tmp_path: Path) -> None:
    """The same with the real ledger, opened anew after each crash as a new process would."""
    ledgers = DiskLedgers(tmp_path)
    for _ in all_points(ledgers, 2, KeyboardInterrupt()):
        pass
    ledgers.close()
