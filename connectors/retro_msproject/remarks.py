"""What a person should know of a plan that was read: what of it the schedule does not follow."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import CalendarSpec
from retro_msproject.records import Record
from retro_msproject.values import flag, instant, number

_FAR = 31
"""Days between a stop and a resumption beyond which work was surely missed."""


def remarks(
    records: Sequence[Record], calendar: CalendarSpec | None, zone: tzinfo, unread: Sequence[str], repeated: int
) -> tuple[str, ...]:
    """Sentences on a plan; `unread` are words of its calendars, `repeated` the tasks with the id of another."""
    delayed = sum(_delayed(record) for record in records)
    split = sum(_split(record, calendar, zone) for record in records)
    outside = sum(flag(record.get("ExternalTask")) for record in records)
    inserted = sum(bool(record.get("SubprojectName")) or flag(record.get("IsSubproject")) for record in records)
    said = (
        (delayed, plural("{count} task has a levelling delay, which is not followed.",
                         "{count} tasks have a levelling delay, which is not followed.", delayed)),
        (split, plural("{count} task is split: its work is taken as one piece.",
                       "{count} tasks are split: their work is taken as one piece.", split)),
        (outside, plural("{count} task of another project is only named here: links from it are not followed.",
                         "{count} tasks of other projects are only named here: links from them are not followed.",
                         outside)),
        (inserted, plural("{count} inserted project is read as one task: give its own file as well.",
                          "{count} inserted projects are read as one task each: give their own files as well.",
                          inserted)),
        (repeated, plural("{count} task has the id of another: it was left out.",
                          "{count} tasks have the id of another: they were left out.", repeated)),
    )  # fmt: skip
    found = [sentence for count, sentence in said if count]
    if unread:
        shown = ", ".join(list(dict.fromkeys(unread))[:3])
        found.append(_("hours or dates of calendars could not be read: {words}.", words=shown))
    if calendar is None:
        found.append(_("the plan brings no calendar with working hours: those of the configuration hold."))
    return tuple(found)


def _delayed(record: Record) -> bool:
    try:
        return bool(number(record.get("LevelingDelay")))
    except ValueError:
        return False


def _split(record: Record, calendar: CalendarSpec | None, zone: tzinfo) -> bool:
    """Whether started work stopped and resumes later, with working time in between."""
    if calendar is None or record.get("ActualFinish") or not record.get("ActualStart"):
        return False
    try:
        stop, resume = instant(record.get("Stop"), zone), instant(record.get("Resume"), zone)
    except ValueError:
        return False
    if stop is None or resume is None or resume <= stop:
        return False
    return (resume - stop).days > _FAR or _works_between(calendar, stop, resume)


def _works_between(calendar: CalendarSpec, first: datetime, last: datetime) -> bool:
    day = first.date()
    while day <= last.date():
        begin = first.hour * 60 + first.minute if day == first.date() else 0
        end = last.hour * 60 + last.minute if day == last.date() else 24 * 60
        if any(max(begin, start) < min(end, stop) for start, stop in calendar.shifts_on(day)):
            return True
        day += timedelta(days=1)
    return False
