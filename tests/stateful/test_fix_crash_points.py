"""A run of fixes killed at any call of the ledger and of the board ends, once run again, where an unbroken one does."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.memory_board import BOARD, NOW, PARIS, POLICY, Fuse, FusedLedger, TeamBoard, night, undo

from retro.model import Day, Finding, Fix, Severity, Template
from retro.ports import Capabilities, Ledger, RunRecord, SourceError, WriteUncertainError
from retro.run.touches import FIX, fixed_at
from retro.sync.apply import Applied, apply
from retro.sync.decide import Wishes, WritePolicy, decide_fixes
from retro.sync.decide.tasks import LastWrite
from retro.sync.decide.values import Value
from retro.sync.journal import replay
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

CAN = Capabilities(writable=frozenset({"start", "due", "title"}), own=POLICY.capabilities.own)
FILLED = replace(POLICY, own=frozenset(), fill=frozenset({"start"}), capabilities=CAN)
SATURDAY, FRIDAY, MONDAY = date(2027, 2, 6), date(2027, 2, 5), date(2027, 2, 1)
WISHES = {key: Wishes(values={"start": MONDAY, "due": MONDAY}) for key in ("t1", "t2")}


def found(board: TeamBoard) -> Iterator[Finding]:
    """What two rules say: titles want brackets, and nothing is due on a Saturday."""
    for key, task in board.tasks.items():
        fixes: list[tuple[str, str, Day | str]] = []
        if task.title.startswith("SEO"):
            fixes.append(("NAM103", "title", f"[SEO] {key}"))
        if task.due == SATURDAY:
            fixes.append(("DAT104", "due", FRIDAY))
        for code, field, new in fixes:
            fix = Fix(field=field, new=new, safe=True)
            yield Finding(
                code=code, name="x", severity=Severity.INFO, template=Template("x"), subject=key, task=key, fix=fix
            )


def mend(board: TeamBoard, ledger: Ledger) -> Applied:
    """A whole run of fixes: what was left open is settled, it is decided, and applied."""
    now = board.clock.now()
    replay(ledger, lambda _board, _keys: board.tasks, now=now, zone=PARIS)
    fixes = decide_fixes(
        list(found(board)),
        board.portfolio,
        {BOARD: WritePolicy(capabilities=CAN)},
        unsafe=True,
        last={task: LastWrite(at) for (_board, task), at in fixed_at(ledger).items()},
        declined=ledger.declined(BOARD),
        now=now,
        zone=PARIS,
    )
    run = f"r{len(ledger.runs(1000))}"
    ledger.begin(RunRecord(id=run, command=FIX, started=now))
    return apply(fixes.plan, {BOARD: board}, ledger, board.clock, run, zone=PARIS)


def cells(board: TeamBoard) -> dict[str, tuple[str, Value, Value]]:
    """Titles and dates of all tasks."""
    return {key: (task.title, task.start, task.due) for key, task in board.tasks.items()}


def story(killed_at: int, error: BaseException, *, by_night: bool) -> tuple[object, bool]:
    """Fixes that are killed and run again, with a night between the two or not; then both taken back.

    The end of each half, and whether the fixes came to be killed.
    """
    board, ledger = TeamBoard(SteppingClock(NOW), capabilities=CAN), MemoryLedger()
    for key in ("t1", "t2"):
        board.write_in(key, "title", f"SEO : {key}")
        board.write_in(key, "due", SATURDAY)
    board.clock.at += timedelta(days=1)
    night(board, ledger, WISHES, FILLED)
    board.clock.at += timedelta(days=1)
    before = cells(board)
    fuse = Fuse(killed_at, error)
    board.before = board.after = fuse
    with suppress(type(error)):
        mend(board, FusedLedger(ledger, fuse))  # type: ignore[arg-type]  # passes everything on
    board.before = board.after = None
    if by_night:
        board.clock.at += timedelta(days=1)
        assert night(board, ledger, WISHES, FILLED).written == ()
    board.clock.at += timedelta(minutes=1)
    mend(board, ledger)
    board.clock.at += timedelta(minutes=1)
    assert mend(board, ledger).written == ()
    mended = cells(board), dict(ledger.acknowledged(BOARD)), ledger.pending()
    for run in [each.id for each in ledger.runs(1000) if each.command == FIX]:
        board.clock.at += timedelta(minutes=1)
        undo(board, ledger, run)
    assert cells(board) == before
    board.clock.at += timedelta(days=1)
    assert mend(board, ledger).written == ()
    return (mended, ledger.declined(BOARD)), killed_at > 0 and fuse.left <= 0


@pytest.mark.parametrize("by_night", [False, True])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), WriteUncertainError("no answer"), SourceError("500", status=500)], ids=repr
)
def test_every_crash_point_of_fixes_ends_alike(error: BaseException, *, by_night: bool) -> None:
    """Whatever call fails, fixes run again end like unbroken ones, a night writes nothing over them, undo restores."""
    unbroken, _ = story(0, error, by_night=False)
    at, killed = 0, True
    while killed:
        at += 1
        end, killed = story(at, error, by_night=by_night)
        assert end == unbroken, at
    assert at > 15
