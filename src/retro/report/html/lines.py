"""One project on the first screen: its verdict in words, its margin, and what unfolds below it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, SourceStatus, Task
from retro.report import wording
from retro.report.html.baselines import Baselines
from retro.report.html.facets import Facets
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable, web_address

_TONES = {
    Prospect.MISSED: "late",
    Prospect.UNKNOWN: "unknown",
    Prospect.TIGHT: "doing",
    Prospect.HOLDS: "done",
    Prospect.FINISHED: "done",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One project on the first screen, and what unfolds below it."""

    facets: str
    tone: str
    name: str
    client: str
    anchor: str
    date: str
    days_left: str
    verdict: str
    slip: str
    """What became of its end since the baseline, where it moved; `slip_tone` is the colour of that."""
    slip_tone: str
    share: float | None
    share_said: str
    progress: str
    stale: tuple[str, ...]
    chain: tuple[tuple[str, str | None], ...]
    levers: tuple[str, ...]
    others: tuple[str, ...]
    guardian: str


def line(outlook: Outlook, assessment: Assessment, facets: Facets, tasks: dict[str, Task], ends: Baselines) -> Line:
    """A project's line; `ends` tell what became of its end since the baseline."""
    anchor, project = outlook.anchor, outlook.project
    titles = {key: wording.title(tasks[key]) for key in (anchor.chain if anchor else ()) if key in tasks}
    people = {person.key: person.name for person in assessment.portfolio.people}
    share = outlook.margin_share if outlook.prospect is not Prospect.FINISHED else None
    done, total = outlook.done, outlook.total
    slip, slip_tone = ends.end(project.key)
    return Line(
        facets=facets.of_project(project, tasks),
        tone=_TONES[outlook.prospect],
        name=printable(project.name),
        client=printable(project.client),
        anchor=printable(anchor.name) if anchor and anchor.name != project.name else "",
        date=format_date(outlook.day, Style.LONG) if outlook.day else "",
        days_left=wording.days_left(outlook),
        verdict=wording.verdict(outlook, assessment.day_minutes),
        slip=slip,
        slip_tone=slip_tone,
        share=None if share is None else min(max(share, 0), 2 * assessment.margin or 1) / (2 * assessment.margin or 1),
        share_said=wording.ground(outlook, assessment.margin),
        progress=plural("{done} of {count} task done", "{done} of {count} tasks done", total, done=done),
        stale=_stale(outlook, assessment),
        chain=tuple(
            (titles[key], web_address(tasks[key].url)) for key in (anchor.chain if anchor else ()) if key in titles
        ),
        levers=tuple(wording.levers(anchor, tasks, assessment.day_minutes, wording.title)),
        others=tuple(_other(each, ZoneInfo(assessment.zone_name)) for each in outlook.others),
        guardian=printable(people.get(project.guardian, project.guardian)),
    )


def _stale(outlook: Outlook, assessment: Assessment) -> tuple[str, ...]:
    """Which of its sources were not read now; where none at all was, the head of the page tells it once."""
    if all(state.state is not SourceStatus.FRESH for state in assessment.portfolio.sources):
        return ()
    return tuple(wording.stale(each, assessment.zone_name) for each in outlook.stale)


def _other(anchor: AnchorVerdict, zone: ZoneInfo) -> str:
    facts = {"anchor": printable(anchor.name), "date": format_date(anchor.on(zone), Style.LONG)}
    return (
        _("{anchor} on {date}: on time", **facts)
        if anchor.feasible
        else _("{anchor} on {date}: will be missed", **facts)
    )
