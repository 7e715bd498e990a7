"""RIT101: when it speaks, about whom, and what counts as a touch."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from retro.calendars import DEFAULT_WEEK, Calendar
from retro.lint.examples import ZONE, Case, a_task, case
from retro.model import Finding, Owner, OwnerKind, Task
from retro_practices.rit.untouched_before_meeting import UntouchedBeforeMeeting

MEETING = datetime(2027, 1, 11, 10, tzinfo=ZONE)
LAST = MEETING - timedelta(days=7)
OLD, NEW = LAST - timedelta(days=3), LAST + timedelta(days=2)
TASK = a_task("[Web] FAQ", section="À produire", updated=OLD)


def said(*tasks: Task, now: datetime = MEETING - timedelta(hours=3), **more: object) -> list[Finding]:
    """What is said of some tasks of a team that meets on Mondays at ten."""
    shown: Case = case("", *tasks, now=now, **{"meeting": "mon 10:00", **more})  # type: ignore[arg-type]  # names of fields
    return list(UntouchedBeforeMeeting().check(shown.context()))


@pytest.mark.parametrize(
    ("before", "speaks"),
    [
        (timedelta(0), True),
        (timedelta(minutes=1), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, minutes=1), False),
        (timedelta(days=3), False),
        (-timedelta(minutes=1), False),
    ],
)
def test_it_speaks_within_a_day_before_the_meeting(before: timedelta, *, speaks: bool) -> None:
    """Not two days before, and no longer once the meeting has begun."""
    assert bool(said(TASK, now=MEETING - before)) is speaks


def test_the_clock_may_run_in_any_zone() -> None:
    """The meeting is on the wall clock of the workspace."""
    assert said(TASK, now=(MEETING - timedelta(hours=1)).astimezone(UTC))


@pytest.mark.parametrize(
    ("task", "speaks"),
    [
        (replace(TASK, updated=NEW), False),
        (replace(TASK, updated=LAST), False),
        (replace(TASK, updated=None), False),
        (replace(TASK, owners=()), False),
        (replace(TASK, owners=(Owner("t", "Équipe", OwnerKind.TEAM),)), False),
        (a_task("[Web] FAQ", section="En validation", updated=OLD), False),
        (a_task("[Web] FAQ", section="À planifier", updated=OLD), False),
        (a_task("[Web] FAQ", section="Zone 51", updated=OLD), False),
    ],
)
def test_only_work_under_way_that_stood_still_is_told(task: Task, *, speaks: bool) -> None:
    """No word on review, on what nobody started, on what has no owner, or where the last change is not known."""
    assert bool(said(task)) is speaks


@pytest.mark.parametrize(
    ("own", "before", "speaks"),
    [
        (NEW, None, True),
        (NEW, OLD, True),
        (NEW, NEW - timedelta(hours=5), False),
        (NEW - timedelta(hours=1), None, False),
    ],
)
def test_retros_own_writes_are_no_touch(own: datetime, before: datetime | None, *, speaks: bool) -> None:
    """Where the last change is retro's, what stood before it counts; a later change is somebody's."""
    earlier = {} if before is None else {TASK.key: before}
    assert bool(said(replace(TASK, updated=NEW), own_touches={TASK.key: own}, touched_before=earlier)) is speaks


def off(*days: date) -> dict[str, Calendar]:
    """Léa's calendar, with days off."""
    return {"lea martin": Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=frozenset(days))}


def test_people_who_are_away_are_left_alone() -> None:
    """Away for the whole week, or on the day of the meeting; a day off in between is no excuse."""
    week = [LAST.date() + timedelta(days=n) for n in range(7)]
    assert said(TASK, calendars=off(*week)) == []
    assert said(TASK, calendars=off(MEETING.date())) == []
    assert len(said(TASK, calendars=off(week[2]))) == 1


def test_one_finding_a_person_whatever_the_order() -> None:
    """Grouped by owner; titles in order; about a person, not about a task."""
    tasks = [
        replace(TASK, key=f"k{n}", title=f"T{n}", owners=(Owner("nora" if n % 2 else "omar", "N"),)) for n in range(4)
    ]
    for order in (tasks, tasks[::-1]):
        found = {finding.subject: finding for finding in said(*order)}
        assert {key: each.params["tasks"] for key, each in found.items()} == {
            "omar": ("T0", "T2"),
            "nora": ("T1", "T3"),
        }
        assert all(each.task is None for each in found.values())


def test_a_meeting_that_cannot_be_read_is_none() -> None:
    """The configuration refuses it; the rule does not fail on it."""
    assert said(TASK, meeting="someday") == []
