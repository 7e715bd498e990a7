"""Projects are told in the order of their trouble, with what room they have."""

from dataclasses import replace
from datetime import timedelta

from retro.model import Assessment, Category, SourceStatus, Status, StatusOrigin
from retro.report.outlook import Prospect, outlooks


def test_the_worst_project_comes_first(team: Assessment) -> None:
    """A project that misses its date stands before one that only just holds, and that before one with room."""
    found = outlooks(team, frozenset())
    assert [each.prospect for each in found] == [Prospect.MISSED, Prospect.TIGHT, Prospect.HOLDS]
    assert [each.project.key for each in found] == ["salon", "brise", "site"]


def test_days_left_are_counted_from_now(team: Assessment) -> None:
    """J−N is calendar days from the run's own clock to the anchor."""
    assert [each.days_left for each in outlooks(team, frozenset())] == [17, 49, 94]
    later = replace(team, now=team.now + timedelta(days=10))
    assert [each.days_left for each in outlooks(later, frozenset())] == [7, 39, 84]


def test_a_date_gone_by_with_work_open_is_missed(team: Assessment) -> None:
    """Once its day has passed, a project with open tasks is missed even if the schedule called it feasible."""
    found = {
        each.project.key: each for each in outlooks(replace(team, now=team.now + timedelta(days=200)), frozenset())
    }
    assert found["site"].prospect is Prospect.MISSED


def test_a_project_without_an_anchor_is_unknown(team: Assessment) -> None:
    """Without an anchor nothing is promised."""
    found = outlooks(replace(team, schedule=replace(team.schedule, anchors=())), frozenset())
    assert {each.prospect for each in found} == {Prospect.UNKNOWN}
    assert {each.days_left for each in found} == {None}


def test_a_project_with_nothing_open_is_finished(team: Assessment) -> None:
    """When every task that counts is done, the date no longer matters."""
    done = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
    tasks = tuple(
        replace(task, status=done) if task.status.category is not Category.IDEA else task
        for task in team.portfolio.tasks
    )
    found = outlooks(replace(team, portfolio=replace(team.portfolio, tasks=tasks)), frozenset())
    assert {each.prospect for each in found} == {Prospect.FINISHED}


def test_a_stale_source_marks_its_own_projects_only(team: Assessment) -> None:
    """The site lives on the source that was not read; the others do not."""
    stale = {each.project.key: [state.state for state in each.stale] for each in outlooks(team, frozenset())}
    assert stale == {"salon": [], "brise": [], "site": [SourceStatus.STALE]}
