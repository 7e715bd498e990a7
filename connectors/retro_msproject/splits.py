"""Work that is split: it stops and resumes later, though somebody could have gone on in between."""

from collections.abc import Iterable

from retro.calendars import Calendar
from retro_msproject.reading import Plan
from retro_msproject.records import Record
from retro_msproject.values import instant


def split(plan: Plan, record: Record, assignments: Iterable[Record]) -> bool:
    """Whether a task's work is not one piece: by its own stop and resumption, or by a gap in an assignment."""
    if record.get("ActualFinish"):
        return False
    calendar = plan.hours_of(record.get("CalendarUID"))
    if record.get("ActualStart") and _gap(plan, calendar, record.get("Stop"), record.get("Resume")):
        return True
    return any(_interrupted(plan, record, each) for each in assignments)


def _interrupted(plan: Plan, record: Record, assignment: Record) -> bool:
    calendar = plan.hours_of(plan.people.calendar_of(assignment.get("ResourceUID")) or record.get("CalendarUID"))
    begin, end = assignment.get("Start"), assignment.get("Finish")
    gaps = ((gap.get("Start"), gap.get("Finish")) for gap in assignment.parts.get("TimephasedData", ()))
    return any(begin < first and last < end and _gap(plan, calendar, first, last) for first, last in gaps)


def _gap(plan: Plan, calendar: Calendar | None, first: str, last: str) -> bool:
    """Whether there is working time from one moment to another."""
    if calendar is None:
        return False
    try:
        begin, end = instant(first, plan.zone), instant(last, plan.zone)
    except ValueError:
        return False
    return begin is not None and end is not None and begin < end and calendar.minutes_between(begin, end) > 0
