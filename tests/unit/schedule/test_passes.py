"""Latest and earliest dates, worked out by hand on one and on two calendars."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import Category, Constraint, ConstraintType, Schedule, Task

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
At = Callable[[str], datetime]

BASE = build_calendar(zone=ZoneInfo("Europe/Paris"))
SATURDAYS = person_calendar(
    BASE, week_overrides=dict.fromkeys(range(5), ()) | {4: BASE.week[4], 5: parse_hours("9:00-12:00")}
)
EVENINGS = person_calendar(BASE, week_overrides=dict.fromkeys(range(5), parse_hours("14:00-22:00")))
TEAM = Calendars(
    project=BASE,
    people={
        "lea": person_calendar(BASE, leave=[parse_range("2027-01-11..2027-01-15")]),
        "sam": SATURDAYS,
        "eve": EVENINGS,
    },
)


def test_a_chain_counts_back_from_its_anchor(plan: Plan, at: At) -> None:
    """Three days, then two, before a Monday launch: the second ends with the launch day, the first ends before it."""
    said = plan({"a": 3, "b": 2}, ["a>b"], date(2027, 3, 1)).tasks
    assert said["b"].latest_finish == at("2027-03-01T17:00")
    assert said["b"].latest_start == at("2027-02-26T09:00")
    assert said["a"].latest_finish == at("2027-02-25T17:00")
    assert said["a"].latest_start == at("2027-02-23T09:00")
    assert said["a"].earliest_start == at("2027-01-04T09:00")
    assert said["a"].earliest_finish == at("2027-01-06T17:00")
    assert said["b"].earliest_start == at("2027-01-07T09:00")
    assert said["a"].total_slack_minutes == said["b"].total_slack_minutes == 36 * 420
    assert said["a"].anchor == "p/end"


def test_an_anchor_on_a_day_off_is_the_last_minute_before(plan: Plan, at: At) -> None:
    """A launch on Ascension Day 2027 (6 May) means that work ends on the eve."""
    result = plan({"a": 1}, [], date(2027, 5, 6))
    assert result.tasks["a"].latest_finish == at("2027-05-05T17:00")
    assert result.anchors[0].date == at("2027-05-05T17:00")
    assert result.anchors[0].day == date(2027, 5, 6)


def test_an_anchor_at_its_start_ends_work_the_working_day_before(plan: Plan, at: At) -> None:
    """With `anchor_at = "start"` a Monday launch wants everything on Friday."""
    said = plan({"a": 1}, [], date(2027, 3, 1), anchor_at="start").tasks
    assert said["a"].latest_finish == at("2027-02-26T17:00")


@pytest.mark.parametrize(
    ("link", "starts"),
    [
        ("a>b", "2027-01-06T09:00"),
        ("a>b FS 420", "2027-01-07T09:00"),
        ("a>b FS -210", "2027-01-05T13:30"),
        ("a>b FS 2880e", "2027-01-08T09:00"),
        ("a>b FS 50%", "2027-01-07T09:00"),
        ("a>b SS", "2027-01-04T09:00"),
        ("a>b SS 60", "2027-01-04T10:00"),
        ("a>b FF", "2027-01-04T09:00"),
        ("a>b FF 420", "2027-01-04T09:00"),
        ("a>b FF 1260", "2027-01-06T09:00"),
        ("a>b SF 2100", "2027-01-06T09:00"),
    ],
)
def test_every_kind_of_link_forwards(plan: Plan, at: At, link: str, starts: str) -> None:
    """Two days then three, from Monday 4 January: the second starts where the link and its lag allow."""
    said = plan({"a": 2, "b": 3}, [link], date(2027, 3, 1)).tasks
    assert said["b"].earliest_start == at(starts)


@pytest.mark.parametrize(
    ("link", "finishes"),
    [
        ("a>b", "2027-02-24T17:00"),
        ("a>b FS 420", "2027-02-23T17:00"),
        ("a>b FS 2880e", "2027-02-23T09:00"),
        ("a>b FS 50%", "2027-02-23T17:00"),
        ("a>b SS", "2027-02-26T17:00"),
        ("a>b SS 420", "2027-02-25T17:00"),
        ("a>b FF", "2027-03-01T17:00"),
        ("a>b FF 420", "2027-02-26T17:00"),
        ("a>b SF 420", "2027-03-01T17:00"),
        ("a>b SF 1260", "2027-02-26T17:00"),
    ],
)
def test_every_kind_of_link_backwards(plan: Plan, at: At, link: str, finishes: str) -> None:
    """Two days then three that end on Monday 1 March: the first may finish as late as the link allows."""
    said = plan({"a": 2, "b": 3}, [link], date(2027, 3, 1)).tasks
    latest = said["a"].latest_finish
    assert latest is not None
    assert BASE.ordinal(latest) == BASE.ordinal(at(finishes))


def test_a_lag_is_consumed_on_the_successors_calendar(plan: Plan, task: Make, at: At) -> None:
    """Two days of lag before Léa's task are two of her working days: her week of leave does not count."""
    tasks = [task("a", 1), task("b", 1, owner="lea")]
    said = plan(tasks, ["a>b FS 840"], date(2027, 3, 1), calendars=TEAM, now=at("2027-01-07T09:00")).tasks
    assert said["a"].earliest_finish == at("2027-01-07T17:00")
    assert said["b"].earliest_start == at("2027-01-19T09:00")


