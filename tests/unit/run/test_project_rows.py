"""Rows that stand for projects: known by the tasks that name them, with anchor, client, guardian and type."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from retro.config.load import parse
from retro.model import (
    AnchorOrigin,
    Board,
    BoardKind,
    Category,
    Owner,
    Role,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
)
from retro.run.project_rows import ProjectRows, marked
from retro.run.projects import projects

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
BOARDS = (
    Board(key="k:tasks", name="Tâches", source="s", alias="taches"),
    Board(key="k:more", name="Web", source="s", alias="web", kind=BoardKind.FLOW),
    Board(key="k:rows", name="Projets", source="s", alias="projets"),
)
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
SALON = Task(
    key="k:1",
    board="k:rows",
    title="Salon",
    handles=("notion:/1",),
    due=date(2027, 4, 1),
    launch=date(2027, 3, 1),
    client="Ondalie",
    type="Événement",
    owners=(Owner("lea", "Léa"), Owner("paul", "Paul")),
)
SITE = Task(key="k:2", board="k:rows", title="Site", handles=("notion:/2",), due=date(2027, 5, 1))
OLD = Task(key="k:3", board="k:rows", title="Vieux", handles=("notion:/3",), status=DONE)
EMPTY = Task(key="k:4", board="k:rows", title="Futur", handles=("notion:/4",))


def a_task(key: str, *named: str, on: str = "k:tasks", **more: Any) -> Task:
    """A task that names rows as its projects."""
    return Task(key=key, board=on, title=key, projects=named, **more)


TASKS = (
    a_task("a", "notion:/1"),
    a_task("b", "notion:/9", "notion:/2", "notion:/1"),
    a_task("c"),
    a_task("part", parent="a"),
    a_task("d", "notion:/1", on="k:more"),
    a_task("past", "notion:/3", status=DONE),
)


def read(*tasks: Task) -> list[Snapshot]:
    """A snapshot a board."""
    return [
        Snapshot(board=board, tasks=tuple(task for task in tasks if task.board == board.key), read_at=NOW)
        for board in BOARDS
    ]


def all_tasks() -> list[Task]:
    """Everything that was read, the rows marked."""
    return [task for snapshot in marked(read(*TASKS, SALON, SITE, OLD, EMPTY)) for task in snapshot.tasks]


def test_a_base_of_projects_is_known_by_who_names_its_rows() -> None:
    """All rows of the board get the role of project, those that nobody names too; no other board's tasks do."""
    roles = {task.key: task.role for task in all_tasks()}
    assert {key for key, role in roles.items() if role is Role.PROJECT} == {"k:1", "k:2", "k:3", "k:4"}
    assert not any(task.counts for task in all_tasks() if task.role is Role.PROJECT)


def test_rows_of_the_same_board_are_tasks() -> None:
    """A relation of a board with itself makes no base of projects; nor does a handle that leads nowhere."""
    tasks = (a_task("a", "notion:/1"), replace(SALON, board="k:tasks"), a_task("b", "notion:/77"))
    assert all(task.role is Role.TASK for snapshot in marked(read(*tasks)) for task in snapshot.tasks)


def test_marking_again_changes_nothing() -> None:
    """A snapshot that was stored marked stays as it is."""
    once = marked(read(*TASKS, SALON))
    assert marked(once) == once


def test_each_row_is_a_project_with_its_own_anchor() -> None:
    """The first row that a task names wins it; its part goes with it; the launch goes before the due date."""
    found = {project.key: project for project in projects(parse("", "retro.toml"), BOARDS, all_tasks())}
    assert {key: set(project.tasks) for key, project in found.items()} == {
        "k:1": {"a", "part", "d"},
        "k:2": {"b"},
        "k:tasks": {"c"},
    }
    salon = found["k:1"]
    assert (salon.name, salon.client, salon.type, salon.guardian) == ("Salon", "Ondalie", "Événement", "lea")
    assert salon.boards == ("k:tasks", "k:more")
    assert [(each.date, each.origin, each.name) for each in salon.anchors] == [
        (date(2027, 3, 1), AnchorOrigin.ROW, "Salon")
    ]
    assert [each.date for each in found["k:2"].anchors] == [date(2027, 5, 1)]


def test_the_end_option_takes_the_place_of_rows_dates() -> None:
    """`--end` anchors every project."""
    found = projects(parse("", "retro.toml"), BOARDS, all_tasks(), date(2027, 9, 1))
    assert {each.date for project in found for each in project.anchors} == {date(2027, 9, 1)}


def test_the_configuration_wins_first() -> None:
    """A configured project takes what it matches, by the row's title too; the rows get what is left, boards nothing."""
    head = (
        '[sources.s]\nkind = "notion"\n[boards.taches]\nsource = "s"\n[boards.web]\nsource = "s"\n'
        '[boards.projets]\nsource = "s"\n'
    )
    text = '[projects.salon]\nboards = ["taches", "projets"]\nfilter = "column:Projet=Salon"\n'
    found = {each.key: set(each.tasks) for each in projects(parse(head + text, "retro.toml"), BOARDS, all_tasks())}
    assert found == {"salon": {"a", "part"}, "k:1": {"d"}, "k:2": {"b"}}


def test_parents_in_a_circle_end() -> None:
    """Looking for a part's project does not go round for ever."""
    one, two = a_task("x", parent="y"), a_task("y", parent="x")
    assert ProjectRows([one, two]).of(one) is None
