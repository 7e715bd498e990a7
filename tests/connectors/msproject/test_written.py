"""A plan that was written for Microsoft Project, read back: the same tasks, links, people, hours and dates."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.connectors.msproject.plans import portfolio_of, read
from tests.plan_of_everything import NOW, TEAM, assessed, plan

from retro.model import (
    Assessment,
    Category,
    Lag,
    LagUnit,
    Link,
    Owner,
    Portfolio,
    Status,
    StatusOrigin,
    Task,
    TaskSchedule,
)
from retro.report import mspdi
from retro.schedule import ScheduleOptions, schedule

SEEDS = range(24)
TODO = Status(None, Category.TODO, StatusOrigin.NATIVE)
_STARTED = (Category.DOING, Category.REVIEW)


def back(written: Assessment) -> tuple[Portfolio, dict[str, str]]:
    """The plan as it is read back, and the keys that its tasks had, by their keys now."""
    portfolio, _calendars = portfolio_of(read(mspdi.document(written, TEAM).text))
    titles = {task.title: task.key for task in written.portfolio.tasks}
    return portfolio, {task.key: titles[task.title] for task in portfolio.tasks if task.title in titles}


def kind(task: Task) -> Category:
    """What a plan can tell of a status: not begun, under way, done."""
    category = task.status.category
    return Category.TODO if category is Category.READY else Category.DOING if category in _STARTED else category


@pytest.mark.parametrize("seed", SEEDS)
def test_tasks_come_back(seed: int) -> None:
    """Every scheduled task is there with its parent, people, and whether it is begun or done."""
    written = plan(seed)
    found, was = back(written)
    before = {task.key: task for task in written.portfolio.tasks}
    scheduled = written.schedule.tasks
    assert {was[task.key] for task in found.tasks if task.key in was} >= scheduled.keys()
    for task in found.tasks:
        key = was.get(task.key)
        if key is None:
            assert task.title == "Salon"  # the anchor, for which no task stands
            continue
        one = before[key]
        assert was.get(task.parent or "") == one.parent
        assert task.url is None
        assert (task.description or "").endswith(f"{one.url}")
        if key in scheduled:
            assert [owner.name for owner in task.owners] == [owner.name for owner in _people(one)]
            assert task.status.category is kind(one)


@pytest.mark.parametrize("seed", SEEDS)
def test_links_come_back(seed: int) -> None:
    """Every link between two tasks that are written is there with its kind and lag, but for what is told as left out.

    Shares of tasks that are not written with their estimate are minutes.
    """
    written = plan(seed)
    if written.schedule.cycles:
        pytest.skip("a plan with a circle")
    found, was = back(written)
    there = {(was[link.predecessor], was[link.successor]): link for link in found.links}
    parents = {task.parent for task in written.portfolio.tasks}
    kept = {
        (link.predecessor, link.successor): link
        for link in written.portfolio.links
        if {link.predecessor, link.successor} <= written.schedule.tasks.keys() - parents
    }
    assert kept.keys() <= there.keys()
    other = [ends for ends, link in kept.items() if not _alike(link, there[ends], written)]
    assert len(other) <= mspdi.document(written, TEAM).links_left_out


def _alike(link: Link, read_back: Link, written: Assessment) -> bool:
    said = written.schedule.tasks[link.predecessor]
    lag = link.lag
    if lag.unit is LagUnit.PERCENT and said.work_minutes != said.estimate_minutes:
        minutes = round(said.estimate_minutes * lag.value / 100)
        lag = Lag(minutes)
    return (read_back.type, read_back.lag) == (link.type, lag)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_planner_that_computes_finds_the_dates_that_were_written(seed: int) -> None:
    """Scheduled from its start by its own calendars, links and constraints, each open task stands where retro advises.

    Or as early as it still can, where the advised day has gone by; what is under way keeps its earliest finish.
    """
    written = plan(seed, every_link=False)
    if written.schedule.cycles:
        pytest.skip("a plan with a circle: its links are left out")
    text = mspdi.document(written, TEAM).text
    portfolio, calendars = portfolio_of(read(text))
    again = schedule(portfolio, calendars, ScheduleOptions(), NOW).tasks
    titles = {task.title: task.key for task in written.portfolio.tasks}
    for task in portfolio.tasks:
        key = titles.get(task.title)
        if key is None or key not in written.schedule.tasks:
            continue
        said, one = written.schedule.tasks[key], again[task.key]
        was = next(each for each in written.portfolio.tasks if each.key == key)
        if was.status.category is Category.DONE:
            continue
        people = _people(was)
        calendar = TEAM.of(people[0].key if people else None)
        assert one.earliest_finish is not None
        assert calendar.ordinal(one.earliest_finish) == calendar.ordinal(_finish(was, said))


def _people(task: Task) -> tuple[Owner, ...]:
    reviewed = task.status.category is Category.REVIEW and task.reviewer is not None
    return (task.reviewer,) if reviewed and task.reviewer is not None else task.owners


def _finish(task: Task, said: TaskSchedule) -> datetime:
    early, advised = said.earliest_finish, said.advised_finish
    assert early is not None
    return early if advised is None or task.status.category in _STARTED else max(early, advised)


def test_hours_and_leave_come_back() -> None:
    """Each person's hours on every day of two years are those that were written."""
    written = next(found for seed in SEEDS if _names(found := plan(seed)) == {"lea", "sam", "max"})
    portfolio, calendars = portfolio_of(read(mspdi.document(written, TEAM).text))
    keys = {owner.name: owner.key for task in portfolio.tasks for owner in task.owners}
    for name in ("lea", "sam", "max"):
        mine, theirs = TEAM.of(name), calendars.of(keys[name.title()])
        assert [mine.hours_of(year) for year in (2027, 2028)] == [theirs.hours_of(year) for year in (2027, 2028)]


