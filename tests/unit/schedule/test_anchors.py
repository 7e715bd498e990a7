"""What anchors bind, what comes after the launch, and what an impossible date says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from retro.calendars import Calendars, build_calendar, person_calendar
from retro.model import Anchor, Category, Membership, Schedule, Task, Verdict

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
At = Callable[[str], datetime]

BASE = build_calendar()
TEAM = Calendars(project=BASE, people={"lea": person_calendar(BASE, share=0.8)})


def test_without_an_anchor_only_earliest_dates(plan: Plan, at: At) -> None:
    """No date to work back from: no latest, advised, slack or margin, and nothing is critical."""
    result = plan({"a": 1})
    said = result.tasks["a"]
    assert said.earliest_finish == at("2027-01-04T17:00")
    assert (said.latest_finish, said.advised_finish, said.total_slack_minutes, said.margin_minutes) == (None,) * 4
    assert not said.critical
    assert result.anchors == ()


def test_an_open_milestone_with_a_due_date_is_an_anchor(plan: Plan, task: Make, at: At) -> None:
    """It binds its predecessors, and whatever has no path to an anchor."""
    launch = task("m", milestone=True, due=date(2027, 3, 1))
    result = plan([task("a", 1), task("b", 1), launch], ["a>m"])
    assert [anchor.key for anchor in result.anchors] == ["m"]
    assert {result.tasks[key].latest_finish for key in "abm"} == {at("2027-03-01T17:00")}
    assert plan([task("a", 1), launch], ["a>m"], milestones="task").anchors == ()


def test_a_done_milestone_is_none(plan: Plan, task: Make) -> None:
    """What has been reached holds nothing."""
    assert plan([task("a", 1), task("m", None, Category.DONE, milestone=True, due=date(2027, 3, 1))]).anchors == ()


def test_with_several_anchors_the_least_latest_finish(plan: Plan, task: Make, at: At) -> None:
    """A task before two milestones works to the first; one before neither works to the project's last."""
    tasks = [
        task("a", 1),
        task("b", 1),
        task("m1", milestone=True, due=date(2027, 2, 1)),
        task("m2", milestone=True, due=date(2027, 3, 1)),
    ]
    said = plan(tasks, ["a>m1", "a>m2"]).tasks
    assert (said["a"].latest_finish, said["a"].anchor) == (at("2027-02-01T17:00"), "m1")
    assert (said["b"].latest_finish, said["b"].anchor) == (at("2027-03-01T17:00"), "m2")


def test_work_between_two_anchors(plan: Plan, task: Make, at: At) -> None:
    """What follows the first anchor waits for its date and works to the last one."""
    tasks = [
        task("m1", milestone=True, due=date(2027, 2, 1)),
        task("b", 1),
        task("c", 1, owner="lea"),
        task("m2", milestone=True, due=date(2027, 3, 1)),
    ]
    said = plan(tasks, ["m1>b", "m1>c"], calendars=TEAM).tasks
    assert said["b"].earliest_start == said["c"].earliest_start == at("2027-02-02T09:00")
    assert said["b"].latest_finish == at("2027-03-01T17:00")
    assert said["c"].latest_finish == at("2027-03-01T15:36")


def test_between_equal_anchors_the_first_key(plan: Plan, task: Make) -> None:
    """Of two milestones on one day, the one whose key comes first is named."""
    tasks = [task("a", 1), *(task(key, milestone=True, due=date(2027, 2, 1)) for key in ("m2", "m1"))]
    assert plan(tasks, ["a>m2", "a>m1"]).tasks["a"].anchor == "m1"


def test_a_given_anchor_binds_its_task(plan: Plan, task: Make, at: At) -> None:
    """An anchor of the configuration that names a task makes an end of it; what follows is after the launch."""
    anchor = Anchor(key="p/0", name="Mise en ligne", date=date(2027, 3, 1), project="p", task="b")
    result = plan([task("a", 1), task("b", 1), task("c", 1)], ["a>b", "b>c"], anchors=[anchor])
    said = result.tasks
    assert said["b"].latest_finish == at("2027-03-01T17:00")
    assert said["a"].latest_finish == at("2027-02-26T17:00")
    assert said["c"].latest_finish is None
    assert said["c"].earliest_start == at("2027-03-02T09:00")


