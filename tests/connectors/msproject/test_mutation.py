"""Spoilt plans are read, with what is wrong said, or refused with words; they never crash."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.msproject.plans import calendar, off, period, plan, read, scheduled, task, times, weekday

from retro.model import Snapshot
from retro.model.codec import dumps, loads
from retro.ports import UnreadableError

SEED = plan(
    task(0, level=0, Name="All"),
    task(1, 0, Summary=1, Name="Phase"),
    task(2, 16, level=2, ConstraintType=4, ConstraintDate="2027-02-01T08:00:00", Deadline="2027-03-01T17:00:00"),
    task(3, 8, {"PredecessorUID": 2, "Type": 3, "LinkLag": 4800, "LagFormat": 7}, level=2, CalendarUID=2, Priority=700),
    task(4, 24, 3, level=2, DurationFormat=8, PercentComplete=40, ActualStart="2027-01-05T08:00:00", Manual=1),
    task(5, 8, 4, ActualFinish="2027-01-06T17:00:00", Stop="2027-01-05T12:00:00", Resume="2027-01-08T08:00:00"),
    ExtendedAttributes={"ExtendedAttribute": [{"FieldID": "1", "Alias": "Canal"}]},
    Resources={"Resource": [{"UID": 1, "Name": "Léa Martin", "Type": 1, "CalendarUID": 3, "MaxUnits": 1}]},
    Assignments={"Assignment": [{"TaskUID": 2, "ResourceUID": 1, "Units": 0.5}]},
    StatusDate="2027-01-08T17:00:00",
    Calendars={
        "Calendar": [
            calendar(
                1,
                Exceptions={
                    "Exception": [
                        off("2027-01-01", "2029-12-31", Type=2, Month=4, MonthDay=1),
                        off("2027-01-01", "2027-12-31", Type=6, Period=2, DaysOfWeek=34),
                        off("2027-01-01", "2027-12-31", Type=5, Period=1, MonthItem=8, MonthPosition=4),
                        off("2027-05-08", "2027-05-08", DayWorking=1, WorkingTimes=times("09:00-12:00")),
                    ]
                },
                WorkWeeks={
                    "WorkWeek": [
                        {"TimePeriod": period("2027-07-01", "2027-08-31"), "WeekDays": {"WeekDay": [weekday(2)]}}
                    ]
                },
            ),
            calendar(2, "Press", days=[weekday(7, "08:00-18:00")]),
            calendar(3, "Léa", 1, [weekday(6)]),
        ]
    },
)
_ODD = st.sampled_from(
    ("", "-1", "0", "1", "99999999999999999999", "-7", "nan", "1e309", "x", "NA", "0001-01-01T00:00:00", "24:00:00",
     "9999-12-31T23:59:00", "PT99999999H0M0S", "P1Y", "PT", "true", "\u0661", "2027-02-30T00:00:00", "=1+1", "é" * 50)
)  # fmt: skip
LEAVES = [match.span(2) for match in re.finditer(r"<(\w+)>([^<]*)</\1>", SEED)]
ELEMENTS = [match.span() for match in re.finditer(r"<(\w+)>(?:(?!<\1>).)*?</\1>", SEED)]
NAMES = [match.span(1) for match in re.finditer(r"<(\w+)>", SEED)]


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """The seed with elements dropped, texts replaced, or bytes lost."""
    text = SEED
    cuts = draw(
        st.lists(
            st.one_of(
                st.tuples(st.sampled_from(LEAVES), _ODD),
                st.tuples(st.sampled_from(ELEMENTS), st.just("")),
                st.tuples(st.sampled_from(NAMES), st.sampled_from(("Task", "Odd", "Calendar", "UID"))),
                st.tuples(st.integers(0, len(SEED) - 1).map(lambda at: (at, at + 3)), st.just("")),
            ),
            min_size=1,
            max_size=4,
        )
    )
    for (first, last), instead in sorted(cuts, reverse=True):
        text = text[:first] + instead.replace("&", "") + text[last:]
    return text


def attempt(text: str) -> Snapshot | UnreadableError:
    """A plan as it is read, or how it is refused."""
    try:
        return read(text)
    except UnreadableError as error:
        return error


@settings(max_examples=200, deadline=None)
@given(spoilt())
def test_a_spoilt_plan_is_read_or_refused(text: str) -> None:
    """Whatever is dropped, retyped or renamed: a snapshot that survives JSON, or an error that says where."""
    found = attempt(text)
    if isinstance(found, UnreadableError):
        assert found.where.startswith("plan.xml")
        assert found.remedy
    else:
        assert loads(Snapshot, dumps(found)) == found
        assert len({each.key for each in found.tasks}) == len(found.tasks)


@settings(max_examples=100, deadline=None)
@given(spoilt())
def test_what_is_read_is_scheduled(text: str) -> None:
    """A spoilt plan that is read is scheduled, every open task of it with an earliest date."""
    found = attempt(text)
    if isinstance(found, Snapshot):
        dates = scheduled(found)
        assert all(each.earliest_finish is not None for each in dates.tasks.values() if each.work_minutes)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LEAVES), _ODD)
def test_one_odd_text_costs_at_most_itself(place: tuple[int, int], text: str) -> None:
    """A text that means nothing in its place leaves every other task as it was, or is told."""
    first, last = place
    before, after = read(SEED), read(SEED[:first] + text + SEED[last:])
    kept = {each.key for each in before.tasks} & {each.key for each in after.tasks}
    assert len(kept) >= len(before.tasks) - 1
