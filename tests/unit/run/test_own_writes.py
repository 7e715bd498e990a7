"""What retro filled in is not taken for the team's word; what a human changed is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from retro.model import Board, Category, Change, Portfolio, Status, StatusOrigin, Task, WriteLevel
from retro.ports import Acknowledged, Intent
from retro.run.own_writes import Known, as_written, before_retro, known_writes, without_own_dates
from retro.testing.ledger import MemoryLedger

NOW = datetime(2026, 11, 23, tzinfo=UTC)
START, DUE = date(2027, 1, 4), date(2027, 1, 8)
TASK = Task(key="t", board="b", title="T", start=START, due=DUE)
WRITTEN = {
    ("t", field): Acknowledged(task="t", field=field, value=value, run="r")
    for field, value in (("start", START), ("due", DUE))
}
KNOWN = Known(WRITTEN)


def intent(number: int, old: date | None, new: date, state: str = "acknowledged") -> Intent:
    """A journalled write of the due date."""
    change = Change(
        id=str(number), task="t", title="T", url=None, board="b", field="due", level=WriteLevel.OVERWRITE, old=old,
        new=new, why="schedule", revision="r",
    )  # fmt: skip
    return Intent(id=number, run="r", change=change, state=state, created=NOW, returned=new)


def left(task: Task) -> tuple[object, object]:
    """Start and due as the schedule sees them."""
    (seen,) = without_own_dates(Portfolio(tasks=(task,)), KNOWN).tasks
    return seen.start, seen.due


def test_overwritten_dates_are_what_they_were() -> None:
    """A date that retro wrote over the team's own is that one again for the schedule, so that no duration is lost."""
    team, first, second = date(2027, 1, 22), date(2027, 2, 4), DUE
    journal = [intent(1, team, first), intent(2, first, date(2027, 3, 1), "refused"), intent(3, first, second)]
    known = Known(WRITTEN, before_retro(journal))
    assert without_own_dates(Portfolio(tasks=(TASK,)), known).tasks[0].due == team
    human = date(2027, 1, 25)
    assert before_retro([*journal, intent(4, human, first)]) == {("t", "due"): human}


def test_an_anchor_keeps_its_date() -> None:
    """A milestone's date is what the plan is made from: it is never taken for retro's."""
    assert left(replace(TASK, milestone=True)) == (START, DUE)


def test_filled_dates_are_taken_out() -> None:
    """Dates exactly as retro wrote them are its own."""
    assert left(TASK) == (None, None)


def test_a_moved_date_is_the_teams() -> None:
    """A date that a human moved since stays."""
    moved = date(2027, 1, 11)
    assert left(replace(TASK, due=moved)) == (None, moved)


def test_work_under_way_keeps_its_start() -> None:
    """A task under way has begun when it says, but a start that retro filled in makes no duration."""
    doing = replace(TASK, status=Status("En cours", Category.DOING, StatusOrigin.MAPPED))
    (seen,) = without_own_dates(Portfolio(tasks=(doing,)), KNOWN).tasks
    assert (seen.start, seen.actual_start, seen.due) == (None, START, None)


def test_what_is_coming_is_judged_as_there() -> None:
    """A due date that this run fills in counts as filled in; retro's own fields change nothing of the task."""
    bare = replace(TASK, start=None, due=None)
    change = Change(
        id="1", task="t", title="T", url=None, board="b", field="due", level=WriteLevel.FILL, old=None, new=DUE,
        why="schedule", revision="r",
    )  # fmt: skip
    portfolio = Portfolio(tasks=(bare,))
    assert as_written(portfolio, [change]).tasks[0].due == DUE
    assert as_written(portfolio, [replace(change, field="retro_latest")]) is portfolio


def moved(now: Task, *written: Acknowledged, in_comments: bool = False) -> set[str]:
    """The fields of which it is known what retro wrote, for a card that came from board `old` to board `new`."""
    ledger = MemoryLedger()
    ledger.adopt("old", written)
    place = {"review": "comment"} if in_comments else {}
    boards = tuple(Board(key=key, name=key, source="s", own_in=place) for key in ("old", "new"))
    known = known_writes(ledger, Portfolio(boards=boards, tasks=(now,)), UTC)
    return {field for _task, field in known.written}


def test_fields_stay_behind_with_their_board() -> None:
    """Own fields that a card lost by going to another board were emptied by nobody; the team's dates went along."""
    latest = Acknowledged(task="t", field="retro_latest", value=DUE, run="r", at=NOW)
    due = Acknowledged(task="t", field="due", value=DUE, run="r", at=NOW)
    assert moved(Task(key="t", board="new", title="T", due=DUE), latest, due) == {"due"}
    assert moved(Task(key="t", board="old", title="T", due=DUE), latest, due) == {"due", "retro_latest"}


def test_a_comment_goes_along() -> None:
    """Retro's comment on a card that went to another board is still what retro wrote."""
    review = Acknowledged(task="t", field="retro_review", value="A", run="r", at=NOW, mark="comment:1")
    now = Task(key="t", board="new", title="T", own={"review": "A"}, marks={"review": "comment:1"})
    assert moved(now, review, in_comments=True) == {"retro_review"}


def test_a_card_that_came_back_left_its_fields_there() -> None:
    """What counts is the last board on which retro wrote: an older record of the board it is on now is void."""
    ledger = MemoryLedger()
    for board, at in (("old", NOW), ("new", NOW + timedelta(days=1))):
        ledger.adopt(board, [Acknowledged(task="t", field="retro_latest", value=DUE, run="r", at=at)])
    boards = tuple(Board(key=key, name=key, source="s") for key in ("old", "new"))
    back = Portfolio(boards=boards, tasks=(Task(key="t", board="old", title="T"),))
    assert not known_writes(ledger, back, UTC).written
