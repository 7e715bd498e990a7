"""From when to when a task is drawn."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.model import Category, EstimateOrigin, Status, StatusOrigin, Task, TaskSchedule
from retro.report.bars import bar

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2027, 1, 4)


def drawn(due: date | None, latest: datetime | None) -> tuple[date, date]:
    """The days of a task that could be done from Monday to Wednesday."""
    task = Task(
        key="t:1",
        board="t:b",
        title="Plaquette",
        status=Status("À faire", Category.TODO, StatusOrigin.NATIVE),
        due=due,
    )
    planned = TaskSchedule(
        key="t:1",
        earliest_start=datetime(2027, 1, 4, 9, tzinfo=PARIS),
        earliest_finish=datetime(2027, 1, 6, 18, tzinfo=PARIS),
        latest_finish=latest,
        estimate_minutes=1260,
        work_minutes=1260,
        estimate_origin=EstimateOrigin.NUMBER,
    )
    found = bar(task, planned, late=False, today=TODAY, zone=PARIS)
    assert found is not None
    return found.start, found.finish


@pytest.mark.parametrize(
    ("due", "latest", "days"),
    [
        (date(2027, 1, 20), None, (date(2027, 1, 18), date(2027, 1, 20))),
        (date(2027, 1, 5), None, (date(2027, 1, 4), date(2027, 1, 6))),
        (None, None, (date(2027, 1, 4), date(2027, 1, 6))),
        (date(2027, 1, 20), datetime(2027, 1, 29, 18, tzinfo=PARIS), (date(2027, 1, 4), date(2027, 1, 6))),
    ],
    ids=["due later", "due sooner than it can be over", "no due date", "with a date to work back from"],
)
def test_without_a_date_to_work_back_from_work_ends_when_it_is_due(
    due: date | None, latest: datetime | None, days: tuple[date, date]
) -> None:
    """It is as long as the plan gives it, and never over sooner than it can be."""
    assert drawn(due, latest) == days


@pytest.mark.parametrize(
    ("finished", "ticked", "day"),
    [
        (date(2026, 12, 3), datetime(2026, 12, 10, 9, tzinfo=PARIS), date(2026, 12, 3)),
        (None, datetime(2026, 12, 10, 9, tzinfo=PARIS), date(2026, 12, 10)),
        (None, None, date(2026, 12, 1)),
    ],
    ids=["as the team tells", "as it was ticked", "as it was due"],
)
def test_done_work_ends_when_it_was_done(finished: date | None, ticked: datetime | None, day: date) -> None:
    """The team's own day comes before that of the tick, as in the schedule and in the debrief."""
    task = Task(
        key="t:1",
        board="t:b",
        title="Plaquette",
        status=Status("Terminé", Category.DONE, StatusOrigin.NATIVE),
        due=date(2026, 12, 1),
        actual_finish=finished,
        completed=ticked,
    )
    found = bar(task, None, late=False, today=TODAY, zone=PARIS)
    assert found is not None
    assert found.finish == day
