"""Replay: the board itself says what became of a write that no answer settled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest
from tests.memory_board import BOARD, NOW, PARIS

from retro.model import Change, Task, WriteLevel
from retro.ports import Acknowledged, SourceError
from retro.sync.decide.stamp import stamped
from retro.sync.decide.values import Value
from retro.sync.journal import adopt, replay
from retro.testing.ledger import MemoryLedger

OLD, NEW, OTHER = date(2027, 1, 8), date(2027, 2, 19), date(2027, 3, 1)


def change(board: str = BOARD) -> Change:
    """A due date that was about to be written."""
    return Change(
        id="c",
        task="t1",
        title="t1",
        url=None,
        board=board,
        field="due",
        level=WriteLevel.FILL,
        old=OLD,
        new=NEW,
        why="schedule",
        revision="r",
    )


@pytest.mark.parametrize(
    ("current", "state", "value"),
    [
        (NEW, "acknowledged", NEW),
        (datetime(2027, 2, 19, 17, tzinfo=PARIS), "acknowledged", datetime(2027, 2, 19, 17, tzinfo=PARIS)),
        (OLD, "abandoned", None),
        (OTHER, "abandoned", None),
        (None, "abandoned", None),
    ],
)
def test_what_the_board_holds_settles_an_intent(current: Value, state: str, value: Value) -> None:
    """The new value there: it happened, and is ours as the tool holds it. Anything else: it is decided anew."""
    ledger = MemoryLedger()
    ledger.intend("r1", [change()], NOW)
    task = Task(key="t1", board=BOARD, title="t1", due=current)  # type: ignore[arg-type]  # a date, an instant or none
    replayed = replay(ledger, lambda _board, _keys: {"t1": task}, now=NOW, zone=PARIS)
    assert [intent.state for intent in ledger.intents()] == [state]
    assert replayed.acknowledged == ((change(),) if state == "acknowledged" else ())
    assert replayed.abandoned == ((change(),) if state == "abandoned" else ())
    assert {each.value for each in ledger.acknowledged(BOARD).values()} == ({value} if value else set())


def test_task_that_is_gone_settles_its_intents() -> None:
    """A task that is no longer there was not written as far as anyone can tell."""
    ledger = MemoryLedger()
    ledger.intend("r1", [change()], NOW)
    replay(ledger, lambda _board, _keys: {}, now=NOW, zone=PARIS)
    assert ledger.pending() == []
    assert ledger.acknowledged(BOARD) == {}


def test_board_that_cannot_be_read_keeps_its_intents_open() -> None:
    """While a board cannot be read, what happened on it stays open; other boards are settled."""
    ledger = MemoryLedger()
    ledger.intend("r1", [change(), change("memory:b2")], NOW)
    asked: list[tuple[str, Sequence[str]]] = []

    def read(board: str, keys: Sequence[str]) -> Mapping[str, Task]:
        asked.append((board, keys))
        if board == BOARD:
            raise SourceError("unreachable")
        return {"t1": Task(key="t1", board=board, title="t1", due=NEW)}

    replayed = replay(ledger, read, now=NOW, zone=PARIS)
    assert asked == [(BOARD, ["t1"]), ("memory:b2", ["t1"])]
    assert replayed.open == (change(),)
    assert [intent.change.board for intent in ledger.pending()] == [BOARD]
    assert list(ledger.acknowledged("memory:b2")) == [("t1", "due")]


def test_own_edit_is_known_by_the_later_of_both_clocks() -> None:
    """A tool's clock that runs ahead does not make retro's own write look like a human edit."""
    ledger = MemoryLedger()
    ledger.intend("r1", [change()], NOW)
    ahead = NOW + timedelta(seconds=40)
    task = Task(key="t1", board=BOARD, title="t1", due=NEW, updated=ahead)
    replay(ledger, lambda _board, _keys: {"t1": task}, now=NOW, zone=PARIS)
    assert ledger.acknowledged(BOARD)["t1", "due"].at == ahead


def test_adopting_takes_up_stamped_values_once() -> None:
    """Values under a valid stamp become last written ones; what the ledger knows already is left as it is."""
    own: dict[str, Value] = {"latest": NEW, "review": "[retro 00000000]"}
    ledger = MemoryLedger()
    task = Task(key="t1", board=BOARD, title="t1", own={**own, "review": stamped("", {"latest": NEW}, PARIS)})
    assert adopt(ledger, BOARD, [task, Task(key="t2", board=BOARD, title="t2", own=own)], zone=PARIS) == 2
    assert ledger.acknowledged(BOARD)["t1", "retro_latest"] == Acknowledged(
        task="t1", field="retro_latest", value=NEW, run="", asked=NEW
    )
    assert adopt(ledger, BOARD, [task], zone=PARIS) == 0
