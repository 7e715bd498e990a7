"""The timeline of a project as SVG, drawn in percent of its width so that it fits any screen and prints.

One small drawing a task stands in its table row; one drawing behind all rows holds days off, today and the anchor.
Everything that comes from a board passes through `escape`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.report.bars import Bar
from retro.report.html.days_off import DaysOff, Rest

PAST, FUTURE = timedelta(days=90), timedelta(days=730)
"""How far from today a timeline reaches at most: one old card must not squeeze the rest into a corner."""

_MOST_DAYS_OFF_DRAWN = 400

Days = tuple[date, date]
"""A first day and a last one."""


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
        """Where a day begins, as a percentage with one decimal at most."""
        return percentage(self.share(day))

    def share(self, day: date) -> float:
        """Where a day begins: 0 at the window's own beginning, 100 at its end; days beyond it stand at its edges."""
        return min(max(100 * (day - self.first).days / self.days, 0), 100)

    def after(self, day: date) -> float:
        """Where a day ends, as `share` tells where it begins; of the last day of all there is none to follow."""
        return min(max(100 * ((day - self.first).days + 1) / self.days, 0), 100)

    def width(self, first: date, last: date) -> str:
        """How wide a span of days is (both included), as far as it can be seen."""
        begin, end = max(first, self.first), min(last, self.last)
        return percentage(max(100 * ((end - begin).days + 1) / self.days, 0))


def percentage(share: float) -> str:
    """A percentage as drawings write it: a tenth of one is less than a pixel of any screen's timeline."""
    return f"{_short(share)}%"


def _short(share: float) -> str:
    number = f"{round(share, 1):g}"
    return number.removeprefix("0") if number.startswith("0.") else number


def window(bars: Iterable[Bar], anchors: Iterable[date], today: date, planned: Iterable[Days] = ()) -> Window:
    """The window of whole weeks that holds what is worth seeing: the last quarter at most, and two years ahead.

    `planned` are the days of a baseline that is drawn too.
    """
    drawn, oldest, farthest = list(bars), today - PAST, today + FUTURE
    spans = [*((bar.start, bar.finish) for bar in drawn), *planned]
    starts = [today, *(max(first, oldest) for first, last in spans if last >= oldest)]
    ends = [today, *(last for _first, last in spans), *(bar.latest for bar in drawn if bar.latest), *anchors]
    first, last = min(starts), min(max(ends), farthest) + timedelta(days=3)
    return Window(first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()))


def row(
    bar: Bar,
    span: Window,
    *,
    planned: Days | None = None,
    away: Iterable[Rest] = (),
    buffer: tuple[Days, str] | None = None,
    links: str = "",
) -> Markup:
    """One task's drawing: the bar, the margin up to its latest date, the team's own date. Its title says it all.

    Below the bar stands when a baseline had it `planned`; on it, when its owner is `away`; behind it, the `buffer` of
    the chain that it ends, with what is said of that; `links` are drawn last. Heights stand in the style sheet, which
    keeps thousands of rows small.
    """
    rests = list(away)
    words = _days(bar.start, bar.finish)
    parts = []
    if bar.latest and bar.tone != "done":
        words += _(", at the latest {date}", date=format_date(bar.latest))
        if bar.latest > bar.finish:
            after = bar.finish + timedelta(days=1)
            parts.append(f'<rect class="m" x="{span.at(after)}" width="{span.width(after, bar.latest)}"/>')
        parts.append(f'<rect class="l" x="{percentage(span.after(bar.latest))}"/>')
    if buffer is not None:
        days, said = buffer
        words += f", {said}"
        parts.append(f'<rect class="f" x="{span.at(days[0])}" width="{span.width(*days)}"/>')
    if bar.milestone:
        parts.append(f'<svg x="{span.at(bar.finish)}"><path class="{bar.tone}" d="M0 5l7 7-7 7-7-7z"/></svg>')
    else:
        x, width = span.at(bar.start), span.width(bar.start, bar.finish)
        parts.append(f'<rect class="{bar.tone}" x="{x}" width="{width}"/>')
    parts += [f'<rect class="v" x="{span.at(rest.first)}" width="{span.width(*rest.days)}"/>' for rest in rests]
    if bar.due and bar.tone != "done":
        words += _(", due {date}", date=format_date(bar.due))
        if span.first <= bar.due <= span.last:
            parts.append(f'<circle class="d" cx="{percentage(span.after(bar.due))}"/>')
    if planned is not None:
        first, last = planned
        words += _(", planned then {days}", days=_days(first, last))
        if last >= span.first:
            parts.append(f'<rect class="b" x="{span.at(first)}" width="{span.width(first, last)}"/>')
    words += "".join(_(", away {days}", days=_days(*rest.days)) for rest in rests)
    return Markup(f'<svg role="img"><title>{escape(words)}</title>{"".join(parts)}{links}</svg>')  # noqa: S704 - numbers and escaped words


