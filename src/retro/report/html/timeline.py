"""The timeline of a project as SVG, drawn in percent of its width so that it fits any screen and prints.

One small drawing a task stands in its table row; one drawing behind all rows holds days off, today and the anchor.
Everything that comes from a board passes through `escape`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Category, Task, TaskSchedule, as_date

PAST, FUTURE = timedelta(days=90), timedelta(days=730)
"""How far from today a timeline reaches at most: one old card must not squeeze the rest into a corner."""

_MOST_DAYS_OFF_DRAWN = 400
_UNDER_WAY = (Category.DOING, Category.REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is drawn of one task. Both days of a bar are included; `tone` is done, doing, late or todo."""

    start: date
    finish: date
    tone: str
    latest: date | None = None
    due: date | None = None
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a timeline shows, first and last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it is wide."""
        return (self.last - self.first).days + 1

    def at(self, day: date) -> str:
        """Where a day begins, as a percentage with two decimals at most."""
        share = 100 * (day - self.first).days / self.days
        return f"{round(min(max(share, 0), 100), 2):g}%"

    def width(self, first: date, last: date) -> str:
        """How wide a span of days is (both included), as far as it can be seen."""
        begin, end = max(first, self.first), min(last, self.last)
        return f"{round(max(100 * ((end - begin).days + 1) / self.days, 0), 2):g}%"


def bar(task: Task, planned: TaskSchedule | None, *, late: bool, today: date, zone: ZoneInfo) -> Bar | None:
    """The bar of a task, or None where nothing is known of its dates.

    Done work shows when it was done; work to come its advised dates, and its earliest ones once those have gone by.
    """

    def day(value: date | None) -> date | None:
        return None if value is None else as_date(value, zone)

    due, latest = day(task.due), day(planned.latest_finish) if planned else None
    category = task.status.category
    if category is Category.DONE:
        finish = day(task.completed) or day(task.actual_finish) or due
        start = day(task.actual_start) or day(task.start) or finish
        finish = finish or start
        if start is None or finish is None:
            return None
        return Bar(start=min(start, finish), finish=finish, tone="done", milestone=task.milestone)
    start, finish = day(task.start), due
    tone = "todo"
    if planned is not None:
        advised = (day(planned.advised_start), day(planned.advised_finish))
        earliest = (day(planned.earliest_start), day(planned.earliest_finish))
        at_risk = planned.total_slack_minutes is not None and planned.total_slack_minutes < 0
        late = late or at_risk
        if category in _UNDER_WAY:
            start, finish = day(task.actual_start) or start or earliest[0], earliest[1] or finish
            tone = "doing"
        elif advised[0] is not None and advised[0] >= today and not at_risk:
            start, finish = advised
        elif earliest[0] is not None:
            start, finish = earliest
    start = start or finish
    if start is None:
        return None
    finish = max(finish or start, start)
    return Bar(
        start=start,
        finish=finish,
        tone="late" if late else "doing" if category in _UNDER_WAY else tone,
        latest=latest,
        due=due,
        milestone=task.milestone,
    )


def window(bars: Iterable[Bar], anchors: Iterable[date], today: date) -> Window:
    """The window of whole weeks that holds what is worth seeing: the last quarter at most, and two years ahead."""
    drawn, oldest, farthest = list(bars), today - PAST, today + FUTURE
    starts = [today, *(max(bar.start, oldest) for bar in drawn if bar.finish >= oldest)]
    ends = [today, *(bar.finish for bar in drawn), *(bar.latest for bar in drawn if bar.latest), *anchors]
    first, last = min(starts), min(max(ends), farthest) + timedelta(days=3)
    return Window(first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()))


def row(bar: Bar, span: Window) -> Markup:
    """One task's drawing: the bar, the margin up to its latest date, the team's own date. Its title says it all.

    Heights stand in the style sheet, which keeps thousands of rows small.
    """
    words = _("{start} to {finish}", start=format_date(bar.start), finish=format_date(bar.finish))
    parts = []
    if bar.latest and bar.tone != "done":
        words += _(", at the latest {date}", date=format_date(bar.latest))
        if bar.latest > bar.finish:
            after = bar.finish + timedelta(days=1)
            parts.append(f'<rect class="m" x="{span.at(after)}" width="{span.width(after, bar.latest)}"/>')
        parts.append(f'<rect class="l" x="{span.at(bar.latest + timedelta(days=1))}"/>')
    if bar.milestone:
        parts.append(f'<svg x="{span.at(bar.finish)}"><path class="{bar.tone}" d="M0 5l7 7-7 7-7-7z"/></svg>')
    else:
        x, width = span.at(bar.start), span.width(bar.start, bar.finish)
        parts.append(f'<rect class="{bar.tone}" x="{x}" width="{width}"/>')
    if bar.due and bar.tone != "done":
        words += _(", due {date}", date=format_date(bar.due))
        if span.first <= bar.due <= span.last:
            parts.append(f'<circle class="d" cx="{span.at(bar.due + timedelta(days=1))}"/>')
    return Markup(f'<svg role="img"><title>{escape(words)}</title>{"".join(parts)}</svg>')  # noqa: S704 - numbers and escaped words


def backdrop(span: Window, today: date, anchors: Iterable[date], off: Callable[[date], bool]) -> Markup:
    """What stands behind the rows: days off shaded, months parted, today and each anchor as a line."""
    parts = []
    if span.days <= _MOST_DAYS_OFF_DRAWN:
        parts += [
            f'<rect class="off" x="{span.at(first)}" width="{span.width(first, last)}" height="100%"/>'
            for first, last in _runs(span, off)
        ]
    parts += [_line("month", span.at(month)) for month in months(span) if month > span.first]
    parts.append(_line("today", span.at(today)))
    parts += [_line("anchor", span.at(anchor + timedelta(days=1))) for anchor in anchors]
    return Markup(f'<svg class="back" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704 - numbers only


def axis(span: Window, today: date, anchors: Iterable[tuple[str, date]]) -> Markup:
    """The head of the timeline: months above, today and the anchors below."""
    parts = [
        f'<text class="t" x="{span.at(month)}" dx="4" y="13">{escape(_month(month))}</text>'
        for month in months(span)
        if (min(_next(month), span.last) - max(month, span.first)).days * 100 / span.days > _LEAST_MONTH
    ]
    named = [(name, day + timedelta(days=1)) for name, day in anchors]
    parts += [_label("end", span, day, name) for name, day in named]
    if all(abs((day - today).days) > span.days * _LEAST_APART for _name, day in named):
        parts.append(_label("now", span, today, _("today")))
    return Markup(f'<svg class="axis" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704 - numbers and escaped words


_LEAST_MONTH = 5
"""Percent of the width below which a month's name would run into the next one."""

