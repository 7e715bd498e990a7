"""What boards work to together, the dates they work to, and how one board is split."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retro.model import Anchor, Board, BoardKind, Link, Role, Task
from retro.model.proposal import BoardProposal, ProjectProposal
from retro.run.discovery.projects import Plan, projects

TODAY = date(2026, 11, 23)
PARIS = ZoneInfo("Europe/Paris")
LAUNCH = date(2027, 3, 1)


def task(key: str, board: str = "a", **fields: object) -> Task:
    """A task of a board."""
    return replace(Task(key=key, board=board, title=key), **fields)  # type: ignore[arg-type]  # a test's own fields


def found(
    tasks: Mapping[str, Sequence[Task]],
    *,
    links: Sequence[Link] = (),
    names: Mapping[str, str] | None = None,
    anchors: Mapping[str, tuple[Anchor, ...]] | None = None,
    kinds: Mapping[str, BoardKind] | None = None,
    end: date | None = None,
) -> tuple[ProjectProposal, ...]:
    """The projects of boards with these tasks."""
    called = {name: (names or {}).get(name, name.upper()) for name in tasks}
    boards = {
        name: Board(key=name, name=called[name], source="s", anchors=(anchors or {}).get(name, ())) for name in tasks
    }
    picked = [
        BoardProposal(alias=name, source="s", at="", name=called[name], kind=(kinds or {}).get(name, BoardKind.PROJECT))
        for name in tasks
    ]
    return projects(picked, Plan(boards=boards, tasks=tasks, links=links, today=TODAY, zone=PARIS, end=end))


def test_boards_that_wait_for_each_other_are_one() -> None:
    """A link between two boards makes them one project; a third stays apart, and a flow board is none."""
    made = found(
        {"a": [task("1")], "b": [task("2", "b")], "c": [task("3", "c")], "d": [task("4", "d")]},
        links=[Link("1", "2")],
        kinds={"d": BoardKind.FLOW},
    )
    assert [project.boards for project in made] == [("a", "b"), ("c",)]


def test_a_shared_beginning_makes_one_project() -> None:
    """Boards of one campaign by their names; with two ends of their own they stay apart."""
    names = {"a": "Ondalie – contenus", "b": "Ondalie – site"}
    (project,) = found({"a": [task("1")], "b": [task("2", "b")]}, names=names)
    assert (project.name, project.alias) == ("Ondalie", "ondalie")
    ends = {"a": [task("1", milestone=True, due=LAUNCH)], "b": [task("2", "b", milestone=True, due=LAUNCH)]}
    assert len(found(ends, names=names)) == 2


def test_a_milestone_is_left_on_the_board() -> None:
    """What the board itself says is told, not copied: the date moves there."""
    (project,) = found({"a": [task("Mise en ligne", milestone=True, due=LAUNCH)]})
    assert project.settled
    assert not project.anchors
    assert "1 Mar 2027" in project.notes[0].text


def test_a_title_that_says_launch_is_an_anchor_to_check() -> None:
    """The task that reads like the launch gives the date; its address, which outlasts its title, stands for it."""
    tasks = [
        task("Lancement du site", due=LAUNCH, url="https://trello.com/c/AbCd1234"),
        task("2", due=date(2027, 4, 1)),
    ]
    (project,) = found({"a": tasks})
    (anchor,) = project.anchors
    assert (anchor.date, anchor.task, anchor.sure) == (LAUNCH, "https://trello.com/c/AbCd1234", True)
    assert any(note.check for note in project.notes)


def test_a_release_goes_before_its_trials_and_repairs() -> None:
    """Of several releases the one with a number of its own decides."""
    tasks = [
        task("v1.35.0-rc.1 released", due=date(2026, 12, 9)),
        task("v1.35.0 released", due=date(2026, 12, 17)),
        task("v1.35.1 released", due=date(2027, 1, 20)),
    ]
    assert found({"a": tasks})[0].anchors[0].name == "v1.35.0 released"


def test_a_date_that_is_past_is_only_suggested() -> None:
    """A launch in the past stands as a comment, and the project is not settled."""
    (project,) = found({"a": [task("Mise en production", due=date(2025, 3, 20))]})
    assert not project.settled
    assert not project.anchors[0].sure


def test_without_any_title_the_last_due_date_is_named() -> None:
    """Where nothing reads like an end, the last due date is shown; work after the launch does not count."""
    tasks = [task("Maquette", due=LAUNCH), task("Débrief", due=date(2027, 4, 1))]
    (project,) = found({"a": tasks})
    assert (project.anchors[0].name, project.anchors[0].sure, project.settled) == ("Maquette", False, False)


def test_nothing_is_invented() -> None:
    """Without any date there is no anchor at all."""
    (project,) = found({"a": [task("1")]})
    assert (project.anchors, project.settled) == ((), False)


def test_a_banner_settles_a_sheet() -> None:
    """A date above a table is the board's own."""
    banner = Anchor(key="a/launch", name="Lancement", date=LAUNCH, project="")
    (project,) = found({"a": [task("1")]}, anchors={"a": (banner,)})
    assert project.settled