def test_a_task_runs_on_its_owners_calendar(plan: Plan, task: Make, at: At) -> None:
    """Two days of Léa's that end on 18 January begin on 8 January: she is away between."""
    said = plan([task("a", 2, owner="lea")], [], date(2027, 1, 18), calendars=TEAM).tasks
    assert said["a"].latest_start == at("2027-01-08T09:00")


def test_what_must_have_begun_begins_before_a_leave(plan: Plan, task: Make, at: At) -> None:
    """Where another's start in her week of leave waits for Léa's, she begins before she leaves, not once back."""
    tasks = [task("a", 1, owner="lea"), task("b", 5)]
    said = plan(tasks, ["a>b SS"], date(2027, 1, 19), calendars=TEAM).tasks
    assert said["b"].latest_start == at("2027-01-13T09:00")
    assert said["a"].latest_start == at("2027-01-08T16:59")


def test_a_milestone_keeps_the_exact_instant_of_what_it_waits_for(plan: Plan, task: Make, at: At) -> None:
    """Sam's Saturday work, an undated milestone, then office work: nothing begins before Sam has finished."""
    tasks = [task("a", 1.2, owner="sam"), task("m", milestone=True), task("b", 1, owner="sam"), task("c", 1)]
    said = plan(tasks, ["a>m", "m>b", "m>c"], date(2027, 3, 1), calendars=TEAM).tasks
    assert said["a"].earliest_finish == at("2027-01-09T10:24")
    assert said["m"].earliest_start == said["m"].earliest_finish == at("2027-01-09T10:24")
    assert said["b"].earliest_start == at("2027-01-09T10:24")
    assert said["c"].earliest_start == at("2027-01-11T09:00")


def test_a_milestone_may_sit_at_the_end_of_a_day(plan: Plan, task: Make, at: At) -> None:
    """It does not hop to the next morning, and what follows begins there."""
    said = plan([task("a", 1), task("m", milestone=True), task("b", 1)], ["a>m", "m>b"], date(2027, 3, 1)).tasks
    assert said["m"].earliest_finish == at("2027-01-04T17:00")
    assert said["b"].earliest_start == at("2027-01-05T09:00")
    assert said["m"].latest_finish == at("2027-02-26T17:00")


@pytest.mark.parametrize(("link", "finishes"), [("a>m", "2027-02-26T17:00"), ("a>m FS 420", "2027-02-25T22:00")])
def test_a_milestone_holds_those_who_work_later(plan: Plan, task: Make, at: At, link: str, finishes: str) -> None:
    """A milestone at Friday 17:00 is not met on Friday evening; a day before it leaves Thursday evening."""
    tasks = [task("a", 1, owner="eve"), task("m", milestone=True), task("b", 1)]
    said = plan(tasks, [link, "m>b"], date(2027, 3, 1), calendars=TEAM).tasks
    assert said["a"].latest_finish == at(finishes)


def test_a_share_of_the_predecessor_is_of_its_whole_estimate(plan: Plan, task: Make, at: At) -> None:
    """Half of a four-day task is two days of lag, also when one day of it remains."""
    doing = task("a", 4, Category.DOING, remaining=420)
    said = plan([doing, task("b", 1)], ["a>b FS 50%"], date(2027, 3, 1)).tasks
    assert said["b"].earliest_start == at("2027-01-07T09:00")


def test_what_is_under_way_keeps_its_start(plan: Plan, task: Make, at: At) -> None:
    """Its remaining work goes on from now, whatever its links say; its start is the one that it had."""
    doing = task("b", 4, Category.DOING, actual_start=date(2027, 1, 4), percent=75.0)
    said = plan([task("a", 5), doing], ["a>b"], date(2027, 3, 1), now=at("2027-01-06T09:00")).tasks["b"]
    assert said.earliest_start == said.latest_start == said.advised_start == at("2027-01-04T09:00")
    assert said.earliest_finish == at("2027-01-06T17:00")
    assert (said.estimate_minutes, said.work_minutes) == (4 * 420, 420)
    assert said.latest_finish == at("2027-03-01T17:00")


def test_what_is_done_is_a_fact(plan: Plan, task: Make, at: At) -> None:
    """It holds nothing back but by its real finish, has no latest dates, and leaves its predecessors free."""
    done = task("b", 2, Category.DONE, actual_start=date(2027, 1, 5), actual_finish=date(2027, 1, 8))
    said = plan([task("a", 1), done, task("c", 1)], ["a>b", "b>c FS 420"], date(2027, 3, 1)).tasks
    assert (said["b"].earliest_start, said["b"].earliest_finish) == (at("2027-01-05T09:00"), at("2027-01-08T17:00"))
    assert said["b"].latest_finish is None
    assert said["b"].estimate_origin == "actual"
    assert said["b"].estimate_minutes == 4 * 420
    assert said["a"].latest_finish == at("2027-03-01T17:00")
    assert said["c"].earliest_start == at("2027-01-12T09:00")


