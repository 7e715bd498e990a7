"""Whether each project makes its date, in words: what is short, what holds it up, and which ways out there are."""

from collections import Counter
from collections.abc import Iterator, Sequence

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.report import wording
from retro.report.meeting.notes import Notes
from retro.report.meeting.pen import Pen, listed
from retro.report.outlook import Outlook, Prospect

_CHAIN_ENDS = 3
"""Tasks of a long chain that are named at either end."""


def facts(outlook: Outlook, notes: Notes) -> list[str]:
    """Date and days left, verdict, margin."""
    assessment = notes.assessment
    found = []
    if outlook.day is not None:
        found.append(f"{format_date(outlook.day, Style.LONG)} ({wording.days_left(outlook)})")
    found.append(wording.verdict(outlook, assessment.day_minutes))
    if outlook.prospect is not Prospect.MISSED and (ground := wording.ground(outlook, assessment.margin)):
        found.append(ground)
    return found


def reasons(outlook: Outlook, notes: Notes, pen: Pen) -> Iterator[str]:
    """What holds a date up that cannot be met, and the ways out with what each gains; what uses a margin up."""
    if outlook.crowded:
        yield wording.crowded(outlook.crowded, notes.tasks, pen.task)
    anchor = outlook.anchor
    if anchor is None or outlook.prospect is not Prospect.MISSED:
        return
    titles = [pen.title(notes.tasks[key].title) for key in anchor.chain if key in notes.tasks]
    if titles:
        yield _("What holds it up: {chain}", chain=_chain(titles))
    if levers := wording.levers(anchor, notes.tasks, notes.assessment.day_minutes, lambda task: pen.title(task.title)):
        yield _("Ways out: {levers}", levers=" · ".join(levers))


def summed(left: Sequence[Outlook], pen: Pen) -> Iterator[str]:
    """The projects that have no line of their own: those in trouble by name, the others counted."""
    counts = Counter(each.prospect for each in left)
    if missed := counts[Prospect.MISSED]:
        named_ = [pen.title(each.project.name) for each in left if each.prospect is Prospect.MISSED]
        said = plural("{count} other misses its date", "{count} others miss their dates", missed)
        yield f"{said} ({listed(named_)})"
    if unknown := counts[Prospect.UNKNOWN]:
        yield plural("{count} project has no end date", "{count} projects have no end date", unknown)
    if tight := counts[Prospect.TIGHT]:
        yield plural("{count} project only just makes its date", "{count} projects only just make their dates", tight)
    if holds := counts[Prospect.HOLDS]:
        yield plural("{count} project makes its date", "{count} projects make their dates", holds)
    if finished := counts[Prospect.FINISHED]:
        yield plural("{count} project is finished", "{count} projects are finished", finished)


def _chain(titles: list[str]) -> str:
    left = len(titles) - 2 * _CHAIN_ENDS
    if left > 1:
        middle = plural("… {count} more task …", "… {count} more tasks …", left)
        titles = [*titles[:_CHAIN_ENDS], middle, *titles[-_CHAIN_ENDS:]]
    return " → ".join(titles)
