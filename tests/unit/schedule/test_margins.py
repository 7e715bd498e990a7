"""Margins of critical tasks, and the advised dates that keep them free."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from retro.model import Category, Schedule, Task, Verdict
from retro.schedule import margin_of

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
At = Callable[[str], datetime]


@pytest.mark.parametrize(
    ("work", "share", "margin"),
    [(960, 0.2, 195), (1050, 0.2, 210), (420, 0.2, 90), (1, 0.2, 15), (0, 0.2, 0), (420, 0.0, 0), (75, 0.2, 15)],
)
def test_margins_are_rounded_up_to_a_quarter(work: int, share: float, margin: int) -> None:
    """16 hours give 192 minutes, hence 195; an exact quarter stays."""
    assert margin_of(work, share) == margin


def test_each_critical_task_is_followed_by_its_own_margin(plan: Plan, at: At) -> None:
    """Three days then two before Monday 1 March: 255 minutes after the first, 180 after the second."""
    said = plan({"a": 3, "b": 2}, ["a>b"], date(2027, 3, 1)).tasks
    assert (said["a"].margin_minutes, said["b"].margin_minutes) == (255, 180)
    # 180 minutes before Monday 17:00 is 14:00; two days before that, Thursday 14:00; 255 minutes before, 9:45…
    assert said["b"].advised_finish == at("2027-03-01T14:00")
    assert said["b"].advised_start == at("2027-02-25T14:00")
    assert said["a"].advised_finish == at("2027-02-24T16:45")
    assert said["a"].cumulated_margin_minutes == 255 + 180
    assert said["b"].cumulated_margin_minutes == 180


def test_other_tasks_have_none(plan: Plan) -> None:
    """The short branch has room enough: its margin is nothing, and its advised date moves with what follows."""
    said = plan({"a": 10, "b": 1, "c": 1}, ["a>c", "b>c"], date(2027, 3, 1)).tasks
    assert said["b"].margin_minutes == 0
    assert said["b"].cumulated_margin_minutes == said["c"].margin_minutes == 90


def test_a_task_that_becomes_least_gets_a_margin_too(plan: Plan, task: Make) -> None:
    """The margin of c makes the second milestone press harder on s than the first one does: s becomes critical."""
    tasks = [
        task("k", 5),
        task("s", 1),
        task("m1", milestone=True, due=date(2027, 2, 1)),
        task("c", 10),
        task("m2", milestone=True, due=date(2027, 2, 16)),
    ]
    result = plan(tasks, ["k>m1", "s>m1", "s>c", "c>m2"])
    margins = {key: said.margin_minutes for key, said in result.tasks.items()}
    assert margins == {"k": 420, "c": 840, "s": 90, "m1": 0, "m2": 0}
    assert (result.rounds, result.settled) == (3, True)


def test_margins_of_nothing_leave_advised_at_latest(plan: Plan) -> None:
    """With `margin = 0` both passes agree."""
    for said in plan({"a": 3, "b": 2}, ["a>b"], date(2027, 3, 1), margin=0.0).tasks.values():
        assert (said.advised_start, said.advised_finish) == (said.latest_start, said.latest_finish)
        assert said.margin_minutes == 0


def test_the_remaining_work_counts(plan: Plan, task: Make) -> None:
    """A task under way keeps a margin for what is left of it."""
    doing = replace(task("a", 10, Category.DOING), remaining=600)
    assert plan([doing], [], date(2027, 3, 1)).tasks["a"].margin_minutes == 120


def test_verdicts(plan: Plan, task: Make) -> None:
    """Due on the launch day leaves no margin: thin. Due two days before: ok. No time left: infeasible."""
    end = date(2027, 3, 1)
    assert plan([task("a", 3, due=end)], [], end).tasks["a"].verdict is Verdict.THIN
    assert plan([task("a", 3, due=date(2027, 2, 25))], [], end).tasks["a"].verdict is Verdict.OK
    assert plan([task("a", 3)], [], date(2027, 1, 6)).tasks["a"].verdict is Verdict.THIN
    assert plan([task("a", 3)], [], date(2027, 1, 5)).tasks["a"].verdict is Verdict.INFEASIBLE
