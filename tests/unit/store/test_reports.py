"""What was told at meetings: kept by kind and day, in a state and in memory alike."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retro.model import Board, Point, Snapshot, Told
from retro.ports import Ledger
from retro.store.ledger import SqlLedger
from retro.testing.ledger import MemoryLedger

NOW = datetime(2027, 1, 11, 9, tzinfo=ZoneInfo("Europe/Paris"))
MIDNIGHT = NOW.replace(hour=0)


@pytest.fixture(params=["sql", "memory"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A ledger of either make."""
    return SqlLedger(tmp_path) if request.param == "sql" else MemoryLedger()


def told(at: datetime) -> Told:
    """What some meeting told."""
    points = {"late:t1": Point(day=date(2027, 1, 8), weight=2), "ask:x": Point()}
    return Told(at=at, points=points, remarks=frozenset({"ab12", "cd34"}))


def test_what_was_told_comes_back(ledger: Ledger) -> None:
    """Days, weights and remarks are those that were kept; another kind, and an earlier instant, know nothing."""
    ledger.keep_told("meeting", told(NOW), since=MIDNIGHT)
    assert ledger.last_told("meeting", NOW + timedelta(days=7)) == told(NOW)
    assert ledger.last_told("meeting project=Salon", NOW + timedelta(days=7)) is None
    assert ledger.last_told("meeting", NOW) is None


def test_a_day_has_one_report(ledger: Ledger) -> None:
    """The second of a day takes the place of the first; that of the week before stays."""
    before = NOW - timedelta(days=7)
    ledger.keep_told("meeting", told(before), since=before.replace(hour=0))
    ledger.keep_told("meeting", told(NOW), since=MIDNIGHT)
    ledger.keep_told("meeting", told(NOW + timedelta(hours=2)), since=MIDNIGHT)
    last = ledger.last_told("meeting", NOW + timedelta(days=1))
    assert last is not None
    assert last.at == NOW + timedelta(hours=2)
    earlier = ledger.last_told("meeting", MIDNIGHT)
    assert earlier is not None
    assert earlier.at == before


def test_the_latest_read_is_that_of_any_board(ledger: Ledger) -> None:
    """It is the latest hour, whichever board was stored last; without a read there is none."""
    assert ledger.latest_read() is None
    for key, days in (("b1", 0), ("b2", -3)):
        board = Board(key=key, name=key, source="s")
        ledger.store_snapshot(Snapshot(board=board, tasks=(), read_at=NOW + timedelta(days=days)))
    assert ledger.latest_read() == NOW


@pytest.mark.parametrize(
    ("now", "before", "worse"),
    [
        (Point(day=date(2027, 1, 12)), Point(day=date(2027, 1, 8)), True),
        (Point(day=date(2027, 1, 8)), Point(day=date(2027, 1, 8)), False),
        (Point(day=date(2027, 1, 4)), Point(day=date(2027, 1, 8)), False),
        (Point(day=date(2027, 1, 8), weight=2), Point(day=date(2027, 1, 8), weight=1), True),
        (Point(day=date(2027, 1, 8), weight=0), Point(day=date(2027, 1, 8), weight=1), False),
        (Point(day=date(2027, 1, 8)), Point(), True),
        (Point(), Point(day=date(2027, 1, 8)), False),
    ],
)
def test_worse_is_later_or_heavier(now: Point, before: Point, worse: bool) -> None:  # noqa: FBT001 - a parameter
    """Something got worse when its day moved on, or when it matters more than it did."""
    assert now.worse_than(before) is worse
