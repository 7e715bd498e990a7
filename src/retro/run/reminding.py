"""When the team is reminded of its weekly meeting: on the last working day before it, once."""

from datetime import date, datetime, timedelta, tzinfo

from retro.calendars import Calendar
from retro.calendars.weekly import parse_weekly
from retro.model import Told
from retro.ports import Ledger

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_MOST_WEEKS = 53
"""A team that is away on its meeting's day for a year meets then all the same."""
_JUST_AFTER = timedelta(microseconds=1)


def next_meeting(now: datetime, weekly: str, calendar: Calendar) -> datetime:
    """The next meeting after an instant, in the calendar's zone: weeks in which its day is off have none."""
    at = parse_weekly(weekly)
    first = at.following(now.astimezone(calendar.zone))
    ahead = (first + number * _WEEK for number in range(_MOST_WEEKS))  # of one zone: the same hour of the wall clock
    return next((each for each in ahead if calendar.is_working_day(each.date())), first)


def eve(meeting: datetime, calendar: Calendar) -> date:
    """The last working day before a meeting's."""
    return calendar.previous_working_day(meeting.date() - _DAY)


def reminded_today(ledger: Ledger, kind: str, now: datetime, zone: tzinfo) -> bool:
    """Whether reminders of a kind were sent already on the day of an instant."""
    last = ledger.last_told(_kind(kind), before=now + _JUST_AFTER)
    return last is not None and last.at.astimezone(zone).date() == now.astimezone(zone).date()


def remember_reminded(ledger: Ledger, kind: str, now: datetime) -> None:
    """Keep that reminders of a kind were sent."""
    ledger.keep_told(_kind(kind), Told(at=now), since=now)


def _kind(kind: str) -> str:
    return f"reminders of {kind}"
