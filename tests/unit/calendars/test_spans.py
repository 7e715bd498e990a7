"""Exceptions with hours of their own, work weeks, night shifts, calendars that meet, and hours off."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import (
    Calendar,
    Calendars,
    Span,
    build_calendar,
    exception,
    parse_hours,
    person_calendar,
    public_holidays,
    subdivisions_of,
    without,
)

PARIS = ZoneInfo("Europe/Paris")
USUAL = parse_hours("9:00-12:00 13:00-17:00")
MORNING = parse_hours("9:00-12:00")
WEEK = (USUAL,) * 5 + ((), ())
NIGHT = Calendar(week=(((1320, 1800),),) * 5 + ((), ()), zone=PARIS)
ALWAYS = Calendar(week=(((0, 1440),),) * 7, zone=PARIS)


def at(text: str) -> datetime:
    """An instant on the clock of Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def minutes(calendar: Calendar, first: str, last: str) -> int:
    """Minutes worked from a day's midnight to another's."""
    return calendar.minutes_between(at(f"{first}T00:00"), at(f"{last}T00:00"))


def test_an_exception_may_have_hours_of_its_own() -> None:
    """A worked Saturday, a half Friday, and two days off in a row."""
    spans = (
        exception(date(2026, 1, 10), date(2026, 1, 10), MORNING),
        exception(date(2026, 1, 9), date(2026, 1, 9), MORNING),
        exception(date(2026, 1, 5), date(2026, 1, 6)),
    )
    calendar = Calendar(week=WEEK, spans=spans, zone=PARIS)
    assert calendar.hours_on(date(2026, 1, 9)) == calendar.hours_on(date(2026, 1, 10)) == MORNING
    assert minutes(calendar, "2026-01-05", "2026-01-12") == 2 * 420 + 2 * 180


def test_a_work_week_holds_for_its_dates_and_leaves_days_that_it_does_not_name() -> None:
    """In August people work mornings from Tuesday on; Mondays stay as they are."""
    summer = Span(date(2026, 8, 1), date(2026, 8, 31), (None, *(MORNING,) * 4, (), ()))
    calendar = Calendar(week=WEEK, spans=(summer,), zone=PARIS)
    assert minutes(calendar, "2026-08-03", "2026-08-10") == 420 + 4 * 180
    assert minutes(calendar, "2026-09-07", "2026-09-14") == 5 * 420


def test_the_first_span_that_speaks_is_right() -> None:
    """An exception stands before the work week that it falls in; leave stands before both."""
    spans = (
        exception(date(2026, 8, 4), date(2026, 8, 5), USUAL),
        Span(date(2026, 8, 1), date(2026, 8, 31), (MORNING,) * 7),
    )
    calendar = Calendar(week=WEEK, spans=spans, zone=PARIS, days_off=frozenset({date(2026, 8, 5)}))
    worked = [sum(last - first for first, last in calendar.hours_on(date(2026, 8, day))) for day in (3, 4, 5, 6)]
    assert worked == [180, 420, 0, 180]


def test_a_span_makes_a_public_holiday_a_working_day() -> None:
    """Who works on 14 July says so."""
    calendar = build_calendar(zone=PARIS)
    working = Calendar(
        week=WEEK,
        holidays=calendar.holidays,
        zone=PARIS,
        spans=(exception(date(2026, 7, 14), date(2026, 7, 14), USUAL),),
    )
    assert not calendar.is_working_day(date(2026, 7, 14))
    assert working.is_working_day(date(2026, 7, 14))


def test_a_night_shift_ends_on_the_next_day() -> None:
    """Friday's night ends on Saturday at 6:00, New Year's Eve's on New Year's morning."""
    assert NIGHT.hours_on(date(2026, 1, 10)) == ((0, 360),)
    assert NIGHT.hours_on(date(2026, 1, 5)) == ((1320, 1440),)
    assert minutes(NIGHT, "2026-01-05", "2026-01-12") == 5 * 480
    assert NIGHT.hours_on(date(2026, 1, 1))[0] == (0, 360)
    assert NIGHT.finish_at(NIGHT.ordinal(at("2026-01-09T22:00")) + 480) == at("2026-01-10T06:00")


def test_shifts_that_overlap_at_midnight_count_once() -> None:
    """A night until 6:00 and a day from 5:00 are one stretch."""
    calendar = Calendar(week=(((300, 720), (1320, 1800)),) * 7, zone=PARIS)
    assert minutes(calendar, "2026-01-05", "2026-01-06") == 720 + 120


def test_round_the_clock() -> None:
    """A calendar of 24 hours a day counts every minute of the wall clock."""
    assert minutes(ALWAYS, "2026-01-05", "2026-01-12") == 7 * 1440
    assert ALWAYS.start_at(ALWAYS.ordinal(at("2026-01-05T00:00"))) == at("2026-01-05T00:00")


