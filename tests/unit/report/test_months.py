"""The calendar of the page: each task on its day, days that are full, whole weeks."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.marketing_team import NOW, task

from retro.model import (
    Assessment,
    Category,
    Status,
    StatusOrigin,
)
from retro.report.html import render
from retro.report.html.calendar import MOST, months
from retro.report.html.facets import Facets
from retro.report.worklists import late_keys


def done(key: str, on: date, title: str) -> object:
    """A task that was done on a day."""
    return replace(
        task(key, title),
        status=Status("Fait", Category.DONE, StatusOrigin.MAPPED),
        completed=NOW.replace(year=on.year, month=on.month, day=on.day),
    )


def test_each_task_stands_on_its_day(team: Assessment) -> None:
    """Open work stands where the lists expect it, done work where it was done; the worst comes first."""
    made = months(team, late_keys(team), Facets.over(team))
    assert [month.name for month in made.months] == ["janvier 2027", "février 2027"]
    days = {day.said: day for month in made.months for week in month.weeks for day in week if not day.outside}
    assert len(days) == 31 + 28
    assert [(chip.title, chip.tone) for chip in days["mer. 6 janv."].chips] == [
        ("[Print] Carte de vœux", "late"),
        ("Arborescence et zoning de 9 gabarits", "done"),
    ]
    assert days["lun. 11 janv."].today
    assert days["ven. 29 janv."].chips[0].title == "Maquettes de l’accueil et de la fiche cidre"
    assert [name for name, free in made.weekdays if free] == ["sam.", "dim."]


def test_a_full_day_is_folded_and_counted(team: Assessment) -> None:
    """Three stand open, the others fold, and what the page does not carry is counted."""
    crowd = tuple(task(f"t:n{number}", f"Tâche {number:02}", due=date(2027, 2, 2)) for number in range(MOST + 5))
    assessment = replace(team, portfolio=replace(team.portfolio, tasks=crowd, projects=(), links=()))
    made = months(assessment, frozenset(), Facets.over(assessment))
    day = next(each for month in made.months for week in month.weeks for each in week if each.said == "mar. 2 févr.")
    assert (len(day.chips), len(day.folded), day.more) == (3, MOST - 3, 5)
    page = render(assessment)
    assert f"<summary>+{MOST + 2}</summary>" in page
    assert "5 autres sont sur les tableaux." in page


def test_months_without_anything_are_not_shown(team: Assessment) -> None:
    """Where nothing is expected in either month there is no calendar."""
    assessment = replace(team, portfolio=replace(team.portfolio, tasks=(task("t:x", "Un jour"),)))
    assert months(assessment, frozenset(), Facets.over(assessment)).months == ()
    assert 'id="calendar"' not in render(assessment)


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_weeks_are_whole_and_begin_on_a_monday(team: Assessment, today: date) -> None:
    """Every day of both months stands once in its weekday's column."""
    assessment = replace(
        team,
        now=NOW.replace(year=today.year, month=today.month, day=today.day),
        portfolio=replace(team.portfolio, tasks=(task("t:x", "Aujourd’hui", due=today),), projects=(), links=()),
    )
    made = months(assessment, frozenset(), Facets.over(assessment))
    first = today.replace(day=1)
    for month in made.months:
        days = [(column, day) for week in month.weeks for column, day in enumerate(week) if not day.outside]
        assert [day.number for _column, day in days] == list(range(1, len(days) + 1))
        assert {(column - day.number) % 7 for column, day in days} == {(first.weekday() - 1) % 7}
        assert all(len(week) == 7 for week in month.weeks)
        first = (first + timedelta(days=31)).replace(day=1)
    assert sum(day.today for month in made.months for week in month.weeks for day in week) == 1
