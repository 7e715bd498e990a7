"""What the ledger remembers of anchors and due dates, for the rules that ask for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from retro.model import (
    Anchor,
    AnchorMoves,
    AnchorOrigin,
    Board,
    Category,
    Change,
    DueMove,
    PlanBaseline,
    Portfolio,
    Project,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
    WriteLevel,
)
from retro.model.plan_baseline import BaselineAnchor
from retro.ports import Acknowledged
from retro.run.own_writes import Known
from retro.run.remembered import anchored, history, see_anchors
from retro.schedule import ScheduleOptions
from retro.testing.ledger import MemoryLedger

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 8, tzinfo=PARIS)
DAY = timedelta(days=1)
NOBODY = Portfolio()


def anchor(day: date, name: str = "Salon", key: str = "p/0", origin: AnchorOrigin | None = None) -> Anchor:
    """An anchor of one project."""
    return Anchor(key=key, name=name, date=day, project="p", origin=origin or AnchorOrigin.CONFIGURATION)


def march(day: int) -> date:
    """A day of March."""
    return date(2027, 3, day)


def moved(ledger: MemoryLedger, *anchors: Anchor) -> tuple[AnchorMoves, ...]:
    """The anchors that are not where they were."""
    return history(ledger, NOBODY, anchors, Known(), zone=PARIS).anchors


def seen(ledger: MemoryLedger, days: int, *anchors: Anchor) -> None:
    """A run that read them so many days later."""
    see_anchors(ledger, anchors, now=NOW + days * DAY, zone=PARIS)


def test_what_was_never_read_before_has_not_moved() -> None:
    """The first read of an anchor is where it begins."""
    ledger = MemoryLedger()
    assert moved(ledger, anchor(march(1))) == ()
    seen(ledger, 0, anchor(march(1)))
    assert moved(ledger, anchor(march(1))) == ()


def test_moves_count_from_the_first_read() -> None:
    """There and back is no move in the end; there, back and away are three."""
    ledger = MemoryLedger()
    for days, day in enumerate((1, 8, 1, 15)):
        seen(ledger, days, anchor(march(day)))
        assert bool(moved(ledger, anchor(march(day)))) is (day != 1)
    (found,) = moved(ledger, anchor(march(15)))
    assert (found.was, found.now, found.times, found.since, found.baseline) == (march(1), march(15), 3, NOW, "")


def test_an_anchor_added_before_another_moves_none() -> None:
    """Those of the configuration are numbered in its order, and known by their names."""
    ledger = MemoryLedger()
    seen(ledger, 0, anchor(march(1)), anchor(march(20), "Débat", "p/1"))
    now = (anchor(date(2027, 2, 1), "Teaser"), anchor(march(1), key="p/1"), anchor(march(20), "Débat", "p/2"))
    seen(ledger, 1, *now)
    assert moved(ledger, *now) == ()


def test_two_anchors_of_one_name_are_told_apart() -> None:
    """The second one is known by its place."""
    ledger = MemoryLedger()
    seen(ledger, 0, anchor(march(1)), anchor(march(20), key="p/1"))
    (found,) = moved(ledger, anchor(march(1)), anchor(march(22), key="p/1"))
    assert (found.key, found.was) == ("p/1", march(20))


def test_a_milestone_keeps_its_identity_under_another_name() -> None:
    """The task is what stays the same."""
    ledger = MemoryLedger()
    seen(ledger, 0, anchor(march(1), "Salon", "trello:1", AnchorOrigin.MILESTONE))
    (found,) = moved(ledger, anchor(march(8), "Salon 2027", "trello:1", AnchorOrigin.MILESTONE))
    assert (found.name, found.was) == ("Salon 2027", march(1))


@pytest.mark.parametrize("kept", ["p/0", "p/7"])
def test_the_last_baseline_says_what_was_agreed(kept: str) -> None:
    """It goes before the first read, and only moves since it was set are counted; its anchors are known by name."""
    ledger = MemoryLedger()
    for days, day in enumerate((1, 8, 15)):
        seen(ledger, days, anchor(march(day)))
    agreed = (BaselineAnchor(key=kept, name="Salon", project="p", day=march(15)),)
    ledger.keep_plan_baseline(PlanBaseline(name="kickoff", set_at=NOW - 9 * DAY, anchors=()))
    ledger.keep_plan_baseline(PlanBaseline(name="comité", set_at=NOW + 3 * DAY, anchors=agreed))
    assert moved(ledger, anchor(march(15))) == ()
    seen(ledger, 4, anchor(march(22)))
    (found,) = moved(ledger, anchor(march(22)))
    assert (found.was, found.times, found.baseline) == (march(15), 1, "comité")


def test_an_anchor_that_the_baseline_lacks_is_held_against_its_first_read() -> None:
    """A project that came later has its own beginning."""
    ledger = MemoryLedger()
    seen(ledger, 0, anchor(march(1)))
    ledger.keep_plan_baseline(PlanBaseline(name="kickoff", set_at=NOW + DAY, anchors=()))
    (found,) = moved(ledger, anchor(march(8)))
    assert (found.was, found.baseline) == (march(1), "")


def milestone(key: str, board: str = "b") -> Task:
    """An open milestone with a date."""
    return Task(key=key, board=board, title=key, due=march(1), milestone=True)


def test_anchors_are_those_that_the_schedule_finds() -> None:
    """Open dated milestones among them; neither computed dates nor those of an option."""
    boards = (Board(key="b", name="B", source="s"), Board(key="c", name="C", source="s", begins=march(1)))
    tasks = (milestone("m"), milestone("computed", "c"), replace(milestone("undated"), due=None))
    given = Project(key="given", name="G", anchors=(anchor(march(2)),))
    asked = Project(key="asked", name="A", anchors=(anchor(march(3), origin=AnchorOrigin.OPTION),))
    found = Project(key="found", name="F", tasks=("m", "computed", "undated"))
    portfolio = Portfolio(boards=boards, tasks=tasks, projects=(given, asked, found))
    assert [each.key for each in anchored(portfolio, ScheduleOptions())] == ["p/0", "m"]
    assert [each.key for each in anchored(portfolio, ScheduleOptions(milestones="task"))] == ["p/0"]


def doing(due: date, moves: Sequence[DueMove] = ()) -> Task:
    """A card with a due date, and what the tool tells of its moves."""
    status = Status("En cours", Category.DOING, StatusOrigin.MAPPED)
    return Task(key="t", board="b", title="Brief", status=status, due=due, due_history=tuple(moves))


def wrote(ledger: MemoryLedger, day: date, at: datetime) -> Known:
    """That retro wrote a due date, and the team's cell held another."""
    change = Change(
        id="c",
        task="t",
        title="Brief",
        url=None,
        board="b",
        field="due",
        level=WriteLevel.FILL,
        old=None,
        new=day,
        why="schedule",
        revision="",
    )
    (intent,) = ledger.intend("run", [change], at)
    ledger.settle(intent, "acknowledged", day, at + timedelta(seconds=2))
    return Known(written={("t", "due"): Acknowledged(task="t", field="due", value=day, run="run")})


