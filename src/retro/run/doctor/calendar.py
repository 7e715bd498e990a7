"""Are clock, zone, holidays, closures and leave what they should be."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.calendars import parse_range, public_holidays
from retro.config.load import Configuration
from retro.config.shape import CalendarSection, PersonSection
from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model.check import Check, Topic, remark
from retro.ports import ConfigurationError
from retro.run.doctor.errors import of_error
from retro.run.working_time import calendars, leave_days

_SLACK = timedelta(minutes=5)
"""How far ahead of this machine's clock an earlier run may have been without its being told."""


def of_calendar(configuration: Configuration, now: datetime, machine: str | None) -> Iterator[Check]:
    """The calendar and the leave of a configuration; `machine` is the zone that the system tells."""
    settings = configuration.settings
    today = now.date()
    yield from _zone(settings.workspace.timezone, machine, now)
    try:
        calendars(configuration)
    except ConfigurationError as error:
        yield of_error(Topic.CALENDAR, error)
        return
    yield _holidays(settings.calendar, today)
    yield from _past(settings.calendar.closures, today, "[calendar] closures", _("every closure is over."))
    for key, person in settings.people.items():
        yield from _leave(key, person, configuration, today)


def of_clock(now: datetime, seen: Iterable[datetime]) -> Iterator[Check]:
    """Whether this machine's clock goes with what was seen before, such as runs and snapshots."""
    latest = max(seen, default=None)
    if latest is not None and latest > now + _SLACK:
        yield remark(
            Topic.CALENDAR,
            _("the clock is behind the last run, of {date}.", date=format_date(latest, Style.LONG)),
            remedy=_("Set the clock of this machine; with --now or RETRO_NOW this is as it should be."),
        )


def _zone(zone: str, machine: str | None, now: datetime) -> Iterator[Check]:
    here = ZoneInfo(machine) if machine is not None else None
    if here is None or now.astimezone(here).utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset():
        yield Check(topic=Topic.CALENDAR, said=_("the time zone is {zone}.", zone=zone))
        return
    yield remark(
        Topic.CALENDAR,
        _("this machine is on the time of {machine}, the workspace on that of {zone}.", machine=machine, zone=zone),
        remedy=_("Days are those of the workspace, hours of a scheduled run those of the machine: check both."),
    )


def _holidays(section: CalendarSection, today: date) -> Check:
    """The next public holiday, so that a wrong country shows."""
    if not section.country:
        return Check(topic=Topic.CALENDAR, said=_("no public holidays are kept."))
    days = public_holidays(section.country, section.subdivision, [today.year, today.year + 1])
    following = min(day for day in days if day >= today)
    place = "-".join(each for each in (section.country, section.subdivision) if each)
    return Check(
        topic=Topic.CALENDAR,
        said=_("public holidays of {place}; the next is {date}.", place=place, date=format_date(following, Style.LONG)),
    )


def _past(ranges: Sequence[str], today: date, subject: str, said: str) -> Iterator[Check]:
    if ranges and all(parse_range(text)[1] < today for text in ranges):
        yield remark(Topic.CALENDAR, said, subject=subject, remedy=_("Add the next ones, or take these out."))


def _leave(key: str, person: PersonSection, configuration: Configuration, today: date) -> Iterator[Check]:
    subject = f"[people.{key}] leave"
    spans = [span for text in person.leave for span in leave_days(text, configuration.folder, subject)]
    if spans and all(last < today for _first, last in spans):
        yield remark(
            Topic.CALENDAR,
            _("all of this leave is over."),
            subject=subject,
            remedy=_("Add the next ones, or take these out."),
        )
    elif not spans and person.leave:
        yield remark(
            Topic.CALENDAR,
            _("the leave file holds no event."),
            subject=subject,
            remedy=_("Export the calendar again, with its events."),
        )
