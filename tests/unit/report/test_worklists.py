"""The lists of the weekly meeting hold what they say and nothing else."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.model import Assessment, Category, Link, Role, Status, StatusOrigin, Task
from retro.report.worklists import Wait, told_once, worklists


def titles(tasks: tuple[Task, ...]) -> set[str]:
    """Keys without their prefix."""
    return {task.key.removeprefix("t:") for task in tasks}


def test_late_is_what_was_due_before_today_and_is_open(team: Assessment) -> None:
    """Open tasks due in the past are late; done ones and those due today are not."""
    lists = worklists(team)
    assert {each.task.key for each in lists.late} == {"t:s3", "t:f4"}
    assert [each.day for each in lists.late] == sorted(each.day for each in lists.late)
    assert all(each.task.is_open for each in lists.late)


def test_this_week_ends_on_sunday(team: Assessment) -> None:
    """What is due from today to Sunday is this week's."""
    lists = worklists(team)
    assert lists.week == date(2027, 1, 11)
    assert {each.day for each in lists.due} <= {date(2027, 1, day) for day in range(11, 18)}
    assert "t:b5" not in {each.task.key for each in lists.due}


def test_at_the_weekend_the_week_is_the_next_one(team: Assessment) -> None:
    """On a Saturday no work is left, so the week that is shown begins on Monday."""
    saturday = datetime(2027, 1, 16, 9, tzinfo=ZoneInfo("Europe/Paris"))
    assert worklists(replace(team, now=saturday)).week == date(2027, 1, 18)


def test_a_task_without_a_date_is_late_only_after_its_latest(team: Assessment) -> None:
    """Where the team gave no date the latest finish decides, not the advised one."""
    latest = team.schedule.tasks["t:s10"].latest_finish
    assert latest is not None
    before, after = (worklists(replace(team, now=latest + timedelta(days=days))) for days in (-1, 1))
    assert "t:s10" not in before.late_keys
    assert "t:s10" in after.late_keys


def test_waiting_is_between_two_people(team: Assessment) -> None:
    """A link between tasks of one person is no wait; a late blocker is to be told; a review waits for its reviewer."""
    waits = worklists(team).waits
    assert all(wait.waiter is None or wait.holder is None or wait.waiter.key != wait.holder.key for wait in waits)
    first = waits[0]
    assert (first.waiter and first.waiter.name, first.holder and first.holder.name, first.warn) == (
        "Camille Roy",
        "Inès Duval",
        True,
    )
    reviews = {wait.task.key for wait in waits if wait.in_review}
    assert reviews == {"t:s8", "t:f1"}


def test_between_two_tasks_of_nobody_no_one_waits(team: Assessment) -> None:
    """With an owner at either end it is told whose the other is not; with none at both there is no wait to tell."""

    def pairs(*ownerless: str) -> list[tuple[bool, bool]]:
        tasks = tuple(replace(each, owners=()) if each.key in ownerless else each for each in team.portfolio.tasks)
        portfolio = replace(team.portfolio, tasks=tasks, links=(Link("t:s3", "t:s4"),))
        waits = worklists(replace(team, portfolio=portfolio)).waits
        return [(each.waiter is None, each.holder is None) for each in waits if not each.in_review]

    assert pairs() == [(False, False)]
    assert pairs("t:s3") == [(False, True)]
    assert pairs("t:s4") == [(True, False)]
    assert pairs("t:s3", "t:s4") == []


def test_ideas_are_asked_nothing(team: Assessment) -> None:
    """No idea stands among what has no owner or no date; tasks to do without one do."""
    lists = worklists(team)
    assert titles(lists.ownerless) == {"s11", "b13", "f3"}
    assert titles(lists.dateless) == {"s10", "f3"}


def with_line(team: Assessment, **more: object) -> Assessment:
    """The team's boards with a line of a checklist on a card of Inès’s, held by Camille unless told otherwise."""
    card = next(task for task in team.portfolio.tasks if task.key == "t:s3")
    other = next(task for task in team.portfolio.tasks if task.owners and task.owners[0] != card.owners[0])
    line = Task(
        key=f"{card.key}/i1",
        board=card.board,
        title="Choisir la photo",
        parent=card.key,
        role=Role.ITEM,
        due=date(2027, 1, 7),
        owners=other.owners[:1],
    )
    tasks = (*team.portfolio.tasks, replace(line, **more))  # type: ignore[arg-type]  # fields by name
    return replace(team, portfolio=replace(team.portfolio, tasks=tasks))


def test_a_late_line_of_a_checklist_is_named_with_its_card(team: Assessment) -> None:
    """It is late, whoever holds its card waits for it, and nothing else of the lists changes."""
    before, lists = worklists(team), worklists(with_line(team))
    (line,) = (each.task for each in lists.late if each.task.key == "t:s3/i1")
    assert line.title == "[Print] Maquette de la plaquette 8 pages › Choisir la photo"
    (wait,) = (each for each in lists.waits if each not in before.waits)
    assert (wait.blocker, wait.task.key, wait.warn, wait.in_review) == (line, "t:s3", True, False)
    assert (lists.due, lists.ownerless, lists.dateless) == (before.due, before.ownerless, before.dateless)
    assert lists.late_keys == before.late_keys | {"t:s3/i1"}


