"""Calendars come from the configuration: hours, holidays, share and leave, and faults name their key."""

from datetime import date
from pathlib import Path

import pytest

from retro.calendars import Calendars
from retro.config.load import Configuration, parse
from retro.ports import ConfigurationError
from retro.run.policies import in_quiet_hours
from retro.run.working_time import calendars

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//retro//tests//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270208
DTEND;VALUE=DATE:20270213
SUMMARY:Congés
END:VEVENT
END:VCALENDAR
"""


def made(text: str, folder: Path) -> Calendars:
    """Calendars of a configuration in a folder."""
    return calendars(Configuration(parse(text, "retro.toml"), folder / "retro.toml"))


def test_leave_from_an_ics_file(tmp_path: Path) -> None:
    """An event's end is exclusive: the 12th is off, the 15th (a Monday) is worked."""
    (tmp_path / "congés.ics").write_text(ICS.replace("\n", "\r\n"), encoding="utf-8")
    lea = made('[people.lea]\nleave = ["congés.ics"]\n', tmp_path).of("lea")
    assert [lea.is_working_day(date(2027, 2, day)) for day in (8, 12, 15)] == [False, False, True]


def test_a_share_shortens_her_days(tmp_path: Path) -> None:
    """A part-timer of 80 % works 336 of 420 minutes; others are on the project's calendar."""
    both = made("[people.lea]\nshare = 0.8\n", tmp_path)
    day = date(2027, 2, 8)
    lea, project = both.of("lea"), both.of("somebody else")
    assert lea.minutes_between(lea.first_minute(day), lea.last_minute(day)) == 336
    assert project is both.project


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[calendar]\ncountry = "Atlantis"\n', 'no public holidays are known for "Atlantis"'),
        ('[people.lea]\nleave = ["absent.ics"]\n', "[people.lea] leave: the leave file absent.ics cannot be read"),
        (
            '[calendar]\nweek = { mon = "", tue = "", wed = "", thu = "", fri = "", sat = "", sun = "" }\n',
            "nobody would ever work",
        ),
    ],
)
def test_faults_name_their_key(text: str, said: str, tmp_path: Path) -> None:
    """What cannot be a calendar is told by key."""
    with pytest.raises(ConfigurationError) as raised:
        made(text, tmp_path)
    assert said in str(raised.value)


def test_quiet_hours_may_span_midnight(tmp_path: Path) -> None:
    """`20:00-07:00` holds at 23:00 and 06:59, not at noon; nonsense is refused."""
    noon = made("", tmp_path).project.first_minute(date(2027, 2, 8)).replace(hour=12)
    assert not in_quiet_hours("20:00-07:00", noon)
    assert in_quiet_hours("20:00-07:00", noon.replace(hour=23))
    assert in_quiet_hours("20:00-07:00", noon.replace(hour=6, minute=59))
    assert not in_quiet_hours("", noon)
    with pytest.raises(ConfigurationError, match="no range of hours"):
        in_quiet_hours("at night", noon)
