"""What the state tells of earlier runs, and whether its folder is closed to others."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import NEW, Guard
from retro.model.check import Check, Topic, fault, remark
from retro.ports import Intent, RunRecord

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_STALE = timedelta(days=3)
"""After a weekend a nightly run has read again."""
_HELD = 3


def of_folder(state: Path) -> Check:
    """The folder of the state, as it is before anything opens it."""
    if not state.is_dir():
        return Check(topic=Topic.STATE, said=_("there is no state yet: nothing was read or written so far."))
    if os.name == "posix" and state.stat().st_mode & _OTHERS:
        return remark(
            Topic.STATE,
            _("others on this machine can look into {folder}.", folder=state),
            remedy=_("Close it: chmod 700 {folder} (the next run does so too).", folder=state),
        )
    return Check(topic=Topic.STATE, said=_("{folder} is closed to others.", folder=state))


def of_runs(runs: Sequence[RunRecord], pending: Sequence[Intent], now: datetime) -> Iterator[Check]:
    """The latest runs that could write, newest first, and writes that no answer settled."""
    if not runs:
        yield Check(topic=Topic.RUNS, said=_("no run has written anything yet."))
    for run in runs[:1]:
        yield Check(
            topic=Topic.RUNS,
            said=plural(
                "the last run that could write was `retro {command}`, {date}: {count} write.",
                "the last run that could write was `retro {command}`, {date}: {count} writes.",
                run.writes,
                command=run.command,
                date=format_date(run.started.astimezone(now.tzinfo), Style.LONG),
            ),
        )
        if run.finished is None:
            yield remark(
                Topic.RUNS,
                _("it was interrupted."),
                remedy=_("Nothing is lost: the same command, once more, makes what is left.")
                if run.command.startswith(f"{NEW} ")
                else _("Nothing is lost: the next `retro sync` settles what it had begun."),
            )
    cards = sum(each.change.why == NEW for each in pending)
    if writes := len(pending) - cards:
        yield remark(
            Topic.RUNS,
            plural("{count} write was sent without an answer.", "{count} writes were sent without an answer.", writes),
            remedy=_("The next `retro sync` looks at the boards and settles them."),
        )
    if cards:
        yield remark(
            Topic.RUNS,
            plural(
                "{count} new card was sent without an answer.", "{count} new cards were sent without an answer.", cards
            ),
            remedy=_("The same `retro new` once more, or `retro undo last`, looks whether they are there."),
        )


def of_snapshots(read_at: Mapping[str, datetime | None], now: datetime) -> Iterator[Check]:
    """How old the last snapshot of each board is, by its name."""
    known = {name: at for name, at in read_at.items() if at is not None}
    if not known:
        return
    oldest = min(known, key=lambda name: known[name])
    age = (now.date() - known[oldest].astimezone(now.tzinfo).date()).days
    said = plural(
        "the oldest of the last snapshots, of {board}, is {count} day old.",
        "the oldest of the last snapshots, of {board}, is {count} days old.",
        age,
        board=oldest,
    )
    if now - known[oldest] <= _STALE:
        yield Check(topic=Topic.RUNS, said=said)
    else:
        yield remark(
            Topic.RUNS,
            said,
            remedy=_(
                "Does the nightly run still come? `retro nightly status` says; `retro pull` reads every board now."
            ),
        )


def of_guards(guards: Sequence[Guard], names: Mapping[str, str]) -> Iterator[Check]:
    """Boards that the next run would not write to, and why; `names` are by board key."""
    for guard in guards:
        if guard.held:
            yield fault(
                Topic.RUNS,
                _("held, nothing is written there: {reason}", reason=guard.reason),
                subject=names.get(guard.board, guard.board),
                remedy=_(
                    "Look at the board; if all is well: `retro apply --force --board {board}`.",
                    board=names.get(guard.board, ""),
                ),
                code=_HELD,
            )
