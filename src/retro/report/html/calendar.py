"""The month and the next one, a row a week: what is expected on each day, and the days on which nobody works."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_month
from retro.model import Assessment, Category, Task
from retro.report import wording
from retro.report.html.days_off import DaysOff
from retro.report.html.facets import Facets
from retro.report.untrusted import web_address
from retro.report.worklists import awaited_tasks, done_on, expected

SHOWN = 3
"""Tasks of a day that stand open."""

MOST = 15
"""Tasks of one day that the page carries; the rest is counted."""

_UNDER_WAY = (Category.DOING, Category.REVIEW)
_ORDER = {"late": 0, "doing": 1, "todo": 2, "done": 3}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chip:
    """One task on the day that it is expected on, or was done on."""

    title: str
    url: str | None
    tone: str
    who: str
    facets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day. `name` is that of a day off; `chips` stand open, `folded` do not, `more` are not on the page."""

    number: int
    said: str
    outside: bool
    """Whether it belongs to another month, and only fills the week."""
    off: bool
    today: bool
    name: str = ""
    chips: tuple[Chip, ...] = ()
    folded: tuple[Chip, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its name, and its weeks from Monday to Sunday."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]


@dataclass(frozen=True, slots=True)
class Months:
    """The months that are shown; none where nothing is expected in them."""

    weekdays: tuple[tuple[str, bool], ...] = ()
    """The name of each weekday, and whether nobody works on any of them here."""
    months: tuple[Month, ...] = ()


def months(assessment: Assessment, late: frozenset[str], facets: Facets) -> Months:
    """This month and the next one."""
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    first = today.replace(day=1)
    second = (first + timedelta(days=31)).replace(day=1)
    last = (second + timedelta(days=31)).replace(day=1) - _DAY
    found = _expected(assessment, late, facets, (first, last), zone)
    if not found:
        return Months()
    rests = DaysOff(assessment)
    drawn = tuple(
        Month(format_month(begin), tuple(_weeks(begin, end, today, rests, found)))
        for begin, end in ((first, second - _DAY), (second, last))
    )
    monday = first - timedelta(days=first.weekday())
    idle = [all(rests.off(monday + timedelta(days=7 * week + n)) for week in range(9)) for n in range(7)]
    free = [
        idle[n] and not any(found.get(monday + timedelta(days=7 * week + n)) for week in range(10)) for n in range(7)
    ]
    names = (format_date(monday + timedelta(days=n), Style.WEEKDAY).split()[0] for n in range(7))
    return Months(tuple(zip(names, free, strict=True)), drawn)


def _expected(
    assessment: Assessment, late: frozenset[str], facets: Facets, span: tuple[date, date], zone: ZoneInfo
) -> Mapping[date, list[Chip]]:
    """Open work on the day that every list says, done work on the day that it was done, by day, worst first."""
    first, last = span
    today = assessment.now.astimezone(zone).date()
    found: dict[date, list[Chip]] = defaultdict(list)
    for task in awaited_tasks(assessment):
        dated = expected(task, assessment.schedule.tasks.get(task.key), zone, today)
        if dated is not None and first <= dated.day <= last:
            tone = "late" if task.key in late else "doing" if task.status.category in _UNDER_WAY else "todo"
            found[dated.day].append(_chip(task, tone, facets))
    for task in assessment.portfolio.tasks:
        if task.counts and task.status.category is Category.DONE:
            day = done_on(task, zone)
            if day is not None and first <= day <= last:
                found[day].append(_chip(task, "done", facets))
    for chips in found.values():
        chips.sort(key=lambda chip: (_ORDER[chip.tone], chip.title))
    return found


def _chip(task: Task, tone: str, facets: Facets) -> Chip:
    who = wording.names(task) if task.owners else ""
    return Chip(wording.title(task), web_address(task.url), tone, who, facets.of(task))


def _weeks(
    first: date, last: date, today: date, rests: DaysOff, found: Mapping[date, list[Chip]]
) -> Iterable[tuple[Day, ...]]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield tuple(
            _day(day, first, today, rests, found.get(day, []) if first <= day <= last else [])
            for day in (monday + timedelta(days=n) for n in range(7))
        )
        monday += timedelta(days=7)


def _day(day: date, first: date, today: date, rests: DaysOff, chips: list[Chip]) -> Day:
    outside = (day.year, day.month) != (first.year, first.month)
    # One chip more takes no more room than saying that there is one.
    shown = SHOWN if len(chips) > SHOWN + 1 else len(chips)
    return Day(
        number=day.day,
        said=format_date(day, Style.WEEKDAY),
        outside=outside,
        off=rests.off(day),
        today=day == today and not outside,
        name="" if outside else rests.name(day),
        chips=tuple(chips[:shown]),
        folded=tuple(chips[shown:MOST]),
        more=max(0, len(chips) - MOST),
    )
