"""The days on which nobody works, and what those are called that are more than the end of a week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Assessment
from retro.report.untrusted import printable

_DAY = timedelta(days=1)
_WEEKS_ABOUT = range(1, 5)
"""Weeks before and after within which a weekday is seen to be worked: a closure may last."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Days off in a row, first and last included."""

    first: date
    last: date
    name: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last."""
        return self.first, self.last

    @property
    def said(self) -> str:
        """When it is, and what it is called."""
        if self.first == self.last:
            return f"{format_date(self.first, Style.WEEKDAY)} · {self.name}"
        span = _("{start} to {finish}", start=format_date(self.first), finish=format_date(self.last))
        return f"{span} · {self.name}"


class DaysOff:
    """The days off of a team; asked for thousands of times, so kept."""

    def __init__(self, assessment: Assessment) -> None:
        self._worked: Callable[[str | None, date], int] = cache(assessment.work_minutes)
        self._holiday = assessment.holiday

    def off(self, day: date) -> bool:
        """Whether nobody works."""
        return not self._worked(None, day)

    @cache  # noqa: B019 - it lives as long as the page is drawn
    def name(self, day: date) -> str:
        """What a day off is called: the holiday, else that the team is closed; "" for any other day."""
        if not self.off(day):
            return ""
        return printable(self._holiday(day)) or ("" if self._ordinary(day) else _("closed"))

    def between(self, first: date, last: date) -> Iterator[Rest]:
        """The days off in a row, those with a name and those without."""
        return _runs(first, last, self.off, lambda _day: "")

    def named(self, first: date, last: date) -> Iterator[Rest]:
        """Those with a name that take work away, one for each holiday and each time that the team is closed."""
        return _runs(first, last, lambda day: bool(self.name(day)) and not self._ordinary(day), self.name)

    def _ordinary(self, day: date) -> bool:
        """Whether its weekday is not worked in the weeks about it either."""
        about = (day + sign * timedelta(weeks=weeks) for weeks in _WEEKS_ABOUT for sign in (-1, 1))
        return all(map(self.off, about))

    def away(self, owner: str, first: date, last: date) -> tuple[Rest, ...]:
        """When somebody is away from one day to another, though the others work."""
        return tuple(
            _runs(first, last, lambda day: not self.off(day) and not self._worked(owner, day), lambda _day: "")
        )


def _runs(first: date, last: date, wanted: Callable[[date], bool], name: Callable[[date], str]) -> Iterator[Rest]:
    begin, said = None, ""
    for number in range((last - first).days + 2):
        day = first + number * _DAY
        here = day <= last and wanted(day)
        called = name(day) if here else ""
        if begin is not None and (not here or called != said):
            yield Rest(begin, day - _DAY, said)
            begin = None
        if here and begin is None:
            begin, said = day, called
