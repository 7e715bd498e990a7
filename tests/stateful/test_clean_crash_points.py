"""A clean killed at any call of the ledger and of the boards ends, once run again, where an unbroken one does."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.memory_board import Fuse, FusedLedger
from tests.night_room import NOW, PARIS, Room, card

from retro.ports import Connector, Ledger, SourceError, WriteUncertainError
from retro.run.clean import Left, carry_out_leaving
from retro.run.leaving import leaving_policies, plan_leaving
from retro.run.nightly import settle_journal
from retro.store.ledger import SqlLedger
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

TOML = """
version = 1
[sources.one]
kind = "trello"
[boards.b1]
source = "one"
at = "b1"
write = { own = ["latest", "margin", "review"], fill = ["due"] }
[boards.b2]
source = "one"
at = "b2"
write = { own = ["latest"] }
[projects.p]
boards = ["b1", "b2"]
anchors = [{ name = "Lancement", date = 2027-03-01 }]
"""
THEIRS = date(2027, 2, 2)


@contextmanager
def room(folder: Path, ledger: Ledger) -> Iterator[Room]:
    """Two boards that retro has written on; in one of its fields somebody typed a date of their own."""
    boards = {"b1": [card("a"), card("b")], "b2": [card("c", "b2")]}
    made = Room(folder, TOML, boards, clock=SteppingClock(NOW))
    made.close()
    made.ledger = ledger
    made.night()
    made.edit("b1/a", "retro_latest", THEIRS)
    made.sleep(hours=1)
    yield made


def leave(of: Room, ledger: Ledger) -> Left:
    """A whole clean, dates included."""
    of.ledger = ledger
    portfolio = of.read()
    means = of.means(portfolio)
    allowed = leaving_policies(portfolio.boards, means.capabilities, "fr")
    sources: dict[str, Connector] = dict(of.sources)
    settle_journal(portfolio, of.fresh, ledger, sources, allowed, now=of.clock.now(), zone=PARIS)
    leaving = plan_leaving(
        portfolio,
        ledger,
        sources,
        means.settings,
        boards=allowed.keys(),
        fresh=of.fresh,
        named=frozenset(),
        dates=True,
        zone=PARIS,
        now=of.clock.now(),
    )
    connectors = {board.key: sources[board.source] for board in leaving.boards}
    return carry_out_leaving(leaving, connectors, ledger, of.clock, means=means)


def cells(of: Room) -> dict[str, object]:
    """What stands on the boards."""
    tasks = [of.source.task(key) for key in ("b1/a", "b1/b", "b2/c")]
    return {task.key: (task.start, task.due, dict(task.own)) for task in tasks}


def end_state(of: Room, ledger: Ledger) -> object:
    """Cells and fields, and all that a later run decides from."""
    boards = ("b1", "b2")
    known = [(ledger.acknowledged(board), ledger.columns(board), ledger.declined(board)) for board in boards]
    fields = [of.source.own_fields(board) for board in boards]
    return cells(of), fields, known, ledger.pending(), ledger.applied_boards(), ledger.cleaned_boards()


def story(folder: Path, ledger: Ledger, killed_at: int, error: BaseException, *, by_night: bool) -> tuple[object, bool]:
    """A clean that is killed, and run again, perhaps after a night by itself; the end, and whether it was killed."""
    with room(folder, ledger) as of:
        fuse = Fuse(killed_at, error)
        of.source.before = of.source.after = fuse
        with suppress(type(error)):
            leave(of, FusedLedger(ledger, fuse))  # type: ignore[arg-type]  # passes everything on
        of.source.before = of.source.after = None
        of.sleep(days=1)
        if by_night:
            of.ledger = ledger
            of.night(by_hand=False)
            of.sleep(days=1)
        left = leave(of, ledger)
        assert not left.failed
        again = leave(of, ledger)
        assert again == replace(Left(), applied=again.applied)
        assert again.writes == 0
        return end_state(of, ledger), killed_at > 0 and fuse.left <= 0


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), WriteUncertainError("no answer"), SourceError("500", status=500)], ids=repr
)
def test_every_crash_point_of_a_clean_ends_alike(tmp_path: Path, error: BaseException) -> None:
    """Whatever call fails, the clean run again ends like an unbroken one: what a person typed is all that is left."""
    unbroken, _ = story(tmp_path, MemoryLedger(), 0, error, by_night=False)
    assert unbroken == (
        {"b1/a": (None, None, {"latest": THEIRS}), "b1/b": (None, None, {}), "b2/c": (None, None, {})},
        [{"latest"}, set()],
        [({}, {"retro_latest": "b1/latest"}, {}), ({}, {}, {})],
        [],
        set(),
        {"b1", "b2"},
    )
    at, killed = 0, True
    while killed:
        at += 1
        end, killed = story(tmp_path, MemoryLedger(), at, error, by_night=False)
        assert end == unbroken, at
    assert at > 60


def test_a_night_between_loses_nothing_either(tmp_path: Path) -> None:
    """A nightly run after the crash, at every fifth call: it writes what it would, and the next clean takes it all."""
    unbroken, _ = story(tmp_path, MemoryLedger(), 0, KeyboardInterrupt(), by_night=False)
    at, killed = -4, True
    while killed:
        at += 5
        end, killed = story(tmp_path, MemoryLedger(), at, KeyboardInterrupt(), by_night=True)
        assert end == unbroken, at


def test_crash_points_of_a_clean_on_the_disk(tmp_path: Path) -> None:
    """The same with the real ledger, at every eleventh call."""
    unbroken, _ = story(tmp_path, MemoryLedger(), 0, KeyboardInterrupt(), by_night=False)
    at, killed = -10, True
    while killed:
        at += 11
        with closing(SqlLedger(tmp_path / f"state-{at}")) as ledger:
            end, killed = story(tmp_path, ledger, at, KeyboardInterrupt(), by_night=False)
        assert end == unbroken, at
