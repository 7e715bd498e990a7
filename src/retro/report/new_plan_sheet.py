"""A new rétroplanning as one table: the columns that a plan begins with, each of which retro reads again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from retro.i18n import text as _
from retro.model import Assessment, Task
from retro.report import plan_sheets
from retro.report.plan_sheets import Holds, PlanSheet, SheetColumn, Value, sheets

_STATUS, _DUE, _LATEST = 7, 5, 6
"""Where these columns stand, from 0."""
_BEFORE_PHASE, _AFTER_PHASE = (0, 1), (2, 3, 4, 5, 8, 9, 10, 11)
"""Columns of the plan's sheet that are taken over: advised dates are the dates themselves, and nothing is remarked."""
_PREDECESSORS, _ID = 9, 14
_WORK, _MARGIN = 10, 11
"""A milestone has neither."""
_LAG = re.compile(r" FS\+(\d+)d(?=;|$)")


@dataclass(frozen=True, slots=True)
class _Words:
    phase: str
    kind: str
    milestone: str
    days: str


def new_plan_sheet(assessment: Assessment, *, lang: str) -> PlanSheet:
    """The table of a plan of one board, in its tasks' order.

    Phases stand beside channels, the launch is told by its type, and ids are without the name of their source. Waits
    are written as people say them: “Commander 500 brochures +8j”. The margin is what somebody who reads the table
    takes it for: the working days from a task's due date to the latest one; where nothing comes after, there is none.
    """
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    sheet = sheets(assessment, {}, lang=lang, only=frozenset(tasks))[0]
    words = _Words(_("Phase", lang=lang), _("Type", lang=lang), _("Milestone", lang=lang), "j" if lang == "fr" else "d")
    columns = sheet.columns
    return PlanSheet(
        sheet.name,
        (
            *(columns[place] for place in _BEFORE_PHASE),
            SheetColumn(words.phase, Holds.TEXT, 16),
            *(columns[place] for place in _AFTER_PHASE),
            SheetColumn(words.kind, Holds.TEXT, 10),
            columns[_ID],
        ),
        [_row(row, tasks[str(row[_ID])], words, assessment) for row in sheet.rows],
        None if sheet.words is None else replace(sheet.words, status=_STATUS, due=_DUE, latest=_LATEST),
    )


def _row(row: Sequence[Value], task: Task, words: _Words, assessment: Assessment) -> tuple[Value, ...]:
    cells = list(row)
    cells[_PREDECESSORS] = _LAG.sub(rf" +\1{words.days}", str(row[_PREDECESSORS] or "")) or None
    cells[_WORK] = None if task.milestone else row[_WORK]
    cells[_MARGIN] = (
        None if task.milestone else _days_between(row[plan_sheets.DUE], row[plan_sheets.LATEST], assessment)
    )
    return (
        *(cells[place] for place in _BEFORE_PHASE),
        task.phase,
        *(cells[place] for place in _AFTER_PHASE),
        words.milestone if task.milestone else None,
        task.key.partition(":")[2],
    )


def _days_between(due: Value, latest: Value, assessment: Assessment) -> int | None:
    if not (isinstance(due, date) and isinstance(latest, date)):
        return None
    days = (due + timedelta(days=number) for number in range(1, (latest - due).days + 1))
    return sum(assessment.work_minutes(None, day) > 0 for day in days)
