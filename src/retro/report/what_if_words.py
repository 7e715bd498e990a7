"""Sentences of a what-if: what is supposed, what becomes of each end date, which dates of the team no more fit."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, format_number
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Day, as_date
from retro.model.what_if import (
    Addition,
    Away,
    EndChange,
    Late,
    Lateness,
    OtherEnd,
    Slip,
    Supposition,
    WeekOver,
)
from retro.report import wording
from retro.report.untrusted import printable

_HOUR = 60


def question(supposition: Supposition, assessment: Assessment) -> str:
    """What is supposed, as the question that was asked."""
    match supposition:
        case OtherEnd():
            return _other_end(supposition, assessment)
        case Slip(task=task, minutes=minutes):
            days = format_days(abs(minutes), assessment.day_minutes)
            if minutes < 0:
                return _("What if “{task}” took {days} less?", task=wording.title(task), days=days)
            return _("What if “{task}” took {days} more?", task=wording.title(task), days=days)
        case Away():
            return _away(supposition)
        case Addition(task=task, minutes=minutes):
            work = hours(minutes)
            who = f"{work}, {wording.names(task)}" if task.owners else work
            return _("What if “{task}” came on top ({work})?", task=wording.title(task), work=who)


def _other_end(end: OtherEnd, assessment: Assessment) -> str:
    name, there = printable(end.name), _date(end.day, assessment)
    if end.before is None:
        return _("What if “{project}” ended on {date}?", project=name, date=there)
    here = _date(end.before, assessment)
    return _("What if “{project}” ended on {date} instead of {before}?", project=name, date=there, before=here)


def _away(away: Away) -> str:
    name, first = printable(away.owner.name), format_date(away.first, Style.LONG)
    if away.first == away.last:
        return _("What if {name} were away on {date}?", name=name, date=first)
    last = format_date(away.last, Style.LONG)
    return _("What if {name} were away from {first} to {last}?", name=name, first=first, last=last)


def _date(day: Day, assessment: Assessment) -> str:
    return format_date(as_date(day, ZoneInfo(assessment.zone_name)), Style.LONG)


def hours(minutes: int) -> str:
    """An amount of work in hours."""
    return _("{number} h", number=format_number(minutes / _HOUR))


def end_dates(end: EndChange, zone: ZoneInfo) -> str:
    """An anchor's date, or the two where it changes."""
    before = None if end.before is None else format_date(end.before.on(zone), Style.LONG)
    after = None if end.after is None else format_date(end.after.on(zone), Style.LONG)
    if before and after and before != after:
        return f"{before} → {after}"
    return after or before or ""


def end_verdict(end: EndChange, day_minutes: int, *, tight: bool = False) -> str:
    """Whether the date would hold, and by how much; how it stands as it is. `tight`: it would just hold."""
    before, after = end.before, end.after
    if after is None:
        return _("No longer worked to")
    now = _standing(after, day_minutes)
    said = _verdict(before, after, tight=tight)
    if before is None:
        return _("{verdict}: {standing}", verdict=said, standing=now)
    was = _standing(before, day_minutes)
    if was == now:
        return _("{verdict}: {standing}, unchanged", verdict=said, standing=now)
    here, there = _amount(before), _amount(after)
    if before.feasible == after.feasible and here is not None and there is not None:
        return _("{verdict}: {standing}", verdict=said, standing=f"{format_number(here / day_minutes)} → {now}")
    return _("{verdict}: {standing} (as it is: {before})", verdict=said, standing=now, before=was)


def _verdict(before: AnchorVerdict | None, after: AnchorVerdict, *, tight: bool) -> str:
    turned = before is not None and before.feasible != after.feasible
    if not after.feasible:
        return _("The date would no longer hold") if turned else _("The date does not hold")
    if tight:
        return _("The date would just hold") if turned else _("The date just holds")
    return _("The date would hold") if turned else _("The date holds")


def _amount(anchor: AnchorVerdict) -> int | None:
    """The minutes that it is short of, or that it has to spare."""
    return anchor.slack_minutes if anchor.feasible else anchor.missing_minutes


def _standing(anchor: AnchorVerdict, day_minutes: int) -> str:
    minutes = _amount(anchor)
    if minutes is None:
        return _("nothing open before it")
    days = format_days(minutes, day_minutes)
    return _("{days} of margin", days=days) if anchor.feasible else _("{days} missing", days=days)


def lateness(late: Late) -> str:
    """How a task no more fits the date that the team gave it."""
    task, due, finish = wording.title(late.task), format_date(late.due), format_date(late.finish)
    if late.why is Lateness.MISSED:
        return _("“{task}”, set for {due}: {finish} at the earliest", task=task, due=due, finish=finish)
    return _("“{task}”, set for {due}: {finish} at the latest", task=task, due=due, finish=finish)


def weeks_over(weeks: Sequence[WeekOver], shown: int | None) -> str:
    """One person's weeks over capacity, in order: “3 Feb 4 → 10 h”."""
    ordered = sorted(weeks, key=lambda week: week.monday)
    said = [_week(week.monday, week.before, week.after) for week in ordered[:shown]]
    return " · ".join(said) + (" …" if len(said) < len(ordered) else "")


def _week(monday: date, before: int, after: int) -> str:
    change = f"{format_number(before / _HOUR)} → {format_number(after / _HOUR)}"
    return _("{week} {hours} h", week=format_date(monday), hours=change)
