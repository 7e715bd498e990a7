"""Calendars of a plan: weeks, exceptions that come back or not, work weeks, and what they inherit."""

from datetime import date

import pytest
from tests.connectors.msproject.plans import Content, calendar, off, period, plan, read, task, times, weekday

from retro.model import CalendarSpec

USUAL = ((480, 720), (780, 1020))


def spec(*calendars: Content, uid: int = 1) -> CalendarSpec:
    """One calendar of a plan whose project works by it."""
    board = read(plan(task(1), Calendars={"Calendar": list(calendars)}, CalendarUID=uid)).board
    return next(each for each in board.calendars if each.key == board.calendar)


def excepted(*exceptions: Content) -> CalendarSpec:
    """The usual week with exceptions."""
    return spec(calendar(1, Exceptions={"Exception": list(exceptions)}))


def days_off(found: CalendarSpec, first: date, last: date) -> list[str]:
    """The days of a span that an exception holds, as month and day."""
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return [f"{day:%m-%d}" for day in days if any(each.first <= day <= each.last for each in found.exceptions)]


def test_days_count_from_sunday() -> None:
    """Day 1 is Sunday: 2 to 6 are Monday to Friday."""
    assert spec(calendar(1)).week == (USUAL,) * 5 + ((), ())


def test_a_day_that_ends_at_midnight_ends_with_the_day() -> None:
    """0:00 to 0:00 is day and night; 22:00 to 6:00 ends on the next day."""
    days = [weekday(2, "00:00-00:00"), weekday(3, "22:00-06:00")]
    assert spec(calendar(1, days=days)).week[:2] == (((0, 1440),), ((1320, 1800),))


def test_shifts_are_put_in_order_and_joined() -> None:
    """Hours that overlap count once, whatever order they stand in."""
    days = [weekday(2, "13:00-17:00", "08:00-12:00", "11:00-12:30")]
    assert spec(calendar(1, days=days)).week[0] == ((480, 750), (780, 1020))


def test_an_exception_is_a_range_of_days() -> None:
    """Days off from the first to the last, both included."""
    found = excepted(off("2027-05-06", "2027-05-07"))
    assert [found.shifts_on(date(2027, 5, day)) for day in (5, 6, 7, 10)] == [USUAL, (), (), USUAL]


def test_an_exception_may_have_hours_of_its_own() -> None:
    """A Saturday may be worked, for a morning."""
    found = excepted(off("2027-05-08", "2027-05-08", DayWorking=1, WorkingTimes=times("09:00-12:00")))
    assert found.shifts_on(date(2027, 5, 8)) == ((540, 720),)


def test_old_files_keep_exceptions_among_weekdays() -> None:
    """Project 2003 writes a day off as a weekday of type 0 with its dates."""
    days = [
        *(weekday(day, "08:00-12:00") for day in range(2, 7)),
        {"DayType": 0, "DayWorking": 0, "TimePeriod": period("2027-05-06", "2027-05-06")},
    ]
    assert spec(calendar(1, days=days)).shifts_on(date(2027, 5, 6)) == ()


@pytest.mark.parametrize(
    ("until", "recurrence", "days"),
    [
        ("01-30", {"Type": 1, "Period": 10}, ["01-01", "01-11", "01-21"]),
        ("02-01", {"Type": 7, "Period": 30}, ["01-01", "01-31"]),
        ("01-11", {"Type": 6, "Period": 1, "DaysOfWeek": 34}, ["01-01", "01-04", "01-08", "01-11"]),
        ("02-08", {"Type": 6, "Period": 2, "DaysOfWeek": 2}, ["01-11", "01-25", "02-08"]),
        ("06-30", {"Type": 4, "Period": 2, "MonthDay": 31}, ["01-31", "03-31", "05-31"]),
        ("03-01", {"Type": 4, "Period": 1, "MonthDay": 30}, ["01-30", "02-28"]),
        ("02-28", {"Type": 5, "Period": 1, "MonthItem": 4, "MonthPosition": 0}, ["01-04", "02-01"]),
        ("06-30", {"Type": 5, "Period": 3, "MonthItem": 8, "MonthPosition": 4}, ["01-29", "04-30"]),
        ("06-30", {"Type": 5, "Period": 6, "MonthItem": 1, "MonthPosition": 0}, ["01-01"]),
        ("06-30", {"Type": 5, "Period": 6, "MonthItem": 2, "MonthPosition": 0}, ["01-02"]),
        ("06-30", {"Type": 5, "Period": 6, "MonthItem": 0, "MonthPosition": 4}, ["01-31"]),
        ("06-30", {"Type": 2, "Month": 4, "MonthDay": 1}, ["05-01"]),
        ("06-30", {"Type": 3, "Month": 4, "MonthItem": 7, "MonthPosition": 1}, ["05-13"]),
    ],
)
def test_exceptions_come_back(until: str, recurrence: dict[str, int], days: list[str]) -> None:
    """Daily, weekly, monthly and yearly ones fall on their days, from 1 January to the day that they give."""
    found = excepted(off("2027-01-01", f"2027-{until}", **recurrence))
    assert days_off(found, date(2027, 1, 1), date(2027, 12, 31)) == days


