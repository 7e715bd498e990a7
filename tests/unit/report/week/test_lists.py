"""A person's lists hold what they say, and nothing twice."""

from dataclasses import replace

import pytest
from tests.marketing_team import PEOPLE, owner

from retro.model import Assessment, Link, Team
from retro.report.week import Mine, Weeks
from retro.report.worklists import worklists


def week_of(team: Assessment, person: str) -> Mine:
    """The lists of one of the team."""
    return Weeks.of(team).week_of(owner(person))


def keys(things: object) -> set[str]:
    """Of which tasks these are."""
    return {each.task.key.removeprefix("t:") for each in things}  # type: ignore[attr-defined]  # any list of Mine


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_stands_in_two_lists(team: Assessment, person: str) -> None:
    """What a person is to see to is in one list of theirs; what they wait for is not theirs."""
    mine = week_of(team, person)
    theirs = [keys(mine.late), keys(mine.due), keys(mine.asked), keys(mine.soon)]
    theirs.append({task.key.removeprefix("t:") for task in mine.dateless})
    told = [key for each in theirs for key in each]
    assert len(told) == len(set(told))
    assert not set(told) & keys(mine.waiting)
    for each in mine.waiting:
        assert owner(person).key not in {other.key for other in each.people}


def test_everybodys_lists_are_those_of_the_meeting(team: Assessment) -> None:
    """What is late or due this week and somebody's is in somebody's week, be it as an approval."""
    lists = worklists(team)
    wanted = {each.task.key for each in (*lists.late, *lists.due) if each.task.busy}
    weeks = [week_of(team, person) for person in PEOPLE]
    found = {each.task.key for mine in weeks for each in (*mine.late, *mine.due)}
    found |= {each.task.key for mine in weeks for each in mine.asked}
    assert wanted <= found


def test_an_approval_is_asked_of_one_and_awaited_by_the_other(team: Assessment) -> None:
    """Karim's invitation is with Léa: she has it to approve, and he waits for her."""
    (asked,) = [each for each in week_of(team, "lea").asked if each.task.key == "t:s8"]
    assert (asked.in_review, [each.name for each in asked.people]) == (True, ["Karim Benali"])
    (waiting,) = [each for each in week_of(team, "karim").waiting if each.task.key == "t:s8"]
    assert [each.name for each in waiting.people] == ["Léa Martin"]
    assert "s8" not in keys(week_of(team, "karim").due) | keys(week_of(team, "lea").due)


def test_who_waits_stands_beside_what_is_late(team: Assessment) -> None:
    """Inès's mock-up is late and Camille is to be told; Camille is told whom she waits for."""
    (late,) = [each for each in week_of(team, "ines").late if each.task.key == "t:s3"]
    assert ([each.name for each in late.waiters], late.warn) == (["Camille Roy"], True)
    (waiting,) = [each for each in week_of(team, "camille").waiting if each.task.key == "t:s3"]
    assert ([each.name for each in waiting.people], waiting.warn) == (["Inès Duval"], True)


def test_all_who_wait_for_a_task_stand_on_its_line(team: Assessment) -> None:
    """By name, once each; work of the same person waits for nobody."""
    links = (*team.portfolio.links, Link("t:s3", "t:s9"), Link("t:s3", "t:s5"), Link("t:f4", "t:s3"))
    mine = week_of(replace(team, portfolio=replace(team.portfolio, links=links)), "ines")
    (late,) = [each for each in mine.late if each.task.key == "t:s3"]
    names = [each.name for each in late.waiters]
    assert names == sorted(set(names))
    assert {"Camille Roy", "Hugo Lefèvre"} <= set(names)
    assert "Inès Duval" not in names


def test_a_teams_work_is_that_of_its_members(team: Assessment) -> None:
    """A task of the studio is in the week of each of its members, and in no other's."""
    studio = replace(owner("ines"), key="studio", name="Studio")
    tasks = tuple(replace(task, owners=(studio,)) if task.key == "t:f4" else task for task in team.portfolio.tasks)
    teams = (Team(key="studio", name="Studio", members=("hugo",)),)
    found = replace(team, portfolio=replace(team.portfolio, tasks=tasks, teams=teams))
    weeks = Weeks.of(found)
    assert "f4" in keys(weeks.week_of(replace(owner("hugo"), key="hugo")).late)
    assert "f4" not in keys(weeks.week_of(owner("ines")).late)
    assert "f4" in keys(weeks.week_of(studio).late)


def test_tasks_without_any_date_are_counted(team: Assessment) -> None:
    """What has neither a date nor a place in the schedule is in no list but this one."""
    tasks = tuple(replace(task, due=None, start=None) if task.key == "t:s3" else task for task in team.portfolio.tasks)
    plans = {key: plan for key, plan in team.schedule.tasks.items() if key != "t:s3"}
    bare = replace(
        team,
        portfolio=replace(team.portfolio, tasks=tasks, links=()),
        schedule=replace(team.schedule, tasks=plans),
    )
    mine = week_of(bare, "ines")
    assert "t:s3" in {task.key for task in mine.dateless}
    assert not mine.empty
