"""A new workbook: one sheet a table, headings that stay in sight, filters, true dates. No text becomes a formula."""

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

Value = str | float | date | datetime | None
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_RESERVED = frozenset({"history", "historique"})
_DAY, _INSTANT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSheet:
    """A sheet to be made: the headings of its columns, their widths in characters, and its rows."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Value]]


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


class _Formats:
    def __init__(self, book: "Workbook") -> None:
        self.heading: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.day: Format = book.add_format({"num_format": _DAY, "valign": "top", "align": "left"})
        self.instant: Format = book.add_format({"num_format": _INSTANT, "valign": "top", "align": "left"})
        # What is typed into a cell of text stays text.
        self.text: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.number: Format = book.add_format({"num_format": "0.##", "valign": "top"})


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
                page.write_number(last, column, value, formats.number)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(sheet.headings) - 1)


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
