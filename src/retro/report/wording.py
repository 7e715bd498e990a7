"""Sentences that several reports share: verdicts, days left, shares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, format_number, plural, say
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Finding, Lever, Severity, SourceState, SourceStatus, Task, as_date
from retro.report.outlook import Outlook, Prospect
from retro.report.untrusted import printable
from retro.report.worklists import Wait

_LONGEST = 60
"""Characters of a title among others."""
_NEAR = 183
"""Days from now within which a date needs no year."""
_A_DAY = timedelta(days=1)
"""A nightly run has read again by then."""
_FULL = 10
"""Ten times its own work: a share beyond that says nothing more to anyone."""
_NAMED = 3
"""Tasks named in a sentence that counts them."""


def headline(found: Sequence[Outlook]) -> str:
    """How a whole portfolio stands, in one sentence; `found` has the worst project first."""
    if not found:
        return _("No project yet")
    prospects = [each.prospect for each in found]
    missed, tight = prospects.count(Prospect.MISSED), prospects.count(Prospect.TIGHT)
    name = shortened(printable(found[0].project.name))
    if missed:
        return _misses(missed, len(found), name)
    if set(prospects) == {Prospect.UNKNOWN}:
        return _("No end date, so no plan to hold")
    if tight:
        said = plural("Every date holds, {count} only just", "Every date holds, {count} only just", tight)
        return _("{project} just makes its date", project=name) if len(found) == 1 else said
    return _("{project} makes its date", project=name) if prospects == [Prospect.HOLDS] else _("Every date holds")


def _misses(missed: int, total: int, name: str) -> str:
    """How many of all projects miss their date; the only one that does, by name."""
    if missed == 1:
        return _("{project} will miss its date", project=name)
    if missed == total:
        return _("None of the {total} projects makes its date", total=total)
    return _("{missed} of {total} projects will miss their dates", missed=missed, total=total)


def as_of(assessment: Assessment) -> str:
    """When a report was made, in the workspace's zone: “lun. 11 janv. 2027 à 09:00”."""
    now = assessment.now.astimezone(ZoneInfo(assessment.zone_name))
    return _("{date} at {time}", date=f"{format_date(now, Style.WEEKDAY)} {now.year}", time=f"{now:%H:%M}")


def waiting(wait: Wait) -> str:
    """Who waits for whom."""
    waiter = printable(wait.waiter.name) if wait.waiter else _("An owner to be named")
    holder = printable(wait.holder.name) if wait.holder else _("an owner to be named")
    if wait.in_review:
        return _("{waiter} waits for {holder}’s approval", waiter=waiter, holder=holder)
    return _("{waiter} waits for {holder}", waiter=waiter, holder=holder)


def when(day: date, today: date) -> str:
    """A day near enough to be known by its weekday, else with its year."""
    return format_date(day, Style.WEEKDAY if abs((day - today).days) < _NEAR else Style.LONG)


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
            said = holding(outlook.prospect, slack, day_minutes, crowded=bool(outlook.crowded))
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


def crowded(keys: Sequence[str], tasks: Mapping[str, Task], said: Callable[[Task], str] | None = None) -> str:
    """How many tasks the team means to end later than their margin allows, and which; `said` is how one is named."""
    known = [tasks[key] for key in keys if key in tasks]
    if not known:
        return ""
    names = ", ".join((said or short_title)(task) for task in known[:_NAMED])
    return plural(
        "{count} task is set to end later than its margin allows: {names}",
        "{count} tasks are set to end later than their margin allows: {names}",
        len(known),
        names=names + (", …" if len(known) > _NAMED else ""),
    )


def percent(share: float) -> str:
    """A share as a whole percentage, with the language's space."""
    shown = min(share, _FULL)
    return _("{number}%", number=format_number(round(shown * 100)))


def ground(outlook: Outlook, wanted: float) -> str:
    """What a verdict rests on: the margin, unless most durations are only assumed; "" where there is no such thing."""
    if outlook.margin_share is None or outlook.prospect is Prospect.FINISHED:
        return ""
    if outlook.assumed and outlook.prospect is not Prospect.MISSED:
        return _("most durations are assumed")
    return margin(outlook.margin_share, wanted)


def margin(share: float, wanted: float) -> str:
    """The margin that is left, beside the one that is wanted; a share of next to no work is told in words."""
    if share <= 0:
        return _("no margin, {wanted} wanted", wanted=percent(wanted))
    if share > max(1, wanted):
        return _("more margin than work left")
    return _("margin {share}, {wanted} wanted", share=percent(share), wanted=percent(wanted))


def levers(
    anchor: AnchorVerdict | None,
    tasks: Mapping[str, Task],
    day_minutes: int,
    said: Callable[[Task], str] | None = None,
) -> list[str]:
    """The ways out of a date that cannot be met, each with what it gains; `said` is how a task is named."""
    found = anchor.levers if anchor is not None else ()
    meant = {key for each in found for key in (each.task, each.other) if key in tasks}
    titles = {key: (said or short_title)(tasks[key]) for key in meant if key is not None}
    return [lever(each, titles, day_minutes) for each in found]


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


def outdated(sources: Iterable[SourceState], now: datetime) -> str:
    """What is said above a report that rests on data of over a day ago; "" where none of it is so old."""
    read = [state.read_at for state in sources if state.state is not SourceStatus.FRESH and state.read_at is not None]
    # In UTC: two instants of one zone are subtracted as wall clocks.
    age = now.astimezone(UTC) - min(read).astimezone(UTC) if read else timedelta()
    if age <= _A_DAY:
        return ""
    return plural(
        "Data {count} day old: what has changed since is not in here",
        "Data {count} days old: what has changed since is not in here",
        age // _A_DAY,
    )


def severity_word(severity: Severity) -> str:
    """A severity in a word, so that nothing is told by colour alone."""
    return {Severity.ERROR: _("error"), Severity.WARNING: _("warning")}.get(severity, _("info"))


def names(task: Task) -> str:
    """A task's owners, or "–"."""
    return ", ".join(printable(owner.name) for owner in task.owners) or "–"


def owners(task: Task) -> str:
    """A task's owners within a list of what is to do: that it has none is said."""
    return names(task) if task.owners else _("no owner")


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