def test_two_calendars_are_worked_where_they_meet() -> None:
    """A task of mornings, by someone who is away on Tuesday; alone it has Tuesday too; strangers never meet."""
    mornings = Calendar(week=(MORNING,) * 5 + ((), ()), zone=PARIS)
    away = Calendar(week=WEEK, zone=PARIS, spans=(exception(date(2026, 1, 6), date(2026, 1, 6)),))
    team = Calendars(
        project=Calendar(week=WEEK, zone=PARIS), people={"lea": away}, named={"am": mornings, "night": NIGHT}
    )
    assert minutes(team.at_work("lea", "am"), "2026-01-05", "2026-01-12") == 4 * 180
    assert team.at_work("lea", "am", alone=True) == mornings
    assert team.at_work("lea", "night") == NIGHT
    assert team.at_work("lea", "unknown") == away
    assert team.at_work("lea", None) == away
    assert team.at_work("lea", None, alone=True) == team.project
    assert team.at_work(None, "am") == mornings


def test_a_share_shortens_spans_too() -> None:
    """Half-time on a week that its calendar brings: mornings of 180 minutes become 90; named weekdays are replaced."""
    always = Span(date.min, date.max, (MORNING,) * 5 + ((), ()))
    half = person_calendar(Calendar(week=WEEK, spans=(always,), zone=PARIS), share=0.5, week_overrides={2: ()})
    assert minutes(half, "2026-01-05", "2026-01-12") == 4 * 90


def test_hours_off_are_cut_out_of_their_days() -> None:
    """From Monday 15:00 to Wednesday 10:00 nobody works, and then the day goes on."""
    calendar = without(Calendar(week=WEEK, zone=PARIS), [(at("2026-01-05T15:00"), at("2026-01-07T10:00"))])
    assert calendar.hours_on(date(2026, 1, 5)) == ((540, 720), (780, 900))
    assert calendar.hours_on(date(2026, 1, 6)) == ()
    assert calendar.hours_on(date(2026, 1, 7)) == ((600, 720), (780, 1020))


def test_calendars_that_are_never_worked_are_refused() -> None:
    """Neither in their week nor in any span of the years that are known."""
    with pytest.raises(ValueError, match="at least one working hour"):
        Calendar(week=((),) * 7, spans=(exception(date(1800, 1, 1), date(1800, 1, 2), USUAL),))
    with pytest.raises(ValueError, match="ends before it starts"):
        exception(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="seven days"):
        Span(date(2026, 1, 1), date(2026, 1, 2), (USUAL,))
    only = Calendar(week=((),) * 7, spans=(exception(date(2015, 1, 1), date(2015, 1, 2), USUAL),))
    assert only.minutes_between(at("2014-01-01T00:00"), at("2020-01-01T00:00")) == 840


@pytest.mark.parametrize("subdivision", ["57", "6AE", "971", "972", "973", "974", "976"])
def test_parts_of_france_have_holidays_of_their_own(subdivision: str) -> None:
    """Every part has those of the whole country, and at least one more."""
    assert public_holidays("FR", subdivision, [2026]) > public_holidays("FR", "", [2026])


def test_an_unknown_part_lists_those_that_are_known() -> None:
    """A department that has no holidays of its own is refused, and the parts that have are named."""
    with pytest.raises(ValueError, match=r"“FR-67”.*57 \(Moselle\).*6AE \(Alsace\).*974 \(La Réunion\)"):
        public_holidays("FR", "67", [2026])
    assert "BY (Bavaria)" in subdivisions_of("DE") or any(name.startswith("BY") for name in subdivisions_of("DE"))
    assert subdivisions_of("Atlantis") == ()


def test_bridging_days_are_derived() -> None:
    """In 2026: 2 January, 15 May, 13 July; in 2027: 7 May, 12 November. Days before a Tuesday, after a Thursday."""
    bridged, plain = build_calendar(zone=PARIS, bridges="off"), build_calendar(zone=PARIS)
    for day in (date(2026, 1, 2), date(2026, 5, 15), date(2026, 7, 13), date(2027, 5, 7), date(2027, 11, 12)):
        assert plain.is_working_day(day)
        assert not bridged.is_working_day(day)


@settings(deadline=None)
@given(st.sampled_from([NIGHT, ALWAYS, build_calendar(zone=PARIS)]), st.integers(-400_000_000, 400_000_000))
def test_plain_weeks_go_on_beyond_the_years_that_are_known(calendar: Calendar, ordinal: int) -> None:
    """Wherever an ordinal lies, its start and its finish have it, and the finish is not later."""
    start, finish = calendar.start_wall(ordinal), calendar.finish_wall(ordinal)
    assert calendar.ordinal_at(start) == ordinal == calendar.ordinal_at(finish)
    assert finish <= start
