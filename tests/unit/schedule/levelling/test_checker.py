"""The checker of levelled plans sees what is wrong: each fault is put into a plan that has none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.unit.schedule.levelling.feasible import Check, Person
from tests.unit.schedule.levelling.test_feasible import BASE, NOW

from retro.calendars import Calendars
from retro.model import Link, Portfolio, Schedule, Task
from retro.schedule import Levelling, Pool, ScheduleOptions, both

Move = Callable[[datetime], datetime]


@pytest.fixture
def checked(
    task: Callable[..., Task], portfolio: Callable[..., Portfolio]
) -> tuple[Schedule, Callable[..., list[str]]]:
    """Two tasks of Léa, one after the other, then one of Max that waits for the first; and its check."""
    tasks = [task("a", 2, owner="lea"), task("b", 3, owner="lea"), task("c", 1, owner="max")]
    made = portfolio(tasks, ["a>c"], date(2027, 3, 1))
    pools = {key: Pool(key=key, calendar=BASE, reserve=0.2) for key in ("lea", "max")}
    asked = {"a": (("lea",),), "b": (("lea",),), "c": (("max",),)}
    _, plan = both(made, Calendars(BASE), ScheduleOptions(), NOW, Levelling(pools=pools, demands=asked))

    def check(schedule: Schedule, reserve: float = 0.2) -> list[str]:
        people = {key: Person(BASE, 1, reserve) for key in pools}
        return Check(schedule, dict.fromkeys("abc", BASE), [Link("a", "c")], people, asked).faults()

    return plan, check


def moved(schedule: Schedule, key: str, by: timedelta, *, start: bool = True, finish: bool = True) -> Schedule:
    """A plan in which one task lies elsewhere."""
    said = schedule.tasks[key]
    assert said.advised_start is not None
    assert said.advised_finish is not None
    there = replace(
        said,
        advised_start=said.advised_start + by if start else said.advised_start,
        advised_finish=said.advised_finish + by if finish else said.advised_finish,
    )
    return replace(schedule, tasks={**schedule.tasks, key: there})


def test_a_plan_of_the_engine_has_no_fault(checked: tuple[Schedule, Callable[..., list[str]]]) -> None:
    """What the faults below are put into is right."""
    plan, check = checked
    assert check(plan) == []


@pytest.mark.parametrize(
    ("key", "days", "says"),
    [
        ("c", -7, "c waits"),
        ("b", 7, "b ends"),
        ("b", -2, "takes"),
    ],
)
def test_what_is_moved_is_seen(
    checked: tuple[Schedule, Callable[..., list[str]]], key: str, days: int, says: str
) -> None:
    """A broken link, a date too late, a start when nobody works."""
    plan, check = checked
    assert any(says in fault for fault in check(moved(plan, key, timedelta(days=days))))


def test_two_tasks_at_once_are_seen(checked: tuple[Schedule, Callable[..., list[str]]]) -> None:
    """Where both tasks of Léa stand in one place, there is no way to share them out."""
    plan, check = checked
    there = plan.tasks["b"]
    both_there = replace(plan.tasks["a"], advised_start=there.advised_start, advised_finish=there.advised_finish)
    faults = check(replace(plan, tasks={**plan.tasks, "a": replace(both_there, work_minutes=there.work_minutes)}), 0.0)
    assert any("share" in fault for fault in faults)


def test_a_full_week_is_seen(checked: tuple[Schedule, Callable[..., list[str]]]) -> None:
    """Five days of two tasks in one week leave no reserve."""
    plan, check = checked
    week = {
        "a": (datetime(2027, 2, 15, 9), datetime(2027, 2, 16, 17)),  # noqa: DTZ001 - the checker drops zones
        "b": (datetime(2027, 2, 17, 9), datetime(2027, 2, 19, 17)),  # noqa: DTZ001 - idem
    }
    tasks = {
        key: replace(said, advised_start=week[key][0], advised_finish=week[key][1]) if key in week else said
        for key, said in plan.tasks.items()
    }
    full = replace(plan, tasks=tasks)
    assert any("share" in fault for fault in check(full))
    assert not any("share" in fault for fault in check(full, 0.0))
