"""The plan as tables: which tasks have a row, what their statuses mean, and everybody's load beside them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import marketing_team

from retro.model import Assessment, Category, Role, Status, StatusOrigin
from retro.report.load import loads
from retro.report.load_sheet import WEEKS, load_sheet
from retro.report.plan_sheets import DUE, LATEST, STATUS, PlanSheet, columns_of, sheets


def made(assessment: Assessment) -> list[PlanSheet]:
    """The sheets of all tasks, in French."""
    return sheets(assessment, {}, lang="fr", only=frozenset(task.key for task in assessment.portfolio.tasks))


def with_tasks(assessment: Assessment, *tasks: Any) -> Assessment:
    """The assessment with other tasks."""
    return replace(assessment, portfolio=replace(assessment.portfolio, tasks=tasks))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_colours_find_their_columns(lang: str) -> None:
    """The columns that colours go by are those of status, due and latest date, in either language."""
    headings = [column.heading for column in columns_of(lang)]
    wanted = ["Statut", "Échéance", "retro · au plus tard"] if lang == "fr" else ["Status", "Due", "retro · latest"]
    assert [headings[place] for place in (STATUS, DUE, LATEST)] == wanted


def test_statuses_mean_what_the_board_means(team: Assessment) -> None:
    """The board's own words and retro's are told apart by what they mean; what only waits has no colour."""
    words = made(team)[0].words
    assert words is not None
    assert "Terminé" in words.done
    assert {"En cours", "En validation"} <= words.under_way
    assert {"Idées", "Idée", "Annulé"} <= words.set_aside
    assert "À produire" not in words.done | words.under_way | words.set_aside


def test_archived_cards_and_those_that_are_no_tasks_have_no_row(team: Assessment) -> None:
    """Lines of checklists have one, named with their card; templates, separators and what is archived have none."""
    card = marketing_team.task("t:1", "Stand")
    line = marketing_team.task("t:1/a", "Devis", role=Role.ITEM, parent="t:1", due=date(2027, 1, 15))
    others = [
        marketing_team.task(f"t:{role}", str(role), role=role)
        for role in (Role.TEMPLATE, Role.SEPARATOR, Role.MIRROR, Role.LINK, Role.INFORMATIVE, Role.PROJECT)
    ]
    away = marketing_team.task("t:9", "Vieux", archived=True)
    (sheet,) = made(with_tasks(team, card, line, *others, away))
    assert [row[0] for row in sheet.rows] == ["Stand", "Stand › Devis"]


def test_a_word_that_means_two_things_is_told_by_its_meaning(team: Assessment) -> None:
    """A card ticked off in a list of open ones is done: its row does not say the list's name."""
    ticked = marketing_team.task("t:1", "Brief", status=Status("En cours", Category.DONE, StatusOrigin.NATIVE))
    open_ = marketing_team.task("t:2", "Maquette", category="doing")
    (sheet,) = made(with_tasks(team, ticked, open_))
    assert [row[STATUS] for row in sheet.rows] == ["Terminé", "En cours"]
    assert sheet.words is not None
    assert "En cours" not in sheet.words.done


def test_load_is_what_every_report_says(team: Assessment) -> None:
    """Twelve weeks a person from the Monday of this one, in days; the cells that are over are told apart."""
    found = load_sheet(team, lang="fr")
    assert found is not None
    rows = loads(team, date(2027, 1, 11), WEEKS)
    assert [row[0] for row in found.sheet.rows] == [each.owner.name for each in rows]
    assert [column.heading for column in found.sheet.columns][:2] == ["Personne", "sem. du 11/01"]
    for place, (row, each) in enumerate(zip(found.sheet.rows, rows, strict=True)):
        for column, week in enumerate(each.weeks, 1):
            assert row[column] == (round(week.load / team.day_minutes, 1) if week.load else None)
            assert ((place, column) in found.over) == (week.load > week.capacity)
    assert found.over


def test_nobody_busy_is_no_sheet(team: Assessment) -> None:
    """Where nobody has anything to do in these weeks there is no sheet of loads."""
    assert load_sheet(with_tasks(team), lang="fr") is None
