"""The plan as tables for a spreadsheet: a row a task, dates and numbers as such, headings that retro reads again."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from retro.i18n import text as _
from retro.i18n.own_fields import name_of
from retro.i18n.words import category_of, fold
from retro.model import (
    Assessment,
    Category,
    Day,
    EstimateOrigin,
    Lag,
    LagUnit,
    Link,
    LinkType,
    Role,
    StatusOrigin,
    Task,
    as_date,
)
from retro.report.naming import named

Value = str | float | date | datetime | None


class Holds(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, what it holds, and how wide it is, in characters."""

    heading: str
    holds: Holds
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """What the cells of a sheet call a task that is done, one that is under way, and one that nobody waits for.

    `status`, `due` and `latest` are where these columns stand, from 0.
    """

    status: int
    due: int
    latest: int
    done: frozenset[str]
    under_way: frozenset[str]
    set_aside: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The tasks of one board, or of several. Without `words` it says nothing of their status."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Value]]
    words: StatusWords | None = None


STATUS, DUE, LATEST = 8, 4, 5
"""Where these columns stand, from 0."""


_DIVIDES = frozenset(";\n")
"""What divides links in a cell."""
_SHOWN = Role.TASK, Role.ITEM
_UNDER_WAY = Category.DOING, Category.REVIEW
_SET_ASIDE = Category.IDEA, Category.CANCELLED
_TOLD = (EstimateOrigin.NUMBER, EstimateOrigin.POINTS, EstimateOrigin.SIZE, EstimateOrigin.ACTUAL)
"""Estimates that somebody gave: a default, or what dates leave room for, would read as the team's own word."""


def sheets(assessment: Assessment, remarks: Mapping[str, str], *, lang: str, only: frozenset[str]) -> list[PlanSheet]:
    """A sheet for each board that has tasks, in the portfolio's order. What is archived or no task is left out.

    Args:
        assessment: the plan, scheduled and judged.
        remarks: what is to be looked at again, by task.
        lang: the language of headings: the workspace's.
        only: the keys of the tasks that are wanted.
    """
    writer = _Rows(assessment, remarks, lang)
    by_board: dict[str, list[Task]] = {board.key: [] for board in assessment.portfolio.boards}
    for task in named(assessment.portfolio.tasks).values():
        if task.key in only and task.role in _SHOWN and not task.archived:
            by_board[task.board].append(task)
    columns = columns_of(lang)
    return [
        PlanSheet(
            board.name,
            columns,
            [writer.row(task) for task in by_board[board.key]],
            _words(by_board[board.key], writer, lang),
        )
        for board in assessment.portfolio.boards
        if by_board[board.key]
    ]


def one_table(found: Sequence[PlanSheet], *, lang: str) -> PlanSheet:
    """All sheets as one, the board's name in a column where there are several."""
    if len(found) == 1:
        return found[0]
    board = SheetColumn(_("Board", lang=lang), Holds.TEXT, 24)
    return PlanSheet(
        "",
        (*columns_of(lang), board),
        [(*row, sheet.name) for sheet in found for row in sheet.rows],
    )


def columns_of(lang: str) -> tuple[SheetColumn, ...]:
    """The columns, in the order in which a rétroplanning is read."""

    def column(heading: str, holds: Holds, width: int) -> SheetColumn:
        return SheetColumn(heading, holds, width)

    return (
        column(_("Task", lang=lang), Holds.TEXT, 44),
        column(_("Channel", lang=lang), Holds.TEXT, 14),
        column(_("Owner", lang=lang), Holds.TEXT, 20),
        column(_("Start", lang=lang), Holds.DAY, 12),
        column(_("Due", lang=lang), Holds.DAY, 12),
        column(name_of("latest", lang), Holds.DAY, 14),
        column(name_of("start", lang), Holds.DAY, 14),
        column(name_of("due", lang), Holds.DAY, 14),
        column(_("Status", lang=lang), Holds.TEXT, 14),
        column(_("Predecessors", lang=lang), Holds.TEXT, 30),
        column(_("Estimate (days)", lang=lang), Holds.NUMBER, 12),
        column(name_of("margin", lang), Holds.NUMBER, 12),
        column(name_of("review", lang), Holds.TEXT, 50),
        column(_("Link", lang=lang), Holds.TEXT, 30),
        column("ID", Holds.TEXT, 20),
    )


