"""What holds for a column as a whole: the order of its dates, who stands in it, the scale of its percentages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Estimate, Status
from retro.tables.table import Cell
from retro_files.amounts import number, work
from retro_files.body import Body, Line
from retro_files.cells import is_tick, text_of
from retro_files.dates import Span, of_serial, read_day
from retro_files.day_order import DayOrder, day_order
from retro_files.headings import Column, estimate_unit
from retro_files.people import People
from retro_files.settings import SheetSettings
from retro_files.statuses import row_status

DATES = ("start", "due", "actual_start", "actual_finish")
"""Fields that hold days."""
PEOPLE = ("owner", "reviewer")
_KEPT = ("channel", "client", "phase", "priority", "section", "kind", "estimate")
_FIXED = re.compile(r"(?<!\w)(?:fixed|fixe|impose)(?!\w)")


@dataclass(frozen=True)
class Reader:
    """A sheet's columns, ready to read its cells."""

    body: Body
    settings: SheetSettings
    since_1904: bool = False
    """Whether serial numbers of days count from 1904."""
    _statuses: dict[tuple[str, str, bool, float | None], Status] = field(default_factory=dict, repr=False)
    _works: dict[tuple[type, Cell], Estimate | None] = field(default_factory=dict, repr=False)
    _numbers: dict[tuple[type, Cell], float | None] = field(default_factory=dict, repr=False)
    _days: dict[tuple[str, Cell], Span | None] = field(default_factory=dict, repr=False)
    """What was read already: rows share their days."""

    def cell(self, line: Line, field: str) -> Cell:
        """A line's value of a field; None where it says nothing."""
        return line.said.get(field)

    def text(self, line: Line, field: str) -> str:
        """The same as text."""
        cell = line.said.get(field)
        return "" if cell is None else text_of(cell)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Fields of the model that filters and options may also name by their headings, where they have a column."""
        return tuple(field for field in _KEPT if field in self.body.columns)

    @cached_property
    def fixed_starts(self) -> bool:
        """Whether the heading of starts calls them fixed."""
        return _FIXED.search(fold(self.body.columns.heading("start").replace("_", " "))) is not None

    @cached_property
    def opt_outs(self) -> tuple[Column, ...]:
        """The columns in which a tick keeps retro's hands off."""
        wanted = fold(self.settings.opt_out)
        return tuple(column for column in self.body.columns.others if fold(column.heading) == wanted)

    def status(self, raw: str, section: str, *, done: bool, percent: float | None) -> Status:
        """The status of a row that says so; see `row_status`."""
        said = (raw, section, done, percent)
        if said not in self._statuses:
            self._statuses[said] = row_status(raw, section, self.settings, done=done, percent=percent)
        return self._statuses[said]

    def work(self, cell: Cell) -> Estimate | None:
        """What a cell of the estimates' column says; see `work`."""
        known = (type(cell), cell)
        if known not in self._works:
            heading = self.body.columns.heading("estimate")
            unit, minutes = estimate_unit(heading), self.settings.day_minutes
            self._works[known] = work(cell, unit=unit, field=heading, day_minutes=minutes)
        return self._works[known]

    def number(self, cell: Cell) -> float | None:
        """A cell as a number; see `number`."""
        known = (type(cell), cell)
        if known not in self._numbers:
            self._numbers[known] = number(cell)
        return self._numbers[known]

    @cached_property
    def orders(self) -> Mapping[str, DayOrder]:
        """The order of day and month of each column of dates."""
        return {field: day_order(self._column(field), self.settings.lang) for field in DATES}

    @cached_property
    def people(self) -> Mapping[str, People]:
        """The people of each column of names."""
        columns = self.body.columns
        return {field: People(self.settings.source, columns.heading(field), self._column(field)) for field in PEOPLE}

    @cached_property
    def fractions(self) -> bool:
        """Whether the percentages are written as parts of one, as workbooks hold them."""
        values = [number(cell) for cell in self._column("percent") if "%" not in text_of(cell)]
        known = [value for value in values if value is not None]
        return bool(known) and max(known) <= 1 and any(value != int(value) for value in known)

    def day(self, line: Line, field: str) -> Span | None:
        """The day or range of a line's cell; None where the cell is not read as one."""
        value = line.said.get(field)
        if value is None:
            return None
        if (field, value) not in self._days:
            self._days[field, value] = self._read_day(field, value)
        return self._days[field, value]

    def _read_day(self, field: str, value: Cell) -> Span | None:
        if isinstance(value, datetime):
            midnight = value.time() == time()
            return Span(value.date() if midnight else value.replace(tzinfo=self.settings.zone))
        if isinstance(value, date):
            return Span(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return of_serial(value, self.settings.zone, since_1904=self.since_1904)
        if not isinstance(value, str):
            return None
        order = self.orders[field]
        span = read_day(value, self.settings.zone, day_first=order.day_first)
        return Span(span.end, span.start) if span is not None and order.settled else span

    def percent(self, line: Line) -> float | None:
        """The percentage of a line, from 0 to 100 as a rule."""
        cell = line.said.get("percent")
        value = self.number(cell) if cell is not None else None
        if value is None:
            return 100.0 if is_tick(cell) else None
        return value * 100 if self.fractions and "%" not in self.text(line, "percent") else value

    def assumptions(self, assumed: frozenset[str]) -> list[str]:
        """What was assumed of whole columns, as sentences."""
        return [
            _(
                'in the column "{heading}" day and month could not be told apart: {first} comes first, as usual here.',
                heading=self.body.columns.heading(field),
                first=_("the day") if self.orders[field].day_first else _("the month"),
            )
            for field in DATES
            if field in assumed and field in self.body.columns and not self.orders[field].settled
        ]

    def _column(self, field: str) -> list[Cell]:
        return [line.said[field] for line in self.body.lines if field in line.said]
