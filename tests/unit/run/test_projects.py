"""Projects: one a board without configuration, else the first in the file that matches a task."""

from dataclasses import replace
from datetime import date

import pytest

from retro.config.load import parse
from retro.model import AnchorOrigin, Board, BoardKind, Membership, Role, Task
from retro.ports import ConfigurationError
from retro.run.projects import one_project, projects

BOARDS = (
    Board(key="k:a", name="A", source="s", alias="a"),
    Board(key="k:b", name="B", source="s", alias="b", kind=BoardKind.FLOW),
)
SITE = Task(key="1", board="k:a", title="Site", labels=("Site",), memberships=(Membership("k:a", "2027"),))
OTHER = Task(key="2", board="k:a", title="Autre", extra={"Projet": "Salon"})
FLOW = Task(key="3", board="k:b", title="Demande")
TASKS = (SITE, OTHER, FLOW)
HEAD = '[sources.s]\nkind = "trello"\n[boards.a]\nsource = "s"\n[boards.b]\nsource = "s"\nkind = "flow"\n'


def configured(text: str) -> dict[str, tuple[str, ...]]:
    """Task keys by project."""
    found = projects(parse(HEAD + text, "retro.toml"), BOARDS, TASKS)
    return {project.key: project.tasks for project in found}


def test_each_project_board_is_one() -> None:
    """Without [projects], boards of kind project are projects; a flow board is none."""
    assert configured("") == {"k:a": ("1", "2")}


@pytest.mark.parametrize("condition", ["label:site", "list:2027"])
def test_the_first_that_matches_wins(condition: str) -> None:
    """A task belongs to one project: the first in the file whose filter it meets."""
    text = f'[projects.site]\nboards = ["a"]\nfilter = "{condition}"\n[projects.rest]\nboards = ["a"]\n'
    assert configured(text) == {"site": ("1",), "rest": ("2",)}


def test_a_column_may_tell() -> None:
    """`column:NAME=VALUE` looks at a board's own field."""
    assert configured('[projects.salon]\nboards = ["a"]\nfilter = "column:Projet=salon"\n') == {"salon": ("2",)}


def test_a_filter_that_is_none() -> None:
    """A filter of another shape is refused by name."""
    with pytest.raises(ConfigurationError, match="a filter is"):
        configured('[projects.x]\nboards = ["a"]\nfilter = "colour:red"\n')


def test_end_takes_the_place_of_anchors() -> None:
    """`--end` replaces configured anchors; without it they stand, with the task that they name."""
    text = '[projects.x]\nname = "X"\nboards = ["a"]\nanchors = [{ date = 2027-03-01, task = "site" }]\n'
    settings = parse(HEAD + text, "retro.toml")
    (project,) = projects(settings, BOARDS, TASKS)
    assert (project.anchors[0].date, project.anchors[0].task) == (date(2027, 3, 1), "1")
    (project,) = projects(settings, BOARDS, TASKS, date(2027, 4, 1))
    assert [(anchor.date, anchor.origin) for anchor in project.anchors] == [(date(2027, 4, 1), AnchorOrigin.OPTION)]


@pytest.mark.parametrize("name", ["1", "https://trello.com/c/1", "#4", "SITE"])
def test_an_anchor_names_the_first_task_of_that_name(name: str) -> None:
    """Key, address, handle and title name a task; of several that bear it, the first one read is meant."""
    text = f'[projects.x]\nboards = ["a"]\nanchors = [{{ date = 2027-03-01, task = "{name}" }}]\n'
    site = replace(SITE, url="https://trello.com/c/1", handles=("#4",))
    again = replace(site, key="9", board="k:b")
    (project,) = projects(parse(HEAD + text, "retro.toml"), BOARDS, (OTHER, site, again))
    assert project.anchors[0].task == "1"


def test_tasks_of_a_project_keep_their_order() -> None:
    """A project over several boards has its tasks in the order in which all of them were read."""
    text = '[projects.x]\nboards = ["b", "a"]\n'
    found = projects(parse(HEAD + text, "retro.toml"), BOARDS, (SITE, FLOW, OTHER))
    assert found[0].tasks == ("1", "3", "2")


def test_an_anchor_names_a_task_that_is_there() -> None:
    """An anchor's task must exist."""
    with pytest.raises(ConfigurationError, match="no task"):
        configured('[projects.x]\nboards = ["a"]\nanchors = [{ date = 2027-03-01, task = "Nowhere" }]\n')


def test_paths_are_one_project() -> None:
    """All the files of one command make one project of their project boards."""
    (project,) = one_project(BOARDS, TASKS, None)
    assert (project.boards, project.tasks, project.anchors) == (("k:a",), ("1", "2"), ())


@pytest.mark.parametrize("condition", ["label:site", "list:2027", "column:Projet=Site"])
def test_a_line_of_a_checklist_goes_with_its_card(condition: str) -> None:
    """A filter is asked of the card: what stands on its checklist belongs to the same project."""
    card = replace(SITE, extra={"Projet": "Site"})
    line = Task(key="1/a", board="k:a", title="Ligne", parent="1", role=Role.ITEM)
    text = f'[projects.site]\nboards = ["a"]\nfilter = "{condition}"\n[projects.rest]\nboards = ["a"]\n'
    found = projects(parse(HEAD + text, "retro.toml"), BOARDS, (card, line, OTHER))
    assert [project.tasks for project in found] == [("1", "1/a"), ("2",)]


def test_an_anchor_names_no_line_of_a_checklist() -> None:
    """A line of the same title as a card does not stand in for it."""
    line = Task(key="0/a", board="k:a", title="Site", parent="0", role=Role.ITEM)
    text = '[projects.x]\nboards = ["a"]\nanchors = [{ date = 2027-03-01, task = "site" }]\n'
    (project,) = projects(parse(HEAD + text, "retro.toml"), BOARDS, (line, SITE))
    assert project.anchors[0].task == "1"
