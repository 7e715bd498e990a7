"""What levelling does for people: who waits for whom, teams, priorities, leave, reserve, and what it leaves alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendar, Calendars, build_calendar, parse_range, person_calendar
from retro.model import Category, Overload, Portfolio, Schedule, Task
from retro.schedule import Levelling, Pool, ScheduleOptions, both, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]
At = Callable[[str], datetime]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
LEA = person_calendar(BASE, leave=[parse_range("2027-02-15..2027-02-19")])
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
END = date(2027, 2, 26)
"""A Friday."""
NO_MARGIN = ScheduleOptions(margin=0.0)


def level(
    portfolio: Portfolio,
    asked: Mapping[str, Sequence[Sequence[str]]],
    people: Mapping[str, Calendar] | None = None,
    *,
    teams: Mapping[str, int] | None = None,
    reserve: float = 0.0,
    margin: float = 0.0,
    **options: object,
) -> Schedule:
    """The levelled schedule of a portfolio; teams have no names."""
    people = people or {"lea": BASE, "max": BASE}
    pools = {key: Pool(key=key, calendar=calendar, reserve=reserve) for key, calendar in people.items()}
    for key, size in (teams or {}).items():
        pools[key] = Pool(key=key, calendar=BASE, capacity=size, reserve=reserve)
    demands = {task: tuple(tuple(choice) for choice in owners) for task, owners in asked.items()}
    levelling = replace(Levelling(pools=pools, demands=demands, samples=10), **options)  # type: ignore[arg-type]  # by name
    return both(portfolio, Calendars(BASE, people), ScheduleOptions(margin=margin), NOW, levelling)[1]


def spans(schedule: Schedule, *keys: str) -> list[tuple[str, str]]:
    """Advised dates, short."""
    return [
        (f"{said.advised_start:%m-%d %H}", f"{said.advised_finish:%m-%d %H}")
        for said in (schedule.tasks[key] for key in keys)
    ]


def test_one_person_works_on_one_thing_at_a_time(task: Make, portfolio: Build) -> None:
    """Two tasks of two days before a Friday: the second takes Wednesday and Tuesday."""
    made = portfolio([task("a", 2, owner="lea"), task("b", 2, owner="lea")], [], END)
    result = level(made, {"a": [["lea"]], "b": [["lea"]]})
    assert sorted(spans(result, "a", "b")) == [("02-23 09", "02-24 17"), ("02-25 09", "02-26 17")]


def test_people_nobody_configured_are_free(task: Make, portfolio: Build) -> None:
    """An owner without a pool is not levelled."""
    made = portfolio([task("a", 2, owner="x"), task("b", 2, owner="x")], [], END)
    result = level(made, {"a": [["x"]], "b": [["x"]]})
    assert spans(result, "a", "b") == [("02-25 09", "02-26 17")] * 2


def test_leave_interrupts_a_task(task: Make, portfolio: Build) -> None:
    """A task of Léa goes on after her week away, and nothing of hers lies in it."""
    made = portfolio([task("a", 4, owner="lea"), task("b", 2, owner="lea")], [], END)
    result = level(made, {"a": [["lea"]], "b": [["lea"]]}, {"lea": LEA})
    assert sorted(spans(result, "a", "b")) in (
        [("02-12 09", "02-24 17"), ("02-25 09", "02-26 17")],
        [("02-12 09", "02-22 17"), ("02-23 09", "02-26 17")],
    )


def test_a_named_team_lends_whoever_is_free(task: Make, portfolio: Build) -> None:
    """Two members, three tasks of two days: two at once, the third before them; never by who is away."""
    made = portfolio([task(key, 2) for key in "abc"], [], END)
    result = level(made, {key: [["lea", "max"]] for key in "abc"})
    assert sorted(spans(result, *"abc")) == [("02-23 09", "02-24 17")] + [("02-25 09", "02-26 17")] * 2
    away = {"lea": person_calendar(BASE, leave=[parse_range("2027-02-15..2027-02-26")]), "max": BASE}
    result = level(made, {key: [["lea", "max"]] for key in "abc"}, away)
    # Max takes two of them, Léa the one that goes on until she leaves… or Max all three.
    assert sorted(spans(result, *"abc"))[-2:] == [("02-23 09", "02-24 17"), ("02-25 09", "02-26 17")]


def test_a_team_without_names_has_as_many_hands_as_it_is_large(task: Make, portfolio: Build) -> None:
    """Two at once, the third before them."""
    made = portfolio([task(key, 2) for key in "abc"], [], END)
    result = level(made, {key: [["studio"]] for key in "abc"}, teams={"studio": 2})
    assert sorted(spans(result, *"abc")) == [("02-23 09", "02-24 17")] + [("02-25 09", "02-26 17")] * 2


def test_every_owner_is_busy_for_all_of_a_task(task: Make, portfolio: Build) -> None:
    """What Max does alone waits for what he does with Léa."""
    made = portfolio([task("a", 2, owner="lea"), task("b", 1, owner="max")], [], END)
    result = level(made, {"a": [["lea"], ["max"]], "b": [["max"]]}, priorities={"b": 1})
    assert spans(result, "a", "b") == [("02-25 09", "02-26 17"), ("02-24 09", "02-24 17")]


def test_what_is_more_important_is_placed_first(task: Make, portfolio: Build) -> None:
    """Either of two tasks gets the latest dates by its priority; what it waits for comes along."""
    made = portfolio([task("a", 1, owner="lea"), task("b", 1, owner="lea")], [], END)
    asked = {"a": [["lea"]], "b": [["lea"]]}
    assert spans(level(made, asked, priorities={"a": 0, "b": 1}), "a") == [("02-26 09", "02-26 17")]
    assert spans(level(made, asked, priorities={"a": 1, "b": 0}), "b") == [("02-26 09", "02-26 17")]


def test_a_reserve_is_kept_free_each_week_but_one_task_may_fill_it(task: Make, portfolio: Build) -> None:
    """Two tasks of five days together do not fit in a week with a fifth of it free; one of five days fits alone."""
    asked = {"a": [["lea"]], "b": [["lea"]]}
    made = portfolio([task("a", 3, owner="lea"), task("b", 2, owner="lea")], [], END)
    # Four days of the week may be planned: the other task begins on the Friday before.
    assert min(spans(level(made, asked, reserve=0.2), "a", "b"))[0] == "02-19 09"
    assert sorted(spans(level(made, asked), "a", "b")) in (
        [("02-22 09", "02-23 17"), ("02-24 09", "02-26 17")],
        [("02-22 09", "02-24 17"), ("02-25 09", "02-26 17")],
    )
    alone = portfolio([task("a", 5, owner="lea")], [], END)
    assert spans(level(alone, asked, reserve=0.2), "a") == [("02-22 09", "02-26 17")]


def test_what_is_under_way_stays_and_its_overload_is_told(task: Make, portfolio: Build) -> None:
    """Two tasks that Léa does at once stay there; a third one makes room for both."""
    doing = [task(key, 2, Category.DOING, owner="lea") for key in "ab"]
    made = portfolio([*doing, task("c", 1, owner="lea")], [], END)
    result = level(made, {key: [["lea"]] for key in "abc"})
    assert spans(result, "a", "b") == [("02-25 09", "02-26 17")] * 2
    assert spans(result, "c") == [("02-24 09", "02-24 17")]
    assert result.overloads == (Overload(pool="lea", tasks=("a", "b")),)


def test_margins_are_kept_when_people_are_in_the_way(task: Make, portfolio: Build, at: At) -> None:
    """The critical task keeps its margin before what follows it, wherever that went."""
    made = portfolio([task("a", 5, owner="lea"), task("b", 1, owner="max"), task("x", 2, owner="max")], ["a>b"], END)
    result = level(made, {"a": [["lea"]], "b": [["max"]], "x": [["max"]]}, margin=0.2)
    first, second = result.tasks["a"], result.tasks["b"]
    assert first.margin_minutes == 420
    assert first.advised_finish is not None
    assert second.advised_start is not None
    assert BASE.minutes_between(first.advised_finish, second.advised_start) >= 420


def test_without_levelling_there_is_one_schedule(task: Make, portfolio: Build) -> None:
    """`both` without options is `schedule`, twice the same object."""
    made = portfolio([task("a", 2, owner="lea")], [], END)
    plain, same = both(made, Calendars(BASE), NO_MARGIN, NOW, None)
    assert plain is same
    assert plain == schedule(made, Calendars(BASE), NO_MARGIN, NOW)


def test_a_small_plan_is_the_best_there_is(task: Make, portfolio: Build) -> None:
    """Every order of six tasks of two people, laid by hand, begins no later than the plan that is found."""
    days = {"a": 3, "b": 2, "c": 4, "d": 1, "e": 2, "f": 3}
    who = {"a": "lea", "b": "max", "c": "max", "d": "lea", "e": "max", "f": "lea"}
    links = [("a", "c"), ("b", "d"), ("d", "e"), ("b", "f")]

    def begins(order: Sequence[str]) -> int:
        start: dict[str, int] = {}
        for key in order:
            if any(first == key and last not in start for first, last in links):
                return -1000
            end = min((start[last] for first, last in links if first == key), default=0)
            others = [(start[other], start[other] + days[other]) for other in start if who[other] == who[key]]
            while any(begin < end and end - days[key] < over for begin, over in others):
                end -= 1
            start[key] = end - days[key]
        return min(start.values())

    best = max(begins(order) for order in permutations(days))
    made = portfolio(
        [task(key, each, owner=who[key]) for key, each in days.items()], [f"{a}>{b}" for a, b in links], END
    )
    result = level(made, {key: [[owner]] for key, owner in who.items()})
    first = min(said.advised_start for said in result.tasks.values() if said.advised_start is not None)
    assert BASE.minutes_between(first, BASE.last_minute(END)) == -best * 420


def test_the_seed_decides(task: Make, portfolio: Build) -> None:
    """The same seed gives the same plan, and a budget of nothing a plan by the rule alone."""
    tasks = [task(f"t{number:02d}", 1 + number % 4, owner=("lea", "max")[number % 3 == 0]) for number in range(20)]
    links = [f"t{number:02d}>t{number + 5:02d}" for number in range(0, 15, 2)]
    made = portfolio(tasks, links, END)
    asked = {made.key: [[made.owners[0].key]] for made in tasks}
    assert level(made, asked, seed=3) == level(made, asked, seed=3)
    alone = level(made, asked, placements=0)
    assert alone.levelled


@pytest.mark.parametrize(("capacity", "reserve"), [(0, 0.0), (1, 1.0), (1, -0.1)])
def test_a_pool_has_hands_and_time(capacity: int, reserve: float) -> None:
    """A pool without units, or of which nothing may be planned, is refused."""
    with pytest.raises(ValueError, match=r"least one unit|between 0 and 1"):
        Pool(key="x", calendar=BASE, capacity=capacity, reserve=reserve)


def test_equal_tasks_run_in_reading_order_and_by_the_dates_of_the_team(task: Make, portfolio: Build) -> None:
    """Of tasks that only their keys tell apart the first comes first; what the team wants earlier comes before."""
    asked = {key: [["lea"]] for key in "abcd"}

    def run(**due: date) -> str:
        made = portfolio([task(key, 1, owner="lea", due=due.get(key)) for key in "abcd"], [], END)
        dates = level(made, asked).tasks
        return "".join(sorted("abcd", key=lambda key: str(dates[key].advised_finish)))

    assert run() == "abcd"
    assert run(c=date(2027, 2, 1), d=date(2027, 1, 20)) == "dcab"
