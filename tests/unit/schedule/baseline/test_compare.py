"""How far a plan has slipped: its tasks, its ends, and what a failed read leaves open."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dated_plans import CALENDAR, NOW, PARIS, boards, card, plan, row, slipped

from retro.model import (
    BaselineAnchor,
    BaselineProject,
    BaselineTask,
    EndBasis,
    Happened,
    PlanBaseline,
    Slippage,
)

JAN = {day: date(2027, 1, day) for day in range(1, 32)}
JAN_9H = {day: datetime(2027, 1, day, 9, tzinfo=PARIS) for day in range(1, 32)}


def told(slippage: Slippage) -> list[tuple[str, str]]:
    """What became of tasks, in the order in which it is told."""
    return [(task.happened.value, task.title) for task in slippage.tasks]


def anchor(day: date, name: str = "Salon", **facts: object) -> BaselineAnchor:
    """An anchor of project "p"."""
    named: dict[str, object] = {"key": "p/0", "project": "p"} | facts
    return BaselineAnchor(name=name, day=day, **named)  # type: ignore[arg-type]  # fields by name


def test_every_kind_of_change_is_told() -> None:
    """What moved comes first, the furthest first; what did not move is counted only."""
    was = plan(
        card("early", JAN[15]),
        card("late", JAN[15]),
        card("later", JAN[15]),
        card("same", JAN[15]),
        card("bare"),
        card("dated"),
        card("undated", JAN[15]),
        card("done", JAN[15]),
        card("gone", JAN[15]),
        card("aside", JAN[15]),
        card("was done", JAN[15], done=True),
        card("was done and is gone", done=True),
    )
    now = plan(
        card("early", JAN[13]),
        card("late", JAN[18]),
        card("later", JAN[29]),
        card("same", JAN[15]),
        card("bare"),
        card("dated", JAN[20]),
        card("undated"),
        card("done", JAN[15], done=True, finished=datetime(2027, 1, 14, 23, tzinfo=PARIS)),
        card("new", JAN[21]),
        card("new and done", done=True, finished=JAN[5]),
        card("done long ago", done=True, finished=JAN[1]),
        card("done some day", done=True),
        card("was done", JAN[29], done=True),
    )
    found = slipped(was, now, aside=["aside"])
    assert told(found) == [
        ("moved", "later"),
        ("moved", "late"),
        ("moved", "early"),
        ("done", "done"),
        ("dated", "dated"),
        ("undated", "undated"),
        ("new", "new and done"),
        ("new", "new"),
        ("gone", "gone"),
        ("aside", "aside"),
    ]
    assert [(each.moved.days, each.moved.working_days) for each in found.tasks if each.moved] == [
        (14, 10),
        (3, 1),
        (-2, -2),
        (-1, -1),
    ]
    assert (found.then, found.open, found.kept) == (10, 8, 2)


def test_an_instant_is_its_day_in_the_projects_zone() -> None:
    """A due hour late in the evening of one zone is the next day's in the workspace's."""
    was = plan(card("a", JAN[15]))
    now = plan(card("a", datetime.fromisoformat("2027-01-15T20:00:00-08:00")))
    (task,) = slipped(was, now).tasks
    assert (task.was, task.now) == (JAN[15], JAN[16])


def test_advised_dates_are_compared_where_the_team_set_none() -> None:
    """Without due dates the advised finish tells the slip; a due date set over it is no slip, but a date given."""
    first, second = (datetime(2027, 1, day, 17, tzinfo=PARIS) for day in (15, 18))
    was = plan(card("a", advised_finish=first))
    assert told(slipped(was, plan(card("a", advised_finish=second)))) == [("moved", "a")]
    (task,) = slipped(was, plan(card("a", JAN[29], advised_finish=second))).tasks
    assert (task.happened, task.was, task.now, task.moved) == (Happened.DATED, None, JAN[29], None)


def test_a_task_taken_up_again_is_compared_by_its_plan() -> None:
    """What was done and is open again has slipped only where its due date has."""
    was = plan(card("a", JAN[15], done=True, finished=JAN[8]))
    assert told(slipped(was, plan(card("a", JAN[15])))) == []
    assert told(slipped(was, plan(card("a", JAN[16])))) == [("moved", "a")]


def test_the_end_is_the_last_planned_finish_where_nothing_is_fixed() -> None:
    """Of the tasks that end last, the milestone is named, else the one that reads like the launch."""
    was = plan(row("Photos", JAN[15]), row("Mise en ligne", JAN[15]), row("Bilan", JAN[15]), row("Brief", JAN[5]))
    now = plan(row("Photos", JAN[22]), row("Mise en ligne", JAN[22]), row("Bilan", JAN[22], milestone=True))
    (project,) = slipped(was, now).projects
    (end,) = project.ends
    assert (end.basis, end.was.name, end.now.name) == (EndBasis.PLANNED, "Mise en ligne", "Bilan")
    assert (end.was.day, end.now.day, end.moved.days, end.moved.working_days) == (JAN[15], JAN[22], 7, 5)


def test_the_last_anchor_is_the_end_where_both_have_one() -> None:
    """An anchor goes before planned finishes, which are told after it; its margin then and now stands with them."""
    was = plan(row("Brief", JAN[15]), anchors=(anchor(JAN[20], key="p/1"), anchor(JAN[29], slack_minutes=840)))
    now = plan(row("Brief", JAN[18]), anchors=(anchor(JAN[29], slack_minutes=420),))
    (project,) = slipped(was, now).projects
    assert [(end.basis, end.moved.days) for end in project.ends] == [(EndBasis.ANCHOR, 0), (EndBasis.PLANNED, 3)]
    assert (project.slack_was, project.slack_now) == (840, 420)
    (without,) = slipped(was, replace(now, anchors=())).projects
    assert [end.basis for end in without.ends] == [EndBasis.PLANNED]


def test_what_is_done_ends_when_it_was_done() -> None:
    """A project whose last task was done early ended then; the soonest that all could be over leaves it out."""
    soon = datetime(2027, 1, 6, 17, tzinfo=PARIS)
    was = plan(row("Envoi", JAN[15], earliest_finish=soon))
    now = plan(row("Envoi", JAN[15], earliest_finish=soon, done=True, finished=JAN[13]))
    (project,) = slipped(was, now).projects
    assert [(end.basis, end.moved.days) for end in project.ends] == [(EndBasis.PLANNED, -2)]


@pytest.mark.parametrize("there", [True, False], ids=["as it was last read", "not there"])
def test_a_board_that_was_not_read_makes_nothing_gone(there: bool) -> None:  # noqa: FBT001 - pytest's
    """Tasks of a failed source are not compared, move no end, and leave the margin untold; those read are told."""
    was = plan(
        card("a", JAN[15]),
        card("far", JAN[29], board="c"),
        card("also", board="c"),
        anchors=(anchor(JAN[29], slack_minutes=420), anchor(JAN[31], key="far")),
    )
    left = (card("also", board="c"),) if there else ()
    now = plan(card("a", JAN[18]), *left, anchors=(anchor(JAN[29], slack_minutes=840),))
    found = slipped(was, now, read=["b"])
    assert told(found) == [("moved", "a")]
    assert [(each.board, each.tasks) for each in found.unread] == [("c", 1 if there else 2)]
    if not there:
        (project,) = found.projects
        assert [(end.basis, end.moved.days) for end in project.ends] == [(EndBasis.ANCHOR, 0), (EndBasis.PLANNED, 3)]
        assert (project.slack_was, project.slack_now) == (None, 840)


def test_a_board_that_the_baseline_lacks_makes_nothing_new() -> None:
    """Boards that came later are named with their tasks, move no end, and add none."""
    was = plan(card("a", JAN[15]))
    now = plan(card("a", JAN[15]), card("x", JAN[29], board="c"), card("y", board="c", done=True))
    found = slipped(was, now, read=["b", "c"])
    assert told(found) == []
    assert [(each.board, each.tasks) for each in found.unknown] == [("c", 1)]
    assert found.projects[0].ends[0].moved.days == 0


def test_a_file_under_another_name_is_the_same_board() -> None:
    """Where a file of the baseline is not there and another holds its rows, theirs is what came and went."""
    was = plan(row("Brief", JAN[5], board="v1"), row("Envoi", JAN[15], board="v1"), row("Photos", board="v1"))
    now = plan(row("Brief", JAN[5], board="v2"), row("Envoi", JAN[22], board="v2"), row("Vidéo", board="v2"))
    found = slipped(was, now, read=["v2"])
    assert told(found) == [("moved", "Envoi"), ("new", "Vidéo"), ("gone", "Photos")]
    assert (found.unread, found.unknown) == ((), ())
    assert found.projects[0].ends[0].moved.days == 7


def test_projects_are_the_same_by_key_then_by_name_then_alone() -> None:
    """A project keeps its slip when its key or its name changes; one that is new has none."""
    names = [("a", "Salon"), ("b", "Site"), ("c", "Vidéo")]
    later = [("a", "Autre"), ("x", "site"), ("y", "Film")]

    def of(projects: list[tuple[str, str]], day: date) -> PlanBaseline:
        tasks = (card(name, day, project=key) for (key, _), (name, _) in zip(projects, names, strict=False))
        return plan(*tasks, projects=tuple(BaselineProject(*each) for each in projects))

    found = slipped(of(names, JAN[15]), of(later, JAN[18]))
    assert sorted((each.key, each.ends[0].moved.days) for each in found.projects) == [("a", 3), ("x", 3), ("y", 3)]
    more = slipped(of(names[:1], JAN[15]), of(later, JAN[18]))
    assert [each.key for each in more.projects] == ["a"]


def test_the_furthest_slip_of_a_project_comes_first() -> None:
    """Projects are told by how far their ends slip."""
    keys = ("near", "far", "back")

    def of(days: tuple[date, ...]) -> PlanBaseline:
        tasks = (card(key, day, project=key) for key, day in zip(keys, days, strict=True))
        return plan(*tasks, projects=tuple(BaselineProject(key, key) for key in keys))

    found = slipped(of((JAN[15],) * 3), of((JAN[16], JAN[20], JAN[10])))
    assert [each.key for each in found.projects] == ["far", "near", "back"]


def test_dates_at_the_end_of_time_are_told() -> None:
    """A date typed as "one day" is a long way off, not an error."""
    (task,) = slipped(plan(card("a", JAN[15])), plan(card("a", date.max))).tasks
    assert task.moved is not None
    assert task.moved.days == (date.max - JAN[15]).days


CARDS = st.lists(
    st.builds(
        lambda key, day, done: card(f"t{key}", None if day is None else JAN[day], done=done),
        st.integers(0, 9),
        st.none() | st.integers(1, 31),
        st.booleans(),
    ),
    max_size=10,
    unique_by=lambda task: task.key,
)


@given(CARDS)
def test_a_plan_has_not_slipped_from_itself(tasks: list[BaselineTask]) -> None:
    """Nothing became of any task, no end moved, and every open task is as planned."""
    found = slipped(plan(*tasks, boards=boards("b")), plan(*tasks, boards=boards("b")))
    assert found.tasks == ()
    assert all(end.moved.days == 0 for project in found.projects for end in project.ends)
    assert found.kept == found.open == found.then


@given(CARDS, CARDS, st.randoms(use_true_random=False))
def test_order_and_direction(was: list[BaselineTask], now: list[BaselineTask], random: object) -> None:
    """Cards compare alike in any order; looked at backwards, slips change their sign and new is gone."""
    one, other = plan(*was, boards=boards("b")), plan(*now, boards=boards("b"))
    found = slipped(one, other)
    mixed = list(now)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis's random.Random
    assert slipped(one, plan(*mixed, boards=boards("b"))).tasks == found.tasks
    back = slipped(other, one)
    there = {task.key: task.moved.days for task in found.that(Happened.MOVED) if task.moved}
    open_then = {task.key for task in was if not task.done}
    again = {task.key: -task.moved.days for task in back.that(Happened.MOVED) if task.moved}
    both = open_then & {task.key for task in now if not task.done}
    assert {key: days for key, days in there.items() if key in both} == {
        key: days for key, days in again.items() if key in both
    }
    assert {task.key for task in found.that(Happened.GONE)} == {task.key for task in back.that(Happened.NEW)}


def test_working_days_are_the_projects() -> None:
    """Every move carries the working days that the project's calendar counts between its days."""
    (task,) = slipped(plan(card("a", JAN[8])), plan(card("a", JAN[25]))).tasks
    assert task.moved is not None
    assert task.moved.working_days == CALENDAR.working_days_between(JAN[8], JAN[25]) == 11
    assert slipped(plan(), plan()).set_at == NOW


def test_what_was_planned_is_told_of_what_was_open() -> None:
    """By today's key: from the start that was planned, else its last day alone, to the finish that was planned."""
    was = plan(
        row("Rédaction", JAN[15], start=JAN[11]),
        row("Relecture", advised_start=JAN_9H[18], advised_finish=JAN_9H[19]),
        row("Envoi", JAN[20], start=JAN[25]),
        row("Tri", done=True, due=JAN[5]),
        row("Sans date"),
    )
    now = plan(*(replace(task, key=f"new:{task.title}", due=JAN[29], done=False) for task in was.tasks))
    assert slipped(was, now).planned == {
        "new:Rédaction": (JAN[11], JAN[15]),
        "new:Relecture": (JAN[18], JAN[19]),
        "new:Envoi": (JAN[20], JAN[20]),
    }
