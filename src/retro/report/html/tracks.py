"""The timelines of the page: one a project, its tasks in the order in which they come."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from retro.model import Assessment, Category, Task
from retro.report import wording
from retro.report.html import timeline
from retro.report.html.facets import Facets
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable, web_address

MOST_WITH_DONE = 300
"""Projects larger than this show open work only: what is done is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """One task of a timeline."""

    facets: str
    title: str
    url: str | None
    who: str
    drawing: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One project's timeline; `unfolded` where it needs attention or stands alone.

    `left_out` counts tasks that have no dates, `done_left_out` what was done long ago or is too much to draw.
    """

    name: str
    tone: str
    verdict: str
    unfolded: bool
    facets: str
    axis: Markup
    backdrop: Markup
    rows: tuple[TrackRow, ...]
    left_out: int
    done_left_out: int


def tracks(assessment: Assessment, found: list[Outlook], late: frozenset[str], facets: Facets) -> tuple[Track, ...]:
    """A timeline for each project that has anything to draw, in the order of the outlooks."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    drawn = (_track(outlook, assessment, tasks, late, facets, alone=len(found) == 1) for outlook in found)
    return tuple(track for track in drawn if track is not None)


def _track(
    outlook: Outlook,
    assessment: Assessment,
    tasks: dict[str, Task],
    late: frozenset[str],
    facets: Facets,
    *,
    alone: bool,
) -> Track | None:
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    members = [tasks[key] for key in outlook.project.tasks if key in tasks]
    shown = [task for task in members if task.counts and _is_drawn(task)]
    crowded = len(shown) > MOST_WITH_DONE
    scheduled = assessment.schedule.tasks
    known = [
        (bar, task)
        for task in shown
        if (bar := timeline.bar(task, scheduled.get(task.key), late=task.key in late, today=today, zone=zone))
    ]
    bars = [
        (bar, task) for bar, task in known if bar.tone != "done" or not (crowded or bar.finish < today - timeline.PAST)
    ]
    if not bars:
        return None
    bars.sort(key=lambda each: (each[0].start, each[0].finish, each[1].title, each[1].key))
    anchors = [
        (printable(anchor.name), anchor.on(zone)) for anchor in (outlook.anchor, *outlook.others) if anchor is not None
    ]
    span = timeline.window((bar for bar, _ in bars), (day for _, day in anchors), today)
    anchors = [(name, day) for name, day in anchors if span.first <= day <= span.last]
    worked = cache(assessment.work_minutes)

    def off(day: date) -> bool:
        return not worked(None, day)

    return Track(
        name=printable(outlook.project.name),
        tone="late" if outlook.prospect is Prospect.MISSED else "",
        verdict=wording.verdict(outlook, assessment.day_minutes),
        unfolded=alone or outlook.prospect <= Prospect.TIGHT,
        facets=facets.of_project(outlook.project, tasks),
        axis=timeline.axis(span, today, anchors),
        backdrop=timeline.backdrop(span, today, (day for _, day in anchors), off),
        rows=tuple(
            TrackRow(
                facets=facets.of(task),
                title=wording.title(task),
                url=web_address(task.url),
                who=wording.names(task) if task.owners else "",
                drawing=timeline.row(bar, span),
            )
            for bar, task in bars
        ),
        left_out=len(shown) - len(known),
        done_left_out=len(known) - len(bars),
    )


def _is_drawn(task: Task) -> bool:
    return task.status.category not in (Category.IDEA, Category.CANCELLED)