def test_a_line_due_this_week_is_this_weeks(team: Assessment) -> None:
    """A line that is due stands with the week's work; nobody is said to wait for it yet."""
    before, lists = worklists(team), worklists(with_line(team, due=date(2027, 1, 13)))
    assert {each.task.key for each in lists.due} - {each.task.key for each in before.due} == {"t:s3/i1"}
    assert lists.waits == before.waits


def test_a_line_that_is_done_or_archived_is_awaited_by_nobody(team: Assessment) -> None:
    """Neither a ticked line nor one on an archived card is late."""
    done = Status(None, Category.DONE, StatusOrigin.NATIVE)
    assert worklists(with_line(team, status=done)) == worklists(with_line(team, archived=True)) == worklists(team)


def test_nobody_waits_for_their_own_task(team: Assessment) -> None:
    """A task that names itself is a circle, which the schedule tells: it makes no wait."""
    itself = tuple(Link(task.key, task.key) for task in team.portfolio.tasks)
    with_them, without = (
        worklists(replace(team, portfolio=replace(team.portfolio, links=links))) for links in (itself, ())
    )
    assert with_them.waits == without.waits


def test_people_are_told_of_what_begins_within_ten_working_days(team: Assessment) -> None:
    """From today to the tenth working day after it, in the order of its days, and nothing that is begun or listed."""
    lists = worklists(team)
    assert [(each.task.key, each.day) for each in lists.soon] == [
        ("t:b4", date(2027, 1, 14)),
        ("t:w3", date(2027, 1, 18)),
        ("t:s10", date(2027, 1, 22)),
    ]
    assert all(each.advised == (each.task.start is None) for each in lists.soon)
    listed = {each.task.key for each in (*lists.late, *lists.due)}
    assert listed.isdisjoint(each.task.key for each in lists.soon)


def beginning(team: Assessment, day: date, **more: object) -> Assessment:
    """The team's boards with one task alone, that begins on that day and is due much later."""
    task = replace(team.portfolio.tasks[0], status=Status(None, Category.TODO, StatusOrigin.NATIVE), completed=None)
    task = replace(task, start=day, due=day + timedelta(days=30), **more)  # type: ignore[arg-type]  # fields by name
    return replace(team, portfolio=replace(team.portfolio, tasks=(task,)))


def test_notice_ends_with_the_tenth_working_day(team: Assessment) -> None:
    """On Monday 11 January that is Monday 25; what began yesterday needs no notice."""
    begins = {day: bool(worklists(beginning(team, date(2027, 1, day))).soon) for day in (10, 11, 25, 26)}
    assert begins == {10: False, 11: True, 25: True, 26: False}


def test_nobody_is_told_of_what_is_under_way_or_no_work(team: Assessment) -> None:
    """A task that is begun and a milestone ask nothing of anybody."""
    soon, doing = date(2027, 1, 14), Status(None, Category.DOING, StatusOrigin.NATIVE)
    assert worklists(beginning(team, soon, status=doing)).soon == ()
    assert worklists(beginning(team, soon, milestone=True)).soon == ()


def test_a_team_that_is_away_for_long_is_told_two_months_ahead_at_most(team: Assessment) -> None:
    """Where ten working days do not come, the notice ends after sixty days."""
    away = replace(team, work_minutes=lambda person, day: 0)
    begins = {days: bool(worklists(beginning(away, date(2027, 1, 11) + timedelta(days))).soon) for days in (60, 61)}
    assert begins == {60: True, 61: False}


def test_a_person_waits_for_a_task_once(team: Assessment) -> None:
    """Two of one person's tasks behind the same one are one wait; an approval of it, or another's task, is another."""
    first, second, third, *_others = team.portfolio.tasks
    lea, karim = (replace(first.owners[0], key=key, name=key) for key in ("lea", "karim"))
    waits = [
        Wait(lea, karim, first, second, None),
        Wait(karim, lea, first, third, None),
        Wait(lea, karim, first, third, None),
        Wait(lea, karim, first, first, None),
        Wait(None, karim, first, second, None),
        Wait(None, karim, first, third, None),
    ]
    assert [[each.task.key for each in group] for group in told_once(waits)] == [
        [second.key, third.key],
        [third.key],
        [first.key],
        [second.key],
        [third.key],
    ]


def test_tasks_of_one_title_say_of_which_project_they_are(team: Assessment) -> None:
    """A title that stands in several projects has the project before it; one that stands in one has not."""
    salon, other = team.portfolio.projects[:2]
    late = team.portfolio.tasks[[task.key for task in team.portfolio.tasks].index("t:s3")]
    twin = replace(late, key="t:twin")
    portfolio = replace(
        team.portfolio,
        tasks=(*team.portfolio.tasks, twin),
        projects=(salon, replace(other, tasks=(*other.tasks, twin.key)), *team.portfolio.projects[2:]),
    )
    found = {each.task.key: each.task.title for each in worklists(replace(team, portfolio=portfolio)).late}
    names = {key: project.name for project in portfolio.projects for key in project.tasks}
    assert found["t:s3"] == f"{names['t:s3']} › {late.title}"
    assert found["t:twin"] == f"{other.name} › {late.title}"
    assert found["t:f4"] == next(task.title for task in portfolio.tasks if task.key == "t:f4")
    assert {each.task.title for each in worklists(team).late} >= {late.title}
