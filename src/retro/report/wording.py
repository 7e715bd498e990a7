"""Sentences that several reports share: verdicts, days left, shares."""

from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, format_number, plural, say
from retro.i18n import text as _
from retro.model import Assessment, Finding, Lever, SourceState, SourceStatus, Task, as_date
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable

_LONGEST = 60
"""Characters of a title among others."""
_NEAR = 183
"""Days from now within which a date needs no year."""
_FULL = 10
"""Ten times its own work: a share beyond that says nothing more to anyone."""


def days_left(outlook: Outlook) -> str:
    """Calendar days to the date, as “J−17”, “Jour J” or “J+3”; empty without a date."""
    left = outlook.days_left
    if left is None:
        return ""
    if left == 0:
        return _("D-day")
    return _("D−{count}", count=left) if left > 0 else _("D+{count}", count=-left)


def verdict(outlook: Outlook, day_minutes: int) -> str:
    """Whether the project makes its date, in one short sentence."""
    match outlook.prospect:
        case Prospect.FINISHED:
            said = _("Everything is done")
        case Prospect.UNKNOWN:
            said = _("No end date: nothing to work back from")
        case Prospect.MISSED:
            said = _missed(outlook, day_minutes)
        case _:
            slack = outlook.anchor.slack_minutes if outlook.anchor else None
            said = holding(outlook.prospect, slack, day_minutes, crowded=outlook.crowded)
    return said


def holding(prospect: Prospect, slack: int | None, day_minutes: int, *, crowded: bool) -> str:
    """How well a date that can be met is met: the same words in every report.

    `slack` are the least minutes by which the plan could slip, `crowded` whether the team's own dates use them up.
    """
    if crowded:
        return _("Holds, but the dates set use up the margin")
    if slack is None:
        return _("On time")
    days = format_days(slack, day_minutes)
    if prospect is Prospect.TIGHT:
        return _("Just holds: {days} of margin", days=days)
    return _("On time: {days} of margin", days=days)


def _missed(outlook: Outlook, day_minutes: int) -> str:
    anchor = outlook.anchor
    if anchor is None or anchor.feasible:
        left = outlook.total - outlook.done
        return plural("The date has passed, {count} task is open", "The date has passed, {count} tasks are open", left)
    if not anchor.missing_minutes:
        return _("The date cannot be met")
    return _("{days} short", days=format_days(anchor.missing_minutes, day_minutes))


def percent(share: float) -> str:
    """A share as a whole percentage, with the language's space."""
    shown = min(share, _FULL)
    return _("{number}%", number=format_number(round(shown * 100)))


def lever(lever: Lever, titles: dict[str, str], day_minutes: int) -> str:
    """One way out, with what it gains."""
    gain = format_days(lever.gain_minutes, day_minutes)
    task, other = titles.get(lever.task or "", ""), titles.get(lever.other or "", "")
    match lever.kind:
        case "cut" if task:
            return _("Cut “{task}” down: up to {gain} gained", task=task, gain=gain)
        case "overlap" if task and other:
            return _("Start “{task}” before “{other}” is over: up to {gain} gained", task=other, other=task, gain=gain)
        case "overlap" if task:
            return _("Overlap “{task}” with what comes before: up to {gain} gained", task=task, gain=gain)
        case "move" if lever.date:
            return _("Move the date to {date}", date=format_date(lever.date, Style.LONG))
        case "move":
            return _("Move the date by {gain}", gain=gain)
        case _:
            return _("Gain up to {gain}", gain=gain)


def stale(state: SourceState, zone_name: str) -> str:
    """What is said of a source that was not read now: since when its data is what it is, in the workspace's zone."""
    if state.state is SourceStatus.FAILED or state.read_at is None:
        return _("{source} could not be read", source=printable(state.id))
    local = state.read_at.astimezone(ZoneInfo(zone_name))
    at = f"{format_date(local, Style.WEEKDAY)} {local:%H:%M}"
    return _("{source}: data of {at}", source=printable(state.id), at=at)


def names(task: Task) -> str:
    """A task's owners, or "–"."""
    return ", ".join(printable(owner.name) for owner in task.owners) or "–"


def title(task: Task) -> str:
    """A task's title on one line, never empty."""
    return printable(task.title) or _("(untitled)")


def short_title(task: Task) -> str:
    """A task's title within a sentence that names others too."""
    return shortened(title(task))


def shortened(words: str, most: int = _LONGEST) -> str:
    """The first words of a text that may have no end, in so many characters."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def message(finding: Finding, assessment: Assessment) -> str:
    """A finding's sentence, made safe; its dates have their year where they are over half a year away."""
    zone = ZoneInfo(assessment.zone_name)
    today = as_date(assessment.now, zone)
    far = any(
        abs((as_date(value, zone) - today).days) > _NEAR for value in finding.params.values() if isinstance(value, date)
    )
    return printable(say(finding, style=Style.LONG if far else Style.SHORT))


def rule_name(assessment: Assessment, code: str, lang: str) -> str:
    """A rule's name in the language of the report, else its code."""
    english, french = assessment.rules.get(code, (code, code))
    return french if lang == "fr" else english.replace("-", " ")
