"""Levelled plans of any portfolio are feasible, and do not depend on what they should not depend on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.schedule.levelling.feasible import Check, Person

from retro.calendars import Calendar, Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import Category, Owner, OwnerKind, Portfolio, Schedule, Task
from retro.schedule import Levelling, Pool, ScheduleOptions, both

Make = Callable[..., Task]
Build = Callable[..., Portfolio]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
PEOPLE = {
    "lea": person_calendar(BASE, share=0.8, leave=[parse_range("2027-02-08..2027-02-12")]),
    "max": BASE,
    "sam": person_calendar(BASE, week_overrides={0: (), 5: parse_hours("8:30-12:15")}),
}
CALENDARS = Calendars(project=BASE, people=PEOPLE)
CHOICES: dict[str, tuple[str, ...]] = {
    **{key: (key,) for key in PEOPLE},
    "studio": ("lea", "max"),
    "agence": ("agence",),
}
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
END = date(2027, 3, 15)
MILESTONE = "m"


class Plan(NamedTuple):
    """Owners, work and category of tasks, and links from smaller to greater numbers."""

    tasks: list[tuple[tuple[str, ...], float, Category]]
    links: list[tuple[int, int, str, int]]
    to_milestone: list[int]

    def portfolio(self, build: Build, make: Make) -> Portfolio:
        """As read from a board; some tasks lead to a milestone that is an anchor too."""
        made = [
            replace(
                make(key(number), days, category),
                owners=tuple(
                    Owner(name, name, OwnerKind.TEAM if name not in PEOPLE else OwnerKind.PERSON) for name in who
                ),
                reviewer=Owner("sam", "Sam") if category is Category.REVIEW else None,
            )
            for number, (who, days, category) in enumerate(self.tasks)
        ]
        made.append(make(MILESTONE, milestone=True, due=date(2027, 2, 24)))
        links = [f"{key(a)}>{key(b)} {kind} {lag}" for a, b, kind, lag in self.links]
        return build(made, [*links, *(f"{key(number)}>{MILESTONE}" for number in self.to_milestone)], END)

    def asked(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Who is asked for, by task; a review keeps its reviewer busy."""
        return {
            key(number): (("sam",),) if category is Category.REVIEW else tuple(CHOICES[name] for name in who)
            for number, (who, _, category) in enumerate(self.tasks)
        }

    def calendars(self) -> dict[str, Calendar]:
        """The calendar of each task: its first owner's, or its reviewer's."""
        found = {
            key(number): PEOPLE.get("sam" if category is Category.REVIEW else who[0], BASE)
            for number, (who, _, category) in enumerate(self.tasks)
        }
        return {**found, MILESTONE: BASE}

    def under_way(self) -> frozenset[str]:
        """Tasks that levelling does not move."""
        return frozenset(key(number) for number, task in enumerate(self.tasks) if task[2] is Category.DOING)


def key(number: int) -> str:
    """Keys that sort otherwise than numbers do."""
    return f"t{number * 7 % 31:02d}-{number}"


@st.composite
def plans(draw: st.DrawFn, *, doing: bool = True) -> Plan:
    """Up to ten tasks of three people, a named team and an anonymous one, and links of all kinds."""
    count = draw(st.integers(2, 10))
    who = st.lists(st.sampled_from(sorted(CHOICES)), min_size=1, max_size=2, unique=True).map(tuple)
    work = st.sampled_from([0.1, 0.5, 1.0, 1.3, 2.0, 4.5, 6.0])
    todo = [Category.TODO] * 5 + [Category.REVIEW]
    category = st.sampled_from([*todo, Category.DOING] if doing else todo)
    tasks = draw(st.lists(st.tuples(who, work, category), min_size=count, max_size=count))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    kind = st.sampled_from(["FS", "FS", "FS", "SS", "FF", "SF"])
    ends = draw(st.lists(st.tuples(pairs, kind, st.sampled_from([0, 0, 60, 420, -120])), max_size=count))
    leading = draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True))
    return Plan(tasks, [(a, b, name, lag) for (a, b), name, lag in ends], leading)


def levelling(plan: Plan, reserve: float = 0.0, **options: object) -> Levelling:
    """Everyone, and few samples."""
    pools = {name: Pool(key=name, calendar=calendar, reserve=reserve) for name, calendar in PEOPLE.items()}
    pools["agence"] = Pool(key="agence", calendar=BASE, capacity=2, reserve=reserve)
    made = Levelling(pools=pools, demands=plan.asked(), placements=3000, samples=2)
    return replace(made, **options)  # type: ignore[arg-type]  # options by name


