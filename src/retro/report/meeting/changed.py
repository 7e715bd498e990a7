"""What became of the plan since the last meeting, in words: done, new, moved, and how far from the baseline."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Happened, ProjectSlip, Slippage, TaskSlip, as_date
from retro.report import slips
from retro.report.meeting.notes import Notes
from retro.report.meeting.pen import MARKDOWN as PEN
from retro.report.meeting.pen import Pen, listed

_MOST_NAMES = 5
_MOST_ENDS = 3


def heading(notes: Notes) -> str:
    """Since when: the last meeting's day, else that of what is known first, else the baseline's."""
    at = notes.since.at
    if at is None:
        return _("Since last time")
    return _("Since {date}", date=format_date(as_date(at, ZoneInfo(notes.assessment.zone_name)), Style.LONG))


def lines(notes: Notes) -> Iterator[str]:
    """The ends that slipped, what was done, what came and went."""
    yield from _ends(notes)
    if notes.since.changes is not None:
        yield from _groups(notes.since.changes)


def moves(notes: Notes) -> Iterator[str]:
    """Each date that moved, the furthest first."""
    if notes.since.changes is not None:
        yield from (_moved(slip, notes) for slip in notes.since.changes.that(Happened.MOVED))


def remarks(notes: Notes) -> Iterator[str]:
    """How many remarks came and went, where that is known and any did."""
    if notes.remarks is None or not any(notes.remarks):
        return
    new, settled = notes.remarks
    yield " · ".join(
        [
            plural("{count} remark settled", "{count} remarks settled", settled),
            plural("{count} new one", "{count} new ones", new),
        ]
    )


def counted(notes: Notes, pen: Pen) -> Iterator[str]:
    """The first end that slipped from the baseline, and what became of tasks in figures alone."""
    agreed, changes = notes.since_agreed, notes.since.changes
    for project in agreed[:1]:
        end = project.ends[0]
        yield f"{pen.title(project.name)} · {slips.end_said(end)} · {slips.span(end.was.day, end.now.day)}"
    if changes is None:
        return
    for count, said in (
        (len(changes.that(Happened.DONE)), _done),
        (len(changes.that(Happened.NEW)), _new),
        (len(changes.that(Happened.MOVED)), _moved_tasks),
    ):
        if count:
            yield said(count)


def _ends(notes: Notes) -> Iterator[str]:
    agreed, ends = notes.assessment.slippage, notes.since_agreed
    if agreed is None:
        return
    for project in ends[:_MOST_ENDS]:
        yield _end(project, agreed, notes)
    if len(ends) > _MOST_ENDS:
        count = len(ends) - _MOST_ENDS
        yield plural("{count} other end slips", "{count} other ends slip", count)
    if ends and agreed is not notes.since.changes:
        yield _("Against “{name}”: {counts}", name=PEN.title(agreed.name), counts=slips.counts(agreed))


def _end(project: ProjectSlip, agreed: Slippage, notes: Notes) -> str:
    end = project.ends[0]
    set_at = format_date(as_date(agreed.set_at, ZoneInfo(notes.assessment.zone_name)), Style.LONG)
    against = _("“{name}” of {date}", name=PEN.title(agreed.name), date=set_at)
    days = slips.span(end.was.day, end.now.day)
    return f"**{PEN.title(project.name)}** · {slips.end_said(end)} · {days} ({against})"


def _groups(changes: Slippage) -> Iterator[str]:
    done, new = changes.that(Happened.DONE), changes.that(Happened.NEW)
    aside = changes.that(Happened.GONE, Happened.ASIDE)
    dated, undated = changes.that(Happened.DATED), changes.that(Happened.UNDATED)
    for found, said in ((done, _done), (new, _new), (aside, _aside), (dated, _dated), (undated, _undated)):
        if found:
            yield _("{who}: {what}", who=f"**{said(len(found))}**", what=_names(found))


def _names(found: Sequence[TaskSlip]) -> str:
    return listed([PEN.title(slip.title) for slip in found], _MOST_NAMES)


def _moved(slip: TaskSlip, notes: Notes) -> str:
    task = notes.tasks.get(slip.key)
    title = PEN.task(task) if task is not None else PEN.quoted(slip.title)
    when = f"{format_date(slip.was)} → {format_date(slip.now)}" if slip.was and slip.now else ""
    said = f"{title} · {when} ({slips.signed(slip.moved)}"
    times = notes.since.moves.get(slip.key, 0)
    if times > 1:
        said += ", " + plural("moved {count} time", "moved {count} times", times)
    return f"{said})"


def _done(count: int) -> str:
    return plural("{count} done", "{count} done", count)


def _new(count: int) -> str:
    return plural("{count} new", "{count} new", count)


def _moved_tasks(count: int) -> str:
    return plural("{count} task moved", "{count} tasks moved", count)


def _aside(count: int) -> str:
    return plural("{count} gone or archived", "{count} gone or archived", count)


def _dated(count: int) -> str:
    return plural("{count} given a date", "{count} given a date", count)


def _undated(count: int) -> str:
    return plural("{count} that lost its date", "{count} that lost their dates", count)