def _names(written: Assessment) -> set[str]:
    tasks = (task for task in written.portfolio.tasks if task.key in written.schedule.tasks)
    return {owner.key for task in tasks for owner in task.owners}


def test_a_plan_of_microsoft_project_keeps_its_ids() -> None:
    """What came from a plan goes back with the same ids, and its latest dates are its own: it gains no deadlines."""
    first = read(mspdi.document(plan(1), TEAM).text)
    portfolio, calendars = portfolio_of(first)
    again = read(mspdi.document(assessed(portfolio, calendars), calendars).text)
    leaves = {task.key for task in first.tasks if task.key not in {each.parent for each in first.tasks}}
    assert {task.key for task in again.tasks} >= leaves
    assert {task.key: task.deadline for task in again.tasks if task.key in leaves} == {
        task.key: task.deadline for task in first.tasks if task.key in leaves
    }


def test_late_work_begins_as_early_as_it_can() -> None:
    """Where the advised day has gone by, the plan begins now, and the deadline tells how late that is."""
    late = plan(2).portfolio
    after = NOW + timedelta(days=170)
    written = assessed(late, now=after)
    found, was = back(written)
    for task in found.tasks:
        said = written.schedule.tasks.get(was.get(task.key, ""))
        if said is not None and task.status.category is Category.TODO:
            assert task.start is not None
            assert task.start == max(day for day in (said.earliest_start, said.advised_start) if day is not None)
            assert task.deadline == said.latest_finish


def test_a_task_of_two_people_lasts_as_long_as_for_the_first() -> None:
    """The hours of the first owner are the task's own calendar, which goes before those of its people."""
    base = plan(0).portfolio
    one = replace(base.tasks[0], owners=(Owner("lea", "Lea"), Owner("sam", "Sam")), status=TODO, milestone=False)
    written = assessed(replace(base, tasks=(one,), links=(Link("t0", "t0"),)))
    found, _was = back(written)
    task = next(each for each in found.tasks if each.owners)
    assert task.calendar is not None
    assert task.calendar_alone
    portfolio, calendars = portfolio_of(read(mspdi.document(written, TEAM).text))
    assert calendars.named[task.calendar].hours_of(2027) == TEAM.of("lea").hours_of(2027)
    assert portfolio.tasks[0].title == one.title
