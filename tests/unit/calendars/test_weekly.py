"""The weekly moment: read, found again, and steady over a change of clocks."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import Weekly, parse_weekly

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "weekday", "at"),
    [
        ("mon 10:00", 0, time(10)),
        ("Thursday 9:30", 3, time(9, 30)),
        ("lun. 10h", 0, time(10)),
        ("mardi 14h15", 1, time(14, 15)),
        (" sun 0:00 ", 6, time(0)),
    ],
)
def test_a_day_and_an_hour_are_read(text: str, weekday: int, at: time) -> None:
    """English and French names, short and long."""
    assert parse_weekly(text) == Weekly(weekday, at)


@pytest.mark.parametrize(
    "text", ["", "mon", "10:00", "day 10:00", "mon 24:00", "mon 10:60", "mon 10:00 tue", "monday10"]
)
def test_anything_else_is_refused(text: str) -> None:
    """Never a guess."""
    with pytest.raises(ValueError, match="mon 10:00"):
        parse_weekly(text)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - Hypothesis adds the zone
    st.integers(0, 6),
    st.integers(0, 23),
)
def test_the_next_one_is_within_a_week_and_the_last_one_before_it(instant: datetime, weekday: int, hour: int) -> None:
    """At or after the instant, on the right day and hour, and none in between."""
    now = instant.replace(tzinfo=PARIS)
    following = Weekly(weekday, time(hour)).following(now)
    assert following >= now
    assert following.replace(tzinfo=None) - instant < timedelta(days=7)
    assert (following.weekday(), following.hour, following.minute) == (weekday, hour, 0)
    before = Weekly(weekday, time(hour)).preceding(following)
    assert before < now
    assert (before.weekday(), before.hour) == (weekday, hour)
