"""The timelines of the page: one a project, its tasks in the order in which they come."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from retro.model import Assessment, Category, Task
from retro.report import wording
from retro.report.bars import Bar, bar
from retro.report.html import timeline
from retro.report.html.baselines import Baselines
from retro.report.html.days_off import DaysOff, Rest
from retro.report.html.facets import Facets
from retro.report.html.link_lines import LinkLines
from retro.report.html.pooled import feeding, pooled
from retro.report.outlook import Outlook, Prospect
from retro.report.typed import typed
from retro.report.untrusted import printable, web_address

MOST_WITH_DONE = 300
"""Projects larger than this show open work only: what is done is counted."""

MOST_ROWS = 4_000
"""Tasks that all timelines of a page draw together, the worst projects first."""

MOST_OPEN = 600
"""Rows of timelines that stand open; with more of them, even a missed project's is folded."""

LIGHT = 5_000
"""Tasks beyond which every timeline is folded: a page that large is opened by its filters."""


_KIND = re.compile(r'class="(\w+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """One task of a timeline, or a buffer; `slip` says how far it has moved since the baseline."""

    title: str
    drawing: Markup
    facets: str = ""
    url: str | None = None
    who: str = ""
    critical: bool = False
    slip: str = ""
    slip_tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One project's timeline; `unfolded` where its date is missed or it stands alone, while there is room.

    `left_out` counts tasks that have no dates, `done_left_out` what was done long ago or is too much to draw,
    `beyond` those for which the page has no more room. `slip` tells what became of its end since the baseline;
    `against` names that one, where rows tell how far they moved.
    """

    name: str
    tone: str
    verdict: str
    unfolded: bool
    facets: str
    axis: Markup
    backdrop: Markup
    rows: tuple[TrackRow, ...]
    left_out: int = 0
    done_left_out: int = 0
    beyond: int = 0
    command: str = ""
    """What draws those too."""
    slip: str = ""
    slip_tone: str = ""
    against: str = ""


def tracks(
    assessment: Assessment, found: list[Outlook], late: frozenset[str], facets: Facets, *, public: bool = False
) -> tuple[Track, ...]:
    """A timeline for each project that has anything to draw, in the order of the outlooks.

    A `public` page does not tell who is away.
    """
    drawer = _Drawer(assessment, late, facets, public=public)
    drawn = (drawer.track(outlook, alone=len(found) == 1) for outlook in found)
    return tuple(track for track in drawn if track is not None)


class _Drawer:
    """Draws one track after the other, within the room that the page has."""

    def __init__(self, assessment: Assessment, late: frozenset[str], facets: Facets, *, public: bool) -> None:
        portfolio = assessment.portfolio
        self._assessment, self._late, self._facets, self._public = assessment, late, facets, public
        self._zone = ZoneInfo(assessment.zone_name)
        self._today = assessment.now.astimezone(self._zone).date()
        self._tasks = {task.key: task for task in portfolio.tasks}
        self._rests = DaysOff(assessment)
        self._baselines = Baselines(assessment)
        self._feeding = feeding(assessment)
        self._links = LinkLines(portfolio.links)
        self._rows_left = MOST_ROWS
        self._open_left = 0 if len(portfolio.tasks) > LIGHT else MOST_OPEN

    def track(self, outlook: Outlook, *, alone: bool) -> Track | None:
        """One project's timeline; None where there is nothing to draw."""
        project, missed = outlook.project, outlook.prospect is Prospect.MISSED
        shown = [task for key in project.tasks if (task := self._tasks.get(key)) and task.counts and _is_drawn(task)]
        known = [(found, task) for task in shown if (found := self._bar(task)) is not None]
        crowded = len(shown) > MOST_WITH_DONE
        bars = [each for each in known if each[0].tone != "done" or not (crowded or self._is_old(each[0]))]
        if not bars or (outlook.anchor is None and not any(self._has_place(task) for _bar, task in bars)):
            return None
        bars.sort(key=lambda each: (each[0].start, each[0].finish, each[1].title, each[1].key))
        drawn = bars[: self._rows_left]
        self._rows_left -= len(drawn)
        unfolded = bool(drawn) and self._open_left > 0 and (alone or (missed and len(drawn) <= self._open_left))
        self._open_left -= len(drawn) if unfolded else 0
        axis, backdrop, rows = self._chart(outlook, drawn) if drawn else (Markup(), Markup(), ())
        slip, slip_tone = self._baselines.end(project.key)
        return Track(
            name=printable(project.name),
            tone="late" if missed else "",
            verdict=wording.verdict(outlook, self._assessment.day_minutes),
            unfolded=unfolded,
            facets=self._facets.of_project(project, self._tasks),
            axis=axis,
            backdrop=backdrop,
            rows=rows,
            left_out=len(shown) - len(known),
            done_left_out=len(known) - len(bars),
            beyond=len(bars) - len(drawn),
            command=typed(("retro", "view", "--project", printable(project.name))),
            slip=slip,
            slip_tone=slip_tone,
            against=self._baselines.name if any(row.slip for row in rows) else "",
        )

    def _bar(self, task: Task) -> Bar | None:
        planned = self._assessment.schedule.tasks.get(task.key)
        return bar(task, planned, late=task.key in self._late, today=self._today, zone=self._zone)

    def _has_place(self, task: Task) -> bool:
        """Whether anything but today's date tells where a task without an end to work to stands."""
        return bool(task.due or task.start or task.status.category is Category.DONE or self._links.has(task.key))

    def _is_old(self, found: Bar) -> bool:
        return found.finish < self._today - timeline.PAST

    def _chart(self, outlook: Outlook, bars: list[tuple[Bar, Task]]) -> tuple[Markup, Markup, tuple[TrackRow, ...]]:
        """The head, what stands behind the rows, and the rows: tasks, and buffers where margins are pooled."""
        anchors = [anchor for anchor in (outlook.anchor, *outlook.others) if anchor is not None]
        ends = [(printable(anchor.name), anchor.on(self._zone)) for anchor in anchors]
        planned = [days for _bar, task in bars if (days := self._baselines.days(task.key)) is not None]
        span = timeline.window((bar for bar, _task in bars), (day for _name, day in ends), self._today, planned)
        ends = [(name, day) for name, day in ends if span.first <= day <= span.last]
        buffers = pooled(self._assessment, outlook.project.key)
        # A buffer stands below the tasks that begin before it.
        above = Counter(bisect([bar.start for bar, _task in bars], each.first) for each in buffers)
        shift, rows = 0, {}
        for number, (found, task) in enumerate(bars):
            shift += above[number]
            rows[task.key] = (number + shift, found)
        self._links.place(rows, span)
        drawn = [(bar.start, self._row(bar, task, span)) for bar, task in bars]
        drawn += [(each.first, TrackRow(title=each.title, drawing=each.drawn(span))) for each in buffers]
        drawn.sort(key=lambda each: each[0])
        return (
            timeline.axis(span, self._today, ends, self._rests),
            timeline.backdrop(span, self._today, (day for _name, day in ends), self._rests),
            tuple(row for _first, row in drawn),
        )

    def _row(self, found: Bar, task: Task, span: timeline.Window) -> TrackRow:
        plan = self._assessment.schedule.tasks.get(task.key)
        slip, slip_tone = self._baselines.task(task.key)
        return TrackRow(
            facets=self._facets.of(task),
            title=wording.title(task),
            url=web_address(task.url),
            who=wording.names(task) if task.owners else "",
            drawing=timeline.row(
                found,
                span,
                planned=self._baselines.days(task.key),
                away=self._away(found, task, span),
                buffer=self._feeding.get(task.key),
                links=self._links.to(task.key),
            ),
            critical=plan is not None and plan.critical and task.is_open,
            slip=slip,
            slip_tone=slip_tone,
        )

    def _away(self, found: Bar, task: Task, span: timeline.Window) -> tuple[Rest, ...]:
        if self._public or found.tone == "done" or found.milestone or not task.busy:
            return ()
        return self._rests.away(task.busy[0].key, max(found.start, self._today), min(found.finish, span.last))


def drawn_kinds(found: Iterable[Track]) -> frozenset[str]:
    """The kinds of marks that timelines hold, by the class of their shapes: what a legend has to explain."""
    kinds = {kind for track in found for row in track.rows for kind in _KIND.findall(row.drawing)}
    return frozenset(kinds | {"crit" for track in found for row in track.rows if row.critical})


def _is_drawn(task: Task) -> bool:
    return task.status.category not in (Category.IDEA, Category.CANCELLED)