def test_ready_work_may_finish_on_the_anchor(plan: Plan, task: Make, at: At) -> None:
    """A finished card that is not yet out has no work left and ends with the launch day."""
    said = plan([task("a", 3, Category.READY)], [], date(2027, 3, 1)).tasks["a"]
    assert said.latest_start == said.latest_finish == at("2027-03-01T17:00")
    assert (said.estimate_minutes, said.work_minutes, said.margin_minutes) == (1260, 0, 0)


def test_a_review_runs_on_its_reviewers_calendar(plan: Plan, task: Make, at: At) -> None:
    """A day of review by somebody on leave ends when they are back."""
    reviewer = task("x", owner="lea").owners[0]
    review = replace(task("a", 5, Category.REVIEW), reviewer=reviewer)
    said = plan([review], [], date(2027, 3, 1), calendars=TEAM, now=at("2027-01-11T09:00")).tasks["a"]
    assert said.earliest_finish == at("2027-01-18T17:00")
    assert said.work_minutes == 420


@pytest.mark.parametrize(
    ("kind", "dates"),
    [
        (ConstraintType.SNET, ("2027-02-01T09:00", "2027-03-01T17:00")),
        (ConstraintType.FNET, ("2027-01-29T09:00", "2027-03-01T17:00")),
        (ConstraintType.SNLT, ("2027-01-04T09:00", "2027-02-02T17:00")),
        (ConstraintType.FNLT, ("2027-01-04T09:00", "2027-02-01T17:00")),
        (ConstraintType.MSO, ("2027-02-01T09:00", "2027-02-02T17:00")),
        (ConstraintType.MFO, ("2027-01-29T09:00", "2027-02-01T17:00")),
    ],
)
def test_constraints(plan: Plan, task: Make, at: At, kind: ConstraintType, dates: tuple[str, str]) -> None:
    """Two days of work under a constraint on Monday 1 February."""
    said = plan([replace(task("a", 2), constraint=Constraint(kind, date(2027, 2, 1)))], [], date(2027, 3, 1)).tasks
    assert (said["a"].earliest_start, said["a"].latest_finish) == (at(dates[0]), at(dates[1]))


def test_a_constraint_that_cannot_be_met_shows_on_itself_and_upstream(plan: Plan, task: Make) -> None:
    """Five days before something due in three: two days are missing on both."""
    bound = replace(task("b", 1), deadline=date(2027, 1, 7))
    said = plan([task("a", 5), bound], ["a>b"], date(2027, 3, 1)).tasks
    assert said["a"].total_slack_minutes == said["b"].total_slack_minutes == -2 * 420


def test_due_dates_bind_only_if_told(plan: Plan, task: Make, at: At) -> None:
    """The team's dates are judged, not obeyed, until `due_dates = "deadline"`."""
    tasks = [task("a", 1, due=date(2027, 2, 1))]
    assert plan(tasks, [], date(2027, 3, 1)).tasks["a"].latest_finish == at("2027-03-01T17:00")
    bound = plan(tasks, [], date(2027, 3, 1), due_dates="deadline").tasks["a"]
    assert bound.latest_finish == at("2027-02-01T17:00")


def test_the_forward_pass_begins_where_it_is_told(plan: Plan, at: At) -> None:
    """`--start` takes the place of now, before or after it."""
    later = plan({"a": 1}, [], date(2027, 3, 1), start=date(2027, 2, 1)).tasks["a"]
    earlier = plan({"a": 1}, [], date(2027, 3, 1), start=date(2026, 12, 1)).tasks["a"]
    assert (later.earliest_start, earlier.earliest_start) == (at("2027-02-01T09:00"), at("2026-12-01T09:00"))


def test_free_slack(plan: Plan) -> None:
    """One day beside a three-day branch into the same task may slip two days before anything moves."""
    said = plan({"a": 3, "b": 1, "c": 1}, ["a>c", "b>c"], date(2027, 3, 1)).tasks
    assert (said["a"].free_slack_minutes, said["b"].free_slack_minutes) == (0, 840)
    assert said["c"].free_slack_minutes == said["c"].total_slack_minutes


def test_critical_is_the_least_slack_and_what_is_near_it(plan: Plan) -> None:
    """The longer branch is critical; within a threshold the other one is as well."""
    tasks, links = {"a": 3, "b": 1, "c": 1}, ["a>c", "b>c"]
    strict = plan(tasks, links, date(2027, 3, 1)).tasks
    assert {key for key, said in strict.items() if said.critical} == {"a", "c"}
    wide = plan(tasks, links, date(2027, 3, 1), critical_within=840).tasks
    assert {key for key, said in wide.items() if said.critical} == {"a", "b", "c"}
