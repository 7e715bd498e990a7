"""A plan that people know changes only where it must."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from tests.unit.schedule.levelling.test_levelling import BASE, END, NOW

from retro.calendars import Calendars, parse_range, person_calendar
from retro.model import Anchor, Portfolio, Schedule, Task
from retro.schedule import Levelling, Pool, ScheduleOptions, both

Make = Callable[..., Task]
Build = Callable[..., Portfolio]

TEAM = ("lea", "max", "sam", "ana", "tom", "zoe", "eva", "luc", "mia", "noa", "paul", "rose")


def planned(made: Portfolio, leave: dict[str, str], previous: Schedule | None = None) -> Schedule:
    """A levelled plan with leave, after another one or afresh."""
    people = {name: person_calendar(BASE, leave=[parse_range(leave[name])]) if name in leave else BASE for name in TEAM}
    dates = (
        {}
        if previous is None
        else {key: said.advised_finish for key, said in previous.tasks.items() if said.advised_finish is not None}
    )
    levelling = Levelling(
        pools={key: Pool(key=key, calendar=calendar) for key, calendar in people.items()},
        demands={task.key: ((task.owners[0].key,),) for task in made.tasks},
        samples=0,
        previous=dates,
    )
    return both(made, Calendars(BASE, people), ScheduleOptions(margin=0.0), NOW, levelling)[1]


def changed(before: Schedule, after: Schedule) -> set[str]:
    """Tasks whose advised finish is another one."""
    return {key for key, said in before.tasks.items() if after.tasks[key].advised_finish != said.advised_finish}


def first_start(plan: Schedule) -> datetime:
    """Where a plan begins."""
    return min(said.advised_start for said in plan.tasks.values() if said.advised_start is not None)


def campaign(task: Make, portfolio: Build, count: int = 48) -> Portfolio:
    """Layers of tasks, each after one or two of the layer before, shared out among a dozen people."""
    random = Random(4)  # noqa: S311 - a network, not a secret
    tasks = [
        task(f"t{number:02d}", random.choice([1, 1, 2, 3, 4]), owner=random.choice(TEAM)) for number in range(count)
    ]
    links = {
        f"t{random.randrange(number // 8 * 8 - 8, number // 8 * 8):02d}>t{number:02d}"
        for number in range(8, count)
        for _ in range(2)
    }
    return portfolio(tasks, sorted(links), date(2027, 9, 24))


def test_two_people_exchange_a_week_of_leave(task: Make, portfolio: Build) -> None:
    """Far fewer dates change than in a plan made afresh, which begins no more than five days later; then none does."""
    made = campaign(task, portfolio, 96)
    before = planned(made, {"lea": "2027-07-19..2027-07-25", "max": "2027-08-23..2027-08-29"})
    there = {"lea": "2027-08-23..2027-08-29", "max": "2027-07-19..2027-07-25"}
    fresh, kept = planned(made, there), planned(made, there, before)
    assert 0 < len(changed(before, kept)) <= 34
    assert len(changed(before, fresh)) >= 60
    assert BASE.minutes_between(first_start(kept), first_start(fresh)) <= 5 * 420
    assert planned(made, there, kept) == kept


def test_what_nothing_happened_to_stays(task: Make, portfolio: Build) -> None:
    """A task that becomes shorter moves no other one."""
    made = campaign(task, portfolio)
    before = planned(made, {})
    shorter = replace(made, tasks=tuple(task(t.key, 0.5, owner="max") if t.key == "t07" else t for t in made.tasks))
    after = planned(shorter, {}, before)
    assert changed(before, after) <= {"t07"}


def test_a_plan_that_could_begin_much_later_is_made_anew(task: Make, portfolio: Build) -> None:
    """Where the launch moves by a month, nobody keeps the old dates; by five working days, everybody does."""
    made = portfolio([task("a", 2, owner="lea"), task("b", 2, owner="lea")], [], END)
    before = planned(made, {})

    def later(days: int) -> Portfolio:
        project = made.projects[0]
        anchors = tuple(
            Anchor(key=anchor.key, name=anchor.name, date=END + timedelta(days=days), project=anchor.project)
            for anchor in project.anchors
        )
        return replace(made, projects=(replace(project, anchors=anchors),))

    assert changed(before, planned(later(28), {}, before)) == {"a", "b"}
    assert changed(before, planned(later(7), {}, before)) == set()
    fresh, kept = planned(later(10), {}), planned(later(10), {}, before)
    assert changed(before, kept)
    assert BASE.minutes_between(first_start(kept), first_start(fresh)) <= 5 * 420


def shared_out(task: Make, portfolio: Build, *, count: int, people: int, layers: int, seed: int) -> Portfolio:
    """Layers of tasks, each after two of the layer before, shared out among the first people of the team."""
    random = Random(seed)  # noqa: S311 - a network, not a secret
    tasks = [
        task(f"t{number:03d}", random.choice([1, 1, 2, 3, 4]), owner=random.choice(TEAM[:people]))
        for number in range(count)
    ]
    width = count // layers
    links = {
        f"t{random.randrange(number // width * width - width, number // width * width):03d}>t{number:03d}"
        for number in range(width, count)
        for _ in range(2)
    }
    return portfolio(tasks, sorted(links), date(2027, 9, 24))


@pytest.mark.parametrize(
    ("size", "most"), [((40, 2, 4), 12), ((40, 5, 6), 4), ((100, 5, 4), 12), ((100, 12, 6), 17), ((160, 12, 8), 24)]
)
def test_few_dates_change_in_any_team(task: Make, portfolio: Build, size: tuple[int, int, int], most: int) -> None:
    """In crowded and in loose teams two weeks of leave that change hands move few dates, and none the next time."""
    count, people, layers = size
    made = shared_out(task, portfolio, count=count, people=people, layers=layers, seed=count + people)
    starts = sorted(said.advised_start for said in planned(made, {}).tasks.values() if said.advised_start is not None)
    first, last = (_week(starts[place]) for place in (count // 3, count * 3 // 4))
    before = planned(made, {TEAM[0]: first, TEAM[1]: last})
    there = {TEAM[0]: last, TEAM[1]: first}
    fresh, kept = planned(made, there), planned(made, there, before)
    assert 0 < len(changed(before, kept)) <= most < len(changed(before, fresh))
    assert BASE.minutes_between(first_start(kept), first_start(fresh)) <= 5 * 420
    assert planned(made, there, kept) == kept


def _week(moment: datetime) -> str:
    monday = moment.date() - timedelta(days=moment.weekday())
    return f"{monday}..{monday + timedelta(days=6)}"


def test_a_gain_of_one_project_moves_no_date_of_another(task: Make, portfolio: Build) -> None:
    """Where one of two launches moves by six weeks, the people of both have new dates for that one only."""
    random = Random(5)  # noqa: S311 - a network, not a secret
    tasks = [task(f"t{number:02d}", random.choice([1, 2, 3]), owner=random.choice(TEAM[:4])) for number in range(40)]
    one = portfolio(tasks, [], date(2027, 9, 24))

    def two(launch: date) -> Portfolio:
        keys = tuple(each.key for each in tasks)
        projects = tuple(
            replace(
                one.projects[0],
                key=key,
                tasks=mine,
                anchors=(Anchor(key=f"{key}/end", name=key, date=day, project=key),),
            )
            for key, mine, day in (("p", keys[:20], launch), ("q", keys[20:], date(2027, 9, 24)))
        )
        return replace(one, projects=projects)

    before = planned(two(date(2027, 8, 20)), {})
    fresh, after = planned(two(date(2027, 10, 1)), {}), planned(two(date(2027, 10, 1)), {}, before)
    theirs = {each.key for each in tasks[:20]}
    assert changed(before, after) == theirs
    assert changed(before, fresh) - theirs


def test_what_held_a_task_back_for_long_is_gone(task: Make, portfolio: Build) -> None:
    """A task that need not wait for weeks of work any more is not done early for ever; one that gains a week stays."""
    tasks = [task("a", 1, owner="lea"), task("b", 20, owner="max"), task("c", 40, owner="sam")]
    tasks += [task("d", 1, owner="ana"), task("e", 5, owner="tom")]
    before = planned(portfolio(tasks, ["a>b", "d>e"], END), {})
    assert changed(before, planned(portfolio(tasks, ["d>e"], END), {}, before)) == {"a"}
    assert changed(before, planned(portfolio(tasks, ["a>b"], END), {}, before)) == set()
