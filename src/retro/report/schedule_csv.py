"""`retro schedule --format csv`: one line a task, for a spreadsheet. No cell is ever taken for a formula."""

import csv
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from retro.i18n import format_number
from retro.i18n import text as _
from retro.model import Assessment
from retro.report.untrusted import sheet_cell


def write(assessment: Assessment, *, separator: str = ",") -> str:
    """The table as text. Dates are `YYYY-MM-DD` in the workspace's zone, durations working days."""
    zone = ZoneInfo(assessment.zone_name)
    boards = {board.key: board.name for board in assessment.portfolio.boards}

    def day(moment: datetime | None) -> str:
        return "" if moment is None else moment.astimezone(zone).date().isoformat()

    def days(minutes: int | None) -> str:
        return "" if minutes is None else format_number(minutes / assessment.day_minutes, "en")

    target = StringIO()
    out = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    out.writerow(
        [
            _("Task"),
            _("Board"),
            _("Owner"),
            _("Work (days)"),
            _("Advised start"),
            _("Advised finish"),
            _("Latest start"),
            _("Latest finish"),
            _("Earliest finish"),
            _("Slack (days)"),
            _("Critical"),
            _("Due"),
            "URL",
            "key",
        ]
    )
    for task in assessment.portfolio.tasks:
        planned = assessment.schedule.tasks.get(task.key)
        if planned is None:
            continue
        due = task.due
        if isinstance(due, datetime):
            due = due.astimezone(zone).date()
        out.writerow(
            [
                sheet_cell(task.title),
                sheet_cell(boards.get(task.board, task.board)),
                sheet_cell(", ".join(owner.name for owner in task.owners)),
                days(planned.estimate_minutes),
                day(planned.advised_start),
                day(planned.advised_finish),
                day(planned.latest_start),
                day(planned.latest_finish),
                day(planned.earliest_finish),
                days(planned.total_slack_minutes),
                _("yes") if planned.critical else _("no"),
                due.isoformat() if due else "",
                sheet_cell(task.url or ""),
                sheet_cell(task.key),
            ]
        )
    return target.getvalue()
