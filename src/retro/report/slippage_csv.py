"""`retro baseline plan show --format csv`: one line a task of which something became, for a spreadsheet."""

import csv
from datetime import date
from io import StringIO

from retro.i18n import text as _
from retro.model import Board, Happened, Slippage
from retro.report.untrusted import sheet_cell


def write(slippage: Slippage, boards: tuple[Board, ...], *, separator: str = ",") -> str:
    """The table as text. Dates are `YYYY-MM-DD`; days later are positive. No cell is ever taken for a formula."""
    words = {
        Happened.MOVED: _("moved"),
        Happened.DONE: _("done"),
        Happened.DATED: _("given a date"),
        Happened.UNDATED: _("lost its date"),
        Happened.NEW: _("added"),
        Happened.GONE: _("no longer there"),
        Happened.ASIDE: _("archived or cancelled"),
    }
    names = {board.key: board.name for board in boards}
    target = StringIO()
    out = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    out.writerow(
        [
            _("Change"),
            _("Task"),
            _("Board"),
            _("Owner"),
            _("Was"),
            _("Is"),
            _("Days"),
            _("Working days"),
            "key",
        ]
    )
    for task in slippage.tasks:
        out.writerow(
            [
                words[task.happened],
                sheet_cell(task.title),
                sheet_cell(names.get(task.board, task.board)),
                sheet_cell(", ".join(task.owners)),
                _day(task.was),
                _day(task.now),
                task.moved.days if task.moved is not None else "",
                task.moved.working_days if task.moved is not None else "",
                sheet_cell(task.key),
            ]
        )
    return target.getvalue()


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