def own(ledger: MemoryLedger, known: Known, task: Task) -> frozenset[datetime]:
    """The moves of a task that were retro's own."""
    found = history(ledger, Portfolio(tasks=(task,)), (), known, zone=PARIS).own_moves
    return found.get("t", frozenset())


def test_a_move_that_retro_wrote_is_its_own() -> None:
    """To the day that it wrote, at the time that it did; the same day at another time was somebody else's choice."""
    ledger = MemoryLedger()
    known = wrote(ledger, march(5), NOW)
    moves = [
        DueMove(NOW + timedelta(seconds=1), "Léa", march(1), datetime(2027, 3, 5, 11, tzinfo=UTC)),
        DueMove(NOW + timedelta(seconds=1, minutes=1), "Léa", march(5), march(8)),
        DueMove(NOW + 2 * DAY, "Léa", march(8), march(5)),
    ]
    assert own(ledger, known, doing(march(5), moves)) == {moves[0].when}
    assert own(ledger, Known(), doing(march(5), moves)) == frozenset(), (
        "what retro never wrote is nobody's but people's"
    )


def test_a_move_found_by_a_later_read_is_retros_where_it_wrote_that_day() -> None:
    """The read after the write finds the day that was written."""
    ledger = MemoryLedger()
    board = Board(key="b", name="B", source="s")
    ledger.store_snapshot(Snapshot(board=board, tasks=(doing(march(1)),), read_at=NOW - DAY))
    known = wrote(ledger, march(5), NOW)
    ledger.store_snapshot(Snapshot(board=board, tasks=(doing(march(5)),), read_at=NOW + DAY))
    ledger.store_snapshot(Snapshot(board=board, tasks=(doing(march(9)),), read_at=NOW + 2 * DAY))
    assert [move.new for move in ledger.due_moves()["t"]] == [march(5), march(9)]
    assert own(ledger, known, doing(march(9))) == {NOW + DAY}


def test_boards_of_others_are_left_out() -> None:
    """A state may know boards that the configuration does not name any more."""
    ledger = MemoryLedger()
    for key in ("b", "old"):
        ledger.store_snapshot(Snapshot(board=Board(key=key, name=key, source="s"), tasks=(), read_at=NOW))
    portfolio = Portfolio(boards=(Board(key="b", name="B", source="s"),))
    assert history(ledger, portfolio, (), Known(), zone=PARIS).boards.keys() == {"b"}
