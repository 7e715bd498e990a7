"""What the notes of a meeting take up: decisions, and of every list what is new or worse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.agency import agency
from tests.marketing_team import NOW, PARIS, owner

from retro.model import AnchorMoves, AnchorVerdict, Assessment, Link, Portfolio, Task
from retro.report.meeting import Notes, Since, notes
from retro.report.meeting.questions import Ask, Question

Edit = Callable[[Task], Task]


def with_tasks(team: Assessment, **edits: Edit) -> Assessment:
    """The assessment with some tasks otherwise, by the end of their key."""
    tasks = tuple(
        edits[name](task) if (name := task.key.removeprefix("t:")) in edits else task for task in team.portfolio.tasks
    )
    return replace(team, portfolio=replace(team.portfolio, tasks=tasks))


def later(team: Assessment, days: int = 7) -> Assessment:
    """The same boards so many days later."""
    return replace(team, now=team.now + timedelta(days=days))


def ownerless(task: Task) -> Task:
    """A task that is nobody's."""
    return replace(task, owners=())


def asked(found: Notes, ask: Ask) -> list[Question]:
    """The questions of one sort."""
    return [each for each in found.questions if each.ask is ask]


def test_a_date_that_cannot_be_met_asks_for_a_way_out(team: Assessment) -> None:
    """The project in trouble comes first, with how much is missing as its weight."""
    first = notes(team, Since()).questions[0]
    assert (first.ask, first.subject, first.day) == (Ask.LEVER, "salon", date(2027, 1, 28))
    assert first.weight == next(each.missing_minutes for each in team.schedule.anchors if not each.feasible)


def test_a_date_gone_by_asks_for_another_one(team: Assessment) -> None:
    """Once the fair is over with work still open there is no lever left."""
    found = notes(later(team, 30), Since())
    assert [each.subject for each in asked(found, Ask.PASSED)] == ["salon"]
    assert not [each for each in asked(found, Ask.LEVER) if each.subject == "salon"]


def test_projects_without_a_date_are_asked_about_together(team: Assessment) -> None:
    """One question for all of them, not one each."""
    dateless = replace(team, schedule=replace(team.schedule, anchors=()))
    (question,) = asked(notes(dateless, Since()), Ask.END)
    assert {project.key for project in question.projects} == {"salon", "brise", "site"}


def test_what_others_wait_for_is_given_an_owner(team: Assessment) -> None:
    """A task that is nobody's and that Sofia waits for is asked about, with its date and with her."""
    found = notes(with_tasks(team, s4=ownerless), Since())
    (question,) = asked(found, Ask.OWNER)
    assert (question.subject, question.day, question.waiter) == ("t:s4", date(2027, 1, 13), owner("sofia"))
    assert not [wait for wait in found.waits if wait.blocker.key == "t:s4"], "it is not said twice"


def test_late_tasks_of_nobody_are_one_question(team: Assessment) -> None:
    """They stand among what is late already; more of them next time, and the question comes back."""
    first = notes(with_tasks(team, s3=ownerless), Since())
    (question,) = asked(first, Ask.LATE)
    assert [task.key for task in question.tasks] == ["t:s3"]
    assert not asked(first, Ask.OWNER)
    second = notes(with_tasks(team, s3=ownerless, f4=ownerless), Since(told=first.told))
    (question,) = asked(second, Ask.LATE)
    assert [task.key for task in question.tasks] == ["t:f4", "t:s3"]


def test_what_is_late_is_asked_no_date(team: Assessment) -> None:
    """A task without a date of its own whose latest one has gone by stands among what is late, and there alone."""
    late = with_tasks(team, s3=lambda task: replace(task, due=None))
    found = notes(late, Since())
    assert "t:s3" in {each.task.key for each in found.late}
    assert "t:s3" not in {each.subject for each in found.questions}


def test_a_task_of_nobody_that_nothing_hangs_on_is_no_decision(team: Assessment) -> None:
    """Nobody's task without a date or a follower is no matter for today."""
    assert not asked(notes(team, Since()), Ask.OWNER)
    assert any(not task.owners and task.is_open for task in team.portfolio.tasks)


def test_a_review_asks_its_reviewer(team: Assessment) -> None:
    """Who is to approve, who waits, and since when as far as earlier reads tell."""
    since = Since(waiting={"t:s8": datetime(2027, 1, 5, 9, tzinfo=PARIS)})
    found = {each.subject: each for each in asked(notes(team, since), Ask.REVIEW)}
    assert set(found) == {"t:s8", "t:f1"}
    question = found["t:s8"]
    assert (question.owner, question.waiter, question.since) == (owner("lea"), owner("karim"), date(2027, 1, 5))


def test_what_begins_soon_without_a_date_is_given_one(team: Assessment) -> None:
    """A task that others wait for, and that should begin within two weeks, asks its owner for a date."""
    dateless = with_tasks(team, s4=lambda task: replace(task, due=None, start=None))
    (question,) = asked(notes(dateless, Since()), Ask.DATE)
    planned = team.schedule.tasks["t:s4"].advised_finish
    assert planned is not None
    assert (question.subject, question.owner, question.day) == ("t:s4", owner("camille"), planned.date())


def test_who_has_too_much_is_told_what_could_wait(team: Assessment) -> None:
    """Somebody over their hours is asked about by week, with tasks that have a day of slack and are not critical."""
    found = asked(notes(team, Since()), Ask.LOAD)
    assert [each.owner.name for each in found if each.owner] == sorted(each.owner.name for each in found if each.owner)
    for question in found:
        assert question.week is not None
        assert question.week.over > 0
        for task in question.movable:
            planned = team.schedule.tasks[task.key]
            assert not planned.critical
            assert (planned.total_slack_minutes or 0) >= team.day_minutes


