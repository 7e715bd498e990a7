"""`retro lint --fix`: the fixes sent to the boards that they were found on, once somebody agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from retro.cli import asking
from retro.cli.fixing.mended import Mended, apart, asked_for, read_again, show
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from retro.cli.fixing.asked import Mending
    from retro.cli.work import Work
    from retro.model import Fixes
    from retro.ports import Ledger
    from retro.run.assess import Assessed, Means
    from retro.sync.apply import Applied


def mend_boards(
    mending: Mending, work: Work, judged: Callable[[Work], tuple[Means, Assessed]], ledger: Ledger | None
) -> Mended:
    """Show the fixes of boards, and make them where they are asked for and agreed to; what stands then."""
    from retro.report import fixes_text

    if mending.sends:
        settle(work, ledger)
    means, assessed = judged(work)
    fixes = found(mending, work, means, assessed, ledger)
    show(mending, fixes, work)
    before = Mended(work=work, assessed=assessed, result=fixes_text.planned(fixes))
    if mending.diff or not fixes.plan.changes:
        return before
    if not (mending.yes or agreed(fixes)):
        return replace(before, result=_("Nothing was written."))
    return _made(mending, fixes, work, means, judged, ledger)


def _made(
    mending: Mending,
    fixes: Fixes,
    work: Work,
    means: Means,
    judged: Callable[[Work], tuple[Means, Assessed]],
    ledger: Ledger | None,
) -> Mended:
    from retro.cli.writing import carried_out, needed
    from retro.report import fixes_text
    from retro.run.fixing import with_answers
    from retro.run.touches import FIX

    command = f"{FIX} --unsafe-fixes" if mending.unsafe else FIX
    applied = carried_out(fixes.plan, work, needed(ledger, work.session), means, command)
    _tell(applied)
    now = read_again(mending, work, with_answers(work.reading.snapshots, applied.answered))
    means, assessed = judged(now)
    after = found(mending.with_unsafe, now, means, assessed, ledger)
    return Mended(
        work=now,
        assessed=assessed,
        codes=tuple(error.exit_code for error in applied.failed.values()),
        result=fixes_text.done(applied.writes, after, unsafe=mending.unsafe),
    )


def found(mending: Mending, work: Work, means: Means, assessed: Assessed, ledger: Ledger | None) -> Fixes:
    """The fixes of what was read; offline, those of the last snapshot."""
    from retro.run.fixing import make_fixes

    everything = frozenset(board.key for board in work.portfolio.boards)
    return make_fixes(
        assessed,
        means,
        ledger,
        known=work.known,
        boards=everything if work.session.options.offline else work.reading.fresh,
        asked=asked_for(mending),
        now=work.session.now,
        apart=apart(mending, work),
    )


def agreed(fixes: Fixes) -> bool:
    """The person at the terminal says so."""
    count = len(fixes.plan.changes)
    return asking.agreed(plural("Make {count} fix?", "Make {count} fixes?", count))


def settle(work: Work, ledger: Ledger | None) -> None:
    """What an interrupted run left open is settled first, by what the boards hold."""
    from retro.cli.writing import needed
    from retro.run.nightly import settle_journal
    from retro.run.policies import policies

    session = work.session
    allowed = policies(
        session.settings,
        work.portfolio.boards,
        {name: connector.describe().capabilities for name, connector in work.connectors.items()},
    )
    for error in settle_journal(
        work.portfolio,
        work.reading.fresh,
        needed(ledger, session),
        work.connectors,
        allowed,
        now=session.now,
        zone=session.zone,
    ):
        typer.echo(f"retro: {error}", err=True)


def _tell(applied: Applied) -> None:
    """What was not written, and why, on standard error."""
    from retro.report.plan_text import field_name
    from retro.report.untrusted import printable
    from retro.sync.apply import Refusal

    for error in dict.fromkeys(map(str, applied.failed.values())):
        typer.echo(f"retro: {error}", err=True)
    words = {
        Refusal.CHANGED: _("someone changed it meanwhile, and it stays as they left it"),
        Refusal.GONE: _("it is no longer on the board"),
        Refusal.THERE: _("someone was faster"),
        Refusal.NOT_TAKEN: _("the tool answered, but does not hold the value"),
    }
    for change, why in applied.refused:
        said = applied.rejected.get(change.task) if why is Refusal.REJECTED else None
        reason = str(said) if said is not None else words.get(why, _("the tool refused it"))
        title = printable(change.title) or change.task
        typer.echo(
            _("retro: not fixed: “{title}”, {field}: {why}", title=title, field=field_name(change.field), why=reason),
            err=True,
        )