def _days(first: date, last: date) -> str:
    if first == last:
        return format_date(first)
    return _("{start} to {finish}", start=format_date(first), finish=format_date(last))


def backdrop(span: Window, today: date, anchors: Iterable[date], rests: DaysOff) -> Markup:
    """What stands behind the rows: days off shaded, months parted, today and each anchor as a line."""
    parts = []
    if span.days <= _MOST_DAYS_OFF_DRAWN:
        runs = ((span.share(rest.first), span.after(rest.last)) for rest in rests.between(span.first, span.last))
        parts.append(_path("off", (f"M{_short(x)} 0h{_short(end - x)}v1h-{_short(end - x)}z" for x, end in runs)))
    parts.append(_path("month", (f"M{_short(span.share(month))} 0v1" for month in months(span) if month > span.first)))
    parts += [_line("today", span.share(today))]
    parts += [_line("anchor", span.after(anchor)) for anchor in anchors]
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="back" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'
    )


def axis(span: Window, today: date, anchors: Iterable[tuple[str, date]], rests: DaysOff) -> Markup:
    """The head of the timeline: months above, today and the anchors below, and under them the days off with a name."""
    parts = [
        f'<text class="t" x="{span.at(month)}" dx="4" y="13">{escape(words)}</text>'
        for month in months(span)
        if (words := _month(month, (min(_next(month), span.last) - max(month, span.first)).days * 100 / span.days))
    ]
    named = [(name, day + timedelta(days=1)) for name, day in anchors]
    parts += _labels(span, today, named)
    if span.days <= _MOST_DAYS_OFF_DRAWN:
        parts += [
            f'<rect class="hol" x="{span.at(rest.first)}" width="{span.width(*rest.days)}">'
            f"<title>{escape(rest.said)}</title></rect>"
            for rest in rests.named(span.first, span.last)
        ]
    return Markup(f'<svg class="axis" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704 - numbers and escaped words


def _labels(span: Window, today: date, anchors: list[tuple[str, date]]) -> list[str]:
    """The names of the anchors, the last one first, and of today: none where it would run into another one."""
    shown: list[date] = []
    parts = []
    last_first = sorted(anchors, key=lambda each: each[1], reverse=True)
    for kind, name, day in (*(("end", name, day) for name, day in last_first), ("now", _("today"), today)):
        if all(abs((day - other).days) > span.days * _LEAST_APART for other in shown):
            shown.append(day)
            parts.append(_label(kind, span, day, name))
    return parts


_LEAST_MONTH, _LEAST_YEAR = 5, 10
"""Percent of the width below which a month's name, or one with its year, would run into the next one."""

_LEAST_APART = 0.25
"""Share of the width that two lines must lie apart for both to be named."""


def months(span: Window) -> list[date]:
    """The first days of the months in a window; the first one may lie before it."""
    found = [span.first.replace(day=1)]
    while _next(found[-1]) <= span.last:
        found.append(_next(found[-1]))
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _month(month: date, room: float) -> str:
    """The name of a month, in January with the year; as much of it as there is room for, in percent of the width."""
    if room <= _LEAST_MONTH:
        return ""
    name = format_date(month, Style.MONTH)
    return f"{name} {month.year}" if month.month == 1 and room > _LEAST_YEAR else name


def _label(kind: str, span: Window, day: date, words: str) -> str:
    share = (day - span.first).days / span.days
    side = "end" if share > 0.5 else "start"  # noqa: PLR2004 - the half where there is more room
    return f'<text class="{kind}" x="{span.at(day)}" y="30" text-anchor="{side}">{escape(words)}</text>'


def _line(kind: str, x: float) -> str:
    return f'<line class="{kind}" x1="{_short(x)}" x2="{_short(x)}" y2="1"/>'


def _path(kind: str, strokes: Iterable[str]) -> str:
    """Many shapes of a kind at once: a hundred timelines have thousands of weekends."""
    return f'<path class="{kind}" d="{"".join(strokes)}"/>'
