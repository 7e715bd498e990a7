"""Ranges of days in a cell's text, divided into their two ends: `12–16/01/2027`, `du 12 au 16 janvier`.

Works on folded text (`retro.i18n.words.fold`): no case, no accents, `-` for every dash.
"""

import re

_BETWEEN = re.compile(r"\s+(?:-|->|→|au|to|until|jusqu'au)\s+|\s*(?:→|->|\.\.+|…)\s*|(?<=\d{4})\s*-\s*(?=\d{1,2}[/.])")
_COMPACT = re.compile(
    r"(?P<first>\d{1,2}(?:(?P<sign>[/.])\d{1,2}(?:(?P=sign)\d{2,4})?)?)\s*-\s*(?P<last>\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
    r"|(?P<day>\d{1,2}(?:er|st|nd|rd|th)?(?:\s+[a-z]+\.?)?)\s*-\s*(?P<end>\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+\.?\s+\d{4})"
)
"""`12-16/01/2027`, `12/01-16/01/2027`, `12-16 janvier 2027`: no blanks around the dash."""
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})")
_ENGLISH = re.compile(r"([a-z]+\.?)\s+(\d{1,2}(?:st|nd|rd|th)?)\s*(?:-|to)\s*(\d{1,2}(?:st|nd|rd|th)?),?\s+(\d{4})")
"""`January 12-16, 2027`: the month stands before both days."""


def ends_of(plain: str) -> tuple[str, str] | None:
    """The texts of a range's first and last day, either perhaps without its month or year; None: it is no range."""
    text = plain.strip(" ,;").removeprefix("du ").removeprefix("from ")
    if (english := _ENGLISH.fullmatch(text)) is not None:
        month, first, last, year = english.groups()
        return f"{month} {first}, {year}", f"{month} {last}, {year}"
    if (iso := _ISO.fullmatch(text)) is not None:
        return iso[1], iso[2]
    if (compact := _COMPACT.fullmatch(text)) is not None:
        return compact["first"] or compact["day"], compact["last"] or compact["end"]
    parts = _BETWEEN.split(text)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None  # noqa: PLR2004 - a first and a last day
