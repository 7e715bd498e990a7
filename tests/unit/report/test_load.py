"""The load of people: all of the work that is left, in the weeks where it falls."""

from dataclasses import replace
from datetime import date

from tests.marketing_team import DAY, LISTS, PEOPLE

from retro.model import Assessment, Status
from retro.report.load import loads
from retro.report.outlook import remaining_minutes

MONDAY = date(2027, 1, 11)


def test_no_work_is_lost_or_made(team: Assessment) -> None:
    """Over a long enough span, the load of everyone together is the work that is left on tasks that someone has."""
    spread = sum(week.load for person in loads(team, MONDAY, 40) for week in person.weeks)
    tasks = {task.key: task for task in team.portfolio.tasks}
    left = sum(
        remaining_minutes(tasks[key], plan, team)
        for key, plan in team.schedule.tasks.items()
        if tasks[key].is_open and tasks[key].owners
    )
    assert abs(spread - left) <= len(PEOPLE) * 40  # rounding, a minute a cell


def test_people_stand_in_the_order_of_their_names(team: Assessment) -> None:
    """Nobody is ranked: names decide."""
    names = [person.owner.name for person in loads(team, MONDAY, 6)]
    assert names == sorted(names, key=str.casefold)


def test_capacity_keeps_the_reserve_and_knows_leave(team: Assessment) -> None:
    """Five days less a fifth for the unforeseen; none in the week of Karim's leave."""
    karim = next(person for person in loads(team, MONDAY, 6) if person.owner.key == "karim")
    assert karim.weeks[0].capacity == 4 * DAY
    assert karim.weeks[2].capacity == 0


def test_a_review_keeps_its_reviewer_busy(team: Assessment) -> None:
    """Once a task is in review its owner is free and the reviewer is not."""
    key = "t:b6"
    status = Status(*LISTS["review"], team.portfolio.tasks[0].status.origin)
    lea = next(task.owners[0] for task in team.portfolio.tasks if task.owners and task.owners[0].key == "lea")
    tasks = tuple(replace(t, status=status, reviewer=lea) if t.key == key else t for t in team.portfolio.tasks)
    reviewed = replace(team, portfolio=replace(team.portfolio, tasks=tasks))

    def whole(assessment: Assessment, person: str) -> int:
        return sum(
            week.load for each in loads(assessment, MONDAY, 40) if each.owner.key == person for week in each.weeks
        )

    work = team.schedule.tasks[key].estimate_minutes
    assert abs(whole(team, "hugo") - whole(reviewed, "hugo") - work) <= 40
    assert abs(whole(reviewed, "lea") - whole(team, "lea") - DAY) <= 40
