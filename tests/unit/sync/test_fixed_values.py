"""What a fix leaves behind: a value of the team's, which an undo takes back and nothing else of retro's rests on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest
from tests.memory_board import BOARD, NOW, PARIS

from retro.model import Board, Change, Portfolio, Task, WriteLevel
from retro.ports import Intent, Ledger, RunRecord
from retro.run.leaving import filled_cells
from retro.run.own_writes import before_retro, known_writes
from retro.run.touches import FIX, fixed_at, touches
from retro.store.ledger import SqlLedger
from retro.sync.decide.clean import Filled
from retro.sync.decide.refused import standing
from retro.sync.decide.values import Value
from retro.sync.journal import Journal
from retro.sync.undo import Left, plan_undo
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

D1, D2, D3 = date(2027, 1, 5), date(2027, 1, 6), date(2027, 1, 7)
CELL = ("t1", "due")


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of either kind."""
    if request.param == "memory":
        yield MemoryLedger()
    else:
        with SqlLedger(tmp_path) as made:
            yield made


def change(
    old: Value, new: Value, level: WriteLevel = WriteLevel.FIX, why: str = "DAT104", field: str = "due"
) -> Change:
    """One change of the one task."""
    return Change(
        id=f"{old}{new}{why}",
        task="t1",
        title="T",
        url=None,
        board=BOARD,
        field=field,
        level=level,
        old=old,
        new=new,
        why=why,
        revision="r",
    )


def board(due: Value) -> Portfolio:
    """The board with its task as it now is."""
    assert due is None or isinstance(due, date)
    task = Task(key="t1", board=BOARD, title="T", due=due, updated=NOW, revision="r")
    return Portfolio(boards=(Board(key=BOARD, name="B", source="memory"),), tasks=(task,))


def wrote(ledger: Ledger, run: str, made: Change, *, command: str = FIX) -> None:
    """A run that made one change, acknowledged as asked."""
    clock = SteppingClock(NOW)
    ledger.begin(RunRecord(id=run, command=command, started=NOW, finished=NOW, writes=1))
    journal = Journal(ledger, clock, run, PARIS)
    journal.settle(journal.intend([made]), board(made.new).tasks[0])


def test_a_fix_is_no_last_written_value(ledger: Ledger) -> None:
    """After a fix the ledger knows of no value of retro's in that cell, and the schedule takes it for the team's."""
    wrote(ledger, "f1", change(D1, D2))
    assert ledger.acknowledged(BOARD) == {}
    known = known_writes(ledger, board(D2), PARIS)
    assert (dict(known.written), dict(known.team)) == ({}, {})
    assert known_writes(ledger, board(D2), PARIS).written == {}


def test_an_unanswered_fix_is_no_value_of_retros(ledger: Ledger) -> None:
    """A fix that was sent and landed, but whose answer was lost, is the team's value all the same."""
    ledger.intend("f1", [change(D1, D2)], NOW)
    assert known_writes(ledger, board(D2), PARIS).written == {}


def test_what_retro_filled_stays_known_under_a_fix(ledger: Ledger) -> None:
    """A fix of a date that retro filled in makes it a person's; taken back, retro knows its own again."""
    wrote(ledger, "n1", change(None, D1, WriteLevel.FILL, "schedule"), command="sync")
    wrote(ledger, "f1", change(D1, D2))
    assert ledger.acknowledged(BOARD)[CELL].value == D1
    undoing = plan_undo("f1", ledger.intents(run="f1"), board(D2), ledger.acknowledged(BOARD), fresh={BOARD}, names={})
    assert [(each.old, each.new) for each in undoing.plan.changes] == [(D2, D1)]
    wrote(ledger, "u1", undoing.plan.changes[0], command="undo f1")
    assert ledger.acknowledged(BOARD)[CELL].value == D1
    assert ledger.declined(BOARD) == {CELL: {D2}}


def test_a_fix_taken_back_leaves_nothing_but_the_refusal(ledger: Ledger) -> None:
    """Where retro never wrote, an undo of a fix leaves no last written value, and the value is not proposed again."""
    wrote(ledger, "f1", change(D1, D2))
    (back,) = plan_undo("f1", ledger.intents(run="f1"), board(D2), {}, fresh={BOARD}, names={}).plan.changes
    wrote(ledger, "u1", back, command="undo f1")
    assert ledger.acknowledged(BOARD) == {}
    assert ledger.declined(BOARD) == {CELL: {D2}}
    wrote(ledger, "f2", change(D1, D3))
    assert ledger.declined(BOARD) == {}


def test_an_edit_over_a_fix_is_kept_by_the_undo() -> None:
    """An undo leaves what a person set over a fix, and what a later run of retro wrote over it."""
    ledger = MemoryLedger()
    wrote(ledger, "f1", change(D1, D2))
    (left,) = plan_undo("f1", ledger.intents(run="f1"), board(D3), {}, fresh={BOARD}, names={}).left
    assert left.why is Left.CHANGED
    wrote(ledger, "n1", change(D2, D3, WriteLevel.OVERWRITE, "schedule"), command="sync")
    known = ledger.acknowledged(BOARD)
    (left,) = plan_undo("f1", ledger.intents(run="f1"), board(D3), known, fresh={BOARD}, names={}).left
    assert left.why is Left.LATER


def test_the_teams_value_before_retro_is_the_fixed_one() -> None:
    """What stood in a cell before retro filled it is what a fix had put there, not what the fix had replaced."""
    at = NOW.astimezone(UTC)
    journal = [
        Intent(id=1, run="f1", change=change(D1, D2), state="acknowledged", created=at, returned=D2),
        Intent(
            id=2,
            run="n1",
            change=change(D2, D3, WriteLevel.OVERWRITE, "schedule"),
            state="acknowledged",
            created=at,
            returned=D3,
        ),
    ]
    assert before_retro(journal) == {CELL: D2}
    last = standing([replace(each, settled=at) for each in journal]).last
    assert last is not None
    assert last.value == D3


def test_a_clean_leaves_what_was_fixed() -> None:
    """Dates that a clean gives back are those that retro filled in: a fix is none, whatever is written on top of it."""
    ledger = MemoryLedger()
    wrote(ledger, "f1", change(D1, D2))
    assert filled_cells(ledger.intents()) == {}
    wrote(ledger, "n1", change(D2, D3, WriteLevel.OVERWRITE, "schedule"), command="sync")
    assert filled_cells(ledger.intents()) == {CELL: Filled(D3, D2, WriteLevel.OVERWRITE)}


def test_the_last_fix_of_a_task_is_remembered() -> None:
    """When retro fixed a task is known as its own touch, so that a ritual does not count it for the owner's."""
    ledger = MemoryLedger()
    wrote(ledger, "f1", change(D1, D2))
    when = fixed_at(ledger)[BOARD, "t1"]
    assert when == NOW
    assert touches(ledger, board(D2)).own == {"t1": when}
