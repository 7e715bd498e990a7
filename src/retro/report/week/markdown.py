"""A person's week as Markdown to paste or to send: links to cards and pages; what boards hold is text there."""

from collections.abc import Iterator

from retro.i18n import plural
from retro.model import Assessment
from retro.report.meeting.pen import MARKDOWN
from retro.report.meeting.sections import Section, fitted
from retro.report.week.lines import MOST_LINES, facts, parts, saved_said, title
from retro.report.week.mine import Mine, Saved


def write(mine: Mine, assessment: Assessment, saved: Saved | None) -> str:
    """It in the current language, in `MOST_LINES` lines at most."""
    head = [f"# {title(mine, MARKDOWN)}"]
    if said := facts(mine, assessment, MARKDOWN):
        head += ["", f"*{' · '.join(said)}*"]
    foot = ["", f"*{line}*"] if (line := saved_said(saved, MARKDOWN)) else []
    return "\n".join([*fitted(head, list(_sections(mine)), MOST_LINES - len(foot)), *foot]) + "\n"


def _sections(mine: Mine) -> Iterator[Section]:
    for part in parts(mine, MARKDOWN):
        lines = (
            f"- {' · '.join(filter(None, (entry.when, MARKDOWN.task(entry.task), entry.note)))}"
            for entry in part.entries
        )
        yield Section(
            heading=f"## {part.heading}",
            items=tuple((line,) for line in lines),
            left_out=lambda left: f"- {plural('and {count} more', 'and {count} more', len(left))}",
        )
