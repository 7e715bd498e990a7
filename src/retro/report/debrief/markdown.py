"""The debrief as Markdown to paste into the project's page: facts first, then three questions left blank."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import Assessment, EndBasis, TaskSlip, as_date
from retro.report import slips, wording
from retro.report.debrief.facts import Debrief, Finished, Moves, Step
from retro.report.meeting.pen import MARKDOWN as PEN
from retro.report.meeting.pen import linked
from retro.report.untrusted import web_address

_MOST = 15
"""Lines of a list."""
_MOST_STEPS = 4


def write(found: Debrief, assessment: Assessment) -> str:
    """It in the current language."""
    lines = [*_head(found, assessment)]
    for heading, part in (
        (_("Planned and actual"), [*_ends(found), *_planned(found)]),
        (_("Dates that moved"), _listed([_moved(each) for each in found.moves])),
        (_("Last-minute work"), list(_rush(found))),
        (_("Margin"), list(_margin(found, assessment))),
        (_("Added and dropped on the way"), list(_added(found))),
        (_("Still open"), _listed([PEN.task(task) for task in found.open])),
    ):
        if part:
            lines += ["", f"## {heading}", *(f"- {line}" for line in part)]
    lines += ["", f"## {_('To talk over')}"]
    for question in (
        _("What went well?"),
        _("What went wrong, or cost time for nothing?"),
        _("What do we do otherwise next time, and who sees to it?"),
    ):
        lines += ["", f"**{question}**", "", "- "]
    return "\n".join(lines) + "\n"


def _head(found: Debrief, assessment: Assessment) -> Iterator[str]:
    yield f"# {_('Debrief of {project}', project=PEN.title(found.project.name))}"
    yield ""
    said = [plural("{count} task done", "{count} tasks done", len(found.done))]
    if found.open:
        said.append(plural("{count} still open", "{count} still open", len(found.open)))
    if found.outlook is not None and found.outlook.day is not None:
        said.insert(0, format_date(found.outlook.day, Style.LONG))
    yield f"**{' · '.join(said)}**"
    if found.open and not found.done and all(task.status.raw is None for task in found.open):
        yield f"*{_('Nothing in this plan says what is done: all of it counts as open.')}*"
    if found.baseline is None:
        yield (
            "*"
            + _(
                "No baseline was kept of this project: what was planned is the first date of each card. Next time, run "
                "`retro baseline plan set kickoff` at the start."
            )
            + "*"
        )
        return
    set_at = as_date(found.baseline.set_at, ZoneInfo(assessment.zone_name))
    named = _("“{name}” of {date}", name=PEN.title(found.baseline.name), date=format_date(set_at, Style.LONG))
    yield f"*{_('Against the baseline {baseline}', baseline=named)}*"


def _ends(found: Debrief) -> Iterator[str]:
    for end in found.slip.ends if found.slip is not None else ():
        if end.basis is EndBasis.ANCHOR:
            yield f"{slips.end_said(end)} · {slips.span(end.was.day, end.now.day)}"
        elif end.basis is EndBasis.PLANNED and end.moved.days:
            yield PEN.words(slips.last_finish_said(end))


def _planned(found: Debrief) -> Iterator[str]:
    """The counts, then the tasks that were done later than planned, by date."""
    known = [each for each in found.done if each.days is not None]
    if known:
        later = [each for each in known if each.days and each.days > 0]
        earlier = [each for each in known if each.days and each.days < 0]
        on_the_day = len(known) - len(later) - len(earlier)
        said = [plural("{count} on the day", "{count} on the day", on_the_day)] if on_the_day else []
        said += [plural("{count} earlier", "{count} earlier", len(earlier))] if earlier else []
        said += [plural("{count} later", "{count} later", len(later))] if later else []
        yield " · ".join(said)
        yield from _listed([_finished(each) for each in later])
    if unknown := len(found.done) - len(known):
        yield plural(
            "{count} task done of which a date is missing", "{count} tasks done of which a date is missing", unknown
        )


def _finished(each: Finished) -> str:
    address = web_address(each.url)
    title = linked(PEN.title(each.title), address) if address is not None else PEN.quoted(each.title)
    if each.planned is None or each.done is None or each.days is None:
        return title
    days = plural("{count} day later", "{count} days later", each.days)
    return f"{title} · {slips.span(each.planned, each.done)} ({days})"


def _moved(moves: Moves) -> str:
    steps = [_step(each) for each in moves.steps[-_MOST_STEPS:]]
    if (before := len(moves.steps) - len(steps)) > 0:
        steps.insert(0, plural("{count} move before", "{count} moves before", before))
    return f"{PEN.task(moves.task)} · {' · '.join(steps)}"


def _step(step: Step) -> str:
    on = format_date(step.on)
    what = f"{format_date(step.was)} → {format_date(step.now)}"
    if step.who:
        return _("{what} ({name}, on {date})", what=what, name=PEN.title(step.who), date=on)
    return _("{what} (on {date})", what=what, date=on)


def _rush(found: Debrief) -> Iterator[str]:
    rush = found.rush
    if rush is None:
        return
    yield plural(
        "{share} of the tasks were done in the last fifth of the time, from {date} on: {some} of {count}",
        "{share} of the tasks were done in the last fifth of the time, from {date} on: {some} of {count}",
        rush.tasks,
        share=wording.percent(rush.in_rush / rush.tasks),
        date=format_date(rush.since, Style.LONG),
        some=rush.in_rush,
    )
    if rush.after_due:
        yield plural(
            "{count} task was done after its due date",
            "{count} tasks were done after their due dates",
            rush.after_due,
        )
    else:
        yield _("No task was done after its due date")


def _margin(found: Debrief, assessment: Assessment) -> Iterator[str]:
    was, now, day = found.margin_was, found.margin_now, assessment.day_minutes
    if was is not None and was >= 0:
        yield _("At the start: {days}", days=format_days(was, day))
    elif was is not None:
        yield _("At the start: {days} short", days=format_days(-was, day))
    if now is None:
        return
    yield (
        _("Left: {days}", days=format_days(now, day))
        if now >= 0
        else _("Short of: {days}", days=format_days(-now, day))
    )
    if was is not None and was > 0 and now < was:
        eaten = min(was - now, was)
        yield _("Eaten: {days} ({share})", days=format_days(eaten, day), share=wording.percent(eaten / was))


def _added(found: Debrief) -> Iterator[str]:
    if found.baseline is None:
        return
    for tasks, said in ((found.added, _added_tasks), (found.dropped, _dropped_tasks)):
        if tasks:
            yield said(len(tasks))
            yield from _listed([_slip(each) for each in tasks])
    if not found.added and not found.dropped:
        yield _("Nothing: the tasks are those of the start")


def _added_tasks(count: int) -> str:
    return plural("**{count} task added**", "**{count} tasks added**", count)


def _dropped_tasks(count: int) -> str:
    return plural("**{count} task dropped**", "**{count} tasks dropped**", count)


def _slip(slip: TaskSlip) -> str:
    day = slip.now or slip.was
    title = PEN.quoted(slip.title)
    return f"{title} · {format_date(day, Style.LONG)}" if day is not None else title


def _listed(lines: Sequence[str]) -> list[str]:
    left = len(lines) - _MOST
    if left <= 1:
        return list(lines)
    return [*lines[:_MOST], plural("and {count} more", "and {count} more", left)]
