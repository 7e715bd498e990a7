"""Tasks as bars along the days, a row a task, on a terminal of any width, with colours or without.

A sign before each title says what the bar's colour says, so that nothing is told by colour alone. A console without
Unicode gets the same drawing in ASCII.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import text as _
from retro.model import Assessment, as_date
from retro.report.bars import Bar
from retro.report.day_scale import DayScale
from retro.report.terminal import fitted

PAST, FUTURE = timedelta(days=28), timedelta(days=730)
"""How far from today a timeline reaches at most: columns are few."""

_LEAST_TITLE, _WANTED_TITLE, _MOST_TITLE = 16, 24, 60
_LEAST_TIMELINE, _WANTED_TIMELINE = 16, 20
_SIGN = 2
_NOTHING = ("", "–")
_GAP = 3
_STYLES = {"done": "green", "doing": "yellow", "late": "red", "todo": "blue"}


@dataclass(frozen=True, slots=True)
class Signs:
    """What a drawing is made of."""

    solid: str = "█"
    done: str = "━"
    margin: str = "░"
    latest: str = "┤"
    milestone: str = "◆"
    due: str = "•"
    agreed: str = "┈"
    today: str = "│"
    anchor: str = "┃"
    today_above: str = "▾"
    anchor_above: str = "◆"
    late_sign: str = "!"
    doing_sign: str = "▸"
    done_sign: str = "✓"

    def before(self, tone: str) -> str:
        """The sign before the title of a task of that tone."""
        return {"late": self.late_sign, "doing": self.doing_sign, "done": self.done_sign}.get(tone, " ")


_UNICODE = Signs()
_ASCII = Signs(
    solid="#",
    done="=",
    margin=".",
    latest="]",
    milestone="*",
    due="o",
    agreed="-",
    today="|",
    anchor=":",
    today_above="|",
    anchor_above="*",
    doing_sign=">",
    done_sign="v",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One task: its title and bar, and a text for each column that stands between them."""

    title: str
    bar: Bar
    cells: tuple[str, ...] = ()
    bold: bool = False
    agreed: tuple[date, date] | None = None
    """First and last day by the baseline."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column between titles and bars. Where there is little room, those of the highest rank go; rank 0 stays."""

    head: str
    most: int = 12
    rank: int = 0
    right: bool = True


def signs(console: Console) -> Signs:
    """Those that the console can show."""
    return _ASCII if console.options.ascii_only else _UNICODE


def legend(console: Console, *, agreed: bool = False) -> Iterator[Text]:
    """What the signs mean, on as few lines as the width allows."""
    use = signs(console)
    parts = [
        (use.done_sign, "green", _("done")),
        (use.doing_sign, "yellow", _("under way")),
        (use.late_sign, "red", _("late")),
        (use.margin + use.latest, "", _("margin, up to the latest date")),
        (use.due, "", _("due date on the board")),
        *([(use.agreed, "", _("first plan"))] if agreed else []),
        (use.today_above, "", _("today")),
        (use.anchor_above, "", _("date that cannot move")),
    ]
    line = Text()
    for sign, style, words in parts:
        part = Text.assemble((sign, style), (f" {words}", "dim"))
        if line and line.cell_len + _GAP + part.cell_len > console.width:
            yield line
            line = Text()
        line.append(" " * _GAP if line else "").append_text(part)
    yield line


def draw(
    strips: Sequence[Strip],
    columns: Sequence[Column],
    assessment: Assessment,
    console: Console,
    anchors: Collection[date] = (),
) -> Iterator[Text]:
    """The lines: months and marks above, then a row for each strip. None is wider than the console, within reason.

    Where not even a short timeline has room, the rows hold titles and columns only. A column that says nothing of any
    of them is left out.
    """
    if not strips:
        return
    kept = [place for place in range(len(columns)) if any(strip.cells[place] not in _NOTHING for strip in strips)]
    columns = [columns[place] for place in kept]
    strips = [replace(strip, cells=tuple(strip.cells[place] for place in kept)) for strip in strips]
    widths = [
        min(each.most, max(cell_len(each.head), *(cell_len(strip.cells[place]) for strip in strips)))
        for place, each in enumerate(columns)
    ]
    longest = max(cell_len(strip.title) for strip in strips)
    shown, title, room = _layout(columns, widths, longest, console.width)
    span = _span(strips, anchors, assessment)
    scale = None
    if room >= _LEAST_TIMELINE:
        scale = DayScale(*span, room, _works(assessment))
        title = min(longest, _MOST_TITLE, title + room - scale.columns)
    picture = _Picture(scale, signs(console), _today(assessment), [day for day in anchors if span[0] <= day <= span[1]])

    def in_columns(texts: Sequence[str]) -> str:
        return " ".join(fitted(texts[place], widths[place], console, right=columns[place].right) for place in shown)

    head = in_columns([each.head for each in columns])
    if scale is not None:
        unit = fitted(scale.unit, title + 1 + cell_len(head), console)
        yield Text(" " * _SIGN + f"{unit} {scale.months()}".rstrip(), style="dim")
    marks = Text().append(" " * (_SIGN + title + 1) + head + " ", style="dim").append_text(picture.marks())
    marks.rstrip()
    yield marks
    for strip in strips:
        line = Text().append(picture.use.before(strip.bar.tone).ljust(_SIGN), style=_STYLES[strip.bar.tone])
        line.append(fitted(strip.title, title, console) + " ", style="bold" if strip.bold else "")
        line.append(in_columns(strip.cells) + " ", style="dim").append_text(picture.row(strip))
        line.rstrip()
        yield line


