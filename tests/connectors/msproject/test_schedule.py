"""A plan is scheduled by its own calendars, from its own start; retro.toml speaks of people where it says something."""

from datetime import date

import pytest
from tests.connectors.msproject.plans import (
    Content,
    calendar,
    off,
    plan,
    portfolio_of,
    read,
    scheduled,
    task,
    weekday,
)

from retro.model import Schedule, TaskSchedule


def dates(found: Schedule, uid: int) -> TaskSchedule:
    """What the schedule says of a task."""
    return found.tasks[f"plan.xml:{uid}"]


def wall(*instants: object) -> list[str]:
    """Instants as day and hour."""
    return [str(instant)[5:16] for instant in instants]


def early(found: Schedule, uid: int) -> list[str]:
    """Earliest start and finish of a task."""
    return wall(dates(found, uid).earliest_start, dates(found, uid).earliest_finish)


def late(found: Schedule, uid: int) -> list[str]:
    """Latest start and finish of a task."""
    return wall(dates(found, uid).latest_start, dates(found, uid).latest_finish)


def of(*tasks: Content, text: str = "", **more: Content) -> Schedule:
    """The schedule of a plan."""
    return scheduled(read(plan(*tasks, **more)), text)


def test_a_plan_begins_at_its_own_start() -> None:
    """Earliest dates count from the plan's start, and its own earliest finish bounds what is latest."""
    found = of(task(1, 8), task(2, 16, 1), task(3, 8))
    assert [early(found, uid) for uid in (1, 2, 3)] == [
        ["01-04 08:00", "01-04 17:00"],
        ["01-05 08:00", "01-06 17:00"],
        ["01-04 08:00", "01-04 17:00"],
    ]
    assert late(found, 3) == ["01-06 08:00", "01-06 17:00"]
    assert [dates(found, uid).total_slack_minutes for uid in (1, 2, 3)] == [0, 0, 960]


HELD = {"ConstraintType": 3, "ConstraintDate": "2027-02-12T17:00:00"}
DUE = {"Deadline": "2027-02-12T17:00:00"}
DONE = {"PercentComplete": 100}


@pytest.mark.parametrize(
    ("fields", "anchors"),
    [(HELD | DUE, 1), (HELD, 0), (DUE, 0), (HELD | {"Deadline": "2027-02-15T17:00:00"}, 0), (HELD | DUE | DONE, 0)],
)
def test_a_milestone_that_nothing_moves_is_a_launch(fields: dict[str, Content], anchors: int) -> None:
    """One that must finish on its deadline is what the plan works to; one of the two alone is no more than that."""
    for linked in (False, True):
        last = task(3, 0, 2, **fields) if linked else task(3, 0, **fields)
        snapshot = read(plan(task(1, 8), task(2, 16, 1), last))
        assert [str(each.date)[:16] for each in snapshot.board.anchors] == ["2027-02-12 17:00"] * anchors
        found = scheduled(snapshot)
        assert [each.day is not None for each in found.anchors] == [True] * anchors
        if anchors:
            assert [each.task for each in snapshot.board.anchors] == (["plan.xml:3"] if linked else [None])
            assert ("plan.xml:3" in found.tasks) is linked
            assert late(found, 2)[1] == "02-12 17:00"


def test_dates_of_a_plan_bind_nothing() -> None:
    """A start and a finish that the tool computed are no constraints, and its milestones are no anchors."""
    fields = {"Start": "2027-02-01T08:00:00", "Finish": "2027-02-01T17:00:00"}
    found = of(task(1, 8, **fields), task(2, 0, 1, **fields))
    assert early(found, 1) == ["01-04 08:00", "01-04 17:00"]
    assert found.anchors == ()


def test_constraints_and_deadlines_bind() -> None:
    """Start no earlier than moves the earliest start, a deadline the latest finish."""
    late_start = {"ConstraintType": 4, "ConstraintDate": "2027-01-06T08:00:00"}
    found = of(task(1, 8, **late_start), task(2, 8, Deadline="2027-01-05T12:00:00"))
    assert early(found, 1) == ["01-06 08:00", "01-06 17:00"]
    assert late(found, 2) == ["01-04 13:00", "01-05 12:00"]


