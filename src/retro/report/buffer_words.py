"""The buffer before an anchor in words: how long it is, how much of it is used, and what to do about it."""

from zoneinfo import ZoneInfo

from retro.i18n import format_date, format_days, plural
from retro.i18n import text as _
from retro.model import Assessment, Buffer, FeverPoint, Zone
from retro.report import wording


def buffer_said(buffer: Buffer, now: FeverPoint, assessment: Assessment) -> str:
    """A buffer as it stands `now`, in one sentence: the same in every report."""
    days, complete = format_days(buffer.minutes, assessment.day_minutes), wording.percent(now.complete)
    if now.consumed >= 1:
        said = _(
            "Buffer of {days}, used up with {complete} of the chain done: {advice}",
            days=days,
            complete=complete,
            advice=_advice(now.zone),
        )
    else:
        said = _(
            "Buffer of {days}, {used} used with {complete} of the chain done: {advice}",
            days=days,
            used=wording.percent(now.consumed),
            complete=complete,
            advice=_advice(now.zone),
        )
    since = _since(buffer, now, ZoneInfo(assessment.zone_name))
    return f"{said} ({since})" if since else said


def _advice(zone: Zone) -> str:
    match zone:
        case Zone.GREEN:
            return _("nothing to do")
        case Zone.YELLOW:
            return _("look for what would win time back")
        case Zone.RED:
            return _("win time back now")


def _since(buffer: Buffer, now: FeverPoint, zone: ZoneInfo) -> str:
    """What has become of it since it was last read on another day; empty where nothing has."""
    if not buffer.past:
        return ""
    last = buffer.past[-1]
    points = round(min(now.consumed, 1.0) * 100) - round(min(last.consumed, 1.0) * 100)
    if not points:
        return ""
    return _(
        "{points} since {date}",
        points=plural(
            "{sign}{count} point",
            "{sign}{count} points",
            abs(points),
            sign="+" if points > 0 else "−",
        ),
        date=format_date(last.at.astimezone(zone).date()),
    )