def _layout(columns: Sequence[Column], widths: Sequence[int], longest: int, width: int) -> tuple[list[int], int, int]:
    """Which columns are shown, the width of titles, and what is left for bars."""
    shown = [place for place, column in enumerate(columns) if not column.rank]
    taken = _SIGN + 1 + sum(widths[place] + 1 for place in shown)
    drawn = width - taken - _LEAST_TITLE >= _LEAST_TIMELINE
    least = min(longest, _WANTED_TITLE) + _WANTED_TIMELINE if drawn else _LEAST_TITLE
    for _rank, place in sorted((column.rank, place) for place, column in enumerate(columns) if column.rank):
        if width - taken - widths[place] - 1 >= least:
            shown.append(place)
            taken += widths[place] + 1
        else:
            break
    rest = width - taken
    if not drawn:
        return sorted(shown), max(1, min(longest, rest)), 0
    title = min(longest, max(_LEAST_TITLE, min(_WANTED_TITLE, rest - _WANTED_TIMELINE), rest // 3))
    return sorted(shown), title, rest - title


def _works(assessment: Assessment) -> Callable[[date], bool]:
    @cache
    def works(day: date) -> bool:
        return assessment.work_minutes(None, day) > 0

    return works


def _today(assessment: Assessment) -> date:
    return as_date(assessment.now, ZoneInfo(assessment.zone_name))


def _span(strips: Sequence[Strip], anchors: Collection[date], assessment: Assessment) -> tuple[date, date]:
    """First and last day that are drawn."""
    today = _today(assessment)
    oldest, farthest = today - PAST, today + FUTURE
    starts = [strip.bar.start for strip in strips if strip.bar.finish >= oldest]
    starts += [strip.agreed[0] for strip in strips if strip.agreed is not None]
    ends = [day for strip in strips for day in (strip.bar.finish, strip.bar.latest, strip.bar.due) if day]
    ends += [strip.agreed[1] for strip in strips if strip.agreed is not None]
    first = max(min([today, *starts]), oldest)
    return first, min(max([today, *ends, *anchors]), farthest)


class _Picture:
    """Bars, and the lines that cross all of them."""

    def __init__(self, scale: DayScale | None, use: Signs, today: date, anchors: Sequence[date]) -> None:
        self.use = use
        self._scale = scale
        self._today = today
        self._anchors = anchors
        self._blank = [(" ", "")] * (scale.columns if scale is not None else 0)
        if scale is not None:
            for day in anchors:
                self._blank[scale.at(day)] = (use.anchor, "dim")
            self._blank[scale.at(today)] = (use.today, "dim")

    def marks(self) -> Text:
        """Where today is, and the dates that cannot move."""
        cells = [(" ", "")] * len(self._blank)
        if self._scale is not None:
            for day in self._anchors:
                cells[self._scale.at(day)] = (self.use.anchor_above, "")
            cells[self._scale.at(self._today)] = (self.use.today_above, "")
        return _text(cells)

    def row(self, strip: Strip) -> Text:
        """One bar with its margin and latest date, before the lines that cross it; the baseline where there is room."""
        scale, bar, use = self._scale, strip.bar, self.use
        if scale is None:
            return Text()
        cells = self._blank.copy()
        if strip.agreed is not None:
            for place in self._places(*strip.agreed):
                if cells[place][0] == " ":
                    cells[place] = (use.agreed, "dim")
        end = scale.at(bar.finish)
        latest = scale.at(bar.latest) if bar.latest is not None and bar.tone != "done" else end
        for place in range(end + 1, latest + 1):
            cells[place] = (use.margin, "dim")
        style = _STYLES[bar.tone]
        solid = use.milestone if bar.milestone else use.done if bar.tone == "done" else use.solid
        for place in [end] if bar.milestone else self._places(bar.start, bar.finish):
            cells[place] = (solid, style)
        if latest != end and not (bar.milestone and latest < end):
            cells[latest] = (use.latest, style if latest < end else "dim")
        if bar.due is not None and bar.tone != "done" and bar.due >= scale.starts[0]:
            place = scale.at(bar.due)
            if cells[place][0] not in (solid, use.latest):
                cells[place] = (use.due, "")
        return _text(cells)

    def _places(self, first: date, last: date) -> range:
        """The columns of a span of days, as far as they are drawn."""
        scale = self._scale
        if scale is None or last < scale.starts[0]:
            return range(0)
        return range(scale.at(first), scale.at(last) + 1)


def _text(cells: Sequence[tuple[str, str]]) -> Text:
    """Cells as one text, neighbours of one style together."""
    line = Text()
    begin = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place][1] != cells[begin][1]:
            line.append("".join(sign for sign, _style in cells[begin:place]), style=cells[begin][1])
            begin = place
    return line
