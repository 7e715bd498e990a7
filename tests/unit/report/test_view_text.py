"""The central page on a terminal: verdicts, the lists of the meeting, load, then the timelines of what is missed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len

from retro.i18n import use
from retro.model import (
    Assessment,
    EndBasis,
    EndSlip,
    Happened,
    Moved,
    PlanEnd,
    ProjectSlip,
    Slippage,
    TaskSlip,
)
from retro.report import view_text, wording
from retro.report.html.view import view
from retro.report.outlook import Prospect, outlooks
from retro.report.worklists import worklists

FEW = 125
"""Lines of the longest page."""

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(screen: Any) -> Shown:
    """The lines of the page at a width."""

    def lines(assessment: Assessment, width: int = 100, encoding: str = "utf-8", **options: Any) -> list[str]:
        terminal = screen(width, encoding)
        view_text.draw(assessment, terminal.console, **options)
        return [line.rstrip() for line in terminal.lines]

    return lines


def test_it_begins_as_the_page_does(team: Assessment, shown: Shown) -> None:
    """The headline, then a line for each project in the page's order and words; calm ones share one line."""
    page = view(team)
    lines = shown(team, 120)
    assert lines[0].startswith(page.headline)
    assert tuple(lines[1:3]) == page.stale
    projects = lines[4:6]
    for line, of in zip(projects, page.lines, strict=True):
        assert line[2:].startswith(of.name)
        assert of.days_left in line
        assert of.verdict in line
        assert of.share_said in line
    assert projects[0][0] == "✗"
    assert lines[6] == "✓ 1 projet tient sa date  Nouveau site"


def test_the_lists_are_those_of_the_meeting(team: Assessment, shown: Shown) -> None:
    """Late, this week, who waits for whom, to be told: counted whole, five of each at most, the rest counted."""
    lists = worklists(team)
    lines = shown(team)
    for name, count in (
        ("En retard", len(lists.late)),
        ("Cette semaine", len(lists.due)),
        ("Qui attend qui", len(lists.waits)),
        ("À prévenir", len(lists.soon)),
    ):
        begin = lines.index(f"{name}  {count}")
        end = lines.index("", begin)
        assert end - begin - 1 == min(count, 5) + (count > 5)
        assert (lines[end - 1] == f"  … et {count - 5} de plus") is (count > 5)
    first = lists.late[0]
    assert any(wording.title(first.task) in line and "Inès Duval" in line for line in lines)


def test_an_empty_list_says_so(team: Assessment, shown: Shown) -> None:
    """Nothing late is a sentence beside the heading."""
    done = tuple(task for task in team.portfolio.tasks if not task.is_open)
    lines = shown(replace(team, portfolio=replace(team.portfolio, tasks=done)))
    assert "En retard  Rien n’est en retard." in lines
    assert "Qui attend qui  Personne n’attend personne." in lines
    assert not any(line.startswith("À prévenir") for line in lines)
    assert not any(line.startswith("Charge") for line in lines)


def test_load_marks_who_has_too_much(team: Assessment, shown: Shown) -> None:
    """Days of work beside days that can be taken on, people by name, weeks as many as fit."""
    lines = shown(team)
    begin = next(place for place, line in enumerate(lines) if line.startswith("Charge"))
    people = lines[begin + 2 : lines.index("", begin)]
    names = [line[2:15].strip() for line in people]
    assert names == sorted(names, key=str.casefold)
    assert any("7,4/4!" in line for line in people)
    assert len(lines[begin + 1].split()) == 6
    narrow = shown(team, 40)
    begin = next(place for place, line in enumerate(narrow) if line.startswith("Charge"))
    assert len(narrow[begin + 1].split()) == 3


def test_only_what_is_missed_is_drawn(team: Assessment, shown: Shown) -> None:
    """The project that misses its date has its levers and its timeline; how to see another is told."""
    missed = [each for each in outlooks(team, frozenset()) if each.prospect is Prospect.MISSED]
    assert len(missed) == 1
    lines = shown(team)
    heads = [line for line in lines if "1 signe = " in line]
    assert len(heads) == 1
    begin = lines.index(heads[0])
    assert missed[0].anchor is not None
    assert sum(line.startswith("  – ") for line in lines[begin - 5 : begin]) == len(missed[0].anchor.levers)
    assert any("[RP] Dossier de presse" in line and "█" in line for line in lines[begin:])
    assert not any("Feu vert" in line for line in lines[begin:])
    assert "La frise d’un autre projet : `retro view --text --project NOM`" in lines


def test_a_project_alone_is_drawn_however_it_stands(team: Assessment, shown: Shown) -> None:
    """The page of one project shows its timeline, and its verdict once."""
    (site,) = [project for project in team.portfolio.projects if project.key == "site"]
    keys = set(site.tasks)
    part = replace(
        team,
        portfolio=replace(
            team.portfolio,
            projects=(site,),
            tasks=tuple(task for task in team.portfolio.tasks if task.key in keys),
        ),
    )
    lines = shown(part, whole=team)
    assert sum(line.startswith("✓ Nouveau site") for line in lines) == 1
    assert any("1 signe = " in line for line in lines)
    assert not any("La frise d’un autre projet" in line for line in lines)