class _Rows:
    """Makes rows; what links say is looked up once."""

    def __init__(self, assessment: Assessment, remarks: Mapping[str, str], lang: str) -> None:
        self._assessment = assessment
        self._remarks = remarks
        self._lang = lang
        self._zone = ZoneInfo(assessment.zone_name)
        portfolio = assessment.portfolio
        self._before: dict[str, list[Link]] = {}
        for link in portfolio.links:
            self._before.setdefault(link.successor, []).append(link)
        self._names = _names(portfolio.tasks)

    def row(self, task: Task) -> tuple[Value, ...]:
        """One task."""
        planned = self._assessment.schedule.tasks.get(task.key)
        return (
            task.title,
            task.channel,
            ", ".join(owner.name for owner in task.owners) or None,
            self._day(task.start),
            self._day(task.due),
            self._date(planned.latest_finish if planned else None),
            self._date(planned.advised_start if planned else None),
            self._date(planned.advised_finish if planned else None),
            self.status(task),
            "; ".join(self._link(link) for link in self._before.get(task.key, ())) or None,
            self._days(planned.estimate_minutes if planned and planned.estimate_origin in _TOLD else None),
            self._days(planned.margin_minutes if planned else None),
            self._remarks.get(task.key),
            task.url,
            task.key,
        )

    def _day(self, day: Day | None) -> Value:
        """A date as it is; an instant on the workspace's clock, without its zone, as sheets know none."""
        return day.astimezone(self._zone).replace(tzinfo=None) if isinstance(day, datetime) else day

    def _date(self, instant: datetime | None) -> Value:
        return None if instant is None else as_date(instant, self._zone)

    def _days(self, minutes: int | None) -> Value:
        return None if minutes is None else round(minutes / self._assessment.day_minutes, 2)

    def status(self, task: Task) -> str | None:
        """The board's own word, unless that alone would be read as something else."""
        raw, category = task.status.raw, task.status.category
        if raw and (category_of(raw) is category or task.status.origin is StatusOrigin.INFERRED):
            return raw
        if task.status.origin is StatusOrigin.INFERRED and category is Category.TODO:
            return None
        return _WORDS[category](self._lang)

    def _link(self, link: Link) -> str:
        name = self._names.get(link.predecessor, link.predecessor)
        lag = _lag(link.lag, self._assessment.day_minutes)
        return name if link.type is LinkType.FS and not lag else f"{name} {link.type.value}{lag}"


def _words(tasks: Iterable[Task], writer: "_Rows", lang: str) -> StatusWords:
    """The words of a sheet's own statuses, and retro's, by what they mean."""
    said = {(task.status.category, writer.status(task)) for task in tasks}
    said |= {(category, word(lang)) for category, word in _WORDS.items()}

    def of(*categories: Category) -> frozenset[str]:
        return frozenset(word for category, word in said if word and category in categories)

    return StatusWords(
        status=STATUS,
        due=DUE,
        latest=LATEST,
        done=of(Category.DONE),
        under_way=of(*_UNDER_WAY),
        set_aside=of(*_SET_ASIDE),
    )


def _names(tasks: Iterable[Task]) -> dict[str, str]:
    """How a link may name each task: by its title where no other of its board has it, else by its id."""

    def at(task: Task) -> tuple[str, str]:
        return task.board, fold(task.title)

    found = list(tasks)
    counts = Counter(map(at, found))
    return {
        task.key: task.title if counts[at(task)] == 1 and _DIVIDES.isdisjoint(task.title) else task.key
        for task in found
    }


def _lag(lag: Lag, day_minutes: int) -> str:
    """`+2d`, `-30min`, `+50%`: as cells of links are written."""
    if not lag.value:
        return ""
    sign = "+" if lag.value > 0 else "-"
    amount = abs(lag.value)
    if lag.unit is LagUnit.PERCENT:
        return f"{sign}{amount}%"
    elapsed = "e" if lag.unit is LagUnit.ELAPSED else ""
    day = 1440 if elapsed else day_minutes
    return f"{sign}{amount // day}{elapsed}d" if amount % day == 0 else f"{sign}{amount}{elapsed}min"


_WORDS: Mapping[Category, Callable[[str], str]] = {
    Category.IDEA: lambda lang: _("Idea", lang=lang),
    Category.TODO: lambda lang: _("To do", lang=lang),
    Category.DOING: lambda lang: _("In progress", lang=lang),
    Category.REVIEW: lambda lang: _("In review", lang=lang),
    Category.READY: lambda lang: _("Ready", lang=lang),
    Category.DONE: lambda lang: _("Done", lang=lang),
    Category.CANCELLED: lambda lang: _("Cancelled", lang=lang),
}
