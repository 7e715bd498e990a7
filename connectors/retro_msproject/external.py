"""Tasks of other projects, of which a plan only keeps a row: their stored dates hold back what follows them here.

Microsoft Project reads them anew from their own file where it can, and else goes by what it stored. A link from one
becomes the constraint that says as much: start, or finish, no earlier than its date and the link's lag.
"""

from datetime import datetime, timedelta

from retro.model import Constraint, ConstraintType, LagUnit, LinkType
from retro_msproject.links import reference
from retro_msproject.reading import Plan
from retro_msproject.records import Record
from retro_msproject.values import flag, instant, minutes

_FROM_FINISH = frozenset({LinkType.FS, LinkType.FF})
_TO_START = frozenset({LinkType.FS, LinkType.SS})
_LEAST = frozenset({ConstraintType.SNET, ConstraintType.FNET})
_MUST = frozenset({ConstraintType.MSO, ConstraintType.MFO})
"""Go before links: what must be on a date is, whatever it waits for."""


def held(plan: Plan, record: Record, own: Constraint | None, lasts: int) -> tuple[Constraint | None, bool]:
    """The constraint of a task that `lasts` some minutes, or what tasks of other projects ask for where that is later.

    The second says whether it waits for one in a way that cannot be followed: a constraint of another kind stands
    already, or that task has no date.
    """
    links = _from_elsewhere(plan, record)
    if not links or (own is not None and own.type in _MUST):
        return own, False
    if own is not None and own.type not in _LEAST:
        return own, True
    found = [_bound(plan, record, link) for link in links]
    bounds = [bound for bound in found if bound is not None] + ([own] if own is not None else [])
    return max(bounds, key=lambda bound: _start(plan, record, bound, lasts), default=None), None in found


def _from_elsewhere(plan: Plan, record: Record) -> list[Record]:
    """The links of a task that come from another project's."""
    links = record.parts.get("PredecessorLink", ())
    known = ((link, plan.records.get(link.get("PredecessorUID"))) for link in links)
    return [link for link, before in known if before is not None and flag(before.get("ExternalTask"))]


def _bound(plan: Plan, record: Record, link: Record) -> Constraint | None:
    before = plan.records[link.get("PredecessorUID")]
    try:
        said = reference(link, "")
        date = instant(before.get("Finish" if said.type in _FROM_FINISH else "Start"), plan.zone)
        lag = said.lag.value
        if said.lag.unit is LagUnit.PERCENT:
            lag = round((minutes(before.get("Duration")) or 0) * lag / 100)
        if date is None:
            return None
        if said.type in _TO_START:
            return Constraint(ConstraintType.SNET, _later(plan, record, date, lag, said.lag.unit))
        if record.get("UID") in plan.summaries:
            return None  # a summary starts no earlier than a date, but does not finish so
        return Constraint(ConstraintType.FNET, _later(plan, record, date, lag, said.lag.unit))
    except (ValueError, OverflowError):
        return None


def _later(plan: Plan, record: Record, date: datetime, lag: int, unit: LagUnit) -> datetime:
    """A date and a lag: elapsed, or worked in the hours of the task or, where it has none, of the plan.

    Raises OverflowError for a year that does not exist.
    """
    calendar = plan.hours_of(record.get("CalendarUID"))
    if not lag:
        return date
    if unit is LagUnit.ELAPSED or calendar is None:
        return date + timedelta(minutes=lag)
    return calendar.finish_at(calendar.ordinal(date) + lag)


def _start(plan: Plan, record: Record, bound: Constraint, lasts: int) -> datetime:
    """The start that a bound comes down to, for comparison; every one has its date."""
    date = bound.date if isinstance(bound.date, datetime) else datetime.max.replace(tzinfo=plan.zone)
    calendar = plan.hours_of(record.get("CalendarUID"))
    if bound.type is ConstraintType.SNET or calendar is None:
        return date
    return calendar.start_at(calendar.ordinal(date) - lasts)
