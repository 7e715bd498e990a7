"""The calendars of a configuration: the project's, and one for each person who has their own hours or leave."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from retro.calendars import (
    DEFAULT_WEEK,
    Calendar,
    Calendars,
    Hours,
    Range,
    build_calendar,
    parse_hours,
    parse_range,
    person_calendar,
    public_holidays,
)
from retro.config.load import Configuration
from retro.config.shape import CalendarSection, PersonSection
from retro.i18n import text as _
from retro.ports import ConfigurationError

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendars(configuration: Configuration) -> Calendars:
    """The calendars that a configuration describes. Raises ConfigurationError that names the key."""
    settings = configuration.settings
    place = f"{configuration.path}: " if configuration.path else ""
    base = _project(settings.calendar, settings.workspace.timezone, f"{place}[calendar]")
    people = {
        key: _person(base, section, configuration.folder, f"{place}[people.{key}]")
        for key, section in settings.people.items()
    }
    return Calendars(project=base, people=people)


def _project(section: CalendarSection, zone: str, where: str) -> Calendar:
    _check_country(section, where)
    hours: dict[str, Hours] = {day: parse_hours(text) for day, text in section.week.items()}
    return _checked(
        lambda: build_calendar(
            [hours.get(day, DEFAULT_WEEK[number]) for number, day in enumerate(_WEEKDAYS)],
            country=section.country,
            subdivision=section.subdivision,
            bridges=section.bridges,
            solidarity_day=section.solidarity_day,
            closures=[parse_range(text) for text in section.closures],
            zone=ZoneInfo(zone),
            day_minutes=section.day.minutes(0),
        ),
        where,
    )


def _person(base: Calendar, section: PersonSection, folder: Path, where: str) -> Calendar:
    leave = [range_ for text in section.leave for range_ in _leave(text, folder, f"{where} leave")]
    return _checked(
        lambda: person_calendar(
            base,
            week_overrides={_WEEKDAYS.index(day): parse_hours(text) for day, text in section.week.items()},
            share=section.share,
            leave=leave,
        ),
        where,
    )


def _checked(build: Callable[[], Calendar], where: str) -> Calendar:
    try:
        return build()
    except ValueError as error:
        raise ConfigurationError(
            _("nobody would ever work in this week."), where=where, remedy=_("Give at least one day hours.")
        ) from error


def _check_country(section: CalendarSection, where: str) -> None:
    """Holidays are asked year by year: a wrong country must show now."""
    try:
        public_holidays(section.country, section.subdivision, [2026])
    except ValueError as error:
        place = f"{section.country}-{section.subdivision}" if section.subdivision else section.country
        raise ConfigurationError(
            _('no public holidays are known for "{place}".', place=place),
            where=where,
            remedy=_('Write ISO codes: country = "FR", subdivision = "57"; an empty country has none.'),
        ) from error


def _leave(text: str, folder: Path, where: str) -> Iterable[Range]:
    """A range of dates, or every event of an ICS file."""
    if not text.lower().endswith(".ics"):
        return [parse_range(text)]
    import icalendar  # noqa: PLC0415 - slow to load, and few need it

    try:
        events = icalendar.Calendar.from_ical((folder / text).read_bytes()).walk("VEVENT")
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _("the leave file {name} cannot be read.", name=text),
            where=where,
            remedy=_("Check its name; it is looked for beside retro.toml."),
        ) from error
    return [_event_days(event.decoded("DTSTART"), event.decoded("DTEND", None)) for event in events]


def _event_days(start: date, end: date | None) -> Range:
    """First and last day of an event. RFC 5545, 3.6.1: an end is exclusive; without one an all-day event is a day."""
    first = start.date() if isinstance(start, datetime) else start
    if end is None:
        return first, first
    if isinstance(end, datetime):
        return first, end.date()
    return first, max(first, end - timedelta(days=1))
