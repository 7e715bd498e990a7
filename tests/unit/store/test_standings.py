"""How projects stood on earlier days, in the ledger in memory and on SQLite; and how long moves of due dates stay."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.unit.store.conftest import Open

from retro.model import Board, Category, ProjectStanding, Snapshot, Status, StatusOrigin, Task
from retro.ports import REMEMBERED, ConfigurationError
from retro.store.ledger import SqlLedger
from retro.store.tables import standings

DAY = timedelta(days=1)
MONDAY = date(2027, 1, 4)
SALON = ProjectStanding(
    day=MONDAY,
    project="Salon « été »",
    margin_share=-0.125,
    missing_minutes=1260,
    end=date(2027, 3, 1),
    forecast=date(2027, 3, 4),
    open=12,
    done=3,
    errors=1,
    warnings=2,
    infos=4,
)
SITE = ProjectStanding(day=MONDAY, project="site")


def test_a_standing_comes_back_as_it_was_kept(reopen: Open) -> None:
    """Every figure comes back, unknown ones as unknown, by project within their day."""
    reopen().keep_standings([SITE, SALON])
    assert reopen().standings(MONDAY) == [SALON, SITE]


def test_the_last_run_of_a_day_counts(reopen: Open) -> None:
    """A second run of the day takes the place of the first, project by project."""
    reopen().keep_standings([SALON, SITE])
    better = replace(SALON, missing_minutes=0)
    reopen().keep_standings([better])
    assert reopen().standings(MONDAY) == [better, SITE]


def test_days_come_in_their_order_from_the_one_asked_for(reopen: Open) -> None:
    """What is older than the day asked for stays where it is."""
    for days in range(5):
        reopen().keep_standings([replace(SALON, day=MONDAY + days * DAY)])
    found = reopen().standings(MONDAY + 2 * DAY)
    assert [each.day for each in found] == [MONDAY + days * DAY for days in (2, 3, 4)]


def test_two_years_are_remembered(reopen: Open) -> None:
    """A day longer ago than that goes with the next one that is kept; keeping nothing forgets nothing."""
    for day in (MONDAY, MONDAY + DAY, MONDAY + REMEMBERED):
        reopen().keep_standings([replace(SALON, day=day)])
    assert [each.day for each in reopen().standings(date.min)] == [MONDAY, MONDAY + DAY, MONDAY + REMEMBERED]
    reopen().keep_standings([replace(SALON, day=MONDAY + REMEMBERED + DAY)])
    reopen().keep_standings([])
    assert next(each.day for each in reopen().standings(date.min)) == MONDAY + DAY


def test_a_day_that_lay_ahead_gives_way(reopen: Open) -> None:
    """What a look ahead had kept is gone once a run of an earlier day is."""
    reopen().keep_standings([replace(SALON, day=MONDAY + 30 * DAY), replace(SITE, day=MONDAY + 30 * DAY)])
    reopen().keep_standings([SALON])
    assert reopen().standings(date.min) == [SALON]


def test_a_row_that_is_none_is_damage(tmp_path: Path) -> None:
    """What retro cannot have written is told as a damaged state, not as a bug."""
    with SqlLedger(tmp_path) as ledger:
        ledger.keep_standings([SALON])
        with ledger._database.writing() as connection:
            connection.execute(standings.update().values(body="{}"))
        with pytest.raises(ConfigurationError):
            ledger.standings(MONDAY)


def test_moves_of_due_dates_are_remembered_as_long(reopen: Open) -> None:
    """A move of a due date goes with the first one that is found more than two years after it, on whichever board."""
    start = datetime(2027, 1, 4, 8, tzinfo=UTC)

    def read(board: str, after: timedelta, due: date) -> None:
        status = Status(None, Category.TODO, StatusOrigin.NATIVE)
        task = Task(key=f"{board}:1", board=board, title="Flyer", status=status, due=due)
        at = start + after
        reopen().store_snapshot(Snapshot(board=Board(key=board, name=board, source="s"), tasks=(task,), read_at=at))

    read("a", timedelta(), MONDAY)
    read("b", timedelta(), MONDAY)
    read("a", DAY, MONDAY + DAY)
    read("a", 2 * DAY, MONDAY + 2 * DAY)
    read("b", DAY + REMEMBERED, MONDAY)
    assert [move.when for move in reopen().due_moves()["a:1"]] == [start + DAY, start + 2 * DAY]
    read("b", 2 * DAY + REMEMBERED, MONDAY + DAY)
    moves = reopen().due_moves()
    assert [move.when for move in moves["a:1"]] == [start + 2 * DAY]
    assert [move.new for move in moves["b:1"]] == [MONDAY + DAY]
