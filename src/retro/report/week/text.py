"""A person's week on a terminal: one screen, whatever they have; titles lead to their cards and pages."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import plural
from retro.model import Assessment
from retro.report import wording
from retro.report.meeting.pen import PLAIN
from retro.report.meeting.sections import Section, fitted
from retro.report.terminal import fitted as cut
from retro.report.terminal import linked, put
from retro.report.week.lines import MOST_LINES, Entry, facts, parts, saved_said, title
from retro.report.week.mine import Mine, Saved

_LEAST_TITLE = 24
"""Columns that a title keeps beside what is said of it."""


class _Drawn(str):
    """A line as sections count it, and how it looks."""

    __slots__ = ("look",)
    look: Text

    @classmethod
    def of(cls, look: Text) -> "_Drawn":
        line = cls(look.plain)
        line.look = look
        return line


def draw(mine: Mine, assessment: Assessment, saved: Saved | None, console: Console) -> None:
    """Print it in the current language, in `MOST_LINES` lines at most."""
    head: list[str] = [_Drawn.of(Text(title(mine, PLAIN), style="bold"))]
    if said := facts(mine, assessment, PLAIN):
        head.append(_Drawn.of(Text(" · ".join(said), style="dim")))
    foot = [Text(), Text(line, style="dim")] if (line := saved_said(saved, PLAIN)) else []
    lines = fitted(head, list(_sections(mine, console)), MOST_LINES - len(foot))
    put(console, (*(line.look if isinstance(line, _Drawn) else Text(line) for line in lines), *foot))


def _sections(mine: Mine, console: Console) -> Iterator[Section]:
    for part in parts(mine, PLAIN):
        width = max(cell_len(entry.when) for entry in part.entries)
        yield Section(
            heading=_Drawn.of(Text(part.heading, style="bold")),
            items=tuple((_Drawn.of(_line(entry, width, console)),) for entry in part.entries),
            left_out=lambda left: "  " + plural("and {count} more", "and {count} more", len(left)),
        )


def _line(entry: Entry, width: int, console: Console) -> Text:
    """When, what, and what there is to know; a long title gives way to that, a long remark to the title."""
    line = Text("  ").append(cut(entry.when, width, console), style="red" if entry.pressing else "").append("  ")
    room = max(console.width - line.cell_len, 0)
    said = wording.title(entry.task)
    note = f" · {entry.note}" if entry.note else ""
    if cell_len(said) + cell_len(note) > room:
        note = cut(note, max(min(cell_len(note), room - min(_LEAST_TITLE, cell_len(said))), 0), console)
        said = cut(said, max(room - cell_len(note), 0), console).rstrip()
    return line.append_text(linked(said, entry.task.url)).append(note, style="dim")
