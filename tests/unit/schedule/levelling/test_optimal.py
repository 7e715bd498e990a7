"""The solver's plans: never worse than the heuristic's, kept by every rule, and the best there is on small ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise, permutations
from random import Random
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars, build_calendar, parse_range, person_calendar
from retro.model import (
    Anchor,
    Board,
    Category,
    Estimate,
    EstimateOrigin,
    Link,
    Owner,
    Portfolio,
    Project,
    Schedule,
    Status,
    StatusOrigin,
    Task,
)
from retro.schedule import Levelling, Pool, ScheduleOptions, both

pytest.importorskip("ortools")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
OPTIONS = ScheduleOptions()
WHO = ("lea", "paul", "zoe")
TEAM = Calendars(
    project=BASE,
    people={
        "lea": person_calendar(BASE, leave=[parse_range("2027-05-17..2027-05-28")]),
        "paul": person_calendar(BASE, share=0.8),
    },
)


def plan(count: int, seed: int) -> tuple[Portfolio, Levelling]:
    """A plan of one anchor, each task somebody's."""
    random = Random(seed)  # noqa: S311 - a reproducible plan, not a secret
    tasks = [
        Task(
            key=f"t{number}",
            board="b",
            title=f"t{number}",
            estimates=(Estimate(EstimateOrigin.NUMBER, random.choice([1, 2, 3, 5]), "days"),),
            owners=(Owner(who := random.choice(WHO), who),),
            status=Status(None, Category.DOING if random.random() < 0.05 else Category.TODO, StatusOrigin.NATIVE),
        )
        for number in range(count)
    ]
    links = {
        (random.randrange(number), number) for number in range(1, count) for _ in range(random.choice([0, 1, 1, 2]))
    }
    anchor = Anchor(key="end", name="end", date=date(2027, 6, 30), project="p")
    portfolio = Portfolio(
        boards=(Board(key="b", name="b", source="s"),),
        tasks=tuple(tasks),
        links=tuple(Link(f"t{first}", f"t{last}") for first, last in sorted(links)),
        projects=(Project(key="p", name="p", boards=("b",), tasks=tuple(t.key for t in tasks), anchors=(anchor,)),),
    )
    pools = {who: Pool(key=who, calendar=TEAM.of(who)) for who in WHO}
    return portfolio, Levelling(pools=pools, demands={t.key: ((t.owners[0].key,),) for t in tasks}, samples=0)


def levelled(portfolio: Portfolio, levelling: Levelling, seconds: float = 0.0, calendars: Calendars = TEAM) -> Schedule:
    """The levelled schedule, a solver having had some seconds."""
    return both(portfolio, calendars, OPTIONS, NOW, replace(levelling, optimize=seconds))[1]


def first(schedule: Schedule) -> datetime:
    """Where the plan begins."""
    return min(said.advised_start for said in schedule.tasks.values() if said.advised_start is not None)


def spans(portfolio: Portfolio, schedule: Schedule) -> Iterable[tuple[str, datetime, datetime]]:
    """Whom each task keeps busy, from when to when."""
    for task in portfolio.tasks:
        said = schedule.tasks[task.key]
        if said.advised_start is not None and said.advised_finish is not None:
            yield task.owners[0].key, said.advised_start, said.advised_finish


@pytest.mark.parametrize("seed", range(6))
def test_a_solved_plan_is_never_worse_and_keeps_every_rule(seed: int) -> None:
    """It begins no earlier, no two tasks of one person lie on one another, and links and margins hold."""
    portfolio, levelling = plan(16, seed)
    before, after = levelled(portfolio, levelling), levelled(portfolio, levelling, 0.5)
    assert first(after) >= first(before)
    fixed = {task.key for task in portfolio.tasks if task.status.category is Category.DOING}
    for who in WHO:
        mine = replace(portfolio, tasks=tuple(task for task in portfolio.tasks if task.key not in fixed))
        busy = sorted((start, finish) for one, start, finish in spans(mine, after) if one == who)
        assert all(finish <= start for (_, finish), (start, _) in pairwise(busy))
    for link in portfolio.links:
        one, other = after.tasks[link.predecessor], after.tasks[link.successor]
        assert one.advised_finish is not None
        assert other.advised_start is not None
        owner = next(task.owners[0].key for task in portfolio.tasks if task.key == link.predecessor)
        free = TEAM.of(owner).minutes_between(one.advised_finish, other.advised_start)
        assert free >= (one.margin_minutes or 0)
    for key, said in after.tasks.items():
        assert (said.latest_finish, said.total_slack_minutes) == (
            before.tasks[key].latest_finish,
            before.tasks[key].total_slack_minutes,
        )


@pytest.mark.parametrize("seed", range(12))
def test_small_plans_begin_as_late_as_any_order_lets_them(seed: int) -> None:
    """With time enough, no order of priorities makes a plan that begins later, where all have the same hours."""
    portfolio, mine = plan(5, seed)
    levelling = replace(mine, pools={who: Pool(key=who, calendar=BASE) for who in WHO})
    alike = Calendars(project=BASE)
    keys = [task.key for task in portfolio.tasks]
    orders = (dict(zip(keys, ranks, strict=True)) for ranks in permutations(range(len(keys))))
    best = max(first(levelled(portfolio, replace(levelling, priorities=order), 0, alike)) for order in orders)
    assert first(levelled(portfolio, levelling, 5, alike)) >= best


def test_the_solver_makes_up_for_a_mere_rule() -> None:
    """Where one rule alone lays the plans, some of them begin later for the solver's work, and none earlier."""
    gains = []
    for seed in range(6):
        portfolio, levelling = plan(16, seed)
        rule = replace(levelling, placements=0)
        before, after = first(levelled(portfolio, rule)), first(levelled(portfolio, rule, 0.5))
        gains.append(BASE.minutes_between(before, after))
    assert min(gains) >= 0
    assert max(gains) > 0


def test_the_same_seed_gives_the_same_plan() -> None:
    """What is solved to its end is the same each time, whatever the order of input."""
    portfolio, levelling = plan(8, 1)
    turned = replace(portfolio, tasks=portfolio.tasks[::-1], links=portfolio.links[::-1])
    assert levelled(portfolio, levelling, 5).tasks == levelled(turned, levelling, 5).tasks


def test_a_team_is_shared_out() -> None:
    """One of several who may do a task does it, and a team without names takes as many tasks as it has people."""
    portfolio, levelling = plan(8, 3)
    pools = {**levelling.pools, "studio": Pool(key="studio", calendar=BASE, capacity=2)}
    demands = {key: (("lea", "zoe"),) if number % 2 else (("studio",),) for number, key in enumerate(levelling.demands)}
    team = replace(levelling, pools=pools, demands=demands)
    assert first(levelled(portfolio, team, 1)) >= first(levelled(portfolio, team))


def test_nothing_to_level_is_nothing_to_solve() -> None:
    """A plan without tasks is solved at once."""
    empty = Portfolio(boards=(Board(key="b", name="b", source="s"),))
    assert not levelled(empty, Levelling(pools={}, demands={}), 1).tasks
