"""What nobody means, and somebody types: absurd dates and lags, and networks made to hang a scheduler."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from retro.model import Anchor, Category, Constraint, ConstraintType, Schedule, Task, Verdict

Plan = Callable[..., Schedule]
Make = Callable[..., Task]

PARIS = ZoneInfo("Europe/Paris")
CENTURY = 100 * 252 * 420
EDGES = (
    date(1, 1, 1),
    date(9999, 12, 31),
    datetime(1, 1, 1, tzinfo=PARIS),
    datetime(9999, 12, 31, 23, 59, tzinfo=PARIS),
)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("kind", ["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"])
def test_constraints_at_the_ends_of_time(plan: Plan, task: Make, edge: date, kind: str) -> None:
    """Years 1 and 9999 are dates like any other: every task is scheduled, a date before or after them is none."""
    constraint = Constraint(ConstraintType(kind), edge)
    tasks = [task("a", 1), task("b", 1, constraint=constraint), task("c", 1)]
    said = plan(tasks, ["a>b", "b>c"], date(2027, 3, 1)).tasks
    assert {"a", "b", "c"} == set(said)
    assert all(one.total_slack_minutes is not None for one in said.values())
    dates = [(one.earliest_start, one.earliest_finish, one.latest_start, one.latest_finish) for one in said.values()]
    assert all(day is None or day.year in (1, 2027, 9998, 9999) for days in dates for day in days)
    assert any(day is not None and day.year == 2027 for days in dates for day in days)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("anchor_at", ["start", "end"])
def test_anchors_at_the_ends_of_time(plan: Plan, task: Make, edge: date, anchor_at: str) -> None:
    """An end in year 1 cannot be met, one in 9999 leaves thousands of years."""
    anchor = Anchor(key="p/end", name="Fin", date=edge, project="p")
    result = plan([task("a", 1), task("b", 2, due=edge, start=edge)], ["a>b"], anchors=[anchor], anchor_at=anchor_at)
    assert result.anchors[0].feasible == (edge.year == 9999)
    slack = result.anchors[0].slack_minutes
    assert slack is not None
    assert abs(slack) > 1900 * 250 * 420


@pytest.mark.parametrize("edge", EDGES)
def test_facts_and_begun_tasks_at_the_ends_of_time(plan: Plan, task: Make, edge: date) -> None:
    """What was done, or begun, in year 1 or 9999 is taken as it stands."""
    done = task("a", None, Category.DONE, actual_start=edge, actual_finish=edge, completed=None)
    begun = task("b", 2, Category.DOING, start=edge, actual_start=edge)
    said = plan([done, begun, task("c", 1)], ["a>b", "b>c"], date(2027, 3, 1)).tasks
    assert set(said) == {"a", "b", "c"}


def test_a_lag_of_a_century(plan: Plan, task: Make) -> None:
    """A hundred years of 252 days later is a date a hundred years later; elapsed time too, and leads."""
    links = [f"a>b FS {CENTURY}", f"a>c FS {100 * 365 * 1440}e", f"a>d FS {-CENTURY}"]
    said = plan([task(key, 1) for key in "abcd"], links, date(2027, 3, 1)).tasks
    assert said["b"].earliest_start is not None
    assert said["c"].earliest_start is not None
    assert abs(said["b"].earliest_start.year - 2127) <= 2
    assert said["c"].earliest_start.year == 2126
    assert said["d"].total_slack_minutes is not None


def test_what_no_date_can_hold_is_no_date(plan: Plan, task: Make) -> None:
    """Before year 1 or after 9999 no date is given, neither its edge nor an error; what is missing is told."""
    said = plan([task("a", 1), task("b", 1)], [f"a>b FS {10**12}"], date(2027, 3, 1)).tasks
    assert (said["b"].earliest_start, said["b"].earliest_finish) == (None, None)
    assert said["b"].latest_finish is not None
    assert (said["a"].latest_start, said["a"].latest_finish, said["a"].advised_finish) == (None, None, None)
    assert said["a"].earliest_finish is not None
    assert said["a"].verdict is said["b"].verdict is Verdict.INFEASIBLE


@pytest.mark.parametrize(("days", "proposed"), [(20_000, True), (60_000, False)])
def test_no_date_is_proposed_that_cannot_be_asked_for(plan: Plan, days: int, proposed: bool) -> None:  # noqa: FBT001 - a case
    """A lever moves the end to a year that `--end` takes, or is not one."""
    (anchor,) = plan({"a": 1, "b": 1}, [f"a>b FS {days * 420}"], date(2027, 3, 1)).anchors
    assert not anchor.feasible
    assert ("move" in {lever.kind for lever in anchor.levers}) is proposed


def test_a_chain_of_many_tasks_needs_no_recursion(plan: Plan) -> None:
    """Twelve thousand tasks in a row, with a cycle of the last thousand, are scheduled one after the other."""
    keys = [f"t{number:05d}" for number in range(12_000)]
    links = [f"{first}>{last}" for first, last in pairwise(keys)]
    links.append(f"{keys[-1]}>{keys[-1000]}")
    result = plan(dict.fromkeys(keys, 0.1), links, date(2027, 3, 1), margin=0.0)
    assert len(result.tasks) == len(keys)
    assert [len(cycle) for cycle in result.cycles] == [1000]


def test_many_knots_are_named_to_a_bound(plan: Plan) -> None:
    """Two thousand tasks that all wait for each other's neighbours: some cycles are named, and all are scheduled."""
    keys = [f"t{number:04d}" for number in range(2000)]
    links = [f"{keys[a]}>{keys[(a + step) % len(keys)]}" for a in range(len(keys)) for step in (1, 7, 63, 512, 1999)]
    result = plan(dict.fromkeys(keys, 1), links, date(2027, 3, 1), margin=0.0)
    assert result.cycles
    assert len(result.tasks) == len(keys)


def test_a_task_that_waits_for_itself(plan: Plan, task: Make) -> None:
    """It is a cycle of one, which binds nothing: it and what follows it are scheduled; a parent too may be one."""
    tasks = [task("a", 1), task("b", 1), task("top"), task("c", 1, parent="top"), task("d", None, Category.DONE)]
    result = plan(tasks, ["a>a", "a>b", "top>top", "d>d", "b>c"], date(2027, 3, 1))
    assert result.cycles == (("a",), ("top",))
    assert replace(result, cycles=()) == plan(tasks, ["a>b", "b>c"], date(2027, 3, 1))
