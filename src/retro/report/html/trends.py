"""Small charts of how each project has gone: its margin, what its end was expected to be, its remarks.

A chart is drawn within a box of 100 by 100 that the style sheet stretches; days lie at their true distances. Nothing
is drawn of less than two days.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, ProjectStanding
from retro.report import wording
from retro.report.html.facets import Facets
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable

MOST = 24
"""Projects whose charts the page carries, the worst ones first: more would not be compared by anyone."""

_LEAST_DAYS, _MOST_DAYS = 2, 30
_FULL = 1.0
"""The most of a margin that is drawn: its whole work over again says no more."""

Point = tuple[date, float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: what it is of, the last value in words, the whole of it in words, and the drawing."""

    name: str
    now: str
    tone: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Trend:
    """One project's charts."""

    facets: str
    name: str
    since: str
    charts: tuple[Chart, ...]


def trends(assessment: Assessment, found: list[Outlook], facets: Facets) -> tuple[Trend, ...]:
    """The charts of every project that is not over and was seen on two days at least, in the order of the outlooks."""
    days: dict[str, list[ProjectStanding]] = defaultdict(list)
    for standing in assessment.standings:
        days[standing.project].append(standing)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    drawn = list[Trend]()
    for outlook in found:
        if len(drawn) == MOST:
            break
        seen = _thinned(sorted(days[outlook.project.key], key=lambda standing: standing.day))
        if outlook.prospect is Prospect.FINISHED or len(seen) < _LEAST_DAYS:
            continue
        charts = [chart for make in (_margin, _end, _remarks) if (chart := make(seen, assessment)) is not None]
        if charts:
            since = _("since {date}", date=format_date(seen[0].day, Style.LONG))
            name = printable(outlook.project.name)
            drawn.append(Trend(facets.of_project(outlook.project, tasks), name, since, tuple(charts)))
    return tuple(drawn)


def _thinned(seen: Sequence[ProjectStanding]) -> list[ProjectStanding]:
    """The first day of a long way, and the last one of each of its weeks: a chart that small shows no more."""
    if len(seen) <= _MOST_DAYS:
        return list(seen)
    weeks = {standing.day.isocalendar()[:2]: standing for standing in seen}
    return [seen[0], *(standing for standing in weeks.values() if standing is not seen[0])]


def _margin(seen: Sequence[ProjectStanding], assessment: Assessment) -> Chart | None:
    """The margin against what is wanted."""
    points = [(each.day, each.margin_share) for each in seen]
    known = [(day, share) for day, share in points if share is not None]
    if len(known) < _LEAST_DAYS:
        return None
    most = min(max(2 * assessment.margin, *(share for _day, share in known)), _FULL)
    last = known[-1][1]
    words = _(
        "Margin: {first} on {start}, {last} on {end}; {wanted} is wanted",
        first=_share(known[0][1]),
        start=format_date(known[0][0]),
        last=_share(last),
        end=format_date(known[-1][0]),
        wanted=wording.percent(assessment.margin),
    )
    tone = "late" if last <= 0 else "doing" if last < assessment.margin else "done"
    wanted: list[Point] = [(points[0][0], assessment.margin), (points[-1][0], assessment.margin)]
    drawing = _lines(wanted, 0, most, "w") + _lines(points, 0, most, tone)
    return Chart(_("Margin"), _share(last), tone, _drawn(words, drawing))


def _end(seen: Sequence[ProjectStanding], _of: Assessment) -> Chart | None:
    """The day on which everything could be over, against the date that it was to be over by."""
    known = [(each, each.forecast) for each in seen if each.forecast is not None]
    if len(known) < _LEAST_DAYS:
        return None
    (first, then), (last, forecast) = known[0], known[-1]
    days = [day.toordinal() for each, expected in known for day in (expected, each.end) if day is not None]
    low, high = min(days), max(days)
    words = _(
        "Forecast end: {first} on {start}, {last} on {end}",
        first=format_date(then, Style.LONG),
        start=format_date(first.day),
        last=format_date(forecast, Style.LONG),
        end=format_date(last.day),
    )
    if last.end is not None:
        words += _("; the date to meet is {date}", date=format_date(last.end, Style.LONG))
    tone = "late" if last.end is not None and forecast > last.end else ""
    ends = [(each.day, None if each.end is None else float(each.end.toordinal())) for each in seen]
    forecasts = [(each.day, None if each.forecast is None else float(each.forecast.toordinal())) for each in seen]
    drawing = _lines(ends, low, high, "w") + _lines(forecasts, low, high, tone)
    return Chart(_("Forecast end"), format_date(forecast), tone, _drawn(words, drawing))


def _remarks(seen: Sequence[ProjectStanding], _of: Assessment) -> Chart | None:
    """Errors and warnings, and infos with them."""
    counts: list[tuple[str, Callable[[ProjectStanding], int]]] = [
        ("i", lambda each: each.errors + each.warnings + each.infos),
        ("doing", lambda each: each.errors + each.warnings),
        ("late", lambda each: each.errors),
    ]
    most = max(max(count(each) for each in seen) for _tone, count in counts)
    if not most:
        return None
    first, last = seen[0], seen[-1]
    words = _(
        "Remarks: {first} on {start}, {last} on {end}",
        first=_counted(first),
        start=format_date(first.day),
        last=_counted(last),
        end=format_date(last.day),
    )
    drawing = "".join(
        _lines([(each.day, float(count(each))) for each in seen], 0, most, tone) for tone, count in counts
    )
    total = last.errors + last.warnings + last.infos
    return Chart(_("Remarks"), str(total), "", _drawn(words, drawing))


def _counted(each: ProjectStanding) -> str:
    return ", ".join(
        (
            plural("{count} error", "{count} errors", each.errors),
            plural("{count} warning", "{count} warnings", each.warnings),
            plural("{count} info", "{count} infos", each.infos),
        )
    )


def _share(share: float) -> str:
    return wording.percent(max(share, 0))


def _y(value: float, low: float, high: float) -> str:
    """Where a value stands: the highest one at 4, the lowest one at 96."""
    share = (min(max(value, low), high) - low) / (high - low) if high > low else 0.5
    return f"{round(96 - 92 * share, 1):g}"


def _lines(points: Sequence[Point], low: float, high: float, tone: str) -> str:
    """A line through the points that are known, broken where one is not; a point that stands alone is a short dash."""
    first, last = points[0][0], points[-1][0]
    whole = max((last - first).days, 1)
    runs: list[list[str]] = [[]]
    for day, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{round(100 * (day - first).days / whole, 1):g},{_y(value, low, high)}")
    kind = f' class="{tone}"' if tone else ""
    return "".join(f'<polyline{kind} points="{" ".join(run if len(run) > 1 else run * 2)}"/>' for run in runs if run)


def _drawn(words: str, parts: str) -> Markup:
    return Markup(  # noqa: S704 - numbers and escaped words
        f'<svg role="img" viewBox="0 0 100 100" preserveAspectRatio="none"><title>{escape(words)}</title>{parts}</svg>'
    )
