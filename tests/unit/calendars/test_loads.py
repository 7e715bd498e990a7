"""How full people's weeks are: no work is lost, and it falls where its owner works."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import Calendar, Calendars, build_calendar, person_calendar
from retro.calendars.loads import Work, capacity, person_weeks, worked_on
from retro.model import Owner, Team

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2027, 1, 11)
DAY = 420
LEA, KARIM = Owner("lea", "Léa"), Owner("karim", "Karim")
CALENDARS = Calendars(
    build_calendar(),
    {"karim": person_calendar(build_calendar(), leave=[(date(2027, 1, 18), date(2027, 1, 22))])},
)
WORKED = worked_on((), CALENDARS)


def at(day: date, hour: int) -> datetime:
    """An hour in Paris."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def weeks_of(*works: Work) -> dict[date, int]:
    """The load of one person's weeks, by their Monday."""
    return {monday: week.load for (_, monday), week in person_weeks(works, WORKED).items()}


def test_work_within_a_week_is_all_of_it_there() -> None:
    """However much it is, and on whichever day: nothing is asked of the calendar."""
    assert weeks_of(("a", LEA, 5000, MONDAY, date(2027, 1, 17))) == {MONDAY: 5000}


def test_work_is_spread_over_the_days_worked() -> None:
    """Thursday to the Tuesday after: two days of four in each week."""
    found = weeks_of(("a", LEA, 4 * DAY, date(2027, 1, 14), date(2027, 1, 19)))
    assert found == {MONDAY: 2 * DAY, MONDAY + timedelta(7): 2 * DAY}


def test_hours_of_the_first_and_the_last_day_count() -> None:
    """From Friday after lunch to Monday noon: four hours before the week-end, three after it."""
    found = weeks_of(("a", LEA, DAY, at(date(2027, 1, 15), 13), at(date(2027, 1, 18), 12)))
    assert found == {MONDAY: 240, MONDAY + timedelta(7): 180}


def test_leave_takes_no_work() -> None:
    """Karim is away for the week between: his work falls into those around it."""
    found = weeks_of(("a", KARIM, 10 * DAY, MONDAY, date(2027, 1, 29)))
    assert found == {MONDAY: 5 * DAY, MONDAY + timedelta(14): 5 * DAY}


def test_days_off_alone_leave_the_work_in_the_last_week() -> None:
    """Work that its dates put on a week-end and on leave is not lost."""
    found = weeks_of(("a", KARIM, DAY, date(2027, 1, 16), date(2027, 1, 20)))
    assert found == {date(2027, 1, 18): DAY}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([LEA, KARIM]),
            st.integers(1, 20_000),
            st.dates(date(2026, 11, 1), date(2027, 6, 1)),
            st.integers(0, 900),
        ),
        max_size=12,
    )
)
def test_no_work_is_lost_or_made_whatever_the_order(drawn: list[tuple[Owner, int, date, int]]) -> None:
    """Each person's weeks hold all of their work, no week before its start or after its end, in any order."""
    works: list[Work] = [
        (str(number), owner, minutes, first, first + timedelta(days))
        for number, (owner, minutes, first, days) in enumerate(drawn)
    ]
    found = person_weeks(works, WORKED)
    for person in (LEA, KARIM):
        mine = [work for work in works if work[1] == person]
        spread = sum(part for (key, _), week in found.items() if key == person.key for _, part in week.parts)
        assert abs(spread - sum(work[2] for work in mine)) < 1
        for key, monday in found:
            if key == person.key:
                assert any(first - timedelta(first.weekday()) <= monday <= last for _, _, _, first, last in mine)
    again = person_weeks(list(reversed(works)), WORKED)
    assert {key: sorted(week.parts) for key, week in again.items()} == {
        key: sorted(week.parts) for key, week in found.items()
    }


def test_the_reserve_is_kept_of_several_tasks_and_not_of_one() -> None:
    """Four days of five can be planned; a task that is alone in its week may take the fifth, and no sixth."""
    room = partial(capacity, "lea", MONDAY, reserve=0.2, since=MONDAY)
    assert room(5 * DAY, 2, WORKED) == 4 * DAY
    assert room(5 * DAY, 1, WORKED) == 5 * DAY
    assert room(6 * DAY, 1, WORKED) == 5 * DAY


def test_a_week_that_runs_has_its_rest_only() -> None:
    """From Thursday on, two days are left of a week."""
    assert capacity("lea", MONDAY, 0, 0, WORKED, reserve=0.0, since=date(2027, 1, 14)) == 2 * DAY


def test_the_last_week_of_all_ends_on_a_friday() -> None:
    """31/12/9999 stands for “never” on many a board: it is a day like any other, and none comes after it."""
    assert WORKED("lea", date.max) == DAY
    assert capacity("lea", date(9999, 12, 27), 0, 0, WORKED, reserve=0.0, since=MONDAY) == 5 * DAY


def test_a_team_works_as_its_members_do_together() -> None:
    """By name where they are named, by number where only that is known; asked twice, the answer is the same."""
    teams = (
        Team(key="t:web", name="Web", members=("lea", "karim")),
        Team(key="t:print", name="Print", size=3),
    )
    worked = worked_on(teams, CALENDARS)
    away = date(2027, 1, 20)
    for _ in range(2):
        assert (worked("t:web", away), worked("t:web", MONDAY)) == (DAY, 2 * DAY)
        assert worked("t:print", away) == 3 * DAY
        assert worked(None, away) == worked("somebody", away) == DAY
        assert worked("lea", at(MONDAY, 14)) == 240


def test_two_calendars_that_are_equal_need_not_be_one() -> None:
    """Hours that were found for one calendar are never another's, even where keys come and go."""
    short = Calendar(week=(((540, 600),),) * 7, zone=PARIS)
    worked = worked_on((), Calendars(build_calendar(), {"a": short}))
    assert [worked(each, MONDAY) for each in ("a", "b", None, "a")] == [60, DAY, DAY, 60]
