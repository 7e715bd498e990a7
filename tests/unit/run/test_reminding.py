"""When people are reminded: on the last working day before the meeting, once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import build_calendar, public_holidays
from retro.run.reminding import eve, next_meeting

PARIS = ZoneInfo("Europe/Paris")
FRANCE = build_calendar(country="FR")


def at(text: str) -> datetime:
    """An hour in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_the_eve_of_monday_is_friday() -> None:
    """Nobody reads a message on Sunday."""
    meeting = next_meeting(at("2026-11-25T09:00"), "mon 10:00", FRANCE)
    assert meeting == at("2026-11-30T10:00")
    assert eve(meeting, FRANCE) == date(2026, 11, 27)


def test_the_eve_of_thursday_is_wednesday() -> None:
    """Within a week it is the day before."""
    assert eve(next_meeting(at("2026-11-25T09:00"), "thu 14:00", FRANCE), FRANCE) == date(2026, 11, 25)


def test_todays_meeting_is_the_next_one_until_it_begins() -> None:
    """On Monday at nine it is today's, at eleven next week's."""
    assert next_meeting(at("2026-11-30T09:00"), "mon 10:00", FRANCE).date() == date(2026, 11, 30)
    assert next_meeting(at("2026-11-30T11:00"), "mon 10:00", FRANCE).date() == date(2026, 12, 7)


def test_there_is_no_meeting_on_a_holiday() -> None:
    """Easter Monday has none; nobody is reminded on the Friday before it."""
    assert date(2027, 3, 29) in public_holidays("FR", "", [2027])
    meeting = next_meeting(at("2027-03-25T09:00"), "mon 10:00", FRANCE)
    assert meeting == at("2027-04-05T10:00")
    assert eve(meeting, FRANCE) == date(2027, 4, 2)


def test_a_meeting_on_a_day_off_is_held_all_the_same() -> None:
    """A team that meets on Saturdays is reminded on Friday."""
    meeting = next_meeting(at("2026-11-25T09:00"), "sat 10:00", FRANCE)
    assert (meeting.date(), eve(meeting, FRANCE)) == (date(2026, 11, 28), date(2026, 11, 27))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)), st.sampled_from(("mon", "wed", "fri")))  # noqa: DTZ001 - given Paris's zone below
def test_the_eve_comes_before_the_meeting_with_no_work_between(now: datetime, weekday: str) -> None:
    """At any hour the next meeting is not over, and between its eve and it lies no working day."""
    meeting = next_meeting(now.replace(tzinfo=PARIS), f"{weekday} 10:00", FRANCE)
    day = eve(meeting, FRANCE)
    assert meeting >= now.replace(tzinfo=PARIS)
    assert FRANCE.is_working_day(day)
    between = range(1, (meeting.date() - day).days)
    assert not any(FRANCE.is_working_day(day + timedelta(days=number)) for number in between)
