"""The load of people: all of the work that is left, in the weeks where it falls."""

from dataclasses import replace
from datetime import date, datetime

from tests.marketing_team import DAY, LISTS, PARIS, PEOPLE

from retro.model import Assessment, Owner, OwnerKind, Status, Team
from retro.report.load import Week, loads
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


def test_a_team_whose_hands_are_known_has_a_row(team: Assessment) -> None:
    """What a configured team has to do stands beside what people have; any other team's is nobody's load."""
    studio = Owner("team:studio", "Studio Lumen", OwnerKind.TEAM)
    tasks = tuple(replace(t, owners=(studio,)) if t.key == "t:b4" else t for t in team.portfolio.tasks)
    unknown = replace(team, portfolio=replace(team.portfolio, tasks=tasks))
    assert "team:studio" not in {person.owner.key for person in loads(unknown, MONDAY, 40)}
    known = replace(unknown, portfolio=replace(unknown.portfolio, teams=(Team(key=studio.key, name="Studio", size=2),)))
    row = next(person for person in loads(known, MONDAY, 40) if person.owner == studio)
    assert abs(sum(week.load for week in row.weeks) - team.schedule.tasks["t:b4"].estimate_minutes) <= 40


def planned_for(team: Assessment, *spans: tuple[datetime, datetime]) -> tuple[Week, ...]:
    """Camille's weeks, where all that anybody has is her two open tasks, each worked from one instant to another."""
    chosen = dict(zip(("t:s4", "t:s10"), spans, strict=False))
    tasks = {
        key: replace(team.schedule.tasks[key], estimate_minutes=DAY * 5, advised_start=start, advised_finish=finish)
        for key, (start, finish) in chosen.items()
    }
    alone = replace(team, now=datetime(2027, 1, 4, 9, tzinfo=PARIS), schedule=replace(team.schedule, tasks=tasks))
    return next(each for each in loads(alone, MONDAY, 3) if each.owner.key == "camille").weeks


def test_a_task_may_fill_its_week_alone(team: Assessment) -> None:
    """Five days of one task are no overload of a week; they are with a second task in it."""
    first = (datetime(2027, 1, 11, 9, tzinfo=PARIS), datetime(2027, 1, 15, 17, tzinfo=PARIS))
    (week, *_rest) = planned_for(team, first)
    assert (week.load, week.capacity, week.over) == (5 * DAY, 5 * DAY, 0)
    second = (datetime(2027, 1, 15, 9, tzinfo=PARIS), datetime(2027, 1, 21, 17, tzinfo=PARIS))
    (week, *_rest) = planned_for(team, first, second)
    assert (week.load, week.capacity, week.over) == (6 * DAY, 4 * DAY, 2 * DAY)


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


def test_days_off_are_counted_but_not_those_on_which_nobody_works(team: Assessment) -> None:
    """Karim's week of leave is five days off; weekends, and a weekday on which he never works, are none."""
    (karim,) = (each for each in loads(team, MONDAY, 6) if each.owner.key == "karim")
    assert [week.away for week in karim.weeks] == [0, 0, 5, 0, 0, 0]

    def no_wednesdays(person: str | None, day: date) -> int:
        return 0 if person == "karim" and day.weekday() == 2 else team.work_minutes(person, day)

    (part_time,) = (
        each for each in loads(replace(team, work_minutes=no_wednesdays), MONDAY, 6) if each.owner.key == "karim"
    )
    assert [week.away for week in part_time.weeks] == [0, 0, 4, 0, 0, 0]


def test_without_a_date_to_work_to_work_falls_in_the_week_that_it_is_due(team: Assessment) -> None:
    """What could be done at once is no load of this week where the team has set it later; what is under way is."""
    key = "t:s10"
    soonest = (datetime(2027, 1, 11, 9, tzinfo=PARIS), datetime(2027, 1, 12, 17, tzinfo=PARIS))
    plan = replace(
        team.schedule.tasks[key],
        estimate_minutes=2 * DAY,
        earliest_start=soonest[0],
        earliest_finish=soonest[1],
        advised_start=None,
        advised_finish=None,
        latest_finish=None,
    )

    def weeks(status: str, due: date | None) -> list[int]:
        tasks = tuple(
            replace(task, status=Status(*LISTS[status], task.status.origin), due=due)
            for task in team.portfolio.tasks
            if task.key == key
        )
        part = replace(
            team,
            portfolio=replace(team.portfolio, tasks=tasks),
            schedule=replace(team.schedule, tasks={key: plan}),
        )
        (row,) = loads(part, MONDAY, 3)
        return [week.load for week in row.weeks]

    assert weeks("todo", date(2027, 1, 27)) == [0, 0, 2 * DAY]
    assert weeks("todo", date(2027, 1, 11)) == [2 * DAY, 0, 0]
    assert weeks("todo", None) == [2 * DAY, 0, 0]
    assert weeks("doing", date(2027, 1, 27)) == [2 * DAY, 0, 0]
