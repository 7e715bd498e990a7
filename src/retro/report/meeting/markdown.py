"""The notes as Markdown to paste: headings, bold and lists only, at most forty lines whatever the workspace.

What boards hold is text there, never markup.
"""

from collections.abc import Iterator, Sequence

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.report import wording
from retro.report.meeting import changed
from retro.report.meeting.age import data_age
from retro.report.meeting.asking import about, asked
from retro.report.meeting.notes import Notes
from retro.report.meeting.pen import MARKDOWN as PEN
from retro.report.meeting.pen import listed
from retro.report.meeting.sections import Item, Section, fitted
from retro.report.meeting.verdicts import facts, reasons, summed
from retro.report.outlook import Outlook
from retro.report.worklists import Beginning, Dated, Wait

MOST_LINES = 40
_MOST_SOON = 6


def write(notes: Notes) -> str:
    """The page, in the current language."""
    sections = [
        _verdicts(notes),
        _decisions(notes),
        _late(notes),
        _waits(notes),
        _week(notes),
        _changed(notes),
    ]
    return "\n".join(fitted(list(_head(notes)), sections, MOST_LINES)) + "\n"


def _head(notes: Notes) -> Iterator[str]:
    late = len(notes.late) + len(notes.late_before)
    open_ = len(notes.questions) + len(notes.questions_before)
    yield f"# {_('Meeting of {date}', date=format_date(notes.today, Style.LONG))}"
    yield ""
    counts = [
        plural("{count} decision to take", "{count} decisions to take", open_) if open_ else _("nothing to decide"),
        plural("{count} task late", "{count} tasks late", late) if late else _("nothing late"),
        _due(notes),
    ]
    yield f"**{PEN.words(wording.headline(notes.outlooks))}** · {' · '.join(counts)}"
    yield f"*{data_age(notes, PEN)}*"


def _due(notes: Notes) -> str:
    count = len(notes.due)
    if not count:
        return _("nothing due")
    if notes.week > notes.today:
        return plural("{count} due next week", "{count} due next week", count)
    return plural("{count} due this week", "{count} due this week", count)


def _verdicts(notes: Notes) -> Section:
    items = tuple(tuple(_project(each, notes)) for each in notes.outlooks)

    def left_out(left: Sequence[int]) -> str:
        return "- " + " · ".join(summed([notes.outlooks[place] for place in left], PEN))

    return Section(heading=f"## {_('Do we make the dates?')}", items=items, left_out=left_out)


def _project(outlook: Outlook, notes: Notes) -> Iterator[str]:
    yield f"- **{PEN.title(outlook.project.name)}** · {' · '.join(facts(outlook, notes))}"
    yield from (f"  - {reason}" for reason in reasons(outlook, notes, PEN))


def _decisions(notes: Notes) -> Section:
    day_minutes = notes.assessment.day_minutes
    lines = [f"- {asked(each, PEN, today=notes.today, day_minutes=day_minutes)}" for each in notes.questions]
    closing = []
    if notes.questions_before:
        subjects = listed([about(each, PEN) for each in notes.questions_before])
        closing.append(f"- {_('Still open from last time: {subjects}', subjects=subjects)}")
    return _listing(_("To decide today"), lines, closing)


def _late(notes: Notes) -> Section:
    lines = [_dated(each, notes) for each in notes.late]
    return _listing(_("Late"), lines, _told(len(notes.late_before), beside=bool(lines)))


def _told(before: int, *, beside: bool) -> list[str]:
    """What was told last time, in a count; `beside` what is told anew."""
    if not before:
        return []
    if beside:
        return [f"- {plural('{count} other already told', '{count} others already told', before)}"]
    return [f"- {plural('{count} already told, no worse', '{count} already told, no worse', before)}"]


def _waits(notes: Notes) -> Section:
    blockers: dict[str, list[Wait]] = {}
    for wait in notes.waits:
        blockers.setdefault(wait.blocker.key, []).append(wait)
    lines = [_wait(each, notes) for each in blockers.values()]
    return _listing(_("Who waits for whom"), lines, _told(len(notes.waits_before), beside=bool(lines)))


def _week(notes: Notes) -> Section:
    name = _("Next week") if notes.week > notes.today else _("This week")
    soon = notes.soon[:_MOST_SOON]
    told = list(_soon(soon, notes))
    if len(notes.soon) > len(soon):
        told.append(plural("{count} more", "{count} more", len(notes.soon) - len(soon)))
    closing = [f"- **{_('To be told')}** · {' · '.join(told)}"] if told else []
    return _listing(name, [_dated(each, notes) for each in notes.due], closing)


def _changed(notes: Notes) -> Section:
    moves = [f"- {line}" for line in changed.moves(notes)]
    others = [f"- {line}" for line in changed.lines(notes)]

    def left_out(left: Sequence[int]) -> str:
        if left[0] >= len(others):
            return f"- {plural('{count} other moved', '{count} others moved', len(left))}"
        return f"- {plural('and {count} more', 'and {count} more', len(left))}"

    return Section(
        heading=f"## {changed.heading(notes)}",
        items=tuple[Item, ...]((line,) for line in (*others, *moves)),
        left_out=left_out,
        closing=tuple(f"- {line}" for line in changed.remarks(notes)),
        least=4,
    )


def _listing(name: str, lines: Sequence[str], closing: Sequence[str]) -> Section:
    return Section(
        heading=f"## {name}",
        items=tuple[Item, ...]((line,) for line in lines),
        left_out=lambda left: f"- {plural('and {count} more', 'and {count} more', len(left))}",
        closing=tuple(closing),
    )


def _dated(dated: Dated, notes: Notes) -> str:
    facts = [wording.when(dated.day, notes.today), PEN.task(dated.task), PEN.owners(dated.task)]
    return f"- {' · '.join(facts)}" + (f" ({_('advised')})" if dated.advised else "")


def _wait(waits: Sequence[Wait], notes: Notes) -> str:
    """All who wait for one task."""
    wait = waits[0]
    waiters = [f"**{PEN.person(each.waiter)}**" for each in waits if each.waiter] or [_("An owner to be named")]
    holder = f"**{PEN.person(wait.holder)}**" if wait.holder else _("an owner to be named")
    if len(waiters) == 1:
        said = _("{waiter} waits for {holder}", waiter=waiters[0], holder=holder)
    else:
        said = _("{names} wait for {holder}", names=listed(waiters), holder=holder)
    facts = [said, PEN.task(wait.blocker)]
    if wait.day is not None:
        facts.append(wording.when(wait.day, notes.today))
    if wait.warn:
        facts.append(_("to be told"))
    return f"- {' · '.join(facts)}"


def _soon(beginnings: Sequence[Beginning], notes: Notes) -> Iterator[str]:
    """Each person once, in the order of what they begin first."""
    theirs: dict[str, list[str]] = {}
    for each in beginnings:
        date = _("from {date}", date=wording.when(each.day, notes.today))
        theirs.setdefault(PEN.owners(each.task), []).append(f"{PEN.quoted(each.task.title)} {date}")
    return (_("{who}: {what}", who=who, what=", ".join(what)) for who, what in theirs.items())
