"""At which instant a milestone stands: a shift's end and the next one's start are the same working minute."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars, build_calendar
from retro.model import Category, Constraint, ConstraintType, Portfolio, Schedule, Task
from retro.schedule import ScheduleOptions, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]
Plan = Callable[..., Schedule]

PARIS = ZoneInfo("Europe/Paris")
TEAM = Calendars(project=build_calendar(zone=PARIS))
BEGINS = datetime(2027, 1, 4, 9, tzinfo=PARIS)


@pytest.fixture
def computed(portfolio: Build) -> Plan:
    """Schedules as Microsoft Project does."""

    def run(tasks: Sequence[Task], *links: str) -> Schedule:
        made = portfolio(tasks, links)
        boards = tuple(replace(board, begins=BEGINS) for board in made.boards)
        return schedule(replace(made, boards=boards), TEAM, ScheduleOptions(), BEGINS)

    return run


def must(kind: str, when: str) -> Constraint:
    """A constraint on an hour of January 2027: "06T09:00"."""
    return Constraint(ConstraintType(kind), datetime.fromisoformat(f"2027-01-{when}").replace(tzinfo=PARIS))


def spans(result: Schedule, key: str) -> tuple[str, str]:
    """The instants of the earliest and of the latest date of a milestone."""
    said = result.tasks[key]
    assert said.earliest_start == said.earliest_finish
    assert said.latest_start == said.latest_finish
    return f"{said.earliest_start:%d %H:%M}", f"{said.latest_start:%d %H:%M}"


@pytest.mark.parametrize("when", ["06T09:00", "06T12:00", "06T13:00", "06T17:00", "09T12:00"])
@pytest.mark.parametrize("kind", ["MSO", "MFO"])
def test_what_must_be_at_an_instant_is_there(computed: Plan, task: Make, kind: str, when: str) -> None:
    """Earliest and latest are the very instant: at a shift's first minute, its last one, on a day off."""
    result = computed([task("m", milestone=True, constraint=must(kind, when)), task("long", 10)])
    assert spans(result, "m") == (when.replace("T", " "),) * 2
    assert result.tasks["m"].total_slack_minutes == 0


def test_a_milestone_is_not_due_before_it_can_be(computed: Plan, plan: Plan, task: Make) -> None:
    """Start no earlier than Saturday is Monday's first minute, late as early, by whatever the next date follows."""
    tasks = [task("m", milestone=True, constraint=must("SNET", "09T10:00")), task("n", milestone=True)]
    for result in (computed(tasks, "m>n"), plan(tasks, ["m>n"], date(2027, 1, 8))):
        for key in "mn":
            assert spans(result, key) == ("11 09:00", "11 09:00")
            assert result.tasks[key].total_slack_minutes == 0


def test_a_shifts_end_stays_one(computed: Plan, task: Make) -> None:
    """What may be at 17:00 is not put off until next morning."""
    result = computed([task("m", milestone=True, constraint=must("SNET", "06T17:00")), task("a", 1)], "m>a")
    assert spans(result, "m")[0] == "06 17:00"
    assert f"{result.tasks['a'].earliest_start:%d %H:%M}" == "07 09:00"


def test_a_computed_milestone_may_be_as_late_as_what_follows_begins(computed: Plan, task: Make) -> None:
    """As real files have it: the first minute of the next task, by way of other milestones too, or the plan's end."""
    tasks = [
        task("a", 1),
        task("m", milestone=True),
        task("n", milestone=True),
        task("b", 1),
        task("z", milestone=True),
    ]
    result = computed(tasks, "a>m", "m>n", "n>b", "b>z")
    assert spans(result, "m") == ("04 17:00", "05 09:00")
    assert spans(result, "n") == ("04 17:00", "05 09:00")
    assert spans(result, "z") == ("05 17:00", "05 17:00")


def test_the_teams_milestone_is_a_finish(plan: Plan, task: Make) -> None:
    """Its latest date is the last minute worked, so that the day it is written as is the right one."""
    result = plan([task("a", 1), task("m", milestone=True), task("b", 1)], ["a>m", "m>b"], date(2027, 1, 11))
    assert spans(result, "m") == ("04 17:00", "08 17:00")


def test_a_milestone_after_a_fact_stands_no_earlier(plan: Plan, task: Make) -> None:
    """What follows a task done on Sunday is not due on the Friday before."""
    done = task("d", 1, Category.DONE, completed=datetime(2027, 1, 10, 11, tzinfo=PARIS))
    result = plan(
        [done, task("m", milestone=True)], ["d>m"], date(2027, 1, 8), now=datetime(2027, 1, 4, 9, tzinfo=PARIS)
    )
    earliest, latest = spans(result, "m")
    assert earliest == latest == "10 11:00"
