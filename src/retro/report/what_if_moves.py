"""What a what-if moves, as a table: whose, both dates, and by how many working days."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import format_date, format_number, plural
from retro.i18n import text as _
from retro.model.what_if import Move, Slip, WhatIf, WhichDates
from retro.report import wording

_SLIGHT = 4
"""Parts of a day below one of which a move is counted only."""
_NARROW = 66
"""Columns below which a row has room for the finish only, and for no owner."""
_PAIR, _BY = 15, 6
_LEAST_TITLE, _MOST_TITLE, _OWNER, _MOST_OWNER = 16, 44, 12, 20


_Thing = TypeVar("_Thing")


def cut(things: Sequence[_Thing], shown: int | None) -> tuple[Sequence[_Thing], str]:
    """What is shown of things, and what is said of the others; one alone takes no more room than that."""
    left = 0 if shown is None else len(things) - shown
    if left <= 1:
        return things, ""
    return things[:shown], plural("and {count} more: --all", "and {count} more: --all", left)


def moves_lines(what_if: WhatIf, console: Console, rows: int | None) -> Iterator[Text]:
    """Tables of moves: advised dates first. A screen only counts what moves slightly, or in its latest dates alone."""
    if not what_if.moves:
        yield Text(_("Nothing moves: every task keeps its dates."), style="green")
        return
    layout = _Layout(console.width, what_if)
    latest = [move for move in what_if.moves if move.dates is WhichDates.LATEST]
    dated = [move for move in what_if.moves if move.dates is not WhichDates.LATEST]
    main = dated if rows is None else [move for move in dated if _matters(move, what_if)]
    if main:
        moved = sum(move.before is not None for move in main)
        heading = plural("{count} task moves", "{count} tasks move", moved) if moved else _("Nothing else moves")
        yield from layout.table(heading, main, rows)
    if slight := len(dated) - len(main):
        yield Text(plural("{count} task hardly moves: --all", "{count} tasks hardly move: --all", slight), style="dim")
    if latest and (rows is None or not main):
        yield from layout.table(
            plural("{count} latest date moves", "{count} latest dates move", len(latest)), latest, rows
        )
    elif latest:
        yield Text(
            plural(
                "{count} task keeps its advised dates; its latest ones move: --all",
                "{count} tasks keep their advised dates; their latest ones move: --all",
                len(latest),
            ),
            style="dim",
        )


def _matters(move: Move, what_if: WhatIf) -> bool:
    """Whether a screen shows a move: retro writes no advised date that comes later by a working day or less."""
    day, named = what_if.after.day_minutes, {each.task.key for each in what_if.suppositions if isinstance(each, Slip)}
    if move.before is None or move.task.key in named:
        return True
    least = day + 1 if move.minutes > 0 and move.dates is WhichDates.ADVISED else day // _SLIGHT
    return abs(move.minutes) >= least


class _Layout:
    """Columns of the table of moves, for a width."""

    def __init__(self, width: int, what_if: WhatIf) -> None:
        self.zone = ZoneInfo(what_if.after.zone_name)
        self.day_minutes = what_if.after.day_minutes
        self.wide = width >= _NARROW
        taken = _PAIR + _BY + 2 + (_PAIR + 2 + _OWNER + 1 if self.wide else 0)
        self.title = min(_MOST_TITLE, max(_LEAST_TITLE, width - taken))
        self.owner = min(_MOST_OWNER, _OWNER + width - taken - self.title) if self.wide else 0

    def table(self, heading: str, moves: Sequence[Move], rows: int | None) -> Iterator[Text]:
        """A heading with those of its columns, the first rows, and how many are left."""
        yield Text(self._line([heading, "", _("start"), _("finish"), _("days")]), style="dim")
        shown, left = cut(moves, rows)
        yield from map(self._row, shown)
        if left:
            yield Text(left, style="dim")

    def _row(self, move: Move) -> Text:
        """One task: whose, its dates as they are and as they would be, and by how many working days."""
        before = (None, None) if move.before is None else move.dates.of(move.before)
        after = move.dates.of(move.after)
        pairs = [self._pair(one, other) for one, other in zip(before, after, strict=True)]
        by = _("new") if move.before is None else _signed(move.minutes, self.day_minutes)
        return Text(self._line([wording.title(move.task), wording.names(move.task), *pairs, by]))

    def _line(self, cells: Sequence[str]) -> str:
        title, owner, start, finish, by = cells
        line = _sized(title, self.title)
        if self.wide:
            line += " " + _sized(owner, self.owner) + " " + _sized(start, _PAIR) + " "
        return f"{line} {_sized(finish, _PAIR)} {by:>{_BY}}"

    def _pair(self, before: date | None, after: date | None) -> str:
        here, there = self._day(before), self._day(after)
        return there if here in (there, "") else f"{here} → {there}"

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        return format_date(day.astimezone(self.zone) if isinstance(day, datetime) else day)


def _signed(minutes: int, day_minutes: int) -> str:
    number = format_number(abs(minutes) / day_minutes)
    return ("−" if minutes < 0 else "+") + number


def _sized(words: str, width: int) -> str:
    if cell_len(words) > width:
        words = set_cell_size(words, width - 1).rstrip() + "…"
    return set_cell_size(words, width)
