"""What a person's week says, line by line, in the words that every format of it shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, Owner, SourceStatus, Task
from retro.report import wording
from retro.report.meeting.pen import Pen, listed
from retro.report.week.mine import Asked, Mine, Saved, Todo

MOST_LINES = 24
"""A screen."""
_MOST_NAMES = 2
_MOST_MOVES = 2
_MOST_SOURCES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A task on its line: when, what, and what there is to know of it; `pressing` where it is late."""

    when: str
    task: Task
    note: str = ""
    pressing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list below its heading."""

    heading: str
    entries: tuple[Entry, ...]


def title(mine: Mine, pen: Pen) -> str:
    """Whose week it is, and the day that it was drawn up."""
    return _("My week · {name} · {date}", name=pen.title(mine.owner.name), date=format_date(mine.today, Style.LONG))


def facts(mine: Mine, assessment: Assessment, pen: Pen) -> list[str]:
    """What stands in no list: that there is nothing, how many tasks lack a date, and data that is not of now."""
    found = []
    if mine.empty:
        found.append(_("Nothing late, nothing due, and nobody waits."))
    old = wording.outdated(assessment.portfolio.sources, assessment.now)
    found += [old] if old else []
    if count := len(mine.dateless):
        found.append(plural("{count} task without a date", "{count} tasks without a date", count))
    # Where days are told already, only what could not be read at all is told by its name.
    told = (SourceStatus.FRESH, SourceStatus.STALE) if old else (SourceStatus.FRESH,)
    stale = [each for each in assessment.portfolio.sources if each.state not in told]
    found += [pen.words(wording.stale(each, assessment.zone_name)) for each in stale[:_MOST_SOURCES]]
    if (more := len(stale) - _MOST_SOURCES) > 0:
        found.append(plural("{count} more", "{count} more", more))
    return found


def parts(mine: Mine, pen: Pen) -> Iterator[Part]:
    """The lists that hold anything, the most pressing first."""
    week = _("Next week") if mine.week > mine.today else _("This week")
    for heading, entries in (
        (_("Late"), [_todo(each, mine, pen, pressing=True) for each in mine.late]),
        (week, [_todo(each, mine, pen) for each in mine.due]),
        (_("Others wait for it"), [_asked(each, mine, pen) for each in mine.asked]),
        (_("Waiting for others"), [_waiting(each, mine, pen) for each in mine.waiting]),
        (
            _("To begin within ten working days"),
            [
                Entry(when=wording.when(each.day, mine.today), task=each.task, note=_advised(each.advised))
                for each in mine.soon
            ],
        ),
    ):
        if entries:
            yield Part(heading=heading, entries=tuple(entries))


def saved_said(saved: Saved | None, pen: Pen) -> str:
    """What retro did, in one line; "" where it did nothing that can be counted."""
    if saved is None or not (saved.filled or saved.moves):
        return ""
    found = []
    if saved.filled:
        found.append(plural("{count} date filled in", "{count} dates filled in", saved.filled))
    if saved.moves:
        shown = [
            f"{pen.quoted(each.task.title)} {format_date(each.was)} → {format_date(each.now)}"
            for each in saved.moves[:_MOST_MOVES]
        ]
        if (more := len(saved.moves) - len(shown)) > 0:
            shown.append(plural("{count} more", "{count} more", more))
        said = plural("{count} move seen ahead", "{count} moves seen ahead", len(saved.moves))
        found.append(_("{who}: {what}", who=said, what=", ".join(shown)))
    return _("By retro since {date}: {facts}", date=format_date(saved.since), facts=" · ".join(found))


def _todo(todo: Todo, mine: Mine, pen: Pen, *, pressing: bool = False) -> Entry:
    notes = [_advised(todo.advised), _waiters(todo.waiters, pen)]
    if todo.warn and todo.waiters:
        notes.append(_("to be told"))
    return Entry(
        when=wording.when(todo.day, mine.today),
        task=todo.task,
        note=", ".join(filter(None, notes)),
        pressing=pressing,
    )


def _asked(asked: Asked, mine: Mine, pen: Pen) -> Entry:
    notes = [_("to approve") if asked.in_review else "", _waiters(asked.people, pen)]
    return _entry(asked, mine, ", ".join(filter(None, notes)))


def _waiting(asked: Asked, mine: Mine, pen: Pen) -> Entry:
    names = _names(asked.people, pen) or _("an owner to be named")
    late = asked.day is not None and asked.day < mine.today
    said = _("with {name}, to approve", name=names) if asked.in_review else names
    return _entry(asked, mine, f"{said}, {_('late')}" if late else said)


def _entry(asked: Asked, mine: Mine, note: str) -> Entry:
    return Entry(
        when=wording.when(asked.day, mine.today) if asked.day is not None else _("no date"),
        task=asked.task,
        note=note,
        pressing=asked.day is not None and asked.day < mine.today,
    )


def _waiters(people: Sequence[Owner], pen: Pen) -> str:
    if not people:
        return ""
    names = _names(people, pen)
    return _("{name} waits", name=names) if len(people) == 1 else _("{names} wait", names=names)


def _names(people: Sequence[Owner], pen: Pen) -> str:
    return listed([pen.title(owner.name) for owner in people], _MOST_NAMES)


def _advised(advised: bool) -> str:  # noqa: FBT001 - what is known of a date
    return _("advised") if advised else ""
