"""`--format csv`: one line a remark, for a spreadsheet. No cell is ever taken for a formula."""

import csv
from io import StringIO

from retro.i18n import text as _
from retro.model import Assessment
from retro.report.remarks.rows import rows
from retro.report.untrusted import sheet_cell


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The table. Dates are `YYYY-MM-DD` in the workspace's zone, severities the English words."""
    target = StringIO()
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow(
        [
            "code",
            _("Rule"),
            _("Severity"),
            _("Board"),
            _("Task"),
            _("Owner"),
            _("Due"),
            _("Remark"),
            _("Proposal"),
            "URL",
            "key",
            "primary",
        ]
    )
    for row in rows(assessment, everything):
        finding = row.finding
        words = (row.rule, finding.severity.value, row.board, row.title, row.owners)
        out.writerow(
            [
                finding.code,
                *map(sheet_cell, words),
                row.due.isoformat() if row.due else "",
                *map(sheet_cell, (row.message, row.proposal, row.url or "", finding.task or finding.subject)),
                "true" if finding.primary else "false",
            ]
        )
    return target.getvalue()
