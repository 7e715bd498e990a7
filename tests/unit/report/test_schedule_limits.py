"""However large or spoilt a plan is, its text fits a few screens; and it says what lint and the page say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from retro.i18n import say
from retro.model import (
    Assessment,
    ChainStep,
    Finding,
    Severity,
    TaskSchedule,
    Template,
    UnresolvedLink,
    Verdict,
)
from retro.report import json_schedule, schedule_text, wording
from retro.report.outlook import Prospect, outlooks, rooms

FEW = 260
"""Lines of the longest text."""


def crowd(team: Assessment, count: int) -> Assessment:
    """The team's plan with so many tasks as its first."""
    first = next(task for task in team.portfolio.tasks if task.key in team.schedule.tasks and task.is_open)
    planned = team.schedule.tasks[first.key]
    tasks = tuple(replace(first, key=f"t:{n:05}", title=f"Tâche {n}") for n in range(count))
    return replace(
        team,
        portfolio=replace(team.portfolio, tasks=tasks),
        schedule=replace(
            team.schedule,
            tasks={task.key: replace(planned, key=task.key) for task in tasks},
            cycles=(),
            unresolved=(),
        ),
    )


def text_of(assessment: Assessment, screen: Any, width: int = 100) -> list[str]:
    """The lines of its schedule."""
    terminal = screen(width)
    schedule_text.draw(assessment, terminal.console)
    return [line.rstrip() for line in terminal.lines]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_circle_of_thousands_is_cut(team: Assessment, screen: Any, width: int) -> None:
    """Ten of its tasks are named, the rest is counted; JSON keeps every key."""
    many = crowd(team, 5000)
    ring = replace(many, schedule=replace(many.schedule, cycles=(tuple(many.schedule.tasks),)))
    lines = text_of(ring, screen, width)
    assert len(lines) < FEW
    assert "… et 4990 de plus" in " ".join(line.strip() for line in lines)
    assert len(json_schedule.document(ring)["cycles"][0]) == 5000


def test_thousands_of_circles_are_counted(team: Assessment, screen: Any) -> None:
    """Ten of them are told."""
    many = crowd(team, 2000)
    keys = list(many.schedule.tasks)
    pairs = tuple(zip(keys[::2], keys[1::2], strict=True))
    lines = text_of(replace(many, schedule=replace(many.schedule, cycles=pairs)), screen)
    assert sum("s’attendent" in line for line in lines) == 10
    assert "… et 990 boucles de plus" in lines


def test_a_task_that_waits_for_itself_is_said(team: Assessment, screen: Any) -> None:
    """A circle of one."""
    alone = replace(team, schedule=replace(team.schedule, cycles=(("t:s3",),)))
    assert any(line.startswith("Cette tâche s’attend elle-même : ") for line in text_of(alone, screen))


def test_a_table_has_an_end(team: Assessment, screen: Any) -> None:
    """Two hundred rows, then a count and where the rest is."""
    lines = text_of(crowd(team, 3000), screen)
    assert sum("Tâche " in line for line in lines) == 200
    assert "… et 2800 autres tâches : --format csv" in lines


def test_a_hundred_dates_are_not_a_hundred_tables(team: Assessment, screen: Any) -> None:
    """Twelve dates are drawn, those that cannot be met first; the others are counted."""
    one = team.schedule.anchors[0]
    anchors = tuple(
        replace(one, key=f"a{n}", name=f"Date {n}", feasible=n % 2 > 0, chain=(), steps=(), levers=())
        for n in range(100)
    )
    lines = text_of(replace(team, schedule=replace(team.schedule, anchors=anchors)), screen)
    assert sum(line.startswith("Date ") for line in lines) == 12
    assert "… et 88 autres dates, dont 38 qui ne peuvent pas être tenues" in lines


