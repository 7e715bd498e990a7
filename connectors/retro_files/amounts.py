"""Amounts of work in cells: a number whose unit the heading names, `3 j`, `1,5d`, `4h30`, points in a title, a size."""

import re
from datetime import time, timedelta

from retro.i18n.words import fold, size_of
from retro.model import Estimate, EstimateOrigin
from retro.tables.table import Cell
from retro_files.cells import text_of

_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[  ]\d{3})+(?:[.,]\d+)?|[+-]?\d{1,15}(?:[.,]\d+)?")
_CLOCK = re.compile(r"(\d{1,4})(?::|h)(\d{2})")
_POINTS = re.compile(r"^\W*?\((\d{1,3}(?:[.,]\d+)?)\)\s*\S|\S\s*\((\d{1,3}(?:[.,]\d+)?)\)\W*$")
"""`(3) Title` or `Title (3)`; a year is not points."""

DAYS_A_WEEK, DAYS_A_MONTH = 5, 20
"""Working days that a week and a month of work mean in a cell, as in Microsoft Project."""

_DAYS = {
    1: "d day days j jr jrs jo jour jours journee journees jh j/h workday workdays man-day man-days ouvre ouvres",
    DAYS_A_WEEK: "w wk wks week weeks s sem semaine semaines",
    DAYS_A_MONTH: "mo mon mons month months mois",
}
_MINUTES = {60: "h hr hrs hour hours heure heures", 1: "m min mins minute minutes mn"}
UNITS_IN_DAYS = {word: days for days, words in _DAYS.items() for word in words.split()}
"""Working days of a unit, by its folded word."""
UNITS_IN_MINUTES = {word: minutes for minutes, words in _MINUTES.items() for word in words.split()}
"""Minutes of a unit, by its folded word."""
_UNIT = "|".join(sorted(map(re.escape, UNITS_IN_DAYS | UNITS_IN_MINUTES), key=len, reverse=True))
_HALF = re.compile(r"^(?:(?:une )?demi[- ]|half(?:-| a | ))")
_ONE = re.compile(r"^une? ")
_VULGAR = re.compile(r"(?<=\d)(?=[¼½¾⅓⅔])")
_FRACTION = re.compile(r"(?<![\d.,/])(?:(\d{1,3})\s+)?([1-9])\s*[/\u2044]\s*([1-9])(?![\d/])")
_AND_A_HALF = re.compile(r"(\d{1,4})\s*([a-z]+) et demie?\b")
_PART = re.compile(rf"(\d{{1,9}}(?:[.,]\d{{1,9}})?)\s*({_UNIT})(?![a-z])(?: ouvres?)?\s*(?:,|et|and|\+)?\s*")


def number(cell: Cell) -> float | None:
    """A cell as a number, decimals after a comma or a point; None where it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = text_of(cell).removesuffix("%").strip()
    return float(re.sub(r"[  ]", "", text).replace(",", ".")) if _NUMBER.fullmatch(text) else None


def work(cell: Cell, *, unit: str, field: str, day_minutes: int) -> Estimate | None:
    """What an estimate's cell says; None where it cannot be told.

    Args:
        cell: the cell.
        unit: the unit that the heading names ("" for none): it counts where the cell itself names none.
        field: the heading.
        day_minutes: working minutes of a day, where days and hours are added.
    """
    value = number(cell)
    if value is not None:
        if unit == "points":
            return Estimate(EstimateOrigin.POINTS, value, field=field)
        return Estimate(EstimateOrigin.NUMBER, value, unit, field=field)
    minutes = _clock(cell)
    if minutes is not None:
        return Estimate(EstimateOrigin.NUMBER, minutes, "minutes", field=field)
    text = fold(_VULGAR.sub(" ", text_of(cell)))
    if (size := size_of(text)) is not None:
        return Estimate(EstimateOrigin.SIZE, text=size, field=field)
    return _summed(text, field, day_minutes)


def _clock(cell: Cell) -> float | None:
    """Minutes of a cell that counts hours as a clock does: a duration, 3:30, 4h30."""
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 60
    if isinstance(cell, time):
        return cell.hour * 60.0 + cell.minute
    match = _CLOCK.fullmatch(fold(text_of(cell)))
    return int(match[1]) * 60.0 + int(match[2]) if match else None


def _summed(text: str, field: str, day_minutes: int) -> Estimate | None:
    """`3 jours`, `1j 4h`: in days or hours where there is one part, else in minutes."""
    text = _AND_A_HALF.sub(r"\1.5 \2", _FRACTION.sub(_decimal, text))
    text = _ONE.sub("1 ", _HALF.sub("0.5 ", text, count=1), count=1)
    parts = [(float(m[1].replace(",", ".")), m[2]) for m in _PART.finditer(text)]
    if not parts or _PART.sub("", text).strip():
        return None
    if len(parts) == 1 and parts[0][1] in UNITS_IN_DAYS:
        return Estimate(EstimateOrigin.NUMBER, parts[0][0] * UNITS_IN_DAYS[parts[0][1]], "days", field=field)
    minutes = sum(value * minutes_of(unit, day_minutes) for value, unit in parts)
    return Estimate(EstimateOrigin.NUMBER, minutes, "minutes", field=field)


def _decimal(fraction: re.Match[str]) -> str:
    """`1/2`, `1 1/2`, `½` as a decimal number."""
    return str(int(fraction[1] or 0) + int(fraction[2]) / int(fraction[3]))


def minutes_of(unit: str, day_minutes: int) -> int:
    """Working minutes of one unit, by its folded word."""
    return UNITS_IN_MINUTES.get(unit) or UNITS_IN_DAYS[unit] * day_minutes


def points_in(title: str) -> Estimate | None:
    """The points that a title names in brackets at one of its ends."""
    match = _POINTS.search(title)
    return Estimate(EstimateOrigin.POINTS, float((match[1] or match[2]).replace(",", "."))) if match else None
