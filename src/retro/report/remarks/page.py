"""`--format html`: one page of remarks, board by board; it needs nothing from anywhere and holds no script."""

from dataclasses import dataclass
from itertools import groupby

from retro.i18n import format_date, plural
from retro.i18n import text as _
from retro.model import Assessment
from retro.report import wording
from retro.report.html.environment import environment, hashed, source
from retro.report.outlook import outlooks
from retro.report.remarks.rows import Row, brief, left_out, rows
from retro.report.terminal import PROSPECTS
from retro.report.worklists import worklists


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether one project makes its date."""

    sign: str
    name: str
    day: str
    words: str


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The page. Its content security policy allows its own style by its hash, and nothing else at all."""
    style = source("page.css")
    found = sorted(rows(assessment, everything), key=lambda row: row.board.casefold())
    groups = [(board or _("All boards"), list(group)) for board, group in groupby(found, key=lambda row: row.board)]
    return (
        environment()
        .get_template("remarks.html.j2")
        .render(
            lang=assessment.lang,
            policy=f"default-src 'none'; style-src {hashed(style)}; base-uri 'none'; form-action 'none'",
            style=style,
            said=format_date(assessment.now.date()),
            verdicts=_verdicts(assessment),
            groups=groups,
            more=_more(assessment, everything=everything),
            due=_due,
        )
    )


def _verdicts(assessment: Assessment) -> list[Verdict]:
    return [
        Verdict(
            sign=PROSPECTS[outlook.prospect][1],
            name=brief(outlook.project.name) or _("(untitled)"),
            day=format_date(outlook.day) if outlook.day else "",
            words=wording.verdict(outlook, assessment.day_minutes),
        )
        for outlook in outlooks(assessment, worklists(assessment).late_keys)
    ]


def _more(assessment: Assessment, *, everything: bool) -> str:
    others = left_out(assessment, everything)
    return (
        plural("{count} other remark: retro lint --all", "{count} other remarks: retro lint --all", others)
        if others
        else ""
    )


def _due(row: Row) -> str:
    return format_date(row.due) if row.due else ""
