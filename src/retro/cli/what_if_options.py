"""What `--slip`, `--away` and `--add` hold: NAME=VALUE, with the value read and the name left for the boards."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retro.cli.session import parse_day
from retro.config.durations import Duration, parse_duration
from retro.i18n import text as _
from retro.model import as_date
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

_AMOUNT = re.compile(r"([+−-]?)\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*([a-zé]*)", re.IGNORECASE)
_DAYS_A_WEEK = 5
"""Working days that a week of work means, as in cells of a sheet."""
_UNITS = {
    "d": ("", "d", "day", "days", "j", "jr", "jrs", "jour", "jours"),
    "w": ("w", "week", "weeks", "s", "sem", "semaine", "semaines"),
    "h": ("h", "hour", "hours", "heure", "heures"),
    "min": ("min", "minute", "minutes"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_LONGEST = timedelta(days=3660)


def slipping(text: str) -> tuple[str, Duration]:
    """`TASK=DAYS`: the words for the task, and how much longer it takes, or shorter. Raises ConfigurationError."""
    task, amount = _parted(text, "--slip", '--slip "Printing=3"')
    found = _amount(amount)
    if found is None or not found.amount:
        raise ConfigurationError(
            _('"{text}" is no number of working days.', text=amount),
            where="--slip",
            remedy=_('Write 3, 0.5, -2, 5h or 2w after the task: --slip "Printing=3".'),
        )
    return task, found


def absence(text: str, zone: tzinfo) -> tuple[str, date, date]:
    """`PERSON=FROM..TO`: the words for the person, the first and the last day; without TO one day. Raises as above."""
    person, range_ = _parted(text, "--away", "--away Ada=2027-02-08..2027-02-12")
    from_, _dots, to = range_.partition("..")
    first = as_date(parse_day(from_, "--away", zone), zone)
    last = as_date(parse_day(to, "--away", zone), zone) if to.strip() else first
    if not first <= last <= first + _LONGEST:
        raise ConfigurationError(
            _('"{text}" is no stretch of days.', text=range_),
            where="--away",
            remedy=_("Write the first day, two dots and the last one: 2027-02-08..2027-02-12."),
        )
    return person, first, last


def addition(text: str) -> tuple[str, Duration]:
    """`TITLE=WORK`: the title of a task, and its work. Raises as above."""
    title, amount = _parted(text, "--add", '--add "15 visuals=30h"')
    found = _amount(amount)
    if found is None or found.amount <= 0:
        raise ConfigurationError(
            _('"{text}" is no amount of work.', text=amount),
            where="--add",
            remedy=_('Write 30h, 4d or 1w after the title: --add "15 visuals=30h".'),
        )
    return title, found


def paired(added: Sequence[str], owners: Sequence[str]) -> Sequence[str | None]:
    """The owner of each addition: nobody, one for all, or one for each in turn. Raises ConfigurationError."""
    if not owners:
        return [None] * len(added)
    if not added or len(owners) not in (1, len(added)):
        raise ConfigurationError(
            _("there are {owners} --owner for {added} --add.", owners=len(owners), added=len(added)),
            where="--owner",
            remedy=_("Give one for all of them, or one for each, in the same order."),
        )
    return owners if len(owners) == len(added) else [owners[0]] * len(added)


def _parted(text: str, option: str, example: str) -> tuple[str, str]:
    """A name and its value; the name may hold an equals sign, as addresses do."""
    name, _equals, value = text.rpartition("=")
    if not name.strip() or not value.strip():
        raise ConfigurationError(
            _('"{text}" lacks a name, an equals sign or a value.', text=text),
            where=option,
            remedy=_("For example: {example}.", example=example),
        )
    return name.strip(), value.strip()


def _amount(text: str) -> Duration | None:
    match = _AMOUNT.fullmatch(text.strip())
    unit = _UNIT_OF.get(match[3].casefold()) if match else None
    if match is None or unit is None:
        return None
    found = parse_duration(f"{match[2]}{'d' if unit == 'w' else unit}")
    sign = -1 if match[1] in ("-", "−") and match[1] else 1
    return replace(found, amount=sign * found.amount * (_DAYS_A_WEEK if unit == "w" else 1))
