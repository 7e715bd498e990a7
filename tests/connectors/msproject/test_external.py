"""Tasks of other projects: their stored dates hold back what follows them."""

import pytest
from tests.connectors.msproject.plans import Content, at, plan, read, scheduled, task

from retro.model import Constraint, ConstraintType

OTHER = task(1, 16, ExternalTask=1, Start="2027-01-11T08:00:00", Finish="2027-01-12T17:00:00")
"""Two days, Monday and Tuesday of the second week of the plan."""


def link(kind: int, **more: Content) -> Content:
    """A link from it: 0 finish to finish, 1 finish to start, 2 start to finish, 3 start to start."""
    return {"PredecessorUID": 1, "Type": kind, **more}


def early(*rows: Content) -> tuple[str, str]:
    """Earliest start and finish of task 2."""
    found = scheduled(read(plan(OTHER, *rows))).tasks["plan.xml:2"]
    return str(found.earliest_start)[5:16], str(found.earliest_finish)[5:16]


@pytest.mark.parametrize(
    ("how", "dates"),
    [
        (link(1), ("01-13 08:00", "01-13 17:00")),
        (link(1, LinkLag=4800, LagFormat=7), ("01-14 08:00", "01-14 17:00")),
        (link(1, LinkLag=-4800, LagFormat=7), ("01-12 08:00", "01-12 17:00")),
        (link(1, LinkLag=14400, LagFormat=8), ("01-14 08:00", "01-14 17:00")),
        (link(1, LinkLag=50, LagFormat=19), ("01-14 08:00", "01-14 17:00")),
        (link(3), ("01-11 08:00", "01-11 17:00")),
        (link(0), ("01-12 08:00", "01-12 17:00")),
        (link(2), ("01-08 08:00", "01-08 17:00")),
    ],
)
def test_links_of_every_kind_hold_back(how: Content, dates: tuple[str, str]) -> None:
    """By kind, with a lag in working time, elapsed time or a share of its duration."""
    assert early(task(2, 8, how)) == dates


def test_what_follows_waits_in_turn() -> None:
    """A successor of what waits begins after it; what waits for nothing begins with the plan."""
    found = scheduled(read(plan(OTHER, task(2, 8, 1), task(3, 8, 2), task(4, 8)))).tasks
    assert str(found["plan.xml:3"].earliest_start)[5:16] == "01-14 08:00"
    assert str(found["plan.xml:4"].earliest_start)[5:16] == "01-04 08:00"
    assert "plan.xml:1" not in found


def test_the_later_of_its_own_date_and_the_others_holds() -> None:
    """Start no earlier than a date of its own, before or after the other project's."""
    for own, begins in (("2027-01-06", "01-13 08:00"), ("2027-01-20", "01-20 08:00")):
        assert early(task(2, 8, 1, ConstraintType=4, ConstraintDate=f"{own}T08:00:00"))[0] == begins
    # Two days that end no earlier than Thursday the 14th begin no earlier than the 13th, as the other asks.
    later = {"ConstraintType": 6, "ConstraintDate": "2027-01-15T17:00:00"}
    assert early(task(2, 16, 1, **later)) == ("01-14 08:00", "01-15 17:00")


def test_a_summary_waits_whole() -> None:
    """What follows another project's is a summary: start no earlier than its date."""
    found = read(plan(OTHER, task(2, 8, 1), task(3, 8, level=2))).tasks[1]
    assert found.constraint == Constraint(ConstraintType.SNET, at("2027-01-12T17:00"))


@pytest.mark.parametrize(
    "waiting",
    [
        task(2, 8, 1, ConstraintType=5, ConstraintDate="2027-01-05T08:00:00"),
        task(2, 8, {"PredecessorUID": 3, "Type": 1}),
    ],
)
def test_what_cannot_be_followed_is_said(waiting: Content) -> None:
    """A constraint of another kind stands, or the other project's task has no date: the plan says so."""
    warnings = read(plan(OTHER, task(3, 8, ExternalTask=1), waiting)).board.warnings
    assert len(warnings) == 2
    assert "Task 2" in warnings[1]


def test_what_must_start_on_a_date_waits_for_nobody() -> None:
    """Such a constraint goes before links: nothing is lost, nothing is said of it."""
    rows = (OTHER, task(2, 8, 1, ConstraintType=2, ConstraintDate="2027-01-05T08:00:00"))
    found = read(plan(*rows))
    assert len(found.board.warnings) == 1
    assert found.tasks[1].constraint == Constraint(ConstraintType.MSO, at("2027-01-05T08:00"))


@pytest.mark.parametrize("lag", [10**9, -(10**9), 10**18])
def test_a_lag_of_ages_is_held(lag: int) -> None:
    """A lag of centuries ends at the edge of calendars, or is said not to be followed; it never fails."""
    for unit in (7, 8):
        snapshot = read(plan(OTHER, task(2, 8, link(1, LinkLag=lag, LagFormat=unit))))
        assert scheduled(snapshot).tasks["plan.xml:2"].key
