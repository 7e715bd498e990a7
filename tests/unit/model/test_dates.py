"""The date that an instant is, in a zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from retro.model import as_date

PARIS, AZORES = ZoneInfo("Europe/Paris"), ZoneInfo("Atlantic/Azores")


@given(st.datetimes(timezones=st.timezones()), st.timezones())
def test_a_date_is_read_on_the_clock_of_the_zone(instant: datetime, zone: ZoneInfo) -> None:
    """Whatever clock an instant comes from, its date is the one on the wall of the zone, each time it is asked for."""
    try:
        expected = instant.astimezone(zone).date()
    except OverflowError:
        expected = instant.date()
    assert as_date(instant, zone) == as_date(instant, zone) == expected


def test_the_hour_that_comes_twice_is_two_instants() -> None:
    """Two instants that look equal on a clock that was put back are on two days elsewhere, asked in either order."""
    first = datetime(2027, 10, 31, 2, 30, tzinfo=PARIS)
    again = first.replace(fold=1)
    assert first == again
    elsewhere = ZoneInfo("Etc/GMT+1")
    days = [date(2027, 10, 30), date(2027, 10, 31)]
    assert [as_date(each, elsewhere) for each in (first, again)] == days
    assert [as_date(each.astimezone(UTC), elsewhere) for each in (again, first)] == days[::-1]


def test_a_plain_date_is_the_same_everywhere() -> None:
    """No zone moves it."""
    assert as_date(date(2027, 3, 1), AZORES) == date(2027, 3, 1)


def test_the_end_of_time_keeps_its_own_day() -> None:
    """31/12/9999 is what people type for "one day": no clock reads further."""
    last = datetime.max.replace(tzinfo=UTC) - timedelta(minutes=1)
    assert as_date(last, PARIS) == date(9999, 12, 31)
