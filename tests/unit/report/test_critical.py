"""The critical chains of the page: what holds a date back, and the ways out."""

from dataclasses import replace

from tests.marketing_team import DAY

from retro.model import (
    Assessment,
    ChainStep,
    Owner,
)
from retro.report.html.critical import chains
from retro.report.html.facets import Facets
from retro.report.outlook import outlooks
from retro.report.worklists import late_keys


def test_a_missed_date_has_its_chain_and_its_levers(team: Assessment) -> None:
    """Each task with its dates, its owner and what holds it, then the date, then the ways out in one wording."""
    late = late_keys(team)
    found, more = chains(team, outlooks(team, late), late, Facets.over(team))
    salon, brise = found
    assert more == 0
    assert [(each.title, each.who, each.dates) for each in salon.steps][:2] == [
        ("[Print] Maquette de la plaquette 8 pages", "Inès Duval", "4/01 → 13/01"),
        ("[Print] Relecture de la plaquette", "Camille Roy", "13/01 → 15/01"),
    ]
    assert salon.steps[1].notes == "commence avec la précédente, 2 jours ouvrés après"
    assert salon.end == "Ouverture du salon le 28 janv. 2027"
    assert salon.levers[-1] == "Déplacer la date au 2 févr. 2027"
    assert (salon.tone, brise.tone) == ("late", "doing")
    assert [each.before for each in brise.steps if each.before] == ["1 jour ouvré entre les deux"] * 2
    assert brise.levers == ()


def test_the_middle_of_a_long_chain_is_counted(team: Assessment) -> None:
    """Where a chain begins and where it ends is shown; the tasks between are counted."""
    anchors = tuple(
        replace(each, steps=(), chain=("t:s3", "t:s4", "t:s5", "t:s7") * 6) if not each.feasible else each
        for each in team.schedule.anchors
    )
    late = late_keys(team)
    assessment = replace(team, schedule=replace(team.schedule, anchors=anchors))
    salon = chains(assessment, outlooks(assessment, late), late, Facets.over(assessment))[0][0]
    assert len(salon.steps) == 17
    assert salon.steps[12].left_out == "… 8 autres tâches …"


def test_a_task_of_a_whole_team_takes_one_line(team: Assessment) -> None:
    """Of many owners the first three are named; the blank before a task is told where no link asks for it."""
    many = tuple(Owner(f"o{number}", f"Nom {number}") for number in range(9))
    portfolio = replace(team.portfolio, tasks=tuple(replace(each, owners=many) for each in team.portfolio.tasks))
    late = late_keys(team)
    assessment = replace(team, portfolio=portfolio)
    salon, brise = chains(assessment, outlooks(assessment, late), late, Facets.over(assessment))[0]
    assert {each.who for each in salon.steps} == {"Nom 0, Nom 1, Nom 2, 6 autres"}
    blanks = [each.before for each in brise.steps]
    assert any(blanks)
    steps = tuple(ChainStep(task=key, lag_minutes=DAY) for key in ("t:b3", "t:b4", "t:b5", "t:b6"))
    anchors = tuple(replace(each, feasible=False, chain=(), steps=steps) for each in team.schedule.anchors[1:2])
    asked = replace(assessment, schedule=replace(team.schedule, anchors=anchors))
    found = chains(asked, outlooks(asked, late), late, Facets.over(asked))[0][0]
    assert len(found.steps) == len(steps)
    assert not [each.before for each in found.steps if each.before]
