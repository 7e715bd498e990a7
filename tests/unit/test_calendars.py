"""Working time: hours, French holidays, leave, and the arithmetic of ordinals."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import (
    Calendar,
    Calendars,
    build_calendar,
    parse_hours,
    parse_range,
    person_calendar,
    public_holidays,
)

PARIS = ZoneInfo("Europe/Paris")
CALENDAR = build_calendar(zone=PARIS, closures=[parse_range("2026-12-24..2027-01-01")])
PART_TIME = person_calendar(CALENDAR, week_overrides={2: ()}, share=0.8, leave=[parse_range("2027-02-08..2027-02-12")])
NIGHTS = Calendar(week=(parse_hours("22:00-24:00"),) * 6 + (parse_hours("0:00-2:00"),), zone=PARIS)
EACH = st.sampled_from([CALENDAR, PART_TIME, NIGHTS])
DAYS = st.dates(date(2012, 1, 1), date(2035, 12, 31))
MINUTES = st.datetimes(datetime(2012, 1, 1), datetime(2035, 12, 31)).map(  # noqa: DTZ001 - the zone is set beside
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=PARIS)
)


def at(text: str) -> datetime:
    """An instant on the clock of Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_hours_are_read() -> None:
    """The usual ways to write hours give shifts in minutes from midnight."""
    assert parse_hours("9:00-12:00 13:00-17:00") == ((540, 720), (780, 1020))
    assert parse_hours("9h-12h30, 14h–18") == ((540, 750), (840, 1080))
    assert parse_hours("") == ()
    assert parse_hours("22:00-24:00") == ((1320, 1440),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("morning", "is not a pair of hours"),
        ("9:00-9:00", "ends before it starts"),
        ("17:00-9:00", "ends before it starts"),
        ("9:00-12:00 11:00-13:00", "begins before the shift that precedes it has ended"),
        ("9:00-25:00", "names an hour that no day has"),
        ("9:75-12:00", "names an hour that no day has"),
    ],
)
def test_hours_that_cannot_be(text: str, said: str) -> None:
    """Hours that make no sense are refused in a sentence that quotes them."""
    with pytest.raises(ValueError, match=said):
        parse_hours(text)


@pytest.mark.parametrize(
    "text", ["noel", "2026-12-24..", "2027-01-01..2026-12-24", "2026-01-01..2040-01-01", "a..b..c"]
)
def test_ranges_that_cannot_be(text: str) -> None:
    """A range needs two dates in order, at most ten years apart."""
    with pytest.raises(ValueError, match="“"):
        parse_range(text)


def test_french_holidays_of_2026() -> None:
    """The eleven days of 2026, Ascension on 14 May among them; Moselle has two more."""
    days = public_holidays("FR", "", [2026])
    assert len(days) == 11
    assert {date(2026, 5, 14), date(2026, 5, 25), date(2026, 4, 6)} <= days
    assert public_holidays("FR", "6AE", [2026]) - days == {date(2026, 4, 3), date(2026, 12, 26)}
    assert public_holidays("", "", [2026]) == frozenset()


def test_unknown_countries_are_refused() -> None:
    """A country or subdivision that no list knows is an error at once, not a calendar without holidays."""
    with pytest.raises(ValueError, match="XX"):
        build_calendar(country="XX")
    with pytest.raises(ValueError, match="FR-67"):
        build_calendar(subdivision="67")


def test_solidarity_day_and_bridges() -> None:
    """Whit Monday is worked unless it is said to be off; a bridging day is worked unless bridges are off."""
    off = build_calendar(bridges="off", solidarity_day="off")
    assert CALENDAR.is_working_day(date(2026, 5, 25))
    assert not off.is_working_day(date(2026, 5, 25))
    bridging = [date(2026, 1, 2), date(2026, 5, 15), date(2026, 7, 13), date(2027, 5, 7), date(2027, 11, 12)]
    assert all(CALENDAR.is_working_day(day) for day in bridging)
    assert not any(off.is_working_day(day) for day in bridging)
    # 1 January 2030 is a Tuesday: its bridge lies in the year before.
    assert not off.is_working_day(date(2029, 12, 31))


