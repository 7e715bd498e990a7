"""What durations rest on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import Calendars, build_calendar
from retro.model import Board, Category, Estimate, EstimateOrigin, Portfolio, Schedule, Task
from retro.schedule import ScheduleOptions
from retro.schedule.builder import build
from retro.schedule.durations import estimate, work
from retro.schedule.scope import scope

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
NUMBER, POINTS, SIZE = EstimateOrigin.NUMBER, EstimateOrigin.POINTS, EstimateOrigin.SIZE
END = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("estimates", "minutes", "origin"),
    [
        ([Estimate(NUMBER, 2, "days")], 840, "number"),
        ([Estimate(NUMBER, 2, "hours")], 120, "number"),
        ([Estimate(NUMBER, 45, "minutes")], 45, "number"),
        ([Estimate(NUMBER, 1.5)], 630, "number"),
        ([Estimate(POINTS, 3)], 630, "points"),
        ([Estimate(SIZE, text="xl")], 2100, "size"),
        ([Estimate(SIZE, text="Huge")], 420, "default"),
        ([Estimate(POINTS, 3), Estimate(NUMBER, 1, "days")], 420, "number"),
        ([Estimate(NUMBER, 0, "days"), Estimate(SIZE, text="S")], 210, "size"),
        ([Estimate(NUMBER, float("nan"))], 420, "default"),
        ([Estimate(NUMBER, -3, "days")], 420, "default"),
        ([Estimate(NUMBER, 3, "bananas")], 420, "default"),
        ([Estimate(NUMBER, 1e300, "days")], 10_000 * 420, "number"),
        ([], 420, "default"),
    ],
)
def test_the_first_answer_of_the_chain(
    plan: Plan, task: Make, estimates: Sequence[Estimate], minutes: int, origin: str
) -> None:
    """Number, points, size, else the default; a number that says nothing is passed over."""
    said = plan([task("a", estimates=tuple(estimates))], [], END).tasks["a"]
    assert (said.estimate_minutes, said.estimate_origin) == (minutes, origin)


def test_a_tasks_own_dates(plan: Plan, task: Make) -> None:
    """From Thursday to Tuesday are four working days, where nothing else is said."""
    said = plan([task("a", start=date(2027, 2, 4), due=date(2027, 2, 9))], [], END).tasks["a"]
    assert (said.estimate_minutes, said.estimate_origin) == (4 * 420, "dates")
    wrong = plan([task("a", start=date(2027, 2, 9), due=date(2027, 2, 4))], [], END).tasks["a"]
    assert wrong.estimate_origin == "default"


def test_the_chain_is_the_configurations(plan: Plan, task: Make) -> None:
    """Points before numbers when told so, and bare numbers in hours."""
    both = task("a", estimates=(Estimate(NUMBER, 4), Estimate(POINTS, 1)))
    assert plan([both], [], END, estimates=("points", "default")).tasks["a"].estimate_minutes == 210
    assert plan([both], [], END, number_unit="hours").tasks["a"].estimate_minutes == 240


@pytest.mark.parametrize(
    ("way", "minutes"),
    [("field:JH=days", 1050), ("field:jh=hours", 150), ("field:Charge=points", 630), ("field:Rien=days", 840)],
)
def test_a_boards_own_column(plan: Plan, task: Make, way: str, minutes: int) -> None:
    """A board may name a column, read as a number of another field or as its text; else the chain goes on."""
    made = task("a", 2, extra={"JH": "2,5", "Charge": "3"})
    said = plan([made], [], END, board_estimates={"b": (way,)}).tasks["a"]
    assert said.estimate_minutes == minutes


def test_a_parents_estimate_counts_only_if_no_child_has_one(plan: Plan, task: Make) -> None:
    """Spread over its leaves where none says anything; ignored as soon as one does."""
    parent = task("p", 3)
    spread = plan([parent, task("a", parent="p"), task("b", parent="p")], [], END).tasks
    assert [spread[key].estimate_minutes for key in "ab"] == [630, 630]
    assert spread["a"].estimate_origin == "number"
    one = plan([parent, task("a", 1, parent="p"), task("b", parent="p")], [], END).tasks
    assert (one["b"].estimate_minutes, one["b"].estimate_origin) == (420, "default")


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [({}, 1680), ({"remaining": 100}, 100), ({"percent": 25.0}, 1260), ({"percent": 140.0}, 0), ({"remaining": -5}, 0)],
)
def test_what_remains(plan: Plan, task: Make, changes: dict[str, object], minutes: int) -> None:
    """The board's remaining work, else its percentage, else the whole estimate."""
    doing = replace(task("a", 4, Category.DOING), **changes)  # type: ignore[arg-type]  # fields of Task, by name
    said = plan([doing], [], END).tasks["a"]
    assert (said.estimate_minutes, said.work_minutes) == (1680, minutes)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "days": st.sampled_from([None, None, None, 0, 2]),
                "category": st.sampled_from([Category.TODO, Category.TODO, Category.READY, Category.DOING]),
                "milestone": st.sampled_from([False, False, False, True]),
                "start": st.sampled_from([None, date(2027, 2, 4)]),
                "due": st.sampled_from([None, date(2027, 2, 9)]),
                "extra": st.sampled_from([{}, {}, {"Taille": "3"}]),
                "percent": st.sampled_from([None, 50.0]),
            }
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([("dates", "default"), ("field:Taille", "dates", "default"), ("default",)]),
)
def test_tasks_that_are_asked_without_a_call(
    task: Make, drawn: Sequence[dict[str, object]], chain: tuple[str, ...]
) -> None:
    """A task of which the board says nothing gets, in a network, what the chain would answer, and all of it is left."""
    tasks = [task(str(place), **facts) for place, facts in enumerate(drawn)]
    calendars, options = Calendars(project=build_calendar()), ScheduleOptions(estimates=chain)
    portfolio = Portfolio(boards=(Board(key="b", name="Projet", source="s"),), tasks=tuple(tasks))
    network = build(portfolio, scope(portfolio), calendars, options)
    said = [estimate(each, options, calendars.project) for each in tasks]
    assert network.estimates == said
    assert network.left == [work(each, minutes, options) for each, (minutes, _) in zip(tasks, said, strict=True)]
