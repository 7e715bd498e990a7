"""A table as CSV text that spreadsheets open by a double click, and that retro reads back as it was."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from retro.tables.characters import fitting
from retro.tables.formulas import shielded

Value = str | float | date | datetime | None


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Value]], *, lang: str) -> str:
    """The table. In French `;` divides cells and a comma stands before decimals, as French spreadsheets expect.

    Dates are `YYYY-MM-DD`, instants `YYYY-MM-DDTHH:MM`. Text that could become a formula is shielded.
    """
    out = io.StringIO()
    french = lang == "fr"
    writer = csv.writer(out, delimiter=";" if french else ",", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(value, "," if french else ".") for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Value, mark: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return shielded(fitting(value))
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}".replace(".", mark)