def test_what_is_sent_out_has_no_load(team: Assessment, shown: Shown) -> None:
    """Nobody's hours are told to others."""
    assert not any(line.startswith("Charge") for line in shown(team, public=True))


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_any_width_will_do(team: Assessment, shown: Shown, width: int, language: str) -> None:
    """No line is wider than the screen, in either language."""
    use(language)
    assert all(cell_len(line) <= width for line in shown(team, width))


def test_a_console_without_unicode_will_do(team: Assessment, shown: Shown) -> None:
    """Signs and bars are ASCII, and whatever else the encoding lacks is a question mark."""
    lines = shown(team, 80, "ascii")
    assert any(line.startswith("x Salon Bio & Sens") for line in lines)
    assert any("###" in line for line in lines)


def test_hostile_titles_stay_text(team: Assessment, shown: Shown) -> None:
    """Escape sequences, line breaks and marks that turn the direction of writing are gone from every line."""
    evil = "\x1b[2J\x1b]8;;http://evil\x07\u202e[bold]x[/bold]\r\n\tfin"
    tasks = tuple(replace(task, title=f"{evil} {task.title}") for task in team.portfolio.tasks)
    projects = tuple(replace(project, name=f"{evil} {project.name}") for project in team.portfolio.projects)
    lines = shown(replace(team, portfolio=replace(team.portfolio, tasks=tasks, projects=projects)), 160)
    assert not any(char in "\x1b\x07\u202e\t" for line in lines for char in line)
    assert any("[bold]x[/bold] fin" in line for line in lines)


def test_a_crowd_stays_on_a_few_screens(team: Assessment, shown: Shown) -> None:
    """Hundreds of projects, people and tasks are counted where they are not named."""
    tasks, projects, planned = list(team.portfolio.tasks), [], dict(team.schedule.tasks)
    salon = next(project for project in team.portfolio.projects if project.key == "salon")
    anchor = next(each for each in team.schedule.anchors if each.project == "salon")
    anchors = []
    for number in range(40):
        key = f"p{number}"
        copies = [
            replace(
                task,
                key=f"{key}:{task.key}",
                owners=tuple(replace(owner, key=f"{owner.key}{number}") for owner in task.owners),
            )
            for task in team.portfolio.tasks
            if task.key in salon.tasks
        ]
        tasks += copies
        anchors.append(replace(anchor, key=f"{key}/0", project=key))
        for task in copies:
            if (plan := planned.get(task.key.partition(":")[2])) is not None:
                planned[task.key] = replace(plan, key=task.key, anchor=f"{key}/0")
        projects.append(replace(salon, key=key, name=f"Salon {number}", tasks=tuple(task.key for task in copies)))
    many = replace(
        team,
        portfolio=replace(team.portfolio, tasks=tuple(tasks), projects=tuple(projects)),
        schedule=replace(team.schedule, anchors=tuple(anchors), tasks=planned),
    )
    lines = shown(many, 80)
    assert len(lines) < FEW
    assert "  32 autres projets à surveiller" in lines
    assert sum("1 signe = " in line for line in lines) == 3


def test_a_slip_is_told_and_drawn(team: Assessment, shown: Shown) -> None:
    """Where the plan is held against a baseline the end's slip stands above, each task's beside its bar."""
    moved = Moved(was=date(2027, 1, 18), now=date(2027, 1, 25), days=7, working_days=5)
    salon = next(project for project in team.portfolio.projects if project.key == "salon")
    late = next(task for task in team.portfolio.tasks if task.title == "[RP] Dossier de presse")
    was, now = (PlanEnd(day=day, name="Livraison") for day in (moved.was, moved.now))
    end = EndSlip(basis=EndBasis.PLANNED, was=was, now=now, moved=moved)
    slippage = Slippage(
        name="kickoff",
        set_at=team.now,
        then=9,
        open=9,
        kept=8,
        projects=(ProjectSlip(key="salon", name=salon.name, ends=(end,)),),
        tasks=(TaskSlip(happened=Happened.MOVED, key=late.key, title=late.title, board=late.board, moved=moved),),
        planned={late.key: (date(2027, 1, 13), date(2027, 1, 15))},
    )
    lines = shown(replace(team, slippage=slippage), 120)
    assert "  La fin glisse de 7 jours (5 jours ouvrés)" in lines
    stands = replace(end, basis=EndBasis.ANCHOR, now=was, moved=replace(moved, now=moved.was, days=0, working_days=0))
    project = ProjectSlip(key="salon", name=salon.name, ends=(stands, end))
    held = shown(replace(team, slippage=replace(slippage, projects=(project,))), 120)
    assert any(line.startswith("  Dernière fin prévue : 18/01 → 25 janv. 2027") for line in held), "as on the page"
    row = next(line for line in lines if late.title in line and "█" in line)
    assert "+7 j" in row
    assert row.index("┈") < row.index("█")
    assert any("┈ plan de départ" in line for line in lines)
    assert not any("┈" in line for line in shown(team, 120))
