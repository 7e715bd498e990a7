"""A plan that computes its dates beside boards that do not: each is reckoned as if it were alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendar, Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import Anchor, Board, Lag, Link, LinkType, Portfolio, Project, Schedule, Task
from retro.schedule import ScheduleOptions, schedule

Make = Callable[..., Task]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
PLANT = Calendar(week=(parse_hours("6:00-14:00"),) * 6 + ((),), zone=PARIS)
PEOPLE = {"lea": person_calendar(BASE, share=0.6, leave=[parse_range("2027-01-11..2027-01-15")])}
TEAM = Calendars(project=BASE, people=PEOPLE, named={"plant": PLANT})
ALONE = Calendars(project=PLANT, people=PEOPLE, named={"plant": PLANT})
NOW = datetime(2027, 1, 6, 10, tzinfo=PARIS)
BEGINS = datetime(2026, 11, 2, 6, tzinfo=PARIS)
ANCHOR = Anchor(key="ours/end", name="Fin", date=date(2027, 3, 1), project="ours")

tasks = st.lists(st.tuples(st.sampled_from([None, "lea"]), st.sampled_from([0, 0.5, 1, 3])), min_size=1, max_size=6)
links = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(LinkType), st.sampled_from([0, 60, -60, 420])),
    max_size=8,
)


def part(
    make: Make,
    board: Board,
    drawn: list[tuple[str | None, float]],
    tied: list[tuple[int, int, LinkType, int]],
    anchors: tuple[Anchor, ...] = (),
) -> Portfolio:
    """One board with its project, its tasks named after it."""
    made = tuple(
        replace(make(f"{board.key}{number}", days or None, owner=owner), board=board.key, milestone=not days)
        for number, (owner, days) in enumerate(drawn)
    )
    return Portfolio(
        boards=(board,),
        tasks=made,
        projects=(Project(key=board.key, name=board.key, tasks=tuple(one.key for one in made), anchors=anchors),),
        links=tuple(
            Link(made[first].key, made[last].key, kind, Lag(lag))
            for first, last, kind, lag in tied
            if first < last < len(made)
        ),
    )


def beside(first: Portfolio, second: Portfolio, *, one_project: bool = False) -> Portfolio:
    """Two portfolios as one; their projects too, where asked."""
    projects = (*first.projects, *second.projects)
    if one_project:
        keys = tuple(key for project in projects for key in project.tasks)
        projects = (Project(key="paths", name="both", tasks=keys),)
    return Portfolio(
        boards=(*first.boards, *second.boards),
        tasks=(*first.tasks, *second.tasks),
        projects=projects,
        links=(*first.links, *second.links),
    )


def run(portfolio: Portfolio, team: Calendars = TEAM) -> Schedule:
    """Schedule with the defaults."""
    return schedule(portfolio, team, ScheduleOptions(), NOW)


@settings(max_examples=60, deadline=None)
@given(tasks, links, tasks, links, st.booleans())
def test_each_board_is_reckoned_as_without_the_other(  # noqa: PLR0917 - two networks
    task: Make,
    ours: list[tuple[str | None, float]],
    our_links: list[tuple[int, int, LinkType, int]],
    theirs: list[tuple[str | None, float]],
    their_links: list[tuple[int, int, LinkType, int]],
    anchored: bool,  # noqa: FBT001 - drawn
) -> None:
    """Dates, slack, lags, margins: the same to the minute for every task of both, with an anchor or without any."""
    mine = part(task, Board(key="ours", name="A", source="s"), ours, our_links, (ANCHOR,) if anchored else ())
    plan = Board(key="plan", name="B", source="t", begins=BEGINS, calendar="plant")
    other = part(task, plan, theirs, their_links)
    # As read: what nobody has is done by its board's calendar.
    other = replace(other, tasks=tuple(one if one.owners else replace(one, calendar="plant") for one in other.tasks))
    expected = {**run(mine).tasks, **run(other, ALONE).tasks}
    for one_project in (False, not anchored):
        both = run(beside(mine, other, one_project=one_project)).tasks
        assert both == expected
