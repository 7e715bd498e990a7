"""When a daily run is due, by the machine's own clock."""

import time as clock
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from retro.ports import ConfigurationError
from retro.run.scheduler.hours import last_due, next_due, overdue, parse_hour

PARIS = ZoneInfo("Europe/Paris")
SIX = time(6, 30)


@pytest.fixture
def _in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is Paris'."""
    if not hasattr(clock, "tzset"):
        pytest.skip("this system's zone cannot be set for a test")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Paris")
        clock.tzset()
        yield
    clock.tzset()


@pytest.mark.parametrize("text", ["06:30", "6:30", "6h30", "6H30", " 06.30 "])
def test_hours_as_people_write_them(text: str) -> None:
    """French and English ways of writing half past six."""
    assert parse_hour(text) == SIX


@pytest.mark.parametrize("text", ["", "6", "25:00", "6:60", "noon", "-1:00", "06:30:00"])
def test_no_hours(text: str) -> None:
    """What is none is told, with the shape."""
    with pytest.raises(ConfigurationError, match="06:30"):
        parse_hour(text)


def test_a_full_hour() -> None:
    """7h is seven o'clock."""
    assert parse_hour("7h") == time(7)


@pytest.mark.usefixtures("_in_paris")
def test_before_and_after() -> None:
    """At the very minute a run is due now, and the next one tomorrow; a minute earlier, yesterday's is the last."""
    at = datetime(2026, 11, 23, 6, 30, tzinfo=PARIS)
    assert (last_due(at, SIX), next_due(at, SIX)) == (at, at + timedelta(days=1))
    before = at - timedelta(minutes=1)
    assert (last_due(before, SIX), next_due(before, SIX)) == (at - timedelta(days=1), at)


@pytest.mark.usefixtures("_in_paris")
def test_summer_time() -> None:
    """When the clocks change it is half past six by the new time."""
    evening = datetime(2027, 3, 27, 20, tzinfo=PARIS)
    assert next_due(evening, SIX) == datetime(2027, 3, 28, 6, 30, tzinfo=PARIS)
    assert next_due(evening, SIX).utcoffset() == timedelta(hours=2)


@pytest.mark.usefixtures("_in_paris")
def test_a_run_that_did_not_come() -> None:
    """One that is due may yet come after waking; the one before it may not, when the clocks change neither."""
    now = datetime(2027, 3, 28, 10, tzinfo=PARIS)
    yesterday, before = datetime(2027, 3, 27, 6, 30, tzinfo=PARIS), datetime(2027, 3, 27, 6, 29, tzinfo=PARIS)
    assert not overdue(now, SIX, now)
    assert not overdue(now, SIX, yesterday)
    assert overdue(now, SIX, before)
