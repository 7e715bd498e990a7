"""A copy of a CSV file in which some cells say something else: every other record stays as it is, byte for byte."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from retro.tables.characters import fitting
from retro.tables.csv import raw_records
from retro.tables.encoding import decode
from retro.tables.formulas import shielded, unshielded
from retro.tables.mending import Mend, Mended, Shapes, Value, is_spelt, shapes_of, spelt

_LINE_END = "\r\n"
_WITH_MARK = "utf-8-sig"
_ENCODINGS = ("utf-8", _WITH_MARK, "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be")


def mended_csv(content: bytes, mends: Sequence[Mend], days: Mapping[int, Mapping[int, date]], zone: tzinfo) -> Mended:
    """The file with other words in some cells, in its own encoding where that has all the characters.

    Args:
        content: the file, one that `read_csv` reads.
        mends: what is to be said where.
        days: what is known to stand in columns of days, by column and row.
        zone: the workspace's.
    """
    text = decode(content) or ""
    raw = raw_records(text)
    cells = [record for _written, record in raw.records]
    shapes = {
        column: shapes_of(((_cell(cells, row - raw.first_line, column), day) for row, day in known.items()), zone)
        for column, known in days.items()
    }
    refused: set[str] = set()
    changed: dict[int, list[str]] = {}
    for mend in mends:
        place = mend.row - raw.first_line
        if not 0 <= place < len(cells) or not _says(_cell(cells, place, mend.column), mend.old, zone):
            refused.add(mend.id)
            continue
        record = changed.setdefault(place, list(cells[place]))
        record += [""] * (mend.column - len(record))
        record[mend.column - 1] = _written(mend.new, shapes.get(mend.column, {}), zone)
    records = [
        _record(changed[place], written, raw.delimiter) if place in changed else written
        for place, (written, _record_cells) in enumerate(raw.records)
    ]
    return Mended(_encoded("".join([raw.before, *records]), content, text), frozenset(refused))


def _cell(cells: Sequence[Sequence[str]], place: int, column: int) -> str:
    record = cells[place] if 0 <= place < len(cells) else ()
    return record[column - 1] if column <= len(record) else ""


def _says(cell: str, old: Value, zone: tzinfo) -> bool:
    words = unshielded(cell).strip()
    if isinstance(old, date):
        return is_spelt(words, old, zone)
    return words == (old or "").strip()


def _written(new: Value, shapes: Shapes, zone: tzinfo) -> str:
    if isinstance(new, date):
        return spelt(new, shapes, zone)
    return shielded(fitting(new or ""))


def _record(cells: Sequence[str], written: str, delimiter: str) -> str:
    """A record as its file writes them: with its line's end, and every cell in quotation marks where all were."""
    end = written[len(written.rstrip("\r\n")) :]
    bare = written[: len(written) - len(end)]
    out = io.StringIO()
    # Cells with either kind of line end are quoted only where the writer ends lines with both.
    if bare.startswith('"') and bare.endswith('"') and f'"{delimiter}"' in bare:
        csv.writer(out, delimiter=delimiter, lineterminator=_LINE_END, quoting=csv.QUOTE_ALL).writerow(cells)
    else:
        csv.writer(out, delimiter=delimiter, lineterminator=_LINE_END).writerow(cells)
    return out.getvalue().removesuffix(_LINE_END) + end


def _encoded(text: str, content: bytes, before: str) -> bytes:
    """The text in the encoding that the file has; in UTF-8 with its mark where that has none of the new characters."""
    for encoding in _ENCODINGS:
        try:
            if before.encode(encoding) == content:
                return text.encode(encoding)
        except UnicodeEncodeError:
            continue
    return text.encode(_WITH_MARK)
