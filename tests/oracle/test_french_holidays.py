"""Public holidays of France and its parts, held against those of `workalendar`, where it is installed."""

from datetime import date

import pytest

from retro.calendars import build_calendar, public_holidays

pytestmark = pytest.mark.oracle

YEARS = range(2020, 2041)


def test_french_holidays_agree_with_workalendar() -> None:
    """Every public holiday of twenty years, with Good Friday and 26 December in Alsace and Moselle."""
    europe = pytest.importorskip("workalendar.europe")
    for subdivision, calendar in (
        ("", europe.France()),
        ("57", europe.FranceAlsaceMoselle()),
        ("6AE", europe.FranceAlsaceMoselle()),
    ):
        for year in YEARS:
            assert public_holidays("FR", subdivision, [year]) == {day for day, _name in calendar.holidays(year)}


def test_working_days_agree_with_workalendar() -> None:
    """Nine hundred working days after a day of each year, on a calendar that keeps Whit Monday off."""
    europe = pytest.importorskip("workalendar.europe")
    theirs, ours = europe.France(), build_calendar(solidarity_day="off")
    for year in range(2020, 2036):
        assert ours.shift(date(year, 3, 3), 900) == theirs.add_working_days(date(year, 3, 3), 900)