def test_after_launch_by_words(plan: Plan, task: Make, at: At) -> None:
    """A debriefing by its title, its list, or its label hangs on the launch forwards, and so does what follows it."""
    tasks = [
        task("a", 1, title="Débrief de la campagne"),
        task("b", 1, memberships=(Membership("b", "Post-mortem"),)),
        task("c", 1, labels=("Bilan",)),
        task("d", 1),
        task("e", 1),
    ]
    said = plan(tasks, ["a>d"], date(2027, 3, 1)).tasks
    for key in "abc":
        assert said[key].latest_finish is None
        assert said[key].margin_minutes is None
        assert said[key].earliest_start == at("2027-03-02T09:00")
    assert said["d"].latest_finish is None
    assert said["e"].latest_finish == at("2027-03-01T17:00")


def test_a_link_to_the_launch_speaks_louder_than_words(plan: Plan, task: Make) -> None:
    """A "bilan" that the launch waits for comes before it."""
    tasks = [task("a", 1, title="Bilan de la saison"), task("m", milestone=True, due=date(2027, 3, 1))]
    assert plan(tasks, ["a>m"]).tasks["a"].latest_finish is not None


def test_an_impossible_date_says_what_is_missing(plan: Plan, at: At) -> None:
    """Three days, two days and one day from Monday 4 January for Friday 8: a day is missing; the levers say how."""
    result = plan({"a": 3, "b": 2, "c": 1, "z": 1}, ["a>b", "b>c"], date(2027, 1, 8))
    anchor = result.anchors[0]
    assert not anchor.feasible
    assert anchor.missing_minutes == 420
    assert anchor.chain == ("a", "b", "c")
    assert anchor.slack_minutes == -420
    cut, overlap, move = anchor.levers
    assert (cut.kind, cut.task, cut.gain_minutes) == ("cut", "a", 1260)
    assert (overlap.kind, overlap.task, overlap.other, overlap.gain_minutes) == ("overlap", "a", "b", 840)
    assert (move.kind, move.date, move.gain_minutes) == ("move", at("2027-01-11T17:00"), 420)
    assert {said.verdict for key, said in result.tasks.items() if key != "z"} == {Verdict.INFEASIBLE}
    assert plan({"a": 3, "b": 2, "c": 1}, ["a>b", "b>c"], date(2027, 1, 11)).anchors[0].feasible


def test_moving_the_date_as_told_makes_it_feasible(plan: Plan) -> None:
    """The third lever holds, also where work must end the working day before."""
    for anchor_at in ("start", "end"):
        late = plan({"a": 3, "b": 4}, ["a>b"], date(2027, 1, 8), anchor_at=anchor_at).anchors[0]
        moved = late.levers[-1].date
        assert moved is not None
        assert plan({"a": 3, "b": 4}, ["a>b"], moved.date(), anchor_at=anchor_at).anchors[0].feasible


def test_a_chain_goes_through_spans_and_unplanned_tasks(plan: Plan, task: Make) -> None:
    """The chain names what causes it, by way of a parent's boundary and of a cancelled task."""
    tasks = [
        task("p"),
        task("p1", 4, parent="p"),
        task("p2", 1, parent="p"),
        task("x", 9, Category.CANCELLED),
        task("c", 2),
    ]
    anchor = plan(tasks, ["p>x", "x>c"], date(2027, 1, 6)).anchors[0]
    assert anchor.chain == ("p1", "x", "c")
    assert anchor.missing_minutes == 3 * 420


def test_nothing_waits_before_a_date(plan: Plan, task: Make) -> None:
    """An anchor before which everything is done holds, with no slack to speak of."""
    anchor = plan([task("a", 1, Category.DONE)], [], date(2027, 3, 1)).anchors[0]
    assert anchor.feasible
    assert anchor.slack_minutes is None


def test_an_anchor_with_an_hour(plan: Plan, task: Make, at: At) -> None:
    """A webinar at 14:00 wants everything ready at 14:00."""
    webinar = replace(task("m", milestone=True), due=at("2027-03-01T14:00"))
    assert plan([task("a", 1), webinar], ["a>m"]).tasks["a"].latest_finish == at("2027-03-01T14:00")
