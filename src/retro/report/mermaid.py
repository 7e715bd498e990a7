"""`retro export mermaid`: a Gantt chart as text, for a page of Notion or GitHub that draws such blocks.

Dates stand as they were computed, so the chart excludes no days of its own. A bar is told by its first day and its
length in days, as Mermaid's ends are exclusive; it ends on the day that a task is expected. `crit` is what is late or
can no more be done in time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Category, Task, TaskSchedule, as_date
from retro.report.bars import bar
from retro.report.outlook import outlooks
from retro.report.untrusted import printable
from retro.report.wording import shortened
from retro.report.worklists import expected, late_keys

PAST = timedelta(days=90)
"""How long what is done stays in the chart."""
MOST = 60
"""Rows with which a chart in a page can still be read."""
_YEAR = timedelta(days=365)
_LONGEST = 80
_CHARACTERS = str.maketrans(
    {
        ":": "∶",
        ";": ",",
        "#": "№",
        "%": "％",
        "`": "’",
        '"': "”",
        "[": "(",
        "]": ")",
        "{": "(",
        "}": ")",
        "<": "‹",
        ">": "›",
        "\\": "/",
    }
)
"""What would end a row, or begin a comment, an entity, a directive or markup: its look-alike, which is but text."""
_COLON = re.compile(r"\s*:(?=\s|$)")
"""Ends a title: “Posts: May” is shown as “Posts – May”, that of “9:30” by its look-alike."""
_KEYWORD = re.compile(
    r"(?:gantt|title|section|dateformat|axisformat|tickinterval|includes|excludes|inclusiveenddates|topaxis|todaymarker"
    r"|weekday|weekend|click|href|call|acctitle|accdescr|end$)\b|\d{4}-\d\d-\d\d|-{3}|=",
    re.IGNORECASE,
)
"""What no row may begin with, because it says something to Mermaid; such a one begins with a dot."""
_STATES = {"done": "done, ", "doing": "active, ", "late": "crit, ", "todo": ""}
_FIXED, _LATE, _OPEN, _DONE = range(4)
_UNSEEN = Category.IDEA, Category.CANCELLED
_FARTHEST = 400
"""Days over which the length of a bar is counted."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the chart; `urgency` says which rows go first where there is no room for all."""

    key: str
    line: str
    begins: tuple[date, date, str]
    urgency: tuple[int, int, str]


def write(assessment: Assessment, *, title: str, lang: str, fenced: bool = False) -> str:
    """The chart: a section a project, the worst first. Beyond `MOST` rows the less urgent ones are counted.

    Args:
        assessment: what is given out, that part of it alone.
        title: what stands above it.
        lang: the workspace's language.
        fenced: between the marks by which a page of Markdown knows a chart.
    """
    sections = list(_Chart(assessment, lang).sections())
    rows = sorted((row for _name, found in sections for row in found), key=lambda row: row.urgency)
    kept = {row.key for row in rows[:MOST]}
    days = [row.begins[0] for row in rows if row.key in kept]
    axis = "%m/%Y" if days and max(days) - min(days) > _YEAR else "%d/%m"
    lines = ["gantt", f"    title {_text(title, lang)}", "    dateFormat YYYY-MM-DD", f"    axisFormat {axis}"]
    for name, found in sections:
        shown = [row for row in found if row.key in kept]
        if shown:
            lines.append(f"    section {name}")
            lines += [row.line for row in sorted(shown, key=lambda row: (row.begins, row.key))]
    if len(rows) > MOST:
        left = len(rows) - MOST
        more = plural("{count} more, less urgent", "{count} more, less urgent", left, lang=lang)
        lines.append(f"    %% {more}")
    text = "\n".join(lines) + "\n"
    return f"```mermaid\n{text}```\n" if fenced else text