def test_months_are_counted_from_the_first_that_reaches_the_day() -> None:
    """Day 5 of every third month, from 20 January, begins in February."""
    found = excepted(off("2027-01-20", "2027-09-30", Type=4, Period=3, MonthDay=5))
    assert days_off(found, date(2027, 1, 1), date(2027, 12, 31)) == ["02-05", "05-05", "08-05"]


def test_a_yearly_holiday_comes_back_every_year() -> None:
    """1 May, for three years."""
    found = excepted(off("2027-01-01", "2029-05-01", Type=2, Month=4, MonthDay=1))
    assert [each.first for each in found.exceptions] == [date(year, 5, 1) for year in (2027, 2028, 2029)]


def test_a_daily_exception_is_one_range() -> None:
    """Every day from one to another is a range, however often it says that it occurs."""
    found = excepted(off("2027-08-02", "2027-08-20", Period=1))
    assert [(each.first.day, each.last.day) for each in found.exceptions] == [(2, 20)]


def test_a_work_week_replaces_the_week() -> None:
    """Days that it does not name are off; after it the usual week holds again."""
    short = {"TimePeriod": period("2027-07-01", "2027-08-31"), "WeekDays": {"WeekDay": [weekday(2, "09:00-12:00")]}}
    found = spec(calendar(1, WorkWeeks={"WorkWeek": [short]}))
    days = [date(2027, 6, 28), date(2027, 7, 5), date(2027, 7, 6), date(2027, 9, 6)]
    assert [found.shifts_on(day) for day in days] == [USUAL, ((540, 720),), (), USUAL]


def test_a_calendar_inherits_from_its_base() -> None:
    """A derived calendar has its base's days and holidays, but for its own weekdays and exceptions, which go first."""
    base = calendar(1, Exceptions={"Exception": [off("2027-05-06", "2027-05-07")]})
    own = calendar(
        2,
        base=1,
        days=[weekday(6)],
        Exceptions={"Exception": [off("2027-05-06", "2027-05-06", DayWorking=1, WorkingTimes=times("08:00-10:00"))]},
    )
    found = spec(base, own, uid=2)
    assert [found.shifts_on(date(2027, 5, day)) for day in (5, 6, 7, 14)] == [USUAL, ((480, 600),), (), ()]


def test_a_circle_of_bases_is_followed_once() -> None:
    """Two calendars that derive from each other still have the days that they name."""
    found = spec(
        calendar(1, base=2, days=[weekday(2, "08:00-12:00")]), calendar(2, base=1, days=[weekday(3, "09:00-12:00")])
    )
    assert found.week[:3] == (((480, 720),), ((540, 720),), ())


def test_a_calendar_in_which_nobody_works_is_none() -> None:
    """A plan whose calendar has no hours is planned by the configuration's, and says so."""
    board = read(plan(task(1), Calendars={"Calendar": [calendar(1, days=[weekday(2)])]})).board
    assert (board.calendar, len(board.warnings)) == (None, 1)


def test_hours_that_cannot_be_read_are_said() -> None:
    """The other hours stand; the words are in a warning."""
    board = read(
        plan(task(1), Calendars={"Calendar": [calendar(1, days=[weekday(2, "08:00-12:00", "noon-later")])]})
    ).board
    assert board.calendars[0].week[0] == ((480, 720),)
    assert "noon" in board.warnings[0]


def test_exceptions_without_end_are_held() -> None:
    """One from year 1 to 9999 holds as long as calendars do, and no longer."""
    found = excepted(off("0001-01-01", "9999-12-31", Type=1, Period=2))
    assert found.exceptions[0].first.year == 1950
    assert len(found.exceptions) < 50_000


def test_a_task_may_have_its_own_calendar() -> None:
    """Its calendar is named, and whether its people's hours count beside it."""
    calendars = {"Calendar": [calendar(1), calendar(5, "Press", days=[weekday(7, "08:00-18:00")])]}
    first, second = read(
        plan(task(1, CalendarUID=5), task(2, CalendarUID=5, IgnoreResourceCalendar=1), Calendars=calendars)
    ).tasks
    assert [(each.calendar, each.calendar_alone) for each in (first, second)] == [
        ("plan.xml:5", False),
        ("plan.xml:5", True),
    ]
