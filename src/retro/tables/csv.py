"""CSV files as people's tools write them: any usual encoding, `;` `,` tab or `|`, newlines inside quotes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from math import log
from typing import TYPE_CHECKING, NamedTuple

from retro.i18n import text as _
from retro.ports import UnreadableError
from retro.tables.encoding import decode
from retro.tables.formulas import unshielded
from retro.tables.table import Row, Table

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = (";", ",", "\t", "|")
_LOOKED_AT = 200
"""Records that settle the delimiter."""
_SAMPLE = 262_144
"""Characters of the text among which they are looked for."""
_HINT = re.compile(r'"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n|$)')
"""Excel's own first line `sep=;`, which names the delimiter and is no row."""
_LAST = "\x1e"
"""A line put after the text: where it is not read back alone, a quotation mark was never closed."""
_WIDEST = 10_000_000
"""Characters that one cell may have; more is no cell."""


def read_csv(content: bytes, name: str) -> Table:
    """Every row of a CSV file; cells are text, or None where blank.

    Args:
        content: the whole file.
        name: the file's, for messages.

    Raises:
        UnreadableError: it is empty, no text, or a quotation mark in it is never closed.
    """
    text = decode(content)
    if text is None:
        raise UnreadableError(
            _("this is no text: it cannot be a CSV file."),
            where=name,
            remedy=_("Save the table as CSV (UTF-8) or XLSX and try that file."),
        )
    if not text.strip():
        raise UnreadableError(_("the file is empty."), where=name, remedy=_("Save the table again and try that file."))
    hinted, body, first_line = _without_hint(text)
    rows: list[Row] = []
    reader = _reader(f"{body.rstrip()}\n{_LAST}\n", hinted or delimiter_of(body))
    line = first_line
    try:
        for record in reader:
            if record == [_LAST]:
                return Table("", tuple(rows), first_line)
            rows.append(_row(record))
            began, line = line, first_line + reader.line_num
    except csv.Error:
        began = line
    raise UnreadableError(
        _("a quotation mark is opened here and never closed."),
        where=f"{name}:{began}",
        remedy=_("Close it, or double it where it is part of the text, and try again."),
    )


class RawRecords(NamedTuple):
    """A CSV text as it is written: what stands before its records, and each of them as text and as cells."""

    before: str
    delimiter: str
    first_line: int
    """The number that `read_csv` gives the first record."""
    records: tuple[tuple[str, list[str]], ...]


def raw_records(text: str) -> RawRecords:
    """The records of a text that `read_csv` reads, in a way that leads back to the same text."""
    hinted, body, first_line = _without_hint(text)
    csv.field_size_limit(_WIDEST)
    delimiter = hinted or delimiter_of(body)
    lines = list(io.StringIO(body, newline=""))
    reader, found, done = csv.reader(lines, delimiter=delimiter), [], 0
    for record in reader:
        found.append(("".join(lines[done : reader.line_num]), record))
        done = reader.line_num
    return RawRecords(text[: len(text) - len(body)], delimiter, first_line, tuple(found))


def first_rows(head: bytes, most: int = 30) -> tuple[Row, ...]:
    """The first rows of a CSV file of which only the beginning is at hand; none where it is no text.

    The last row of a beginning may be cut, so it is left out unless it is the only one.
    """
    text = decode(head, cut=True)
    if text is None or not text.strip():
        return ()
    hinted, body, _line = _without_hint(text)
    rows = [_row(record) for record in _records(body, hinted or delimiter_of(body), most + 1)]
    return tuple(rows[:-1] if len(rows) > 1 else rows)


def delimiter_of(text: str) -> str:
    """The character that divides most records most evenly: share of records of the commonest width × its logarithm."""
    best, most = ",", 0.0
    for candidate in _DELIMITERS:
        widths = Counter(len(record) for record in _records(text[:_SAMPLE], candidate, _LOOKED_AT) if any(record))
        total = widths.total()
        score = max((log(width) * count / total for width, count in widths.items()), default=0.0)
        if score > most:
            best, most = candidate, score
    return best


def _without_hint(text: str) -> tuple[str | None, str, int]:
    """The delimiter that a first line `sep=;` names, the rest, and the line on which the rest begins."""
    hint = _HINT.match(text)
    return (hint[1], text[hint.end() :], 2) if hint else (None, text, 1)


def _reader(text: str, delimiter: str) -> "Reader":
    csv.field_size_limit(_WIDEST)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _records(text: str, delimiter: str, most: int) -> Iterable[list[str]]:
    """The first records, as far as they can be read."""
    try:
        yield from islice(_reader(text, delimiter), most)
    except csv.Error:
        return


def _row(record: Iterable[str]) -> Row:
    """Cells as they were before anyone shielded them from becoming formulas."""
    return tuple(None if not cell or cell.isspace() else unshielded(cell) for cell in record)
