"""The lists of the weekly meeting hold what they say and nothing else."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.model import Assessment, Category, Link, Role, Status, StatusOrigin, Task
from retro.report.worklists import worklists


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