def levelled(portfolio: Portfolio, asked: Levelling, now: datetime = NOW) -> tuple[Schedule, Schedule]:
    """Both schedules with the defaults."""
    return both(portfolio, CALENDARS, ScheduleOptions(), now, asked)


def check(plan: Plan, portfolio: Portfolio, schedule: Schedule, reserve: float) -> list[str]:
    """The faults of a levelled plan."""
    people = {name: Person(calendar, 1, reserve) for name, calendar in PEOPLE.items()}
    people["agence"] = Person(BASE, 2, reserve)
    return Check(schedule, plan.calendars(), portfolio.links, people, plan.asked(), plan.under_way()).faults()


@settings(max_examples=120, deadline=None)
@given(plans(), st.sampled_from([0.0, 0.2]))
def test_every_levelled_plan_is_feasible(task: Make, portfolio: Build, plan: Plan, reserve: float) -> None:
    """Links, margins, hours, people, weeks and latest dates hold, whoever stands in for a team."""
    made = plan.portfolio(portfolio, task)
    _, result = levelled(made, levelling(plan, reserve))
    assert check(plan, made, result, reserve) == []


@settings(max_examples=60, deadline=None)
@given(plans())
def test_levelling_moves_advised_dates_only_and_earlier(task: Make, portfolio: Build, plan: Plan) -> None:
    """Latest dates, slack, critical, margins and verdicts are those without levelling."""
    plain, result = levelled(plan.portfolio(portfolio, task), levelling(plan, 0.2))
    assert result.levelled
    assert not plain.levelled
    assert result.anchors == plain.anchors
    for name, said in result.tasks.items():
        before = plain.tasks[name]
        assert said.advised_finish is not None
        assert before.advised_finish is not None
        assert said.advised_finish <= before.advised_finish
        same = replace(
            said,
            advised_start=before.advised_start,
            advised_finish=before.advised_finish,
            cumulated_margin_minutes=before.cumulated_margin_minutes,
        )
        assert same == before


@settings(max_examples=40, deadline=None)
@given(plans(), st.integers(0, 1000), st.integers(0, 100))
def test_neither_order_of_input_nor_the_clock_matters(
    task: Make, portfolio: Build, plan: Plan, seed: int, days: int
) -> None:
    """Tasks, links, pools and demands in any order, read on any day, give the same advised dates."""
    straight = plan.portfolio(portfolio, task)
    asked = levelling(plan, 0.2)
    random = Random(seed)  # noqa: S311 - an order, not a secret
    tasks, links = list(straight.tasks), list(straight.links)
    pools, demands = list(asked.pools.items()), list(asked.demands.items())
    random.shuffle(tasks)
    random.shuffle(links)
    random.shuffle(pools)
    random.shuffle(demands)
    shuffled = replace(straight, tasks=tuple(tasks), links=tuple(links))
    _, one = levelled(straight, asked)
    _, other = levelled(
        shuffled,
        replace(asked, pools=dict(pools), demands=dict(demands)),
        NOW + timedelta(days=days, minutes=77 * days),
    )
    assert {name: said.advised_finish for name, said in one.tasks.items()} == {
        name: said.advised_finish for name, said in other.tasks.items()
    }


@settings(max_examples=60, deadline=None)
@given(plans(), st.sampled_from([0.0, 0.2]))
def test_a_plan_that_is_known_stays(task: Make, portfolio: Build, plan: Plan, reserve: float) -> None:
    """Levelled again from its own dates, nothing moves."""
    made = plan.portfolio(portfolio, task)
    asked = levelling(plan, reserve)
    _, first = levelled(made, asked)
    previous = {name: said.advised_finish for name, said in first.tasks.items() if said.advised_finish is not None}
    _, second = levelled(made, replace(asked, previous=previous))
    assert second == first


@settings(max_examples=40, deadline=None)
@given(plans(doing=False))
def test_without_anybody_in_the_way_nothing_moves(task: Make, portfolio: Build, plan: Plan) -> None:
    """People whom nobody configured are free at any time."""
    plain, result = levelled(plan.portfolio(portfolio, task), levelling(plan, demands={}))
    assert result.tasks == plain.tasks
