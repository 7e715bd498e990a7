"""The page as plain data: everything that the template shows, already in words and in order."""

from dataclasses import dataclass
from datetime import timedelta

from retro.i18n import current_language, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, SourceStatus
from retro.report import wording
from retro.report.html.baselines import Baselines, baseline_said
from retro.report.html.calendar import Months, months
from retro.report.html.critical import Chain, chains
from retro.report.html.facets import Facets
from retro.report.html.heat import Heat, heat
from retro.report.html.lines import Line, line
from retro.report.html.listings import Listing, gaps, meeting
from retro.report.html.remarks import Remarks, remarks
from retro.report.html.tracks import Track, drawn_kinds, tracks
from retro.report.html.trends import Trend, trends
from retro.report.load import part_loads
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.untrusted import printable
from retro.report.worklists import worklists

WEEKS = 6
MOST_LINES = 5
"""Projects that need attention and stand open on the first screen; the others of them are folded, worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The page."""

    lang: str
    headline: str
    tone: str
    said: str
    stale: tuple[str, ...]
    whose: str
    """The client whose page this is, where it is one client's alone."""
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    """Those after the first ones that need attention too."""
    folded: tuple[Line, ...]
    others_said: str
    others_tone: str
    folded_said: str
    most: tuple[int, ...]
    """Entries of each list that the first screen has room for."""
    lists: tuple[Listing, ...]
    weeks: tuple[str, ...]
    heat: Heat
    chains: tuple[Chain, ...]
    more_chains: int
    """Projects that are missed or tight beyond those whose chain is shown."""
    tracks: tuple[Track, ...]
    kinds: frozenset[str]
    """The kinds of marks that they hold (`drawn_kinds`)."""
    baseline: str
    """The baseline that they are held against; "": none."""
    moved: bool
    """Whether anything moved since it was set."""
    calendar: Months
    trends: tuple[Trend, ...]
    gaps: tuple[Listing, ...]
    remarks: tuple[Remarks, ...]
    filters: tuple[tuple[str, str, list[tuple[str, str]]], ...]
    public: bool = False
    """Whether it is sent out: without load, remarks, gaps and whatever else is the team's own business."""


def view(assessment: Assessment, *, whole: Assessment | None = None, public: bool = False) -> View:
    """Build the page's data in the current language."""
    lists = worklists(assessment)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    facets = Facets.over(assessment)
    found = outlooks(assessment, lists.late_keys)
    ends = Baselines(assessment)
    lines = [line(each, assessment, facets, tasks, ends) for each in found]
    open_ = tuple(each for each, of in zip(lines, found, strict=True) if of.prospect < Prospect.HOLDS)
    calm = tuple(each for each, of in zip(lines, found, strict=True) if of.prospect >= Prospect.HOLDS)
    if not open_ and len(calm) <= MOST_LINES:
        open_, calm = calm, ()  # With nothing to worry about, the page shows what holds.
    first = MOST_LINES if len(open_) > MOST_LINES + 2 else len(open_)
    critical, more_chains = chains(assessment, found, lists.late_keys, facets)
    drawn = tracks(assessment, found, lists.late_keys, facets, public=public)
    moved = any(track.against for track in drawn)
    load = part_loads(assessment, whole or assessment, lists.week, WEEKS)
    return View(
        lang=current_language(),
        headline=wording.headline(found),
        tone=_tone(found),
        said=wording.as_of(assessment),
        stale=_stale(assessment),
        whose=_whose(assessment) if whole is not None and whole is not assessment else "",
        lines=open_[:first],
        others=open_[first:],
        others_said=plural("{count} other project to watch", "{count} other projects to watch", len(open_[first:])),
        others_tone=open_[first].tone if open_[first:] else "",
        folded=calm,
        folded_said=plural("{count} project makes its date", "{count} projects make their dates", len(calm)),
        most=_most(first + bool(open_[first:]) + bool(calm)),
        lists=meeting(lists, facets, assessment),
        weeks=tuple(format_date(lists.week + timedelta(weeks=number)) for number in range(WEEKS)),
        heat=Heat() if public else heat(load, facets, assessment),
        chains=critical,
        more_chains=more_chains,
        tracks=drawn,
        kinds=drawn_kinds(drawn),
        baseline=baseline_said(assessment, moved=moved),
        moved=moved,
        calendar=months(assessment, lists.late_keys, facets),
        trends=trends(assessment, found, facets),
        gaps=() if public else gaps(lists, facets, assessment),
        remarks=() if public else remarks(assessment, facets),
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
        public=public,
    )


def _tone(found: list[Outlook]) -> str:
    """The colour of the headline: that of the worst project which it speaks of."""
    prospects = {each.prospect for each in found}
    if Prospect.MISSED in prospects:
        return "late"
    if prospects <= {Prospect.UNKNOWN}:
        return "unknown"
    return "doing" if Prospect.TIGHT in prospects else "done"


def _stale(assessment: Assessment) -> tuple[str, ...]:
    """What is not up to date: how old the data is, where that is over a day, and since when, source by source."""
    sources = assessment.portfolio.sources
    behind = (wording.stale(each, assessment.zone_name) for each in sources if each.state is not SourceStatus.FRESH)
    return tuple(filter(None, (wording.outdated(sources, assessment.now), *behind)))


def _whose(assessment: Assessment) -> str:
    named = {project.client for project in assessment.portfolio.projects if project.client}
    return printable(named.pop()) if len(named) == 1 else ""


def _most(lines: int) -> tuple[int, int, int, int]:
    """Entries of each list below so many lines of projects, for all of it to fit on one screen of 900 pixels."""
    if lines <= 3:  # noqa: PLR2004 - measured
        return 5, 5, 3, 3
    return (4, 4, 2, 2) if lines <= 5 else (3, 3, 2, 1)  # noqa: PLR2004 - measured
