"""A new workbook: one sheet a table, headings that stay in sight, filters, true dates. No text becomes a formula.

Colours follow what a cell says, also once somebody has changed it: green is done, yellow under way, red late.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from retro.tables.characters import fitting

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | float | date | datetime | None
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_RESERVED = frozenset({"history", "historique"})
_MOST_WORDS, _LONGEST_WORD = 40, 100
"""Words by which a colour is known, and their characters: a rule has room for no more."""
_QUOTE = '"'
_A4 = 9
_DAY, _INSTANT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What colours a table: its columns of status, due and latest date (from 0), and what its statuses mean.

    A row is late where its due date has passed or, without one, its latest, unless it is done or nobody waits for it.
    """

    status: int
    due: int
    latest: int
    done: frozenset[str]
    under_way: frozenset[str]
    set_aside: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSheet:
    """A sheet to be made: the headings of its columns, their widths in characters, and its rows.

    `red` are the cells, by row (from 0, below the headings) and column, that hold too much.
    """

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Value]]
    colours: Colours | None = None
    red: frozenset[tuple[int, int]] = frozenset()


def workbook(sheets: Sequence[NewSheet], *, created: datetime) -> bytes:
    """The workbook's content. Days are shown as in France, which every language's reader understands.

    Args:
        sheets: at least one.
        created: the instant that the workbook says it was made at.
    """
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - only where one is made

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": created.replace(tzinfo=None)})
    formats = _Formats(book)
    taken: set[str] = set()
    for sheet in sheets:
        _add(book, sheet, _name(sheet.name, taken), formats)
    book.close()
    return out.getvalue()


_RED = {"bg_color": "#F9DDD9", "font_color": "#9B2318"}


class _Formats:
    def __init__(self, book: "Workbook") -> None:
        self.heading: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.day: Format = book.add_format({"num_format": _DAY, "valign": "top", "align": "left"})
        self.instant: Format = book.add_format({"num_format": _INSTANT, "valign": "top", "align": "left"})
        # What is typed into a cell of text stays text.
        self.text: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        # Spreadsheets show 2 as “2.” where a format allows for decimals.
        self.number: Format = book.add_format({"valign": "top"})
        self.too_much: Format = book.add_format({"valign": "top", **_RED})
        self.done: Format = book.add_format({"bg_color": "#DDEFE0", "font_color": "#1F5B34"})
        self.under_way: Format = book.add_format({"bg_color": "#FBF0CC", "font_color": "#6B5200"})
        self.late: Format = book.add_format(_RED)
        self.late_date: Format = book.add_format({"font_color": _RED["font_color"]})


def _add(book: "Workbook", sheet: NewSheet, name: str, formats: _Formats) -> None:
    page = book.add_worksheet(name)
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats.heading)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(last, column, fitting(value)[:_LONGEST_TEXT], formats.text)
            elif isinstance(value, datetime):
                page.write_datetime(last, column, value, formats.instant)
            elif isinstance(value, date):
                page.write_datetime(last, column, value, formats.day)
            elif value is not None:
                red = (last - 1, column) in sheet.red
                page.write_number(last, column, value, formats.too_much if red else formats.number)
    if sheet.colours is not None and last:
        _colour(page, sheet.colours, last, formats)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)  # as wide as the paper, as long as it is
    page.repeat_rows(0)
    page.autofilter(0, 0, last, len(sheet.headings) - 1)


def _colour(page: "Worksheet", colours: Colours, last: int, formats: _Formats) -> None:
    """The rules, which a spreadsheet works out from the cells of each row: the first that holds is the colour."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as above

    columns = (colours.status, colours.due, colours.latest)
    status, due, latest = (f"{xl_col_to_name(column, col_abs=True)}2" for column in columns)
    done, under_way = (_is_one_of(status, words) for words in (colours.done, colours.under_way))
    over = _is_one_of(status, colours.done | colours.set_aside)
    by_due = f"AND(ISNUMBER({due}),INT({due})<TODAY())"
    by_latest = f"AND(ISBLANK({due}),ISNUMBER({latest}),{latest}<TODAY())"
    rules = (
        (colours.status, done, formats.done),
        (colours.status, f"AND(NOT({over}),OR({by_due},{by_latest}))", formats.late),
        (colours.status, under_way, formats.under_way),
        (colours.due, f"AND(NOT({over}),{by_due})", formats.late_date),
        (colours.latest, f"AND(NOT({over}),{by_latest})", formats.late_date),
    )
    for column, rule, colour in rules:
        page.conditional_format(
            1, column, last, column, {"type": "formula", "criteria": f"={rule}", "format": colour, "stop_if_true": True}
        )


def _is_one_of(cell: str, words: frozenset[str]) -> str:
    """Whether a cell says one of some words: each stands within quotation marks, so that it is but text."""
    known = [word for word in sorted(map(fitting, words)) if word and len(word) <= _LONGEST_WORD][:_MOST_WORDS]
    said = [f'{cell}="{word.replace(_QUOTE, 2 * _QUOTE)}"' for word in known]
    return f"OR({','.join(said)})" if said else "FALSE()"


def _name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, unlike those before it."""
    plain = " ".join(_FORBIDDEN.sub(" ", fitting(wanted)).split()).strip("' ")[:_LONGEST_NAME] or "retro"
    if plain.casefold() in _RESERVED:
        plain = f"{plain} –"
    name, number = plain, 2
    while name.casefold() in taken:
        end = f" ({number})"
        name, number = plain[: _LONGEST_NAME - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name
