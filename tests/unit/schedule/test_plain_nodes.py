"""The short way through plain nodes leads to the dates that the long one does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendars, build_calendar, parse_range, person_calendar
from retro.model import (
    Anchor,
    Board,
    Category,
    Constraint,
    ConstraintType,
    Lag,
    Link,
    LinkType,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)
from retro.schedule import ScheduleOptions
from retro.schedule.backward import backward
from retro.schedule.forward import forward
from retro.schedule.instants import Dues
from retro.schedule.moments import finish_ordinal
from retro.schedule.plan import passes
from retro.schedule.slack import free_slack, free_slacks, total_slack

Make = Callable[..., Task]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
TEAM = Calendars(project=BASE, people={"lea": person_calendar(BASE, leave=[parse_range("2027-01-11..2027-01-15")])})
NOW = datetime(2027, 1, 6, 10, tzinfo=PARIS)
MOST = 9

days = st.dates(date(2026, 12, 1), date(2027, 4, 1))
drawn_tasks = st.lists(
    st.tuples(
        st.sampled_from([None, None, None, "lea"]),
        st.sampled_from([0, 0.5, 1, 1, 3]),
        st.sampled_from([Category.TODO, Category.TODO, Category.TODO, Category.DOING, Category.REVIEW, Category.DONE]),
        st.one_of(st.none(), st.none(), st.builds(Constraint, st.sampled_from(ConstraintType), days)),
        st.one_of(st.none(), st.none(), days),
    ),
    min_size=1,
    max_size=MOST,
)
drawn_links = st.lists(
    st.tuples(
        st.integers(0, MOST - 1),
        st.integers(0, MOST - 1),
        st.sampled_from([LinkType.FS, LinkType.FS, LinkType.FS, *LinkType]),
        st.sampled_from([0, 0, 60, -60, 420]),
    ),
    max_size=12,
)
DrawnTask = tuple[str | None, float, Category, Constraint | None, date | None]


@settings(max_examples=80, deadline=None)
@given(drawn_tasks, drawn_links, st.lists(days, max_size=2), st.sampled_from([0.0, 0.2]))
def test_the_short_way_is_the_long_one(
    task: Make, drawn: list[DrawnTask], tied: list[tuple[int, int, LinkType, int]], ends: list[date], margin: float
) -> None:
    """Both passes find the same dates and anchors where every node is taken for a peculiar one."""
    tasks = tuple(
        replace(
            task(f"t{number}", size or None, owner=owner),
            milestone=not size,
            status=Status("x", category, StatusOrigin.MAPPED),
            constraint=constraint,
            deadline=deadline,
        )
        for number, (owner, size, category, constraint, deadline) in enumerate(drawn)
    )
    anchors = tuple(Anchor(key=f"p/{at}", name="Fin", date=end, project="p") for at, end in enumerate(ends))
    portfolio = Portfolio(
        boards=(Board(key=tasks[0].board, name="A", source="s"),),
        tasks=tasks,
        projects=(Project(key="p", name="P", tasks=tuple(one.key for one in tasks), anchors=anchors),),
        links=tuple(
            Link(tasks[first].key, tasks[last].key, kind, Lag(lag))
            for first, last, kind, lag in tied
            if first < last < len(tasks)
        ),
    )
    passed = passes(portfolio, TEAM, ScheduleOptions(margin=margin), NOW)
    peculiar = replace(passed.network, plain=[False] * len(passed.network.work))
    none = [0] * len(peculiar.work)
    late = backward(peculiar, passed.bounds, none)
    assert late == passed.late
    assert backward(peculiar, passed.bounds, passed.advised.margins) == passed.advised.late
    held_back = late if any(peculiar.late) else None
    assert forward(peculiar, passed.bounds, passed.base, none, facts=True, late=held_back) == passed.early
    slack = total_slack(peculiar, passed.bounds, passed.early, late)
    assert slack == passed.slack
    nodes = range(len(peculiar.work))
    assert free_slacks(peculiar, passed.early, slack, nodes) == free_slacks(passed.network, passed.early, slack, nodes)


def test_free_slack_before_a_lag(task: Make) -> None:
    """A day beside three days, both with something to wait for before what follows: two days, less or more of it."""
    tasks = (task("a", 1), task("b", 3), task("c", 1))
    portfolio = Portfolio(
        boards=(Board(key=tasks[0].board, name="A", source="s"),),
        tasks=tasks,
        projects=(Project(key="p", name="P", tasks=("a", "b", "c")),),
        links=(Link("a", "c", LinkType.FS, Lag(60)), Link("b", "c", LinkType.FS, Lag(-30))),
    )
    passed = passes(portfolio, TEAM, ScheduleOptions(), NOW)
    nodes = [passed.network.node_of[key] for key in "abc"]
    assert [passed.network.plain[node] for node in nodes] == [True] * 3
    found = free_slacks(passed.network, passed.early, passed.slack, nodes)
    assert found == [free_slack(passed.network, passed.early, passed.slack, node) for node in nodes]
    assert found[:2] == [2 * 420 - 30 - 60, 0]


def test_due_dates_keep_the_hour_that_comes_twice_apart() -> None:
    """At the end of summer time two instants that Python calls equal have ordinals of their own."""
    nights = build_calendar(zone=ZoneInfo("UTC"))
    dues = Dues(replace(nights, week=(((0, 24 * 60),),) * 7))
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    found = [dues[twice], dues[twice.replace(fold=1)]]
    assert found == [finish_ordinal(twice, dues.calendar), finish_ordinal(twice.replace(fold=1), dues.calendar)]
    assert found[1] - found[0] == timedelta(hours=1) // timedelta(minutes=1)
    assert dues[twice.astimezone(UTC)] == found[0]