def test_its_calendar_stands_for_the_configured_one() -> None:
    """Hours and days off are the plan's; French holidays and the configured hours do not touch it."""
    holiday = {"Calendar": [calendar(1, Exceptions={"Exception": [off("2027-05-10", "2027-05-10")]})]}
    found = of(task(1, 24), StartDate="2027-05-06T08:00:00", Calendars=holiday)
    # 6 May 2027 is Ascension, a public holiday in France.
    assert early(found, 1) == ["05-06 08:00", "05-11 17:00"]


TEAM: dict[str, Content] = {
    "Resources": {"Resource": [{"UID": 1, "Name": "Léa Martin", "Type": 1, "CalendarUID": 2}]},
    "Assignments": {"Assignment": [{"TaskUID": 1, "ResourceUID": 1, "Units": 1}]},
    "Calendars": {
        "Calendar": [
            calendar(1),
            calendar(2, "Léa Martin", 1, [weekday(3)]),
            calendar(3, "Press", days=[weekday(2, "08:00-12:00"), weekday(3, "08:00-12:00")]),
        ]
    },
}


def test_people_work_by_their_own_calendar() -> None:
    """Léa, who has her Tuesdays off, takes until Wednesday for two days of work."""
    assert early(of(task(1, 16), **TEAM), 1) == ["01-04 08:00", "01-06 17:00"]


def test_what_the_configuration_says_of_somebody_wins() -> None:
    """Her leave in retro.toml comes on top of the hours that the plan gives her; her hours there replace them."""
    leave = '[people.lea]\nname = "Léa Martin"\nleave = ["2027-01-06"]\n'
    assert early(of(task(1, 16), text=leave, **TEAM), 1) == ["01-04 08:00", "01-07 17:00"]
    hours = '[people.lea]\nname = "Léa Martin"\nweek = { tue = "8:00-12:00" }\n'
    assert early(of(task(1, 16), text=hours, **TEAM), 1) == ["01-04 08:00", "01-06 12:00"]


def test_a_task_is_worked_when_its_calendar_and_its_people_are() -> None:
    """A press that runs on Mondays and Tuesdays, with Léa who has her Tuesdays off, runs on Mondays alone.

    Where the task says to pass over its people's calendars, the press runs on both days.
    """
    assert early(of(task(1, 8, CalendarUID=3), **TEAM), 1) == ["01-04 08:00", "01-11 12:00"]
    assert early(of(task(1, 8, CalendarUID=3, IgnoreResourceCalendar=1), **TEAM), 1) == ["01-04 08:00", "01-05 12:00"]


def test_elapsed_days_run_over_the_week_end() -> None:
    """Three elapsed days from Friday morning end on Monday morning."""
    found = of(task(1, 72, DurationFormat=8), StartDate="2027-01-08T08:00:00")
    assert early(found, 1) == ["01-08 08:00", "01-11 08:00"]


def test_days_have_the_plans_length() -> None:
    """One day is 480 minutes where the plan says so, in the calendars of that run."""
    _portfolio, team = portfolio_of(read(plan(task(1))))
    assert team.project.day_minutes == 480
    assert team.project.is_working_day(date(2027, 5, 6))


def test_a_plan_without_calendar_takes_the_configured_one() -> None:
    """Without calendars of its own a plan is worked by the configured hours."""
    found = of(task(1, 7), Calendars="")
    assert early(found, 1) == ["01-04 09:00", "01-04 17:00"]


def test_a_lag_of_a_century_ends_at_the_horizon() -> None:
    """Dates beyond what calendars know are held at their edge, at once."""
    found = of(task(1, 8), task(2, 8, {"PredecessorUID": 1, "Type": 1, "LinkLag": 10**12, "LagFormat": 7}))
    finish = dates(found, 2).earliest_finish
    assert finish is not None
    assert finish.year >= 2199


def test_a_ring_of_thousands_is_one_cycle() -> None:
    """A thousand tasks that wait for each other are named in order, and scheduled all the same."""
    count = 1000
    found = of(*(task(uid, 8, uid - 1 or count) for uid in range(1, count + 1)))
    assert [len(cycle) for cycle in found.cycles] == [count]
    assert all(each.earliest_finish is not None for each in found.tasks.values())


def test_summaries_in_one_another_are_scheduled() -> None:
    """A thousand levels, each with a task beside the next one: every task has its dates."""
    found = of(*(task(2 * level + leaf, 8, level=level) for level in range(1, 1001) for leaf in (0, 1)))
    assert len(found.tasks) >= 1000
    assert {str(each.earliest_start)[5:16] for each in found.tasks.values()} == {"01-04 08:00"}
