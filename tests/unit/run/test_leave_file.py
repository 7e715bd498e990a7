"""Leave out of iCalendar files: whole days, hours, recurrences, and the clock that events are on."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendar, Calendars
from retro.config.load import Configuration, parse
from retro.ports import ConfigurationError
from retro.run.leave_file import Leave, read_leave
from retro.run.working_time import calendars, leave_days

PARIS = ZoneInfo("Europe/Paris")


def read(tmp_path: Path, *events: str) -> Leave:
    """The leave of a file with these events, each as lines of properties."""
    body = "".join(f"BEGIN:VEVENT\nUID:{number}\n{event}\nEND:VEVENT\n" for number, event in enumerate(events))
    path = tmp_path / "leave.ics"
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t//EN\n{body}END:VCALENDAR\n".replace("\n", "\r\n"))
    return read_leave(path, PARIS)


def days(leave: Leave) -> list[str]:
    """First and last days as text."""
    return [f"{first:%d.%m}–{last:%d.%m}" for first, last in leave.days]


def test_whole_days_end_the_day_before_their_end(tmp_path: Path) -> None:
    """RFC 5545: an end is exclusive; without one an event lasts a day; a duration stands in for it."""
    leave = read(
        tmp_path,
        "DTSTART;VALUE=DATE:20270208\nDTEND;VALUE=DATE:20270213",
        "DTSTART;VALUE=DATE:20270301",
        "DTSTART;VALUE=DATE:20270401\nDURATION:P3D",
        "DTSTART;VALUE=DATE:20270501\nDTEND;VALUE=DATE:20270501",
    )
    assert days(leave) == ["08.02–12.02", "01.03–01.03", "01.04–03.04", "01.05–01.05"]
    assert leave.hours == ()


def test_hours_are_on_the_clock_of_their_event(tmp_path: Path) -> None:
    """In UTC, in a zone of its own, or on nobody's clock, which is the workspace's."""
    leave = read(
        tmp_path,
        "DTSTART:20270208T080000Z\nDTEND:20270208T110000Z",
        "DTSTART;TZID=America/New_York:20270209T080000\nDURATION:PT2H",
        "DTSTART:20270210T140000\nDTEND:20270210T170000",
    )
    starts = [first.astimezone(PARIS).strftime("%d %H:%M") for first, _ in leave.hours]
    lasts = [last - first for first, last in leave.hours]
    assert starts == ["08 09:00", "09 14:00", "10 14:00"]
    assert lasts == [timedelta(hours=3), timedelta(hours=2), timedelta(hours=3)]


def test_recurring_days(tmp_path: Path) -> None:
    """Every Wednesday of February, without the 17th, and the 26th besides."""
    leave = read(
        tmp_path,
        "DTSTART;VALUE=DATE:20270203\nRRULE:FREQ=WEEKLY;UNTIL=20270228\n"
        "EXDATE;VALUE=DATE:20270217\nRDATE;VALUE=DATE:20270226",
    )
    assert days(leave) == ["03.02–03.02", "10.02–10.02", "24.02–24.02", "26.02–26.02"]


def test_a_recurrence_keeps_its_hour_when_clocks_change(tmp_path: Path) -> None:
    """Fridays from 13:00, over the last Sunday of March: at 13:00 before and after; its end is told in UTC."""
    leave = read(
        tmp_path,
        "DTSTART;TZID=Europe/Paris:20270319T130000\nDTEND;TZID=Europe/Paris:20270319T170000\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20270402T110000Z",
    )
    assert [(first.day, first.hour) for first, _ in leave.hours] == [(19, 13), (26, 13), (2, 13)]
    assert leave.hours[-1][0].utcoffset() == timedelta(hours=2)


def test_a_moved_occurrence_stands_where_it_was_moved_to(tmp_path: Path) -> None:
    """The event of the series gives way to the one that names it; a cancelled one is none."""
    series = "BEGIN:VEVENT\nUID:s\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n"
    moved = "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID;VALUE=DATE:20270208\nDTSTART;VALUE=DATE:20270210\nEND:VEVENT\n"
    off = moved.replace("20270208", "20270215").replace("DTSTART", "STATUS:CANCELLED\nDTSTART")
    path = tmp_path / "leave.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{series}{moved}{off}END:VCALENDAR\n".replace("\n", "\r\n"))
    assert days(read_leave(path, PARIS)) == ["01.02–01.02", "10.02–10.02"]


def test_a_recurrence_without_end_is_read_to_a_bound(tmp_path: Path) -> None:
    """A day off every week for ever is read for many years, not for ever."""
    leave = read(tmp_path, "DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=WEEKLY")
    assert leave.days[-1][0].year >= 2090
    assert len(leave.days) < 20_001


def test_an_event_without_a_start_is_refused(tmp_path: Path) -> None:
    """It cannot be laid anywhere."""
    with pytest.raises(ValueError, match="no start"):
        read(tmp_path, "SUMMARY:Congés")


def made(text: str, folder: Path) -> Calendars:
    """Calendars of a configuration in a folder."""
    return calendars(Configuration(parse(text, "retro.toml"), folder / "retro.toml"))


def test_an_afternoon_off_shortens_that_day_only(tmp_path: Path) -> None:
    """From 14:00 on Monday the 8th Léa is away: four of seven hours are left, and the 9th is whole."""
    read(tmp_path, "DTSTART;TZID=Europe/Paris:20270208T140000\nDTEND;TZID=Europe/Paris:20270208T180000")
    lea: Calendar = made('[people.lea]\nleave = ["leave.ics"]\n', tmp_path).of("lea")
    assert lea.hours_on(date(2027, 2, 8)) == ((540, 720), (780, 840))
    assert lea.hours_on(date(2027, 2, 9)) == ((540, 720), (780, 1020))
    assert list(leave_days("leave.ics", tmp_path, "here")) == [(date(2027, 2, 8), date(2027, 2, 8))]
    assert lea.last_minute(date(2027, 2, 8)) == datetime(2027, 2, 8, 14, tzinfo=PARIS)


def test_an_unknown_part_of_a_country_names_those_that_are_known(tmp_path: Path) -> None:
    """`subdivision = "67"` has no holidays of its own; Alsace is 6AE."""
    with pytest.raises(ConfigurationError) as raised:
        made('[calendar]\nsubdivision = "67"\n', tmp_path)
    assert "FR-67" in str(raised.value.what)
    assert "6AE (Alsace)" in str(raised.value.remedy)
