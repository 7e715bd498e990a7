"""An undo killed at any call of the ledger and of the board ends, once run again, where an unbroken one does."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from tests.memory_board import BOARD, NOW, Fuse, FusedLedger, TeamBoard, night, undo

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
SECOND = {"t1": Wishes(values={"retro_latest": None, "due": date(2027, 2, 2)}), "t2": FIRST["t2"]}


def end_state(board: TeamBoard, ledger: Ledger) -> object:
    """All that a later run decides from: cells, columns, last written and declined values, and what is open."""
    cells = {key: (task.start, task.due, dict(task.own)) for key, task in board.tasks.items()}
    known = {cell: (each.value, each.asked, each.run) for cell, each in ledger.acknowledged(BOARD).items()}
    own = board.portfolio.boards[0].own_fields
    return cells, own, known, ledger.declined(BOARD), ledger.columns(BOARD), ledger.pending()


class Ledgers:
    """New states, in memory or on the disk; opening one again is what a new process does."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._made = 0
        self._open: Ledger = MemoryLedger()

    def fresh(self) -> Ledger:
        """Begin a new state."""
        self._made += 1
        self._open = MemoryLedger()
        return self.again()

    def again(self) -> Ledger:
        """The same state in a new process."""
        if self._folder is not None:
            self.close()
            self._open = SqlLedger(self._folder / str(self._made))
        return self._open

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._open, SqlLedger):
            self._open.close()


def story(
    ledgers: Ledgers, nights: int, killed_at: int, error: BaseException, *, by_night: bool
) -> tuple[object, bool]:
    """Nights, then an undo of the last one that is killed and run again; the end, and whether it came to be killed.

    With `by_night` a nightly run comes between the two: it settles what was open, and writes nothing back.
    """
    board = TeamBoard(SteppingClock(NOW))
    ledger = ledgers.fresh()
    for wishes in (FIRST, SECOND)[:nights]:
        night(board, ledger, wishes)
        board.clock.sleep(86_400)
    fuse = Fuse(killed_at, error)
    run = ledger.runs(1)[0].id
    board.before = board.after = fuse
    with suppress(type(error)):
        undo(board, FusedLedger(ledgers.again(), fuse), run)  # type: ignore[arg-type]  # passes everything on
    board.before = board.after = None
    board.clock.sleep(86_400)
    ledger = ledgers.again()
    if by_night:
        night(board, ledger, (FIRST, SECOND)[nights - 1])
    undo(board, ledger, run)
    board.clock.sleep(86_400)
    assert night(board, ledger, (FIRST, SECOND)[nights - 1]) == Applied()
    return end_state(board, ledger), killed_at > 0 and fuse.left <= 0


def hold(ledgers: Ledgers, nights: int, error: BaseException, *, by_night: bool, step: int = 1) -> int:
    """Kill the undo at its first call, its second (or `step` later)… until it ends by itself; the number of calls."""
    unbroken, _ = story(ledgers, nights, 0, error, by_night=False)
    killed, at = True, 1 - step
    while killed:
        at += step
        end, killed = story(ledgers, nights, at, error, by_night=by_night)
        assert end == unbroken, at
    return at


@pytest.mark.parametrize("by_night", [False, True])
@pytest.mark.parametrize("nights", [1, 2])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), WriteUncertainError("no answer"), SourceError("500", status=500)], ids=repr
)
def test_every_crash_point_of_an_undo_ends_alike(nights: int, error: BaseException, *, by_night: bool) -> None:
    """Whatever call fails, and whether a nightly run comes first, the undo run again ends like an unbroken one."""
    assert hold(Ledgers(None), nights, error, by_night=by_night) > 30


def test_crash_points_of_an_undo_on_the_disk(tmp_path: Path) -> None:
    """The same with the real ledger, opened anew after each crash as a new process would; at every ninth call."""
    ledgers = Ledgers(tmp_path)
    assert hold(ledgers, 1, KeyboardInterrupt(), by_night=False, step=9) > 30
    ledgers.close()