class _Chart:
    """The rows of an assessment, section by section."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        self._assessment = assessment
        self._lang = lang
        self._zone = ZoneInfo(assessment.zone_name)
        self._today = as_date(assessment.now, self._zone)
        self._late = late_keys(assessment)
        self._tasks = {task.key: task for task in assessment.portfolio.tasks}
        self._parents = {task.parent for task in self._tasks.values() if task.parent and task.counts}
        self._works = cache(partial(assessment.work_minutes, None))

    def sections(self) -> Iterator[tuple[str, list[_Row]]]:
        """Names and rows: projects, the worst first, then what belongs to none."""
        projects = self._assessment.portfolio.projects
        stands_for = {anchor.key: anchor.task for project in projects for anchor in project.anchors}
        drawn: set[str] = set()
        for outlook in outlooks(self._assessment, self._late):
            project = outlook.project
            members = [self._tasks[key] for key in project.tasks if key in self._tasks and key not in drawn]
            drawn |= {task.key for task in members}
            anchors = [anchor for anchor in (outlook.anchor, *outlook.others) if anchor is not None]
            fixed = [anchor for anchor in anchors if (stands_for.get(anchor.key) or anchor.key) not in self._tasks]
            yield _text(project.name, self._lang), [*self._rows(members), *map(self._fixed, fixed)]
        others = (task for task in self._tasks.values() if task.key not in drawn)
        yield _("Without a project", lang=self._lang), list(self._rows(others))

    def _rows(self, tasks: Iterable[Task]) -> Iterator[_Row]:
        """The tasks that have dates, toned as in every timeline; of what is done only the last months."""
        for task in tasks:
            if not task.counts or task.key in self._parents or task.status.category in _UNSEEN:
                continue
            planned = self._assessment.schedule.tasks.get(task.key)
            drawn = bar(task, planned, late=task.key in self._late, today=self._today, zone=self._zone)
            if drawn is None:
                continue
            done = drawn.tone == "done"
            span = (drawn.start, drawn.finish) if done else self._span(task, planned)
            if span is None or (done and drawn.finish < self._today - PAST):
                continue
            start, finish = (span[1], span[1]) if task.milestone else span
            title = _text(task.title, self._lang)
            state = _STATES[drawn.tone] + ("milestone, " if task.milestone else "")
            order = _DONE if done else _LATE if drawn.tone == "late" else _OPEN
            yield _Row(
                task.key,
                f"    {title} :{state}{start.isoformat()}, {(finish - start).days + 1}d",
                (start, finish, title),
                (order, -finish.toordinal() if done else finish.toordinal(), task.key),
            )

    def _span(self, task: Task, planned: TaskSchedule | None) -> tuple[date, date] | None:
        """The days of open work: up to the one that every list expects it on.

        It begins on the team's own start, else as many working days before as the plan gives it.
        """
        dated = expected(task, planned, self._zone, self._today)
        if dated is None:
            return None
        begun = task.actual_start or task.start
        if begun is not None:
            return min(as_date(begun, self._zone), dated.day), dated.day
        return self._back(dated.day, self._working_days(planned)), dated.day

    def _working_days(self, planned: TaskSchedule | None) -> int:
        """How many working days the plan gives a task, begun ones whole: days over the project's calendar."""
        if planned is None:
            return 1
        begin, end = planned.advised_start, planned.advised_finish
        if begin is None or end is None:
            begin, end = planned.earliest_start, planned.earliest_finish
        if begin is None or end is None:
            return 1
        first, last = as_date(begin, self._zone), as_date(end, self._zone)
        days = min((last - first).days + 1, _FARTHEST)
        minutes = sum(self._works(first + timedelta(days=number)) for number in range(days))
        minutes -= self._works(begin) + self._works(last) - self._works(end)
        return -(-minutes // self._assessment.day_minutes)

    def _back(self, last: date, days: int) -> date:
        """The first of so many working days that end on a day."""
        first, left = last, days - (self._works(last) > 0)
        while left > 0 and last - first < timedelta(days=_FARTHEST) and first > date.min:
            first -= timedelta(days=1)
            left -= self._works(first) > 0
        return first

    def _fixed(self, anchor: AnchorVerdict) -> _Row:
        """A date that cannot move and that no task stands for."""
        day = anchor.on(self._zone)
        title = _text(anchor.name, self._lang)
        state = "" if anchor.feasible else _STATES["late"]
        return _Row(
            f"anchor {anchor.key}",
            f"    {title} :{state}milestone, {day.isoformat()}, 1d",
            (day, date.max, title),
            (_FIXED, day.toordinal(), anchor.key),
        )


def _text(words: str, lang: str) -> str:
    """A title that Mermaid takes for nothing else."""
    said = _COLON.sub(" –", printable(words)).translate(_CHARACTERS).strip()
    said = shortened(said, _LONGEST) or _("(untitled)", lang=lang)
    return f"· {said}" if _KEYWORD.match(said) else said