def test_solidarity_day_is_french() -> None:
    """Whit Monday stays a holiday in Germany whatever the French law says."""
    assert not build_calendar(country="DE", solidarity_day="work").is_working_day(date(2026, 5, 25))


def test_days_off_and_their_neighbours() -> None:
    """Around Ascension 2026: the day before, the day after, and steps over both."""
    ascension = date(2026, 5, 14)
    assert not CALENDAR.is_working_day(ascension)
    assert CALENDAR.next_working_day(ascension) == date(2026, 5, 15)
    assert CALENDAR.previous_working_day(ascension) == date(2026, 5, 13)
    assert CALENDAR.shift(date(2026, 5, 13), 1) == date(2026, 5, 15)
    assert CALENDAR.shift(date(2026, 5, 16), -1) == date(2026, 5, 15)
    assert CALENDAR.shift(date(2026, 5, 16), 1) == date(2026, 5, 18)
    assert CALENDAR.working_days_between(date(2026, 5, 13), date(2026, 5, 18)) == 2
    assert CALENDAR.working_days_between(date(2026, 5, 18), date(2026, 5, 13)) == -2


def test_closures_are_days_off() -> None:
    """Between Christmas and New Year the house is closed."""
    assert CALENDAR.shift(date(2026, 12, 23), 1) == date(2027, 1, 4)


def test_first_and_last_minutes() -> None:
    """A date begins at its first working minute and ends at its last; a day off leans on its neighbours."""
    assert CALENDAR.first_minute(date(2026, 5, 13)) == at("2026-05-13T09:00")
    assert CALENDAR.last_minute(date(2026, 5, 13)) == at("2026-05-13T17:00")
    assert CALENDAR.first_minute(date(2026, 5, 14)) == at("2026-05-15T09:00")
    assert CALENDAR.last_minute(date(2026, 5, 14)) == at("2026-05-13T17:00")


def test_boundaries_of_shifts() -> None:
    """On a boundary, work starts at the next shift's first minute and finishes at the previous one's last."""
    noon = CALENDAR.ordinal(at("2026-05-13T12:30"))
    assert CALENDAR.start_at(noon) == at("2026-05-13T13:00")
    assert CALENDAR.finish_at(noon) == at("2026-05-13T12:00")


def test_minutes_between() -> None:
    """From the eve of Ascension at 16:00 to the day after it at 10:00 there are two hours."""
    assert CALENDAR.minutes_between(at("2026-05-13T16:00"), at("2026-05-15T10:00")) == 120
    assert CALENDAR.minutes_between(at("2026-05-15T10:00"), at("2026-05-13T16:00")) == -120


def test_change_of_clocks_adds_nothing() -> None:
    """The week-end in which clocks change counts like any other, and so does a night shift across it."""
    assert CALENDAR.minutes_between(at("2026-03-27T09:00"), at("2026-03-31T09:00")) == 2 * 420
    assert NIGHTS.minutes_between(at("2026-03-28T22:00"), at("2026-03-29T12:00")) == 240


def test_instants_of_other_zones() -> None:
    """An instant of another zone is read on the calendar's clock; a naive one is refused."""
    assert CALENDAR.ordinal(datetime(2026, 5, 13, 14, tzinfo=UTC)) == CALENDAR.ordinal(at("2026-05-13T16:00"))
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.ordinal(datetime(2026, 5, 13, 14))  # noqa: DTZ001 - this is what is refused


def test_part_time_shortens_days() -> None:
    """A share of 0.8 leaves 336 of 420 minutes, cut from the day's end; the day as a unit keeps its length."""
    assert PART_TIME.week[0] == ((540, 720), (780, 936))
    assert PART_TIME.week[2] == ()
    assert PART_TIME.day_minutes == 420
    half = person_calendar(CALENDAR, share=0.4)
    assert half.week[0] == ((540, 708),)


