"""The chance of making a date: what it is in closed form, what moves it, and that it is the same each time."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from statistics import NormalDist
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendars, build_calendar
from retro.model import Anchor, Category, Constraint, ConstraintType, Portfolio, Task
from retro.schedule import ScheduleOptions, chances, schedule
from retro.schedule.chance import SHARED, SPREAD

Make = Callable[..., Task]
Build = Callable[..., Portfolio]
PARIS = ZoneInfo("Europe/Paris")
PLAIN = Calendars(project=build_calendar(zone=PARIS))
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
"""A Monday."""


def chance(portfolio: Portfolio, draws: int = 2000, seed: int = 0, now: datetime = NOW) -> float | None:
    """The chance of the only anchor."""
    found = chances(portfolio, PLAIN, ScheduleOptions(), now, draws=draws, seed=seed)
    return next(iter(found.values()), None)


@pytest.mark.parametrize(("days", "end"), [(5, date(2027, 1, 8)), (4, date(2027, 1, 8)), (5, date(2027, 1, 6))])
def test_one_task_has_the_chance_of_its_distribution(task: Make, portfolio: Build, days: int, end: date) -> None:
    """A lognormal duration fits into the days that there are as often as its formula says, within four deviations."""
    room = PLAIN.project.working_days_between(NOW.date() - timedelta(days=1), end)
    exact = NormalDist().cdf(math.log(room / days) / SPREAD)
    found = chance(portfolio([task("a", days)], [], end), draws=4000)
    assert found == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 4000) + 0.002)


def test_tasks_of_one_plan_are_late_together(task: Make, portfolio: Build) -> None:
    """Two tasks side by side are both in time more often than if they had nothing to do with each other."""
    end = date(2027, 1, 8)
    one = chance(portfolio([task("a", 5)], [], end))
    both = chance(portfolio([task("a", 5), task("b", 5)], [], end))
    assert one is not None
    assert both is not None
    # The orthant probability of two normal variables of correlation SHARED.
    exact = 0.25 + math.asin(SHARED) / (2 * math.pi)
    assert both == pytest.approx(exact, abs=0.045)
    assert both > one * one


def test_what_is_done_is_a_fact(task: Make, portfolio: Build) -> None:
    """A plan with nothing open has no chance to tell, and done work of any size leaves that of the rest as it is."""
    end = date(2027, 1, 8)
    over = task("z", 50, Category.DONE, actual_start=date(2026, 12, 1), actual_finish=date(2026, 12, 30))
    assert chance(portfolio([over], [], end)) is None
    assert chance(portfolio([over, task("a", 5)], ["z>a"], end)) == chance(portfolio([task("a", 5)], [], end))


def test_only_the_rest_of_started_work_is_drawn(task: Make, portfolio: Build) -> None:
    """A task of ten days of which one is left is one day's work."""
    end = date(2027, 1, 4)
    begun = task("a", 10, Category.DOING, percent=90.0)
    assert chance(portfolio([begun], [], end)) == chance(portfolio([task("a", 1)], [], end))


def test_a_must_date_hides_no_lateness(task: Make, portfolio: Build) -> None:
    """A task that must start on a date, whatever comes before it, is late in the draws where that is late."""
    end = date(2027, 1, 8)
    held = task("b", 1, constraint=Constraint(ConstraintType.MSO, date(2027, 1, 8)))
    found = chance(portfolio([task("a", 4), held], ["a>b"], end))
    assert found is not None
    assert found < 0.6


def test_the_same_seed_gives_the_same_chance(task: Make, portfolio: Build) -> None:
    """It is deterministic; another seed gives another figure near it."""
    made = portfolio([task("a", 3), task("b", 2)], ["a>b"], date(2027, 1, 8))
    assert chance(made) == chance(made)
    assert chance(made) != chance(made, seed=1)
    assert chance(made) == pytest.approx(chance(made, seed=1) or 0, abs=0.06)


def test_every_anchor_has_its_own(task: Make, portfolio: Build) -> None:
    """An anchor that lies later on the way has its own chance, and what follows an anchor does not begin before it."""
    base = portfolio([task("a", 5), task("m", milestone=True, due=date(2027, 1, 8)), task("b", 5)], ["a>m", "m>b"])
    last = Anchor(key="end", name="end", date=date(2027, 1, 22), project=base.projects[0].key)
    made = replace(base, projects=(replace(base.projects[0], anchors=(last,)),))
    found = chances(made, PLAIN, ScheduleOptions(), NOW, draws=500)
    assert found.keys() == {"m", "end"}
    assert 0.4 < found["m"] < 0.6
    assert found["end"] > found["m"]


def test_without_a_draw_nothing_is_told(task: Make, portfolio: Build) -> None:
    """No draws, no figure."""
    assert chance(portfolio([task("a", 1)], [], date(2027, 1, 8)), draws=0) is None


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[float], list[tuple[int, int]]]:
    """Works in days, and links from smaller to greater numbers."""
    works = draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.5]), min_size=2, max_size=8))
    numbers = st.integers(0, len(works) - 1)
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1])
    return works, draw(st.lists(pairs, max_size=10, unique=True))


@settings(max_examples=40, deadline=None)
@given(plans(), st.integers(0, 1000))
def test_order_of_input_changes_no_chance(
    task: Make, portfolio: Build, plan: tuple[list[float], list[tuple[int, int]]], seed: int
) -> None:
    """Tasks and links in any order have the same chance; more links never have a better one; a later date a worse one.

    So it is with every seed, since each task keeps its own random numbers.
    """
    works, links = plan
    tasks = [task(f"t{number}", days) for number, days in enumerate(works)]
    texts = [f"t{first}>t{last}" for first, last in links]
    straight = portfolio(tasks, texts, date(2027, 1, 13))
    found = chance(straight, draws=60, seed=seed)
    random = Random(seed)  # noqa: S311 - an order, not a secret
    turned = replace(straight, tasks=tuple(random.sample(straight.tasks, len(tasks))), links=straight.links[::-1])
    assert chance(turned, draws=60, seed=seed) == found
    assert (chance(portfolio(tasks, texts[:-1], date(2027, 1, 13)), draws=60, seed=seed) or 0) >= (found or 0)
    assert (chance(portfolio(tasks, texts, date(2027, 1, 20)), draws=60, seed=seed) or 0) >= (found or 0)


def test_the_dates_of_the_schedule_are_untouched(task: Make, portfolio: Build) -> None:
    """A simulation leaves the schedule of the same portfolio as it was."""
    made = portfolio([task("a", 3), task("b", 2)], ["a>b"], date(2027, 1, 8))
    before = schedule(made, PLAIN, ScheduleOptions(), NOW)
    chance(made)
    assert schedule(made, PLAIN, ScheduleOptions(), NOW) == before
