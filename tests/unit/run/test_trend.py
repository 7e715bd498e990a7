"""How projects stand on a day, in the figures of every report, and what a run keeps of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests import marketing_team

from retro.model import Assessment, Finding, Severity, SourceStatus, Tally
from retro.report.outlook import outlooks
from retro.report.worklists import worklists
from retro.run.trend import LOOKED_BACK, remember_standings, standings, with_standings
from retro.testing.ledger import MemoryLedger

DAY = timedelta(days=1)
TODAY = marketing_team.NOW.date()


@pytest.fixture(scope="module")
def team() -> Assessment:
    """One Monday morning; every board was read."""
    return marketing_team.team()


def boards(team: Assessment) -> frozenset[str]:
    """Keys of all boards that anything is on."""
    return frozenset(task.board for task in team.portfolio.tasks) | {board.key for board in team.portfolio.boards}


def later(team: Assessment, days: int) -> Assessment:
    """The same plan so many days later."""
    return replace(team, now=team.now + days * DAY)


def test_a_standing_says_what_the_page_says(team: Assessment) -> None:
    """Margin, missing minutes, date, open and done tasks are those of the project's line, project by project."""
    found = {each.project: each for each in standings(team)}
    lines = outlooks(team, worklists(team).late_keys)
    assert list(found) == [line.project.key for line in lines]
    for line in lines:
        kept = found[line.project.key]
        assert (kept.day, kept.end, kept.margin_share) == (TODAY, line.day, line.margin_share)
        assert (kept.open, kept.done) == (line.total - line.done, line.done)
        assert kept.missing_minutes == (line.anchor.missing_minutes if line.anchor else 0)
    assert found["salon"].missing_minutes > 0


def test_the_forecast_is_the_last_of_what_is_open(team: Assessment) -> None:
    """It is the latest of the earliest finishes before the anchor: past the date where that is missed, never done."""
    found = {each.project: each for each in standings(team)}
    salon = found["salon"]
    assert salon.end is not None
    assert salon.forecast is not None
    assert salon.forecast > salon.end
    brise = found["brise"]
    assert brise.end is not None
    assert brise.forecast is not None
    assert brise.forecast <= brise.end
    over = replace(team.portfolio, tasks=tuple(task for task in team.portfolio.tasks if not task.is_open))
    assert {each.forecast for each in standings(replace(team, portfolio=over))} == {None}


def test_remarks_are_counted_where_they_belong(team: Assessment) -> None:
    """One a task: on its project; of a board: on each of its projects; an aggregated one once; no secondary one."""
    salon = next(task.key for task in team.portfolio.tasks if task.key in _project(team, "salon"))
    brise = next(task.key for task in team.portfolio.tasks if task.key in _project(team, "brise"))

    def said(severity: Severity, **facts: Any) -> Finding:
        return replace(marketing_team.finding("OWN101", severity, "s"), **({"task": None, "board": None} | facts))

    findings = (
        said(Severity.ERROR, task=salon),
        said(Severity.ERROR, task=salon, primary=False),
        said(Severity.WARNING, project="salon"),
        said(Severity.WARNING, tally=Tally(count=2, base=9, keys=(salon, brise))),
        said(Severity.INFO, board=team.portfolio.projects[0].boards[0] if team.portfolio.projects[0].boards else None),
        said(Severity.INFO),
    )
    found = {each.project: each for each in standings(replace(team, findings=findings))}
    assert (found["salon"].errors, found["salon"].warnings) == (1, 2)
    assert (found["brise"].errors, found["brise"].warnings) == (0, 1)


def _project(team: Assessment, key: str) -> tuple[str, ...]:
    return next(project.tasks for project in team.portfolio.projects if project.key == key)


def test_each_day_is_kept_once(team: Assessment) -> None:
    """The last run of a day counts, and days come oldest first."""
    ledger = MemoryLedger()
    remember_standings(ledger, team, boards(team))
    remember_standings(ledger, replace(team, findings=()), boards(team))
    remember_standings(ledger, later(team, 1), boards(team))
    shown = with_standings(ledger, later(team, 1)).standings
    assert sorted({each.day for each in shown}) == list(dict.fromkeys(each.day for each in shown))
    assert {each.day for each in shown} == {TODAY, TODAY + DAY}
    assert all(not each.errors for each in shown if each.day == TODAY)
    assert any(each.errors for each in shown if each.day > TODAY)


def test_a_run_of_one_board_says_nothing_of_another(team: Assessment) -> None:
    """Only projects whose boards were all read in the run are kept: the others stand as they last did."""
    ledger = MemoryLedger()
    everything = boards(team)
    of = {task.key: task.board for task in team.portfolio.tasks}
    one = of[_project(team, "salon")[0]]
    remember_standings(ledger, team, everything - {one})
    kept = {each.project for each in ledger.standings(TODAY)}
    assert "salon" not in kept
    assert kept == {
        each.key for each in team.portfolio.projects if one not in {*each.boards, *(of[task] for task in each.tasks)}
    }
    remember_standings(ledger, later(team, 1), frozenset())
    assert not ledger.standings(TODAY + DAY)


def test_nothing_is_kept_while_a_board_is_unknown(team: Assessment) -> None:
    """A source that was never read may bear on every date."""
    ledger = MemoryLedger()
    sources = (replace(team.portfolio.sources[0], state=SourceStatus.FAILED, read_at=None),)
    broken = replace(team, portfolio=replace(team.portfolio, sources=sources))
    assert broken.portfolio.never_read
    remember_standings(ledger, broken, boards(team))
    assert not ledger.standings(date.min)


def test_a_look_back_keeps_nothing(team: Assessment) -> None:
    """A run whose hour a person named (`--now`) keeps its day only where no later one is known."""
    ledger = MemoryLedger()
    remember_standings(ledger, later(team, 2), boards(team), told_now=True)
    remember_standings(ledger, team, boards(team), told_now=True)
    assert {each.day for each in ledger.standings(date.min)} == {TODAY + 2 * DAY}
    remember_standings(ledger, later(team, 1), boards(team))
    assert {each.day for each in ledger.standings(date.min)} == {TODAY + DAY}


def test_a_trend_shows_half_a_year_of_its_own_projects(team: Assessment) -> None:
    """Days before that, days to come and projects that are no more are left out."""
    ledger = MemoryLedger()
    (one,) = [each for each in standings(team) if each.project == "salon"]
    for days in (-LOOKED_BACK.days - 1, -LOOKED_BACK.days, -1, 0, 1):
        ledger.keep_standings([replace(one, day=TODAY + days * DAY), replace(one, day=TODAY + days * DAY, project="x")])
    shown = with_standings(ledger, team).standings
    assert [each.day for each in shown] == [TODAY - LOOKED_BACK, TODAY - DAY, TODAY]
    assert {each.project for each in shown} == {"salon"}
