"""The page as plain data: everything that the template shows, already in words and in order."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, current_language, format_date, format_number, plural
from retro.i18n import text as _
from retro.model import Assessment, SourceStatus
from retro.report import wording
from retro.report.html.facets import Facets
from retro.report.html.lines import Line, line
from retro.report.html.listings import Listing, gaps, meeting
from retro.report.html.remarks import Remarks, remarks
from retro.report.html.tracks import Track, tracks
from retro.report.load import PersonLoad, Week, loads
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.untrusted import printable
from retro.report.worklists import worklists

WEEKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """One cell of the load: days of work, days of capacity, and how full that is (0 to 5, 5 is over)."""

    days: str
    level: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The page."""

    lang: str
    headline: str
    tone: str
    said: str
    stale: tuple[str, ...]
    lines: tuple[Line, ...]
    folded: tuple[Line, ...]
    folded_said: str
    lists: tuple[Listing, ...]
    weeks: tuple[str, ...]
    heat: tuple[tuple[str, str, tuple[Heat, ...]], ...]
    overloaded: str
    tracks: tuple[Track, ...]
    gaps: tuple[Listing, ...]
    remarks: tuple[Remarks, ...]
    filters: tuple[tuple[str, str, list[tuple[str, str]]], ...]


def view(assessment: Assessment) -> View:
    """Build the page's data in the current language."""
    lists = worklists(assessment)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    facets = Facets.over(assessment)
    found = outlooks(assessment, lists.late_keys)
    lines = [line(each, assessment, facets, tasks) for each in found]
    settled = [each.prospect >= Prospect.HOLDS for each in found]
    folds = sum(settled)
    load = loads(assessment, lists.week, WEEKS)
    drawn = tracks(assessment, found, lists.late_keys, facets)
    headline, tone = _headline(found)
    return View(
        lang=current_language(),
        headline=headline,
        tone=tone,
        said=_said(assessment),
        stale=tuple(
            wording.stale(each, assessment.zone_name)
            for each in assessment.portfolio.sources
            if each.state is not SourceStatus.FRESH
        ),
        lines=tuple(each for each, calm in zip(lines, settled, strict=True) if not calm),
        folded=tuple(each for each, calm in zip(lines, settled, strict=True) if calm),
        folded_said=plural("{count} project makes its date", "{count} projects make their dates", folds)
        if folds
        else "",
        lists=meeting(lists, facets, assessment),
        weeks=tuple(format_date(lists.week + timedelta(weeks=number)) for number in range(WEEKS)),
        heat=tuple(
            (
                facets.token("person", each.owner.key, each.owner.name),
                printable(each.owner.name),
                tuple(_heat(cell, assessment) for cell in each.weeks),
            )
            for each in load
        ),
        overloaded=_overloaded(load),
        tracks=drawn,
        gaps=gaps(lists, facets),
        remarks=remarks(assessment, facets),
        filters=tuple(
            (kind, label, choices)
            for kind, label in (
                ("client", _("Client")),
                ("project", _("Project")),
                ("person", _("Person")),
                ("channel", _("Channel")),
                ("board", _("Board")),
            )
            if (choices := facets.choices(kind))
        ),
    )


def _headline(found: list[Outlook]) -> tuple[str, str]:
    missed = sum(each.prospect is Prospect.MISSED for each in found)
    unknown = sum(each.prospect is Prospect.UNKNOWN for each in found)
    tight = sum(each.prospect is Prospect.TIGHT for each in found)
    if not found:
        return _("No project yet"), "unknown"
    if missed == 1:
        return _("{project} will miss its date", project=printable(found[0].project.name)), "late"
    if missed:
        return (
            plural("{count} project will miss its date", "{count} projects will miss their dates", missed),
            "late",
        )
    if unknown == len(found):
        return _("No end date, so no plan to hold"), "unknown"
    if tight:
        return plural("Every date holds, {count} only just", "Every date holds, {count} only just", tight), "doing"
    return _("Every date holds"), "done"


def _said(assessment: Assessment) -> str:
    now = assessment.now.astimezone(ZoneInfo(assessment.zone_name))
    at = f"{now:%H:%M}"
    return _("{date} at {time}", date=f"{format_date(now, Style.WEEKDAY)} {now.year}", time=at)


def _heat(week: Week, assessment: Assessment) -> Heat:
    load, capacity = (minutes / assessment.day_minutes for minutes in (week.load, week.capacity))
    if week.over:
        level = 5
    elif not week.load:
        level = 0
    else:
        level = 1 + min(3, int(4 * week.load / week.capacity))
    if not week.load:
        words = _("free") if week.capacity else _("away")
    else:
        words = _("{load} of {capacity} days", load=format_number(load), capacity=format_number(capacity))
    return Heat(days=format_number(load) if week.load else "" if week.capacity else "–", level=level, words=words)


def _overloaded(load: list[PersonLoad]) -> str:
    over = sum(any(week.over for week in each.weeks) for each in load)
    return plural("{count} person is overloaded", "{count} people are overloaded", over) if over else ""