def test_a_chain_of_thousands_shows_its_ends(team: Assessment, screen: Any) -> None:
    """Where it begins and where it ends."""
    many = crowd(team, 3000)
    steps = tuple(ChainStep(task=key) for key in many.schedule.tasks)
    anchor = replace(team.schedule.anchors[0], feasible=False, missing_minutes=420, steps=steps, levers=())
    lines = [
        line.strip() for line in text_of(replace(many, schedule=replace(many.schedule, anchors=(anchor,))), screen)
    ]
    assert "8. Tâche 7" in lines
    assert "… 2989 autres tâches …" in lines
    assert "3000. Tâche 2999" in lines
    assert len(lines) < FEW


def test_links_that_lead_nowhere_are_counted(team: Assessment, screen: Any) -> None:
    """The first three are named, with what they say."""
    links = tuple(UnresolvedLink("t:s3", f"#{n}" * 5000) for n in range(1000))
    lines = text_of(replace(team, schedule=replace(team.schedule, unresolved=links)), screen)
    assert any(line.startswith("1000 liens ne mènent à aucune tâche connue : ") for line in lines)
    assert len(lines) < FEW


def test_what_a_board_says_of_itself_is_told(team: Assessment, screen: Any) -> None:
    """Warnings stand below the plan, a few of them, safe for a terminal; JSON holds all."""
    warnings = ("le \x1b[31mplan est fractionné.", *(f"remarque {n}." for n in range(40)))
    board = replace(team.portfolio.boards[0], warnings=warnings)
    warned = replace(team, portfolio=replace(team.portfolio, boards=(board,)))
    lines = text_of(warned, screen)
    assert "Le plan est fractionné." in lines
    assert "… et 29 autres remarques : retro doctor" in lines
    assert [each["text"] for each in json_schedule.document(warned)["warnings"]] == list(warnings)


def test_work_before_the_status_date_is_told(team: Assessment, screen: Any) -> None:
    """What is still open though the plan ends it before the day to which its tool has recorded what was done."""
    keys = {task.board for task in team.portfolio.tasks if task.is_open and task.key in team.schedule.tasks}
    board = next(each for each in team.portfolio.boards if each.key in keys)
    said = "date d’état"
    for day, told in ((date(2030, 1, 1), True), (date(2020, 1, 1), False)):
        dated = replace(team, portfolio=replace(team.portfolio, boards=(replace(board, status_date=day),)))
        assert any(said in line for line in text_of(dated, screen)) is told


def test_a_date_is_judged_in_the_words_of_lint(team: Assessment, screen: Any) -> None:
    """One sentence for one plan: where the team's dates use up the margin, both say so, and schedule says whose."""
    anchor = replace(team.schedule.anchors[0], feasible=True, missing_minutes=0, slack_minutes=42_000, levers=())
    thin = {
        key: replace(planned, verdict=Verdict.THIN if planned.anchor == anchor.key else Verdict.OK)
        for key, planned in team.schedule.tasks.items()
    }
    for tasks, prospect in ((thin, Prospect.TIGHT), (_fine(thin), Prospect.HOLDS)):
        made = replace(team, schedule=replace(team.schedule, anchors=(anchor,), tasks=tasks))
        outlook = next(each for each in outlooks(made, frozenset()) if each.anchor is not None)
        assert rooms(made)[anchor.key].prospect is outlook.prospect is prospect
        lines = text_of(made, screen, 160)
        assert lines[1] == wording.verdict(outlook, made.day_minutes)
        assert any("plus tard que" in line and "marge" in line for line in lines[2:4]) is (prospect is Prospect.TIGHT)


def _fine(tasks: dict[str, TaskSchedule]) -> dict[str, TaskSchedule]:
    return {key: replace(planned, verdict=Verdict.OK) for key, planned in tasks.items()}


def test_a_finding_names_ten_tasks(team: Assessment) -> None:
    """The message of a circle of thousands is cut; its facts hold them all."""
    titles = tuple(f"T{n}" for n in range(5000))
    finding = Finding(
        code="DEP103",
        name="dependency-cycle",
        severity=Severity.ERROR,
        template=Template("these tasks wait for each other in a circle: {tasks}"),
        params={"tasks": titles},
    )
    assert say(finding, lang="en").endswith("T8, T9, … and 4990 more")
    assert say(finding, lang="fr").endswith("T8, T9, … et 4990 de plus")
