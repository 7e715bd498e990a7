"""What levelling is told: whose hours count, who may stand in for whom, and what matters most."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from retro.calendars import Calendars, build_calendar, parse_hours, person_calendar
from retro.config.shape import ProjectSection, ScheduleSection, Settings
from retro.model import (
    Board,
    BoardKind,
    Category,
    Owner,
    OwnerKind,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
    Team,
)
from retro.run.pools import levelling
from retro.schedule import Levelling

LEA, KARIM = Owner("lea", "Léa Martin"), Owner("karim", "Karim Benali")
DESIGN = Owner("team:design", "Équipe design", OwnerKind.TEAM)
ROLE = Owner("team:graphistes", "Graphiste", OwnerKind.TEAM)
TEAMS = (
    Team(key="team:design", name="Équipe design", members=("lea", "karim")),
    Team(key="team:graphistes", name="Graphiste", size=2),
)
WEEK = [parse_hours("9:00-12:00 13:00-17:00")] * 5 + [()] * 2
BASE = build_calendar(WEEK, country="")
CALENDARS = Calendars(project=BASE, people={"lea": person_calendar(BASE, share=0.5)})


def task(key: str, *owners: Owner, board: str = "b", category: Category = Category.TODO, **facts: object) -> Task:
    """An open task of a board."""
    status = Status(None, category, StatusOrigin.NATIVE)
    return replace(Task(key=key, board=board, title=key, owners=owners, status=status), **facts)  # type: ignore[arg-type]  # a task's own fields


def levelled(*tasks: Task, settings: Settings | None = None, **facts: object) -> Levelling:
    """What levelling is told of some tasks."""
    boards = (
        Board(key="b", name="B", source="s"),
        Board(key="flow", name="F", source="s", kind=BoardKind.FLOW),
        Board(key="mpp", name="P", source="s", begins=datetime(2027, 1, 4, tzinfo=UTC)),
    )
    portfolio = replace(Portfolio(boards=boards, tasks=tasks, teams=TEAMS), **facts)  # type: ignore[arg-type]  # idem
    return levelling(portfolio, CALENDARS, settings or Settings(), {})


def test_a_person_is_one_pool_over_all_boards() -> None:
    """Each person has their own hours and the configured reserve, whichever boards name them."""
    found = levelled(
        task("t1", LEA),
        task("t2", LEA, board="mpp"),
        task("t3", KARIM),
        settings=Settings(schedule=ScheduleSection(reserve=0.1)),
    )
    assert found.demands == {"t1": (("lea",),), "t2": (("lea",),), "t3": (("karim",),)}
    assert {key: (pool.capacity, pool.reserve) for key, pool in found.pools.items()} == {
        "lea": (1, 0.1),
        "karim": (1, 0.1),
    }
    assert found.pools["lea"].calendar == CALENDARS.people["lea"]
    assert found.pools["karim"].calendar == BASE


def test_several_owners_are_all_busy() -> None:
    """Each owner of a task is asked for, once."""
    assert levelled(task("t", LEA, KARIM, LEA)).demands == {"t": (("lea",), ("karim",))}


def test_a_team_sends_one_of_its_members() -> None:
    """Any member may take a team's task; one who has it in person is not the one who is sent besides."""
    found = levelled(task("t1", DESIGN), task("t2", LEA, DESIGN))
    assert found.demands == {"t1": (("lea", "karim"),), "t2": (("lea",), ("karim",))}
    assert sorted(found.pools) == ["karim", "lea"]


def test_a_role_has_so_many_hands() -> None:
    """Where nobody is named, as many tasks go on at once as there are people."""
    found = levelled(task("t", ROLE))
    assert (found.demands, found.pools["team:graphistes"].capacity) == ({"t": (("team:graphistes",),)}, 2)


def test_unknown_teams_and_texts_are_not_limited() -> None:
    """A team that nobody configured, and a text that names nobody, take as many tasks as there are."""
    agency, text = Owner("notion:g", "Agence", OwnerKind.TEAM), Owner("x:y", "à voir", OwnerKind.TEXT)
    assert levelled(task("t1", agency), task("t2", text), task("t3", text, LEA)).demands == {"t3": (("lea",),)}


def test_a_review_keeps_its_reviewer_busy() -> None:
    """In a review the owners are free."""
    found = levelled(task("t", LEA, category=Category.REVIEW, reviewer=KARIM))
    assert found.demands == {"t": (("karim",),)}


def test_what_is_not_scheduled_asks_for_nobody() -> None:
    """Done tasks, and those of boards that work to no date, take no part."""
    found = levelled(task("t1", LEA, category=Category.DONE), task("t2", LEA, board="flow"))
    assert (found.demands, found.pools) == ({}, {})


def test_the_first_project_matters_most() -> None:
    """Projects rank by their place in the configuration, those it does not name last; then a task's own priority."""
    projects = (
        Project(key="row", name="Row", tasks=("t1",)),
        Project(key="b", name="B", tasks=("t2",)),
        Project(key="a", name="A", tasks=("t3", "t4", "t5")),
    )
    settings = Settings(projects={"a": ProjectSection(), "b": ProjectSection()})
    found = levelled(
        task("t1", LEA),
        task("t2", LEA, priority="Basse"),
        task("t3", LEA, priority="Low"),
        task("t4", LEA, priority="🔴 Urgent"),
        task("t5", LEA),
        projects=projects,
        settings=settings,
    )
    assert sorted(found.priorities, key=lambda key: found.priorities[key]) == ["t4", "t5", "t3", "t2", "t1"]


def test_equal_tasks_have_no_priorities() -> None:
    """Where nothing tells tasks apart, nothing is said of them."""
    assert levelled(task("t1", LEA), task("t2", LEA, priority="Normale")).priorities == {}


def test_what_people_know_is_passed_on() -> None:
    """Advised finishes that people were given are for levelling to stay near; the team's own dates are no plan."""
    told = {"t1": datetime(2027, 2, 1, 17, tzinfo=UTC)}
    tasks = (task("t1", LEA), task("t2", LEA, due=date(2027, 1, 8)))
    boards = (Board(key="b", name="B", source="s"),)
    assert levelling(Portfolio(boards=boards, tasks=tasks), CALENDARS, Settings(), told).previous == told


@pytest.mark.parametrize(("board", "less"), [("mpp", True), ("b", False)])
def test_numbers_are_priorities_in_a_plan_only(board: str, less: bool) -> None:  # noqa: FBT001 - a table of cases
    """Microsoft Project counts from 0 to 1000, where 1000 matters most; elsewhere a number may count either way."""
    found = levelled(task("t1", LEA, board=board, priority="900"), task("t2", LEA, board=board, priority="100"))
    assert (found.priorities.get("t1", 0) < found.priorities.get("t2", 0)) is less
