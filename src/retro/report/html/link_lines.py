"""What follows what, as lines from row to row: drawn with the task that follows, seen when its row is pointed at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from retro.model import Link, LinkType
from retro.report.bars import Bar
from retro.report.html.timeline import Window, percentage

MOST_LINKS = 600
"""Links that all timelines of a page draw together, the worst projects first."""

_ROW, _MIDDLE = 26, 12
"""Pixels: the height of a row, and where the middle of its bar is; the style sheet's."""


class LinkLines:
    """The links of a portfolio, drawn within one timeline after the other while there is room for them."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._before: dict[str, list[Link]] = defaultdict(list)
        self._linked: set[str] = set()
        for link in links:
            self._before[link.successor].append(link)
            self._linked |= {link.predecessor, link.successor}
        self._left = MOST_LINKS
        self._rows: Mapping[str, tuple[int, Bar]] = {}
        self._span: Window | None = None

    def has(self, task: str) -> bool:
        """Whether a task follows any other, or is followed."""
        return task in self._linked

    def place(self, rows: Mapping[str, tuple[int, Bar]], span: Window) -> None:
        """Go on to a timeline: the row and the bar of each of its tasks."""
        self._rows, self._span = rows, span

    def to(self, task: str) -> str:
        """The lines from the tasks that one follows: down or up along the day they wait for, then across to its bar."""
        if self._span is None:
            return ""
        drawn = []
        for link in self._before.get(task, ()):
            if link.predecessor not in self._rows or link.predecessor == task or not self._left:
                continue
            self._left -= 1
            drawn.append(_line(link, self._rows[link.predecessor], self._rows[task], self._span))
        return "".join(drawn)


def _line(link: Link, before: tuple[int, Bar], after: tuple[int, Bar], span: Window) -> str:
    rows = before[0] - after[0]
    start = _place(before[1], span, at_end=link.type in (LinkType.FS, LinkType.FF))
    finish = _place(after[1], span, at_end=link.type in (LinkType.FF, LinkType.SF))
    top, height = _MIDDLE + min(rows, 0) * _ROW, abs(rows) * _ROW
    down = f'<rect class="k" x="{percentage(start)}" y="{top}" height="{height}"/>'
    left, width = percentage(min(start, finish)), percentage(abs(finish - start))
    return down + (f'<rect class="k h" x="{left}" width="{width}"/>' if width != "0%" else "")


def _place(bar: Bar, span: Window, *, at_end: bool) -> float:
    return span.after(bar.finish) if at_end else span.share(bar.start)
