"""What retro filled in is not taken for the team's word; what a human changed is."""

from dataclasses import replace
from datetime import date

from retro.model import Category, Change, Portfolio, Status, StatusOrigin, Task, WriteLevel
from retro.ports import Acknowledged
from retro.run.own_writes import as_written, without_own_dates

START, DUE = date(2027, 1, 4), date(2027, 1, 8)
TASK = Task(key="t", board="b", title="T", start=START, due=DUE)
KNOWN = {
    ("t", field): Acknowledged(task="t", field=field, value=value, run="r")
    for field, value in (("start", START), ("due", DUE))
}


def left(task: Task) -> tuple[object, object]:
    """Start and due as the schedule sees them."""
    (seen,) = without_own_dates(Portfolio(tasks=(task,)), KNOWN).tasks
    return seen.start, seen.due


def test_filled_dates_are_taken_out() -> None:
    """Dates exactly as retro wrote them are its own."""
    assert left(TASK) == (None, None)


def test_a_moved_date_is_the_teams() -> None:
    """A date that a human moved since stays."""
    moved = date(2027, 1, 11)
    assert left(replace(TASK, due=moved)) == (None, moved)


def test_work_under_way_keeps_its_start() -> None:
    """A task under way has started when it says."""
    doing = replace(TASK, status=Status("En cours", Category.DOING, StatusOrigin.MAPPED))
    assert left(doing) == (START, None)


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
