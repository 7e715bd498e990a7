"""The load of the page: how full each person's weeks are, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low

from retro.i18n import format_number, plural
from retro.i18n import text as _
from retro.model import Assessment
from retro.report.html.facets import Facets
from retro.report.load import PersonLoad, Week
from retro.report.untrusted import printable

MOST_PEOPLE = 8
"""People whose load stands open on the first screen: the overloaded ones, else the first by name."""

_WORKDAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One week: days of work, how much that is of what can be taken on, days off, and the same in words."""

    days: str
    level: int
    """0 nothing, 1 to 4 by quarters of what can be taken on, 5 over."""
    away: int
    """Fifths of the week that are off."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person's weeks, and how many days of work they take on in a full one."""

    token: str
    name: str
    room: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """The table, in the order of names, in two parts: what the first screen shows, and the others."""

    shown: tuple[Row, ...] = ()
    folded: tuple[Row, ...] = ()
    overloaded: str = ""
    """How many people are, in words; empty where nobody is."""


def heat(load: Iterable[PersonLoad], facets: Facets, assessment: Assessment) -> Heat:
    """Draw the table up."""
    people = list(load)
    over = [each.owner.key for each in people if any(week.over for week in each.weeks)]
    others = [each.owner.key for each in people if each.owner.key not in set(over)]
    first = {*over, *others} if len(people) <= MOST_PEOPLE + 1 else set((over + others)[:MOST_PEOPLE])
    rows = [(each.owner.key in first, _row(each, facets, assessment)) for each in people]
    said = plural("{count} person is overloaded", "{count} people are overloaded", len(over)) if over else ""
    return Heat(
        shown=tuple(row for is_first, row in rows if is_first),
        folded=tuple(row for is_first, row in rows if not is_first),
        overloaded=said,
    )


def _row(load: PersonLoad, facets: Facets, assessment: Assessment) -> Row:
    full = [week.capacity for week in load.weeks if not week.away] or [week.capacity for week in load.weeks]
    return Row(
        token=facets.token("person", load.owner.key, load.owner.name),
        name=printable(load.owner.name),
        # The running week may be half over, and a task that is alone in its week may fill the reserve.
        room=format_number(round(median_low(full) / assessment.day_minutes, 1)),
        cells=tuple(_cell(week, assessment.day_minutes) for week in load.weeks),
    )


def _cell(week: Week, day_minutes: int) -> Cell:
    load, capacity = (round(minutes / day_minutes, 1) for minutes in (week.load, week.capacity))
    if week.over:
        level = 5
    elif not week.load:
        level = 0
    else:
        level = 1 + min(3, int(4 * week.load / week.capacity))
    said = [_("{load} of {capacity} days", load=format_number(load), capacity=format_number(capacity))]
    if not week.load:
        said = [_("free") if week.capacity else _("away")]
    if week.over:
        said.append(_("too much"))
    if week.away and week.capacity:
        said.append(plural("{count} day off", "{count} days off", week.away))
    return Cell(
        days=format_number(load) if week.load else "" if week.capacity else "–",
        level=level,
        away=min(week.away, _WORKDAYS) if week.capacity else _WORKDAYS,
        words=", ".join(said),
    )
