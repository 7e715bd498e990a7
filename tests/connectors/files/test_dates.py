"""Dates in cells, French and English, and what is none."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro_files.dates import Span, of_serial, read_day
from retro_files.day_order import DayOrder, day_order

PARIS = ZoneInfo("Europe/Paris")
FIFTH = date(2027, 1, 5)
_MONTHS = [
    ("janvier", "janv.", "January"),
    ("février", "févr.", "February"),
    ("mars", "mars", "March"),
    ("avril", "avr.", "April"),
    ("mai", "mai", "May"),
    ("juin", "juin", "June"),
    ("juillet", "juil.", "July"),
    ("août", "août", "August"),
    ("septembre", "sept.", "September"),
    ("octobre", "oct.", "October"),
    ("novembre", "nov.", "November"),
    ("décembre", "déc.", "December"),
]
_DAYS = date(1950, 1, 1), date(2090, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "5 janv. 2027",
        "5 JANVIER 2027",
        "mardi 5 janvier 2027",
        "mar. 5 janv. 2027",
        "le 5 janvier 2027",
        "January 5 2027",
        "Jan 5th, 2027",
        "Tuesday 5th January 2027",
        "5-Jan-27",
        "2027-01-05",
        "2027/1/5",
        "05.01.2027",
        "2027-01-05T00:00:00",
        "2027-01-05 00:00",
        "46392",
        "[5 January 2027](https://example.com/day)",
        "5 janvier 2027 (à confirmer)",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    """Each way of writing it is the fifth of January, and nothing is assumed."""
    assert read_day(text, PARIS) == Span(FIFTH)


@pytest.mark.parametrize(
    "text",
    [
        "29nd",
        "Tuesday 8nd April 2025",
        "21th January 2027",
        "TBC",
        "à définir",
        "31/02/2027",
        "30 Feb 2027",
        "13/13/2027",
        "00/01/2027",
        "5 janv.",
        "05/01",
        "05/01 – 09/01",
        "janvier 2027",
        "2027",
        "J-10",
        "fin janvier 2027",
        "lundi 5 janvier 2027",
        "5 ju 2027",
        "5 jui 2027",
        "12 2027",
        "1",
        "9999999",
        "5 janvier 2027 25:00",
        "9 janvier 2027 – 5 janvier 2027",
        "5 January 2027 / 9 March 2027",
        "9" * 5000,
    ],
)
def test_what_is_impossible_or_partial_is_no_date(text: str) -> None:
    """No day is guessed: a wrong ordinal, a contradicting weekday, a missing year are no dates."""
    assert read_day(text, PARIS) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("05/01/2027 – 09/01/2027", date(2027, 1, 5), date(2027, 1, 9)),
        ("05/01 - 09/01/2027", date(2027, 1, 5), date(2027, 1, 9)),
        ("du 5 au 9 janvier 2027", date(2027, 1, 5), date(2027, 1, 9)),
        ("Tuesday 1st - Friday 4th April 2025", date(2025, 4, 1), date(2025, 4, 4)),
        ("2027-01-05 → 2027-01-09", date(2027, 1, 5), date(2027, 1, 9)),
        ("28 décembre 2026 – 9 janvier 2027", date(2026, 12, 28), date(2027, 1, 9)),
    ],
)
def test_a_range_has_a_first_and_a_last_day(text: str, start: date, end: date) -> None:
    """What the first day leaves out, the last one tells."""
    span = read_day(text, PARIS)
    assert span is not None
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2027-01-05T14:30", datetime(2027, 1, 5, 14, 30, tzinfo=PARIS)),
        ("5 janvier 2027 à 14h30", datetime(2027, 1, 5, 14, 30, tzinfo=PARIS)),
        ("Jan 5, 2027 2:30 PM", datetime(2027, 1, 5, 14, 30, tzinfo=PARIS)),
        ("2027-01-05T14:30:00Z", datetime(2027, 1, 5, 14, 30, tzinfo=UTC)),
        ("2027-01-05 14:30:00+02:00", datetime(2027, 1, 5, 14, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("02:00 UTC Friday 14th June 2024 / 19:00 PDT Thursday 13th June 2024", datetime(2024, 6, 14, 2, tzinfo=UTC)),
        (
            "Thursday 9th October 2025 (AoE) / Friday 10th October 2025, 12:00 UTC",
            datetime(2025, 10, 10, 12, tzinfo=UTC),
        ),
    ],
)
def test_an_hour_makes_an_instant(text: str, instant: datetime) -> None:
    """An hour is in the workspace's zone unless it names its own."""
    span = read_day(text, PARIS)
    assert span is not None
    assert isinstance(span.end, datetime)
    assert (span.end, span.end.utcoffset()) == (instant, instant.utcoffset())


def test_an_ambiguous_day_says_that_it_was_assumed() -> None:
    """05/01 is read by the order given, and says so; 25/01 and 05/05 leave no doubt."""
    assert read_day("05/01/2027", PARIS) == Span(date(2027, 1, 5), assumed=True)
    assert read_day("05/01/2027", PARIS, day_first=False) == Span(date(2027, 5, 1), assumed=True)
    assert read_day("25/01/27", PARIS, day_first=False) == Span(date(2027, 1, 25))
    assert read_day("05/05/2027", PARIS) == Span(date(2027, 5, 5))


def test_a_column_settles_the_order_by_any_part_over_12() -> None:
    """One telling date settles its column; none, or two that disagree, leave it to the language."""
    assert day_order(["01/12/2024", None, "16/12/2024"], "en") == DayOrder(day_first=True, settled=True)
    assert day_order(["01/12/2024", "12/16/2024"], "fr") == DayOrder(day_first=False, settled=True)
    assert day_order(["01/12/2024", "2024-12-16", "16.12.2024"], "fr") == DayOrder(day_first=True, settled=False)
    assert day_order(["01/12/2024"], "en") == DayOrder(day_first=False, settled=False)
    assert day_order(["16/12/2024", "12/16/2024"], "fr") == DayOrder(day_first=True, settled=False)


@given(
    st.dates(*_DAYS),
    st.sampled_from(["{d} {f} {y}", "{d:02} {s} {y}", "{e} {d}, {y}", "{y}-{m:02}-{d:02}", "{d}.{m}.{y}"]),
)
def test_every_day_reads_back_as_written(day: date, pattern: str) -> None:
    """Any day, written with its month's name or in a form that has one reading, is that day."""
    french, short, english = _MONTHS[day.month - 1]
    text = pattern.format(d=day.day, m=day.month, y=day.year, f=french, s=short, e=english)
    assert read_day(text, PARIS) == Span(day)


@given(st.dates(*_DAYS), st.booleans())
def test_numeric_days_read_back_in_their_columns_order(day: date, day_first: bool) -> None:  # noqa: FBT001
    """Day and month in either order come back where the order is known."""
    text = f"{day.day:02}/{day.month:02}/{day.year}" if day_first else f"{day.month:02}/{day.day:02}/{day.year}"
    span = read_day(text, PARIS, day_first=day_first)
    assert span is not None
    assert span.end == day


@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)))
def test_serial_numbers_are_days_of_spreadsheets(day: date) -> None:
    """A spreadsheet's number is the day that it shows."""
    assert of_serial((day - date(1899, 12, 30)).days, PARIS) == Span(day)


@given(st.text(max_size=40) | st.from_regex(r"[\d/ .:\-–a-zé]{1,30}", fullmatch=True))
def test_no_text_crashes_the_reader(text: str) -> None:
    """Any text is a span or none."""
    span = read_day(text, PARIS)
    assert span is None or isinstance(span.end, date)
