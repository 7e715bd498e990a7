"""What a plan's dates are: which tasks are in them, and what of each."""

from dataclasses import replace
from datetime import date, timedelta

from tests.unit.schedule.conftest import NOW, PARIS, PLAIN, make_portfolio, make_task

from retro.model import BoardKind, Category, Portfolio, Role
from retro.model.codec import dumps, loads
from retro.model.plan_baseline import PlanBaseline
from retro.schedule import ScheduleOptions, schedule
from retro.schedule.baseline import project_ends, set_aside, taken


def taken_of(portfolio: Portfolio) -> PlanBaseline:
    """The dates of a portfolio as scheduled now."""
    dates = schedule(portfolio, PLAIN, ScheduleOptions(), NOW)
    return taken(portfolio, dates, name="kickoff", now=NOW, read_at={"b": NOW - timedelta(hours=1)}, zone=PARIS)


def test_only_planned_tasks_are_kept() -> None:
    """Ideas, what is cancelled or archived, and cards that are no tasks are in no plan; what is done is."""
    tasks = [
        make_task("todo", 1),
        make_task("idea", category=Category.IDEA),
        make_task("cancelled", category=Category.CANCELLED),
        make_task("archived", archived=True),
        make_task("done", category=Category.DONE),
        make_task("done and archived", category=Category.DONE, archived=True),
        make_task("template", role=Role.TEMPLATE),
    ]
    portfolio = make_portfolio(tasks, (), end=date(2027, 3, 1))
    assert [task.key for task in taken_of(portfolio).tasks] == ["todo", "done", "done and archived"]
    assert set_aside(portfolio) == {"idea", "cancelled", "archived"}


def test_dates_of_the_team_and_of_the_schedule_are_kept() -> None:
    """A task keeps its own dates, the schedule's and its owner; the anchor its day and its margin."""
    task = make_task("a", 2, owner="Léa", start=date(2027, 2, 1), due=date(2027, 2, 26))
    portfolio = make_portfolio([task], (), end=date(2027, 3, 1))
    found = taken_of(portfolio)
    planned = schedule(portfolio, PLAIN, ScheduleOptions(), NOW).tasks["a"]
    (kept,) = found.tasks
    assert (kept.start, kept.due, kept.owners) == (task.start, task.due, ("Léa",))
    assert (kept.advised_start, kept.advised_finish) == (planned.advised_start, planned.advised_finish)
    assert (kept.latest_finish, kept.earliest_finish) == (planned.latest_finish, planned.earliest_finish)
    assert [(each.day, each.slack_minutes is None) for each in found.anchors] == [(date(2027, 3, 1), False)]
    ((_project, basis, end),) = project_ends(found, PARIS)
    assert (basis.value, end.day) == ("anchor", date(2027, 3, 1))
    assert found.boards[0].read_at == NOW - timedelta(hours=1)


def test_boards_that_flow_have_no_plan() -> None:
    """A board of kind flow works to no date: its tasks are left out."""
    portfolio = make_portfolio([make_task("a", 1)], ())
    board = replace(portfolio.boards[0], kind=BoardKind.FLOW)
    found = taken_of(replace(portfolio, boards=(board,)))
    assert (found.tasks, found.boards) == ((), ())


def test_a_baseline_is_json_and_back() -> None:
    """What is kept comes back as it was, dates as dates and instants as instants."""
    due = NOW.replace(hour=17)
    tasks = [make_task("a", 2, due=due), make_task("é « 🚀 »", due=date(2027, 2, 26), milestone=True)]
    found = taken_of(make_portfolio(tasks, (), end=date(2027, 3, 1)))
    assert loads(PlanBaseline, dumps(found)) == found
