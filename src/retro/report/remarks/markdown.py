"""`--format markdown`: what is said of each board as a list, for a page of notes, an issue or a pull request."""

from itertools import groupby

from retro.i18n import format_date, plural
from retro.i18n import text as _
from retro.model import Assessment
from retro.report import wording
from retro.report.outlook import outlooks
from retro.report.remarks.rows import Row, brief, left_out, rows
from retro.report.untrusted import markdown
from retro.report.worklists import worklists


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The verdict of each project, then the remarks under their boards. Text of boards is never read as markup."""
    lines = [f"# {_('Remarks')}", ""]
    for outlook in outlooks(assessment, worklists(assessment).late_keys):
        verdict = markdown(wording.verdict(outlook, assessment.day_minutes))
        day = f" ({format_date(outlook.day)})" if outlook.day else ""
        lines.append(f"- **{markdown(brief(outlook.project.name)) or _('(untitled)')}**{day}: {verdict}")
    found = sorted(rows(assessment, everything), key=lambda row: row.board.casefold())
    for board, group in groupby(found, key=lambda row: row.board):
        lines += ["", f"## {markdown(board) or _('All boards')}", ""]
        lines += [_item(row) for row in group]
    if not found:
        lines += ["", _("Nothing to remark.")]
    if others := left_out(assessment, everything):
        lines += [
            "",
            plural("{count} other remark: retro lint --all", "{count} other remarks: retro lint --all", others),
        ]
    return "\n".join(lines) + "\n"


def _item(row: Row) -> str:
    title = markdown(row.title)
    named = f"[{title}](<{row.url}>)" if row.url and title else title
    parts = [f"**{row.severity}** `{row.finding.code}`"]
    if named:
        parts.append(f"{named}:")
    parts.append(markdown(row.message))
    if row.owners:
        parts.append(f"({markdown(row.owners)})")
    return f"- {' '.join(parts)}"
