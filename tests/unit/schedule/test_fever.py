"""The figures of a fever chart: how much of a buffer is used, and when to act."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import FeverPoint, Zone
from retro.schedule.fever import fever, point, zone_of

NOW = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Europe/Paris"))
ORDER = {Zone.GREEN: 0, Zone.YELLOW: 1, Zone.RED: 2}


@pytest.mark.parametrize(
    ("consumed", "zone"), [(0.0, "green"), (0.33, "green"), (1 / 3, "yellow"), (0.66, "yellow"), (2 / 3, "red")]
)
@pytest.mark.parametrize("complete", [0.0, 0.25, 0.5])
def test_thirds_of_the_buffer(complete: float, consumed: float, zone: str) -> None:
    """Up to the middle of a chain: a plan from one third on, its execution from two thirds on (Leach)."""
    assert zone_of(complete, consumed) == zone


def test_borders_follow_a_chain_that_has_overtaken_them() -> None:
    """With nine tenths done, 59 % are green and 85 % yellow; the whole buffer is red at any time."""
    assert [zone_of(0.9, used) for used in (0.59, 0.6, 0.85, 0.9)] == ["green", "yellow", "yellow", "red"]
    assert [zone_of(1.0, used) for used in (0.6, 0.9, 1.0)] == ["green", "yellow", "red"]


@given(st.floats(0, 1), st.floats(0, 2), st.floats(0, 1))
def test_more_used_is_never_milder_and_more_done_never_graver(complete: float, consumed: float, more: float) -> None:
    """Zones are ordered in both directions, and never stricter than thirds."""
    zone = zone_of(complete, consumed)
    assert ORDER[zone_of(complete, consumed + more)] >= ORDER[zone]
    assert ORDER[zone_of(min(complete + more, 1.0), consumed)] <= ORDER[zone]
    assert ORDER[zone] <= ORDER[zone_of(0.0, consumed)]


@pytest.mark.parametrize(("slack", "consumed"), [(900, 0.0), (600, 0.0), (450, 0.25), (0, 1.0), (-300, 1.5)], ids=str)
def test_what_is_left_of_a_buffer_is_the_slack(slack: int, consumed: float) -> None:
    """Of ten hours: being ahead uses nothing, no slack all of it, lateness more than all."""
    made = point(NOW, whole=2000, left=500, buffer=600, slack=slack)
    assert (made.complete, made.consumed) == (0.75, consumed)


def test_a_buffer_of_nothing() -> None:
    """Where no margin was asked for, being late is red and everything else green."""
    assert point(NOW, whole=10, left=10, buffer=0, slack=0).zone is Zone.GREEN
    assert point(NOW, whole=10, left=10, buffer=0, slack=-1).zone is Zone.RED
    assert point(NOW, whole=0, left=0, buffer=0, slack=0).complete == 1


def made(day: int, complete: float, consumed: float) -> FeverPoint:
    """A point of some day."""
    return FeverPoint(
        at=NOW + timedelta(days=day), complete=complete, consumed=consumed, zone=zone_of(complete, consumed)
    )


def test_a_series_tells_what_moved() -> None:
    """Oldest first; of two points of one instant the last one given; what repeats the one before is left out."""
    points = [made(3, 0.5, 0.2), made(0, 0.0, 0.0), made(2, 0.5, 0.2), made(1, 0.1, 0.9), made(1, 0.2, 0.1)]
    assert fever(points) == (made(0, 0.0, 0.0), made(1, 0.2, 0.1), made(2, 0.5, 0.2))
    assert fever([]) == ()
