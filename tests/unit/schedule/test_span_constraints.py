"""What a constraint on a task over others asks of those under it: none earlier, or none later, than a date."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars, build_calendar
from retro.model import Category, Constraint, ConstraintType, Portfolio, Schedule, Task, Verdict
from retro.schedule import ScheduleOptions, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]
Plan = Callable[..., Schedule]

PARIS = ZoneInfo("Europe/Paris")
TEAM = Calendars(project=build_calendar(zone=PARIS))
BEGINS = datetime(2027, 1, 4, 9, tzinfo=PARIS)
LATER = datetime(2027, 6, 1, 9, tzinfo=PARIS)
END = date(2027, 3, 1)


def snet(day: int) -> Constraint:
    """Nothing starts before a day of January."""
    return Constraint(ConstraintType.SNET, datetime(2027, 1, day, 9, tzinfo=PARIS))


def fnlt(day: int) -> Constraint:
    """Everything is over by the end of a day of January."""
    return Constraint(ConstraintType.FNLT, datetime(2027, 1, day, 17, tzinfo=PARIS))


def under(make: Make, constraint: Constraint, **deadline: date) -> list[Task]:
    """A span over another one over `a`, and over `b`; `c` stands outside of it."""
    return [
        make("top", constraint=constraint, **deadline),
        make("mid", parent="top"),
        make("a", 1, parent="mid"),
        make("b", 2, parent="top"),
        make("c", 1),
    ]


@pytest.fixture
def computed(portfolio: Build) -> Plan:
    """Schedules as Microsoft Project does, from the plan's own start."""

    def run(tasks: list[Task], *links: str) -> Schedule:
        made = portfolio(tasks, links)
        boards = tuple(replace(board, begins=BEGINS) for board in made.boards)
        return schedule(replace(made, boards=boards), TEAM, ScheduleOptions(), LATER)

    return run


def test_no_leaf_starts_before_its_span_may(computed: Plan, plan: Plan, task: Make) -> None:
    """Start no earlier on a parent floors every leaf under it, however deep, in plans of both kinds, and no other."""
    tasks = under(task, snet(11))
    for said in (computed(tasks, "a>b").tasks, plan(tasks, ["a>b"], END).tasks):
        starts = {key: f"{one.earliest_start:%d %Hh}" for key, one in said.items()}
        assert starts == {"a": "11 09h", "b": "12 09h", "c": "04 09h"}


def test_a_span_that_may_start_before_its_plan_says_nothing(computed: Plan, task: Make) -> None:
    """Its leaves begin where the plan does: only a date of its own puts a task before that."""
    early = Constraint(ConstraintType.SNET, datetime(2026, 12, 1, 9, tzinfo=PARIS))
    assert f"{computed(under(task, early)).tasks['a'].earliest_start:%m-%d}" == "01-04"
    assert f"{computed([task('a', 1, constraint=early)]).tasks['a'].earliest_start:%m-%d}" == "12-01"


def test_a_later_date_of_a_leaf_holds_beside_its_spans(computed: Plan, task: Make) -> None:
    """Of two starts no earlier, the later one counts; what really began keeps its start."""
    top, mid, a, b, c = under(task, snet(11))
    begun = replace(b, actual_start=BEGINS, status=task("x", 1, Category.DOING).status)
    said = computed([top, mid, replace(a, constraint=snet(13)), begun, c]).tasks
    assert f"{said['a'].earliest_start:%d}" == "13"
    assert f"{said['b'].earliest_start:%d}" == "04"


def test_every_leaf_is_over_by_its_spans_last_day(computed: Plan, plan: Plan, task: Make) -> None:
    """Finish no later on a parent bounds the latest finish of every leaf; what it lacks is negative slack."""
    tasks = under(task, fnlt(5))
    for said in (computed(tasks, "a>b").tasks, plan(tasks, ["a>b"], END).tasks):
        assert [f"{said[key].latest_finish:%d %Hh}" for key in "ab"] == ["31 17h", "05 17h"]
        assert [said[key].total_slack_minutes for key in "ab"] == [-420, -420]
        assert f"{said['b'].earliest_start:%d}" == "05"
        assert said["c"].verdict is not Verdict.INFEASIBLE


def test_a_spans_deadline_binds_nothing(computed: Plan, task: Make) -> None:
    """As in Microsoft Project it is an indicator: latest dates stand as without it."""
    tasks = under(task, snet(4))
    with_it = under(task, snet(4), deadline=date(2027, 1, 4))
    assert computed(with_it, "a>b") == computed(tasks, "a>b")


def test_a_cancelled_span_constrains_nothing(plan: Plan, task: Make) -> None:
    """Nobody works to what was called off."""
    top, *rest = under(task, snet(11))
    gone = replace(top, status=task("x", 1, Category.CANCELLED).status)
    assert f"{plan([gone, *rest], ['a>b'], END).tasks['a'].earliest_start:%d}" == "04"


def test_the_chain_of_a_date_that_cannot_be_met_names_the_spans_constraint(plan: Plan, task: Make) -> None:
    """What keeps the first task from starting is told, though it stands on the parent."""
    result = plan(under(task, snet(25)), ["a>b"], date(2027, 1, 26))
    (anchor,) = result.anchors
    assert not anchor.feasible
    assert [(step.task, step.constraint) for step in anchor.steps] == [("a", ConstraintType.SNET), ("b", None)]
