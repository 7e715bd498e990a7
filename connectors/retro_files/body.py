"""The rows under a table's headings that are tasks: without blanks, repeated headings, banners and totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from retro.i18n import current_language, plural
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.ports import ConfigurationError, UnreadableError
from retro.tables.headings import find_headings, widest
from retro.tables.table import Cell, Row, Table, is_blank
from retro_files.cells import says_nothing, text_of
from retro_files.headings import Columns, columns_of, fields, known_headings, understood
from retro_files.settings import SheetSettings

_TOTALS = ("total", "totaux", "sous-total", "sous total", "subtotal", "sub-total", "grand total")
_LONGEST_TOTAL = max(map(len, _TOTALS)) + 2
_SHOWN = 12
"""Headings that a message lists."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is a task: its row in the file, its cells, and the banner that it stands under.

    `said` holds the cells that say something, by the field of their column.
    """

    place: int
    cells: Row
    said: Mapping[str, Cell]
    banner: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A table's columns and tasks; `untitled` rows held something, but no title."""

    columns: Columns
    lines: tuple[Line, ...]
    untitled: int = 0

    def warning(self) -> str | None:
        """What a person should know of rows that were left out."""
        if not self.untitled:
            return None
        return plural(
            "{count} row has no title: it was left out.",
            "{count} rows have no title: they were left out.",
            self.untitled,
        )


def body(table: Table, settings: SheetSettings) -> Body:
    """The tasks of a table.

    Raises:
        UnreadableError: none of its rows has headings that are known.
        ConfigurationError: a column that the configuration names is not there.
    """
    at = _headed(table.rows, settings)
    if at is None:
        raise no_headings(table.rows, settings.where)
    headings = table.rows[at]
    columns = columns_of(headings, settings.columns)
    _check(columns, headings, settings)
    lines: list[Line] = []
    banner, untitled = "", 0
    for offset, row in enumerate(table.rows[at + 1 :], at + 1):
        if is_blank(row):
            continue
        title = text_of(columns.cell(row, "title"))
        words = [text_of(cell) for cell in islice((each for each in row if each is not None), 2)]
        if _is_total(words) or (title == columns.heading("title") and row == headings):
            continue
        if title:
            lines.append(Line(table.first_line + offset, row, _said(row, columns), banner))
        elif len(words) == 1 and any(char.isalpha() for char in words[0]):
            banner = words[0]
        else:
            untitled += 1
    return Body(columns, tuple(lines), untitled)


def _said(row: Row, columns: Columns) -> dict[str, Cell]:
    # Most fields of most rows are asked for in vain: what is not here costs nothing.
    width = len(row)
    return {
        field: cell
        for field, column in columns.fields.items()
        if column.place < width and (cell := row[column.place]) is not None and not says_nothing(cell)
    }


def has_headings(rows: Sequence[Row]) -> bool:
    """Whether one of the first rows has headings that are known."""
    return find_headings(rows, known_headings) is not None


def no_headings(rows: Sequence[Row], where: str) -> UnreadableError:
    """The refusal of a table whose headings say nothing: it lists them, and those that would be understood."""
    found = [text_of(cell) for cell in widest(rows) if cell is not None][:_SHOWN]
    known = understood(current_language())
    words = ", ".join(known[field] for field in ("title", "owner", "start", "due", "status", "predecessors"))
    return UnreadableError(
        _(
            "no heading of this table is known: it has {found}.",
            found=", ".join(f'"{each}"' for each in found) if found else "–",
        ),
        where=where,
        remedy=_("Give it one row of headings with a title at least ({words}…).", words=words),
    )


def _headed(rows: Sequence[Row], settings: SheetSettings) -> int | None:
    named = {fold(heading) for heading in settings.columns.values()}

    def known(row: Row) -> int:
        matching = sum(fold(text_of(cell)) in named for cell in row if cell is not None)
        return known_headings(row) + matching

    return find_headings(rows, known)


def _check(columns: Columns, headings: Row, settings: SheetSettings) -> None:
    present = {fold(text_of(cell)) for cell in headings}
    for field, heading in settings.columns.items():
        where = f"{settings.where}: columns.{field}"
        if field not in fields():
            raise ConfigurationError(
                _('"{field}" is no field of a task.', field=field),
                where=where,
                remedy=_("Those that a column may hold: {fields}.", fields=", ".join(sorted(fields()))),
            )
        if fold(heading) not in present:
            raise ConfigurationError(
                _('there is no column "{heading}".', heading=heading),
                where=where,
                remedy=_("The columns are: {found}.", found=", ".join(text_of(cell) for cell in headings if cell)),
            )
    if "title" not in columns:
        raise no_headings((headings,), settings.where)


def _is_total(words: Sequence[str]) -> bool:
    """Whether a row's first cells head a sum."""
    return any(len(word) <= _LONGEST_TOTAL and fold(word).rstrip(" :") in _TOTALS for word in words)