def test_leave_is_the_persons_own() -> None:
    """Leave stops one person, not the others; somebody unknown has the project's hours."""
    team = Calendars(project=CALENDAR, people={"lea": PART_TIME})
    assert not team.of("lea").is_working_day(date(2027, 2, 9))
    assert team.of("hugo").is_working_day(date(2027, 2, 9))
    assert team.of(None) is CALENDAR


def test_calendars_without_work_are_refused() -> None:
    """Somebody who never works cannot be planned with."""
    with pytest.raises(ValueError, match="at least one working hour"):
        person_calendar(CALENDAR, week_overrides=dict.fromkeys(range(7), ()))
    with pytest.raises(ValueError, match="share"):
        person_calendar(CALENDAR, share=0)
    with pytest.raises(ValueError, match="seven days"):
        Calendar(week=(parse_hours("9-12"),))


def test_years_far_away() -> None:
    """Boards of any year work: far away plain weeks go on, up to the first and the last year of dates."""
    assert CALENDAR.finish_at(CALENDAR.ordinal(at("2013-05-13T12:00"))) == at("2013-05-13T12:00")
    assert CALENDAR.finish_at(10**12).year == 9999
    assert CALENDAR.start_at(-(10**12)).year == 1
    assert CALENDAR.minutes_between(at("9000-01-06T00:00"), at("9000-01-13T00:00")) == 5 * 420
    assert CALENDAR.minutes_between(at("0011-01-04T00:00"), at("0011-01-11T00:00")) == 5 * 420
    assert CALENDAR.finish_at(CALENDAR.ordinal(at("2250-05-13T12:00"))) == at("2250-05-13T12:00")
    assert CALENDAR.start_at(CALENDAR.ordinal(at("1850-05-13T11:00"))) == at("1850-05-13T11:00")
    assert CALENDAR.shift(date(2026, 5, 13), 600) == date(2028, 9, 28)


@settings(deadline=None)
@given(EACH, MINUTES)
def test_ordinals_come_back(calendar: Calendar, moment: datetime) -> None:
    """Start and finish of an ordinal embrace every instant that has it, and have it themselves."""
    ordinal = calendar.ordinal(moment)
    start, finish = calendar.start_at(ordinal), calendar.finish_at(ordinal)
    assert calendar.ordinal(start) == ordinal == calendar.ordinal(finish)
    assert finish <= moment <= start or finish == moment == start


@settings(deadline=None)
@given(EACH, st.integers(-2_000_000, 4_000_000))
def test_every_ordinal_is_an_instant(calendar: Calendar, ordinal: int) -> None:
    """Every ordinal has a start that is worked in the minute after, and a finish worked in the minute before."""
    assert calendar.ordinal(calendar.start_at(ordinal) + timedelta(minutes=1)) == ordinal + 1
    assert calendar.ordinal(calendar.finish_at(ordinal) - timedelta(minutes=1)) == ordinal - 1


@settings(deadline=None)
@given(EACH, DAYS, st.integers(1, 300))
def test_shifts_come_back(calendar: Calendar, day: date, count: int) -> None:
    """From a working day, as many days forth as back; and the days between are those shifted by."""
    start = calendar.next_working_day(day)
    there = calendar.shift(start, count)
    assert calendar.is_working_day(there)
    assert calendar.shift(there, -count) == start
    assert calendar.working_days_between(start, there) == count


@settings(deadline=None)
@given(st.lists(MINUTES, min_size=1, max_size=8))
def test_growth_changes_nothing(moments: list[datetime]) -> None:
    """What was asked before never changes an answer: the table may grow in any order."""
    grown = build_calendar(zone=PARIS)
    backwards = build_calendar(zone=PARIS)
    first = [grown.ordinal(moment) for moment in moments]
    second = [backwards.ordinal(moment) for moment in reversed(moments)]
    assert first == second[::-1]
    assert [grown.finish_at(ordinal) for ordinal in first] == [backwards.finish_at(ordinal) for ordinal in first]
