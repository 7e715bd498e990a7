"""What public holidays are called."""

from datetime import date

import pytest

from retro.calendars import HolidaySource, build_calendar
from retro.calendars.build import DEFAULT_WEEK
from retro.calendars.calendar import Calendar


@pytest.mark.parametrize(
    ("country", "lang", "day", "name"),
    [
        ("FR", "fr", date(2027, 7, 14), "Fête nationale"),
        ("FR", "en", date(2027, 12, 25), "Christmas Day"),
        ("DE", "en", date(2027, 10, 3), "German Unity Day"),
        ("DE", "fr", date(2027, 10, 3), "Tag der Deutschen Einheit"),
        ("", "fr", date(2027, 7, 14), ""),
        ("FR", "fr", date(2027, 7, 15), ""),
    ],
)
def test_a_holiday_has_its_name(country: str, lang: str, day: date, name: str) -> None:
    """In the language asked for where the country's holidays have names in it, else in the country's own."""
    assert HolidaySource(country=country).name(day, lang) == name


def test_what_is_worked_or_only_bridged_has_no_name() -> None:
    """A Whit Monday that is worked is no holiday, and a bridge is none either."""
    whit_monday, bridge = date(2027, 5, 17), date(2027, 5, 7)
    assert HolidaySource(country="FR").name(whit_monday, "fr") == "Lundi de Pentecôte"
    assert HolidaySource(country="FR", whit_monday_worked=True).name(whit_monday, "fr") == ""
    bridged = HolidaySource(country="FR", bridges_off=True)
    assert bridge in bridged(2027)
    assert bridged.name(bridge, "fr") == ""


def test_a_calendar_knows_the_names_of_its_source() -> None:
    """Built from a configuration it does; with holidays from elsewhere there are none to be known."""
    assert build_calendar().holiday(date(2027, 1, 1), "fr") == "Jour de l’an"
    assert Calendar(week=DEFAULT_WEEK, holidays=lambda _year: frozenset()).holiday(date(2027, 1, 1), "fr") == ""
