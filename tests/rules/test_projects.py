"""END101 and END104 on projects, DEP103 on cycles, in the cases that examples do not show."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from retro.lint.examples import ZONE, a_board, a_task, case
from retro.model import (
    AnchorVerdict,
    BoardKind,
    EstimateOrigin,
    Finding,
    Lever,
    Project,
    Schedule,
    TaskSchedule,
)
from retro.ports import Context
from retro_practices.dep.dependency_cycle import DependencyCycle
from retro_practices.end.end_date_unreachable import EndDateUnreachable
from retro_practices.end.project_without_end_date import ProjectWithoutEndDate

TASKS = (a_task("A"), a_task("B"))


def verdict(missing: int = 420, **facts: object) -> AnchorVerdict:
    """The verdict on an anchor at noon of a Friday, which misses so many minutes."""
    plain = AnchorVerdict(
        key="launch",
        name="Launch",
        project="p",
        date=datetime(2027, 1, 15, 12, tzinfo=ZONE),
        feasible=missing == 0,
        missing_minutes=missing,
        chain=tuple(task.key for task in TASKS),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # facts are fields of the verdict


def unreachable(
    origins: tuple[EstimateOrigin, EstimateOrigin], missing: int, *, section: str = "À planifier"
) -> Finding:
    """What END104 says of two tasks of one day each, whose durations rest on `origins`."""
    tasks = tuple(a_task(task.title, section=section) for task in TASKS)
    planned = {
        task.key: TaskSchedule(key=task.key, estimate_minutes=420, estimate_origin=origin)
        for task, origin in zip(tasks, origins, strict=True)
    }
    shown = case("", *tasks, schedule=Schedule(tasks=planned, anchors=(verdict(missing),)))
    (found,) = EndDateUnreachable().check(shown.context())
    return found


@pytest.mark.parametrize(
    ("origins", "missing", "assumed"),
    [
        ((EstimateOrigin.NUMBER, EstimateOrigin.NUMBER), 1, False),
        ((EstimateOrigin.DEFAULT, EstimateOrigin.NUMBER), 420, True),
        ((EstimateOrigin.DEFAULT, EstimateOrigin.NUMBER), 421, False),
        ((EstimateOrigin.DEFAULT, EstimateOrigin.DEFAULT), 840, True),
        ((EstimateOrigin.DEFAULT, EstimateOrigin.DEFAULT), 841, False),
    ],
)
def test_a_date_out_of_reach_is_assumed_where_default_durations_are_the_cause(
    origins: tuple[EstimateOrigin, EstimateOrigin], missing: int, *, assumed: bool
) -> None:
    """If the chain would fit without the durations that nobody gave, the finding rests on an assumption; else not."""
    assert unreachable(origins, missing).assumed is assumed


def test_work_in_lists_that_nobody_explained_is_an_assumption_too() -> None:
    """Tasks that are only taken as to do cannot prove that a date is out of reach."""
    number = (EstimateOrigin.NUMBER, EstimateOrigin.NUMBER)
    assert unreachable(number, 420, section="Zone 51").assumed
    assert not unreachable(number, 421 * 2, section="Zone 51").assumed


def test_missing_time_is_told_in_whole_working_days_and_in_minutes() -> None:
    """A minute over a day is two days for people, and exact for machines."""
    found = unreachable((EstimateOrigin.NUMBER, EstimateOrigin.NUMBER), 421)
    assert (found.params["count"], found.params["missing_minutes"]) == (2, 421)


def test_the_anchor_is_told_by_its_own_date() -> None:
    """A fair on Saturday is told as Saturday, although work before it ends on Friday."""
    told = verdict(day=date(2027, 1, 16))
    shown = case("", *TASKS, schedule=Schedule(anchors=(told,)))
    (found,) = EndDateUnreachable().check(shown.context())
    assert found.params["date"] == date(2027, 1, 16)


def test_only_the_levers_that_exist_are_told() -> None:
    """Without a pair to overlap there is no sentence about overlapping."""
    levers = (Lever(kind="move", gain_minutes=420, date=datetime(2027, 1, 18, 17, tzinfo=ZONE)),)
    shown = case("", *TASKS, schedule=Schedule(anchors=(verdict(levers=levers),)))
    (found,) = EndDateUnreachable().check(shown.context())
    assert found.params["move"] == date(2027, 1, 18)
    assert "overlap" not in found.params
    assert found.template is EndDateUnreachable.template


def without_date(context: Context) -> list[str]:
    """The subjects of END101."""
    return [finding.subject for finding in ProjectWithoutEndDate().check(context)]


def test_a_project_over_several_boards_is_one_finding_without_a_board() -> None:
    """The project is the subject; a board is named only where it is the only one."""
    boards = (a_board(), a_board("Autre", key="trello:autre"))
    context = case("", *TASKS, a_task("C", on="trello:autre"), boards=boards).context()
    (found,) = ProjectWithoutEndDate().check(context)
    assert (found.subject, found.project, found.board, found.task) == ("p", "p", None, None)


def test_an_anchor_that_the_schedule_found_is_an_anchor() -> None:
    """A verdict on any of the project's anchors is enough, whoever found it; another project's is not."""
    assert without_date(case("", *TASKS, schedule=Schedule(anchors=(verdict(0),))).context()) == []
    other = Schedule(anchors=(verdict(0, project="q"),))
    assert without_date(case("", *TASKS, schedule=other).context()) == ["p"]


def test_a_milestone_that_is_done_is_no_anchor_and_a_finished_project_needs_none() -> None:
    """Done milestones bind nothing; where all is done there is nothing left to plan."""
    done = a_task("Launch", milestone=True, section="Terminé")
    assert without_date(case("", *TASKS, done).context()) == ["p"]
    assert without_date(case("", done).context()) == []


def test_a_project_on_flow_boards_alone_needs_no_date() -> None:
    """Configured as a project or not, what is always on has no end; with a project board beside it, it has."""
    flow, plan = a_board("Flux", key="f", kind=BoardKind.FLOW), a_board("Plan", key="b")
    context = case("", a_task("A", on="f"), a_task("B", on="b"), boards=(flow, plan)).context()
    for boards, expected in ((("f",), []), (("f", "b"), ["p"])):
        project = Project(key="p", name="P", boards=boards, tasks=tuple(context.tasks))
        assert without_date(replace(context, portfolio=replace(context.portfolio, projects=(project,)))) == expected


def test_a_cycle_is_the_same_from_wherever_it_is_told() -> None:
    """Rotations of one circle have one identity; the opposite direction is another circle."""
    tasks = tuple(a_task(name) for name in "ABC")
    a, b, c = (task.key for task in tasks)

    def subject(*cycle: str) -> str:
        (found,) = DependencyCycle().check(case("", *tasks, schedule=Schedule(cycles=(cycle,))).context())
        return found.subject

    assert subject(a, b, c) == subject(b, c, a) == subject(c, a, b)
    assert subject(a, b, c) != subject(c, b, a)


def test_a_cycle_over_two_boards_stands_on_neither() -> None:
    """A finding names a board only where all its tasks stand on it."""
    boards = (a_board(), a_board("Autre", key="trello:autre"))
    tasks = (a_task("A"), a_task("B", on="trello:autre"))
    shown = case("", *tasks, boards=boards, schedule=Schedule(cycles=(tuple(task.key for task in tasks),)))
    (found,) = DependencyCycle().check(shown.context())
    assert (found.board, found.task, found.params["tasks"]) == (None, None, ("A", "B"))
