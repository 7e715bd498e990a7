"""A day by its parts: `5 janv. 2027`, `Monday 6 January 2025`, `05/01/2027`; and the beginnings of ranges.

Works on folded text (`retro.i18n.words.fold`): no case, no accents.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_WEEKDAYS = (
    ("lundi", "monday"),
    ("mardi", "tuesday"),
    ("mercredi", "wednesday"),
    ("jeudi", "thursday"),
    ("vendredi", "friday"),
    ("samedi", "saturday"),
    ("dimanche", "sunday"),
)
_FILLERS = frozenset({"le", "the", "of", "on", "a", "at", "du", "from"})
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_BASIC = re.compile(r"((?:19[4-9]|20)\d\d)(\d{2})(\d{2})")
_WEEK = re.compile(r"(\d{4})-?w(\d{2})-?([1-7])")
"""`20270112` and `2027-W02-2`: ISO 8601 in its other forms."""
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_SHORT = re.compile(r"(?<![\d/.:-])(\d{1,2})/(\d{1,2})(?![\d/.:])")
"""A day and month without their year, as in a range."""
_TOKEN = re.compile(r"(\d{1,4})(er|st|nd|rd|th)?(?![a-z0-9])|([a-z]+)")
_CENTURY = 2000
_SHORTEST = 3
"""Letters of a month or weekday that are enough, where they name only one."""
_MONTHS_A_YEAR, _LONGEST_MONTH = 12, 31


@dataclass(frozen=True, slots=True)
class DayParts:
    """A date that may still lack its month or year, as the beginning of a range does."""

    day: int
    month: int | None
    year: int | None
    weekday: int | None = None
    assumed: bool = False

    def whole(self, like: date | None = None) -> date | None:
        """The date, its missing parts taken from `like`; None: partial, impossible, or on another weekday."""
        month = self.month or (like.month if like else None)
        year = self.year or (like.year if like else None)
        if month is None or year is None:
            return None
        try:
            found = date(year, month, self.day)
        except ValueError:
            return None
        return found if self.weekday in (None, found.weekday()) else None

    def in_year(self, year: int) -> date | None:
        """The date in a year; None: impossible, without a month, or on another weekday."""
        return DayParts(self.day, self.month, year, self.weekday).whole()


def numeric_parts(text: str) -> list[tuple[int, int]]:
    """First and second part of every numeric date in a text whose order its form does not tell."""
    plain = _ISO.sub(" ", text)
    whole = [(int(m[1]), int(m[3])) for m in _NUMERIC.finditer(plain) if m[2] != "."]
    return whole + [(int(m[1]), int(m[2])) for m in _SHORT.finditer(_NUMERIC.sub(" ", plain))]


def day_parts(plain: str, *, day_first: bool) -> DayParts | None:
    """What a text says of a day; None where it is none. `day_first` settles 05/01/2027."""
    text = plain.strip(" ,.;")
    if (iso := _ISO.fullmatch(text)) is not None:
        return DayParts(int(iso[4]), int(iso[3]), int(iso[1]))
    if (iso := _BASIC.fullmatch(text)) is not None:
        return DayParts(int(iso[3]), int(iso[2]), int(iso[1]))
    if (week := _WEEK.fullmatch(text)) is not None:
        return _of_week(int(week[1]), int(week[2]), int(week[3]))
    head, _blank, last = text.rpartition(" ")
    weekday = _named(head.strip(" .,"), _WEEKDAYS) if head else None
    if (numeric := _NUMERIC.fullmatch(last if weekday is not None else text)) is not None:
        return _numeric(numeric, weekday, day_first=day_first)
    short = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    if short is not None:
        return _ordered(int(short[1]), int(short[2]), None, None, day_first=day_first)
    return _worded(text)


def _numeric(match: re.Match[str], weekday: int | None, *, day_first: bool) -> DayParts:
    year = int(match[4]) + (_CENTURY if len(match[4]) < len("2027") else 0)
    if match[2] == ".":
        return DayParts(int(match[1]), int(match[3]), year, weekday)
    return _ordered(int(match[1]), int(match[3]), year, weekday, day_first=day_first)


def _of_week(year: int, week: int, weekday: int) -> DayParts | None:
    try:
        day = date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None
    return DayParts(day.day, day.month, day.year)


def _ordered(first: int, second: int, year: int | None, weekday: int | None, *, day_first: bool) -> DayParts:
    if max(first, second) > _MONTHS_A_YEAR:
        day, month = (first, second) if first > _MONTHS_A_YEAR else (second, first)
        return DayParts(day, month, year, weekday)
    day, month = (first, second) if day_first else (second, first)
    usual, other = DayParts(day, month, year, weekday, assumed=first != second), DayParts(month, day, year, weekday)
    if weekday is None or first == second:
        return usual
    # A weekday tells day from month where only one order agrees with it.
    fits, other_fits = usual.whole() is not None, other.whole() is not None
    if fits == other_fits:
        return usual
    return other if other_fits else DayParts(day, month, year, weekday)


def _worded(text: str) -> DayParts | None:
    """`5 janv. 2027`, `January 5th, 2027`, `5-Jan-27`, `1st`; with any other word beside it is no date."""
    if _TOKEN.sub("", text).strip(" ,.-/'"):
        return None
    numbers: list[int] = []
    month = weekday = None
    for match in _TOKEN.finditer(text):
        if match[1]:
            if match[2] and match[2] != _ordinal(int(match[1])) and not (match[2] == "er" and int(match[1]) == 1):
                return None
            numbers.append(int(match[1]) + (_CENTURY if numbers and len(match[1]) == len("27") else 0))
        elif match[3] in _FILLERS:
            continue
        elif weekday is None and month is None and not numbers and _starts_with_weekday(text, match):
            weekday = _named(match[3], _WEEKDAYS)
        elif month is None and (named := _named(match[3], _MONTHS)) is not None:
            month = named + 1
        else:
            return None
    if not 1 <= len(numbers) <= 2 or numbers[0] > _LONGEST_MONTH:  # noqa: PLR2004 - a day, and a year perhaps
        return None
    return DayParts(numbers[0], month, numbers[1] if len(numbers) > 1 else None, weekday)


def _starts_with_weekday(text: str, match: re.Match[str]) -> bool:
    """Whether a first word is a weekday; `mar` is one where another word names the month."""
    if _named(match[3], _WEEKDAYS) is None:
        return False
    months = [other for other in re.findall(r"[a-z]+", text[match.end() :]) if _named(other, _MONTHS) is not None]
    return _named(match[3], _MONTHS) is None or bool(months)


def _ordinal(number: int) -> str:
    """How English ends a number: st, nd, rd or th."""
    if number % 100 // 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@cache
def _named(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    """The place of the one name that a word begins (three letters at least)."""
    if len(word) < _SHORTEST:
        return None
    found = {place for place, each in enumerate(names) if any(name.startswith(word) for name in each)}
    return found.pop() if len(found) == 1 else None