_LEAST_APART = 0.25
"""Share of the width that today and an anchor must lie apart for both to be named."""


def months(span: Window) -> list[date]:
    """The first days of the months in a window; the first one may lie before it."""
    found = [span.first.replace(day=1)]
    while _next(found[-1]) <= span.last:
        found.append(_next(found[-1]))
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _month(month: date) -> str:
    words = format_date(month, Style.LONG).split()
    return words[1] if month.month > 1 else f"{words[1]} {words[2]}"


def _label(kind: str, span: Window, day: date, words: str) -> str:
    share = (day - span.first).days / span.days
    side = "end" if share > 0.5 else "start"  # noqa: PLR2004 - the half where there is more room
    return f'<text class="{kind}" x="{span.at(day)}" y="30" text-anchor="{side}">{escape(words)}</text>'


def _line(kind: str, x: str) -> str:
    return f'<line class="{kind}" x1="{x}" x2="{x}" y1="0" y2="100%"/>'


def _runs(span: Window, off: Callable[[date], bool]) -> Iterable[tuple[date, date]]:
    begin: date | None = None
    for number in range(span.days + 1):
        day = span.first + timedelta(days=number)
        resting = number < span.days and off(day)
        if resting and begin is None:
            begin = day
        elif not resting and begin is not None:
            yield begin, day - timedelta(days=1)
            begin = None