def test_work_that_no_date_asks_for_overloads_nobody(team: Assessment) -> None:
    """Without anchors everything is done as it comes: that the first week is full is no news."""
    loose = {key: replace(planned, anchor=None) for key, planned in team.schedule.tasks.items()}
    assert asked(notes(team, Since()), Ask.LOAD)
    assert not asked(notes(replace(team, schedule=replace(team.schedule, tasks=loose)), Since()), Ask.LOAD)


def test_who_waits_for_a_task_with_two_of_theirs_is_told_once(team: Assessment) -> None:
    """Camille waits for the leaflet with its proof-reading; with a second task of hers it is still one wait."""
    links = (*team.portfolio.links, Link("t:s3", "t:s10"))
    found = notes(replace(team, portfolio=replace(team.portfolio, links=links)), Since())
    assert [wait.waiter for wait in found.waits if wait.blocker.key == "t:s3"] == [owner("camille")]


def test_an_anchor_that_moved_is_asked_about(team: Assessment) -> None:
    """A date that could not move and did is to be agreed upon, with how often it moved."""
    moved = AnchorMoves(
        project="site",
        key="site/0",
        name="Mise en ligne",
        was=date(2027, 4, 1),
        now=date(2027, 4, 15),
        times=2,
        since=NOW - timedelta(days=60),
    )
    (question,) = asked(notes(team, Since(anchors=(moved,))), Ask.ANCHOR)
    assert (question.moved, question.weight) == (moved, 2)


def test_nothing_is_said_twice(team: Assessment) -> None:
    """A week later with nothing new, what was told is only counted; the verdict and the week's work are said again."""
    first = notes(team, Since())
    second = notes(team, Since(told=first.told))
    assert (second.late, second.waits, second.questions, second.soon) == ((), (), (), ())
    assert len(second.late_before) == len(first.late)
    assert len(second.waits_before) == len(first.waits)
    assert len(second.questions_before) == len(first.questions)
    assert (second.outlooks, second.due) == (first.outlooks, first.due)
    assert second.remarks == (0, 0)


def test_a_late_task_that_slipped_again_is_said_again(team: Assessment) -> None:
    """Its date was moved, and that one has gone by as well."""
    first = notes(team, Since())
    moved = with_tasks(team, f4=lambda task: replace(task, due=date(2027, 1, 9)))
    second = notes(moved, Since(told=first.told))
    assert [each.task.key for each in second.late] == ["t:f4"]
    assert [each.task.key for each in second.late_before] == ["t:s3"]


def test_a_late_task_that_somebody_waits_for_now_is_said_again(team: Assessment) -> None:
    """It got worse without its date having moved."""
    first = notes(team, Since())
    linked = replace(team, portfolio=replace(team.portfolio, links=(*team.portfolio.links, Link("t:f4", "t:f2"))))
    second = notes(linked, Since(told=first.told))
    assert "t:f4" in {each.task.key for each in second.late}


def test_a_question_comes_back_when_it_is_more_urgent(team: Assessment) -> None:
    """More is missing than at the last meeting: the way out is asked for anew."""
    first = notes(team, Since())

    def shorter(anchor: AnchorVerdict) -> AnchorVerdict:
        return anchor if anchor.feasible else replace(anchor, missing_minutes=anchor.missing_minutes + 60)

    anchors = tuple(shorter(anchor) for anchor in team.schedule.anchors)
    second = notes(replace(team, schedule=replace(team.schedule, anchors=anchors)), Since(told=first.told))
    assert [each.ask for each in second.questions] == [Ask.LEVER]


def test_remarks_are_counted_as_new_and_settled(team: Assessment) -> None:
    """Two findings fewer and one other than last time."""
    first = notes(team, Since())
    other = replace(team.findings[0], code="END999")
    found = notes(replace(team, findings=(*team.findings[2:], other)), Since(told=first.told))
    assert found.remarks == (1, 2)


def test_without_an_earlier_meeting_nobody_counts_remarks(team: Assessment) -> None:
    """What is new is not known."""
    assert notes(team, Since()).remarks is None


@pytest.mark.parametrize("days", [0, 3, 400])
def test_notes_of_any_day_hold_together(team: Assessment, days: int) -> None:
    """Each late task is told or counted, whenever the meeting is."""
    assessment = later(team, days)
    first = notes(assessment, Since())
    second = notes(assessment, Since(told=first.told))
    assert {each.task.key for each in first.late} == {each.task.key for each in second.late_before}


def test_no_board_gives_no_notes(team: Assessment) -> None:
    """Nothing read, nothing to decide."""
    empty = replace(team, portfolio=Portfolio(), findings=(), schedule=replace(team.schedule, tasks={}, anchors=()))
    found = notes(empty, Since())
    assert (found.questions, found.late, found.waits, found.due, found.outlooks) == ((), (), (), (), ())


def test_questions_of_one_day_stand_in_the_order_of_names(team: Assessment) -> None:
    """What is asked of several projects that are due on one day follows their names, as the verdicts above it do."""
    asked_of = [each for each in notes(red(agency(4)), Since()).questions if each.ask is Ask.LEVER]
    names = [(each.day, each.project.name) for each in asked_of if each.project is not None]
    assert len(names) > 4
    assert names == sorted(names)


def red(assessment: Assessment) -> Assessment:
    """The same with no date that can be met."""
    anchors = tuple(replace(each, feasible=False, missing_minutes=420) for each in assessment.schedule.anchors)
    return replace(assessment, schedule=replace(assessment.schedule, anchors=anchors))