def test_a_banner_holds_for_the_whole_sheet() -> None:
    """A sheet with a date above its table is one project, though a column names clients."""
    banner = Anchor(key="a/launch", name="Lancement", date=LAUNCH, project="")
    tasks = [task(f"t{n}", extra={"Client": "Dupont" if n < 3 else "Durand"}) for n in range(6)]
    assert len(found({"a": tasks}, anchors={"a": (banner,)})) == 1
    assert len(found({"a": tasks})) == 2


def test_a_given_end_holds_for_all() -> None:
    """`--end` is written for every project."""
    made = found({"a": [task("1")], "b": [task("2", "b")]}, end=LAUNCH)
    assert [project.anchors[0].date for project in made] == [LAUNCH, LAUNCH]


@pytest.mark.parametrize(
    ("fields", "filters"),
    [
        ({"extra": {"Projet": "Site"}}, "column:Projet=Site"),
        ({"extra": {"Client": "Site"}}, "column:Client=Site"),
        ({"labels": ("Projet : Site",)}, "label:Projet : Site"),
    ],
)
def test_a_column_or_label_of_projects_splits(fields: dict[str, object], filters: str) -> None:
    """Two values on most tasks make two projects, and one more for those that name none."""
    site = [replace(task(f"s{n}"), **fields) for n in range(5)]  # type: ignore[arg-type]  # a test's own fields
    other = [
        replace(
            each,
            key=f"x{number}",
            extra=dict.fromkeys(each.extra, "Salon"),
            labels=tuple("Projet : Salon" for _ in each.labels),
        )
        for number, each in enumerate(site[:4])
    ]
    made = found({"a": [*site, *other, task("sans")]})
    assert [project.name for project in made] == ["Site", "Salon", "A"]
    assert made[0].filter == filters
    assert (made[0].client == "Site") is filters.startswith("column:Client")
    assert made[2].filter == ""


def test_many_values_split_nothing() -> None:
    """A column that differs on every task is no column of projects."""
    assert len(found({"a": [task(f"t{n}", extra={"Projet": f"P{n}"}) for n in range(6)]})) == 1


def test_one_value_names_the_project() -> None:
    """The one project that a column names is what it is called."""
    (project,) = found({"a": [task(f"t{n}", extra={"Projet": "Mon Projet"}) for n in range(3)]})
    assert project.name == "Mon Projet"


def test_rows_that_stand_for_projects_need_none() -> None:
    """A base of projects, and boards whose tasks all name its rows, are projects by themselves."""
    row = task("p", "a", role=Role.PROJECT, handles=("notion:/p",))
    assert found({"a": [row], "b": [task("1", "b", projects=("notion:/p",))]}) == ()


def test_boards_that_name_one_project_are_one() -> None:
    """Two sheets whose column of projects holds one and the same name everywhere make one project of that name."""
    named = {"Projet": "Salon"}
    rows = {"a": [task("1", extra=named)], "b": [task("2", "b", extra=named)]}
    (project,) = found(rows, names={"a": "x", "b": "y"})
    assert (project.boards, project.name) == (("a", "b"), "Salon")
