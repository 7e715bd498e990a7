"""How facts are said: dates, working days, numbers, and a finding's sentence with its facts filled in."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from retro.i18n.catalogue import current_language, plural, text
from retro.model import Finding, Param, Template

_MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_WHOLE_MONTHS = {
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_DAYS = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

_MOST = 10
"""Names of a list that a sentence says; facts hold them all."""


class Style(Enum):
    """How long a date is written: 8/01 · 8 janv. 2027 · ven. 8 janv. · janv."""

    SHORT = "short"
    LONG = "long"
    WEEKDAY = "weekday"
    MONTH = "month"


def format_date(day: date, style: Style = Style.SHORT, lang: str | None = None) -> str:
    """A date in words; an instant is said as the date that it carries (convert it to the right zone first)."""
    language = lang or current_language()
    month = _MONTHS[language][day.month - 1]
    if style is Style.SHORT:
        return f"{day.day}/{day.month:02}" if language == "fr" else f"{day.day} {month}"
    if style is Style.MONTH:
        return month
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    if style is Style.LONG:
        return f"{number} {month} {day.year}"
    return f"{_DAYS[language][day.weekday()]} {number} {month}"


def format_month(day: date, lang: str | None = None) -> str:
    """The month of a day, whole, with its year: novembre 2026."""
    return f"{_WHOLE_MONTHS[lang or current_language()][day.month - 1]} {day.year}"


def format_number(value: float, lang: str | None = None) -> str:
    """A number with at most one decimal, and the language's decimal mark."""
    rounded = round(float(value), 1)
    shown = str(int(rounded)) if rounded == int(rounded) else f"{rounded:.1f}"
    return shown.replace(".", ",") if (lang or current_language()) == "fr" else shown


def format_days(minutes: int, day_minutes: int, lang: str | None = None) -> str:
    """Working time in working days: "6 jours ouvrés", "1,5 jour ouvré", "0,3 working days"."""
    days = round(minutes / day_minutes, 1)
    # French counts anything under two as singular; English only exactly one.
    one = abs(days) < 2 if (lang or current_language()) == "fr" else days == 1  # noqa: PLR2004 - grammar
    number = format_number(days, lang)
    return plural("{number} working day", "{number} working days", 1 if one else 2, lang=lang, number=number)


def _said(value: Param, style: Style, lang: str | None) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return text("yes", lang=lang) if value else text("no", lang=lang)
        case datetime() | date():
            return format_date(value, style, lang)
        case int() | float():
            return format_number(value, lang)
        case tuple():
            shown = ", ".join(value[:_MOST])
            more = len(value) - _MOST
            return shown if more <= 0 else text("{names}, … and {count} more", lang=lang, names=shown, count=more)
        case str():
            return value


def say_template(
    template: Template, params: Mapping[str, Param], *, lang: str | None = None, style: Style = Style.SHORT
) -> str:
    """A template's sentence with its facts. A `{name}` place without a fact is an error of the rule."""
    values = {name: _said(value, style, lang) for name, value in params.items()}
    if template.plural is None:
        return text(template.text, lang=lang).format(**values)
    count = params.get("count")
    return plural(template.text, template.plural, count if isinstance(count, int) else 2, lang=lang, **_less(values))


def _less(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != "count"}


def say(finding: Finding, *, lang: str | None = None, style: Style = Style.SHORT) -> str:
    """A finding's sentence; one that rests on an assumption says so."""
    sentence = say_template(finding.template, finding.params, lang=lang, style=style)
    return f"{sentence} {text('(assumed)', lang=lang)}" if finding.assumed else sentence
