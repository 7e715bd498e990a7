"""The load of each person and week as a table for a spreadsheet: days of work, and the weeks that hold too many."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Assessment, as_date
from retro.report.load import loads
from retro.report.plan_sheets import Holds, PlanSheet, SheetColumn
from retro.report.worklists import this_week

WEEKS = 12


@dataclass(frozen=True, slots=True)
class LoadSheet:
    """The table, and its cells that are over what the person can take on, by row and column from 0."""

    sheet: PlanSheet
    over: frozenset[tuple[int, int]]


def load_sheet(assessment: Assessment, *, lang: str) -> LoadSheet | None:
    """Twelve weeks from this one on, over all boards together; None where nobody has anything to do in them."""
    first = this_week(assessment, as_date(assessment.now, ZoneInfo(assessment.zone_name)))
    found = loads(assessment, first, WEEKS)
    if not found:
        return None
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    columns = [
        SheetColumn(_("Person", lang=lang), Holds.TEXT, 24),
        *(
            SheetColumn(_("week of {date}", lang=lang, date=format_date(day, Style.SHORT, lang)), Holds.NUMBER, 11)
            for day in mondays
        ),
    ]
    rows = [
        (
            each.owner.name,
            *(round(week.load / assessment.day_minutes, 1) if week.load else None for week in each.weeks),
        )
        for each in found
    ]
    over = frozenset(
        (row, column)
        for row, each in enumerate(found)
        for column, week in enumerate(each.weeks, 1)
        if week.load and week.over
    )
    return LoadSheet(PlanSheet(_("Load in days", lang=lang), columns, rows), over)
