"""The calendars of a configuration: the project's, and one for each person who has their own hours or leave."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
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
    subdivisions_of,
    without,
)
from retro.config.load import Configuration
from retro.config.shape import CalendarSection, PersonSection
from retro.i18n import text as _
from retro.model import Portfolio
from retro.ports import ConfigurationError
from retro.run.brought import Brought, brought
from retro.run.leave_file import Leave, read_leave

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendars(configuration: Configuration, portfolio: Portfolio | None = None) -> Calendars:
    """The calendars that a configuration describes, and those that the boards of a portfolio bring along.

    A board's own calendar goes before `[calendar]`, and what `[people]` says of somebody's hours before both.
    Raises ConfigurationError that names the key.
    """
    settings = configuration.settings
    place = f"{configuration.path}: " if configuration.path else ""
    base = _project(settings.calendar, settings.workspace.timezone, f"{place}[calendar]")
    came = Brought()
    if portfolio is not None:
        came = brought(portfolio.boards, (*portfolio.people, *portfolio.teams), base.zone, base.day_minutes)
    project = came.project or base
    people = {
        key: _person(came.people.get(key, project), section, configuration.folder, f"{place}[people.{key}]")
        for key, section in settings.people.items()
    }
    return Calendars(project=project, people={**came.people, **people}, named=came.named)


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
    leaves = [_leave_of(text, folder, f"{where} leave", base.zone) for text in section.leave]
    made = _checked(
        lambda: person_calendar(
            base,
            week_overrides={_WEEKDAYS.index(day): parse_hours(text) for day, text in section.week.items()},
            share=section.share,
            leave=[range_ for leave in leaves for range_ in leave.days],
        ),
        where,
    )
    return without(made, (absence for leave in leaves for absence in leave.hours))


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
            remedy=_("Known there: {names}.", names=", ".join(parts))
            if (parts := subdivisions_of(section.country))
            else _('Write ISO codes: country = "FR", subdivision = "57"; an empty country has none.'),
        ) from error


def leave_days(text: str, folder: Path, where: str) -> Iterable[Range]:
    """Every day that a range of dates, or an event of an ICS file, touches. Raises as `_leave_of`."""
    leave = _leave_of(text, folder, where, ZoneInfo("UTC"))
    return [*leave.days, *((first.date(), last.date()) for first, last in leave.hours)]


def _leave_of(text: str, folder: Path, where: str, zone: tzinfo) -> Leave:
    """A range of dates, or every event of an ICS file. Raises ConfigurationError for a file that cannot be read."""
    if not text.lower().endswith(".ics"):
        return Leave(days=(parse_range(text),))
    try:
        return read_leave(folder / text, zone)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _("the leave file {name} cannot be read.", name=text),
            where=where,
            remedy=_("Check its name; it is looked for beside retro.toml."),
        ) from error
