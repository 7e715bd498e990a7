"""`retro report --remind`: on the eve of the meeting, to each person their own links."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.failures import DONE, strongest, tell
from retro.cli.output import put, tell_bugs
from retro.cli.work import gather, opened
from retro.i18n import Style, format_date, plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retro.cli.session import Session
    from retro.report.chat.message import Message
    from retro.run.showing import Part

CHANNELS = ("slack", "teams", "others")


def remind(
    session: Session,
    paths: Sequence[Path],
    part: Part,
    *,
    to: str | None,
    output: Path | None,
    way: Callable[[str], Callable[[Message], None]],
    any_day: bool,
    end: str | None = None,
) -> int:
    """Send the reminders, or write them; the exit code. On any other day than the eve nothing is read.

    `way` finds how a message gets to a channel. A scheduled run that has nothing to do says nothing; a person at a
    terminal is told why.
    """
    from retro.report import reminders
    from retro.run.meeting import kind_of
    from retro.run.reminding import eve, next_meeting, remember_reminded, reminded_today
    from retro.run.showing import part_of
    from retro.run.week import busy
    from retro.run.working_time import calendars

    channel = to.strip().lower() if to is not None and to.strip().lower() in CHANNELS else None
    file = _file(to, output, to_channel=channel is not None)
    post = way(channel) if channel is not None else None
    now, calendar = session.now, calendars(session.configuration).project
    meeting = next_meeting(now, session.settings.lint.meeting, calendar)
    day = eve(meeting, calendar)
    if not any_day and now.date() != day:
        _explain(
            session,
            _(
                "The next meeting is on {date}: people are reminded on {eve}. --any-day does it now.",
                date=format_date(meeting, Style.WEEKDAY),
                eve=format_date(day, Style.WEEKDAY),
            ),
        )
        return DONE
    with opened(session, "report") as ledger:
        kept = None if paths else ledger
        work = gather(session, paths, end=end, ledger=ledger)
        assessed = work.assess(work.means())
        shown = part_of(assessed.assessment, part)
        kind = f"{channel} {kind_of(part, shown)}"
        blocks = reminders.blocks(shown, busy(shown.portfolio), meeting)
        if post is not None:
            zone = calendar.zone
            if kept is not None and not any_day and reminded_today(kept, kind, now, zone):
                _explain(session, _("People were reminded today already. --any-day does it again."))
                return strongest([*work.codes, *tell_bugs(assessed)])
            for message in reminders.messages(blocks, meeting, shown):
                post(message)
            if kept is not None and blocks:
                remember_reminded(kept, kind, now)
        else:
            _write(session, reminders.written(blocks, meeting, shown, file), file, len(blocks))
    return strongest([*work.codes, *tell_bugs(assessed)])


def _write(session: Session, text: str, file: Path | None, people: int) -> None:
    """Where nobody is to be reminded of anything, that is what a file says, and a terminal shows nothing."""
    if file is None:
        if people:
            put(text, None)
        else:
            _explain(session, _("Nobody has anything to see to before the meeting."))
        return
    put(text, file)
    if not session.options.quiet:
        said = plural("{file}: reminders for {count} person", "{file}: reminders for {count} people", people, file=file)
        typer.echo(said)


def _explain(session: Session, sentence: str) -> None:
    """To a person at a terminal alone."""
    if sys.stdout.isatty() and not session.options.quiet:
        tell(sentence)


def _file(to: str | None, output: Path | None, *, to_channel: bool) -> Path | None:
    """The file that the reminders go to, by --to or -o. Raises ConfigurationError for one of another kind."""
    from retro.ports import ConfigurationError

    if to is not None and output is not None:
        raise ConfigurationError(_("reminders go to one place."), where="-o", remedy=_("Leave one of --to and -o out."))
    if to_channel:
        return None
    file = Path(to) if to is not None else output
    if file is None or file.suffix.lower() in (".md", ".txt", ".json"):
        return file
    raise ConfigurationError(
        _('"{name}" is neither slack, teams, others nor a file that ends in .md or .json.', name=file),
        where="--to" if to is not None else "-o",
        remedy=_("Write for example --to slack, or --to message.md."),
    )
