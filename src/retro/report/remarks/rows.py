"""One remark with all that a report says of it, safe to show: where it is, whose it is, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n import current_language, format_date
from retro.i18n import text as _
from retro.model import Assessment, Finding, Fix, Task, as_date
from retro.model.values import TICK
from retro.report import wording
from retro.report.naming import named
from retro.report.untrusted import printable, web_address

_LONGEST, _LONGEST_SENTENCE = 200, 800
"""Characters of a title, and of a sentence, in what people read: a sentence may end with a line to copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A remark. All words are on one line, without control characters, and of a length that a reader can stand."""

    finding: Finding
    severity: str
    """In a word of the language."""
    rule: str
    """The rule's name in the language."""
    board: str
    title: str
    """The task's, or what stands for it: the project or board, else nothing."""
    url: str | None
    owners: str
    due: date | None
    message: str
    proposal: str
    """What the fix would put there, or nothing."""


def rows(assessment: Assessment, everything: bool) -> Iterator[Row]:  # noqa: FBT001 - as every writer takes it
    """The remarks in reading order: all of them, or one a task."""
    tasks = named(assessment.portfolio.tasks)
    boards = {board.key: board.name for board in assessment.portfolio.boards}
    projects = {project.key: project.name for project in assessment.portfolio.projects}
    zone, lang = ZoneInfo(assessment.zone_name), current_language()
    for finding in assessment.findings:
        if not (everything or finding.primary):
            continue
        task = tasks.get(finding.task) if finding.task else None
        board = boards.get(finding.board or (task.board if task else ""), "")
        yield Row(
            finding=finding,
            severity=wording.severity_word(finding.severity),
            rule=printable(wording.rule_name(assessment, finding.code, lang)),
            board=brief(board),
            title=title_of(task) if task else brief(projects.get(finding.project or finding.subject, "")),
            url=web_address(task.url) if task else None,
            owners=brief(", ".join(owner.name for owner in task.owners)) if task else "",
            due=_due(task, zone),
            message=sentence(finding, assessment),
            proposal=proposal(finding.fix) if finding.fix else "",
        )


def left_out(assessment: Assessment, everything: bool) -> int:  # noqa: FBT001 - idem
    """How many remarks `rows` leaves out."""
    return 0 if everything else sum(not finding.primary for finding in assessment.findings)


def proposal(fix: Fix) -> str:
    """What a fix would put in its place, for people."""
    if fix.new is None:
        return _("(empty)")
    if fix.field == TICK:
        return _("ticked")
    return format_date(fix.new) if isinstance(fix.new, date) else brief(str(fix.new))


def place(row: Row) -> str:
    """Board and task, as far as there are any: “Campagne › Flyer”."""
    return " › ".join(part for part in (row.board, row.title) if part) or _("All boards")


def _due(task: Task | None, zone: ZoneInfo) -> date | None:
    return as_date(task.due, zone) if task is not None and task.due is not None else None


def title_of(task: Task) -> str:
    """A task's title as `brief` gives it, never empty."""
    return brief(task.title) or _("(untitled)")


def sentence(finding: Finding, assessment: Assessment) -> str:
    """What a remark says, whatever its board's own words in it."""
    return wording.shortened(wording.message(finding, assessment), _LONGEST_SENTENCE)


def brief(words: str) -> str:
    """Words of a board on one line, made safe, in no more than a reader can stand."""
    # A text of any length is cut before it is cleaned: a title of a megabyte costs no more than another.
    return wording.shortened(printable(words[: 4 * _LONGEST]), _LONGEST)
