"""What a sheet's part of an .xlsx shows besides values, found by patterns: half a million cells in a blink.

Rows and columns are counted from 0 on the sheet, as in `A1`.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from retro.tables.layout import Place
from retro.tables.workbook_parts import CellFormats, is_true

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBERED = re.compile(rb'row (?:[^>]*?\s)?r="(\d{1,7})"')
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_CELL = rb' r="([A-Z]{1,3})(\d{1,7})"'
_HELD = re.compile(_CELL + rb"[^>]*(?<!/)>")
"""The start of a cell that holds anything; those that are only formatted close themselves."""
_WIDE = (re.compile(rb' r="[A-Z]{3}\d'), re.compile(rb' r="[A-Z]{2}\d'))
_FORMULA = re.compile(
    _CELL + rb"(?:\s[^>]*)?>\s*<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*)</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(_CELL + rb'[^>]*?\st="e"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_COLUMNS_OF_TWO_LETTERS, _COLUMNS_OF_ONE = 702, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMarks:
    """The marks of one sheet: `formulas` are those that were never computed, `errors` what failed ones show."""

    hidden: frozenset[int] = frozenset()
    levels: Mapping[int, int] = field(default_factory=dict)
    summary_above: bool = False
    indents: Mapping[Place, int] = field(default_factory=dict)
    bold: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    formulas: Mapping[Place, str] = field(default_factory=dict)
    errors: Mapping[Place, str] = field(default_factory=dict)


def sheet_marks(xml: bytes, formats: CellFormats) -> SheetMarks:
    """Find the marks in a sheet's part."""
    hidden: set[int] = set()
    levels: dict[int, int] = {}
    if b"hidden=" in xml or b"outlineLevel=" in xml:
        for row, attributes in _rows(xml):
            if is_true(attributes.get("hidden", "")):
                hidden.add(row)
            if (level := attributes.get("outlineLevel", "")).isdecimal() and level != "0":
                levels[row] = int(level)
    return SheetMarks(
        hidden=frozenset(hidden),
        levels=levels,
        summary_above=re.search(rb'summaryBelow\s*=\s*"(?:0|false)"', xml) is not None,
        indents={place: formats.indents[style] for place, style in _styled(xml, formats.indents)},
        bold=frozenset(place for place, _style in _styled(xml, formats.bold)),
        struck=frozenset(place for place, _style in _styled(xml, formats.struck)),
        formulas=_uncomputed(xml),
        errors=_errors(xml),
    )


def area(xml: bytes, enough: int) -> int:
    """The cells of the smallest rectangle from A1 that holds all values; a quick upper bound where that is `enough`."""
    widest = next(
        (width for width, wide in zip((16384, _COLUMNS_OF_TWO_LETTERS), _WIDE, strict=True) if wide.search(xml)),
        _COLUMNS_OF_ONE,
    )
    last = _NUMBERED.match(xml, max(xml.rfind(b"row "), 0))
    if last is not None and int(last[1]) * widest <= enough:
        return int(last[1]) * widest
    rows = columns = 0
    for match in _HELD.finditer(xml):
        rows = max(rows, int(match[2]))
        columns = max(columns, column_number(match[1].decode()))
    return rows * columns


def column_number(letters: str) -> int:
    """The number of a column, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _rows(xml: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    row = -1
    for match in _ROW.finditer(xml):
        attributes = {key.decode(): value.decode("ascii", "replace") for key, value in _ATTRIBUTE.findall(match[1])}
        row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else row + 1
        yield row, attributes


def _styled(xml: bytes, styles: Mapping[int, int] | frozenset[int]) -> Iterator[tuple[Place, int]]:
    """The cells that have one of these formats."""
    if not styles:
        return
    numbers = b"|".join(str(style).encode() for style in sorted(styles))
    for match in re.finditer(_CELL + rb'(?:\s+\w+="[^"]*")*?\s+s="(' + numbers + rb')"', xml):
        yield _place(match), int(match[3])


def _uncomputed(xml: bytes) -> dict[Place, str]:
    if re.search(rb"<(?:\w+:)?f[ >/]", xml) is None:
        return {}
    return {
        _place(match): "=" + html.unescape((match[3] or "…".encode()).decode("utf-8", "replace"))
        for match in _FORMULA.finditer(xml)
    }


def _errors(xml: bytes) -> dict[Place, str]:
    if b't="e"' not in xml:
        return {}
    return {_place(match): html.unescape(match[3].decode("utf-8", "replace")) for match in _ERROR.finditer(xml)}


def _place(match: re.Match[bytes]) -> Place:
    return int(match[2]) - 1, column_number(match[1].decode()) - 1
