"""The terminal report of `retro lint`: one screen, verdict first, safe anywhere."""

from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from tests.marketing_team import finding

from retro.model import Assessment, BoardKind, Severity
from retro.report import lint_text


def crowd(team: Assessment) -> Assessment:
    """Twenty projects, thirty rules and several hundred remarks."""
    first = team.portfolio.projects[0]
    projects = tuple(replace(first, key=f"salon{n}", name=f"Salon {n}") for n in range(20))
    findings = tuple(
        finding(f"XYZ{code:03}", Severity.ERROR, "Phrase assez longue pour dépasser la largeur. " * 4, task.key)
        for code in range(30)
        for task in team.portfolio.tasks
    )
    return replace(team, portfolio=replace(team.portfolio, projects=projects), findings=findings)


def test_the_verdict_comes_first(team: Assessment, screen: Any) -> None:
    """The project that misses its date is told before any remark, with what is missing and J−N."""
    terminal = screen(100)
    lint_text.draw(team, terminal.console)
    verdict = next(line for line in terminal.lines if "Salon" in line)
    assert "Il manque 3 jours ouvrés" in verdict
    assert "J−17" in verdict
    assert terminal.lines.index(verdict) <= 1
    assert "données du dim. 10 janv. 07:00" in terminal.lines[0]
    assert any("vieilles de 1 jour" in line and "retro nightly status" in line for line in terminal.lines)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_one_screen_whatever_there_is_to_say(team: Assessment, screen: Any, width: int) -> None:
    """At most 24 lines, none wider than the terminal, and the number of remarks left out is told."""
    terminal = screen(width)
    crowded = crowd(team)
    lint_text.draw(crowded, terminal.console)
    assert len(terminal.lines) <= 24
    assert all(cell_len(line) <= width for line in terminal.lines)
    if width >= 80:
        assert f"{25 * len(team.portfolio.tasks)} autres remarques : retro lint --all" in terminal.text


def test_remarks_of_one_rule_are_told_as_one(team: Assessment, screen: Any) -> None:
    """Three tasks without an owner make one entry that names them."""
    terminal = screen(160)
    lint_text.draw(team, terminal.console)
    at = next(number for number, line in enumerate(terminal.lines) if "OWN101" in line)
    assert "sans responsable (3)" in terminal.lines[at]
    assert "Planning des présences" in terminal.lines[at + 1]
    assert terminal.text.count("OWN101") == 1


def test_a_rule_has_one_entry_whatever_its_severities(team: Assessment, screen: Any) -> None:
    """What it says for certain is shown; what it only assumes of other tasks is counted with the rest."""
    sure, guessed = team.portfolio.tasks[0], team.portfolio.tasks[1]
    findings = (
        finding("XYZ101", Severity.ERROR, "Sûr.", sure.key),
        finding("XYZ101", Severity.INFO, "Peut-être.", guessed.key, assumed=True),
    )
    terminal = screen(120)
    lint_text.draw(replace(team, findings=findings), terminal.console)
    assert terminal.text.count("XYZ101") == 1
    assert "Sûr." in terminal.text
    assert "1 autre remarque" in terminal.text


def test_what_a_profile_softens_still_comes_before_what_matters_less(team: Assessment, screen: Any) -> None:
    """Among infos, rules that are errors by themselves come first; an assumption weighs one less."""
    findings = tuple(
        finding(code, Severity.INFO, f"{code}.", task.key, assumed=code == "XYZ104")
        for code, task in zip(("XYZ101", "XYZ102", "XYZ103", "XYZ104"), team.portfolio.tasks, strict=False)
    )
    weights = {
        "XYZ101": Severity.INFO,
        "XYZ102": Severity.WARNING,
        "XYZ103": Severity.ERROR,
        "XYZ104": Severity.ERROR,
    }
    terminal = screen(120)
    lint_text.draw(replace(team, findings=findings, weights=weights), terminal.console)
    places = [terminal.text.index(f"{code}.") for code in ("XYZ103", "XYZ102", "XYZ104", "XYZ101")]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", [BoardKind.FLOW, BoardKind.EDITORIAL])
def test_a_board_that_works_to_no_date_gets_no_verdict(team: Assessment, screen: Any, kind: BoardKind) -> None:
    """Requests and calendars of publications have no launch: its absence is no news."""
    project = replace(team.portfolio.projects[0], anchors=())
    boards = tuple(replace(board, kind=kind) for board in team.portfolio.boards)
    portfolio = replace(team.portfolio, projects=(project,), boards=boards)
    terminal = screen(120)
    lint_text.draw(
        replace(team, portfolio=portfolio, schedule=replace(team.schedule, anchors=()), findings=()), terminal.console
    )
    assert "Aucun tableau ne vise de date de lancement" in terminal.text
    assert project.name not in terminal.text


@pytest.mark.parametrize(
    ("group_by", "heading"),
    [("owner", "Inès Duval  2"), ("board", "Lancements  8"), ("rule", "OWN101 sans responsable  3")],
)
def test_everything_is_grouped_as_asked(team: Assessment, screen: Any, group_by: Any, heading: str) -> None:
    """All remarks, primary or not, stand under the heading that was asked for."""
    terminal = screen(200)
    lint_text.draw(team, terminal.console, everything=True, group_by=group_by)
    assert heading in terminal.lines
    assert "Sans brief." in terminal.text


def test_hostile_titles_do_nothing(team: Assessment, screen: Any) -> None:
    """Escape sequences, markup of the library and line breaks in a title reach no terminal."""
    hostile = "\x1b[2J[bold red]Effacé[/]\x1b]8;;file:///etc\x07\nfaux verdict"
    tasks = tuple(replace(task, title=hostile, url="javascript:alert(1)") for task in team.portfolio.tasks)
    terminal = screen(200)
    lint_text.draw(replace(team, portfolio=replace(team.portfolio, tasks=tasks)), terminal.console, everything=True)
    assert "\x1b" not in terminal.text
    assert "javascript" not in terminal.text
    assert "[bold red]Effacé[/] faux verdict" in terminal.text


def test_a_console_without_unicode_is_served(team: Assessment, screen: Any) -> None:
    """On a latin-1 or ASCII console every character can be encoded."""
    for encoding in ("latin-1", "ascii"):
        terminal = screen(80, encoding)
        lint_text.draw(team, terminal.console)
        assert "Il manque 3 jours ouvr" in terminal.text


def test_nothing_to_say_is_said(team: Assessment, screen: Any) -> None:
    """Without findings the report still gives the verdict and says that there is nothing to remark."""
    terminal = screen(120)
    lint_text.draw(replace(team, findings=(), suppressed=2), terminal.console)
    assert "Rien à signaler · 2 ignorées · 41 tâches lues" in terminal.text
