"""What `retro sync` says: to a person all of it, to cron (`-q`) nothing where all is well, and one block where not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from retro.cli.failures import tell
from retro.cli.output import console
from retro.cli.writing import show
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Collection

    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.model import Plan
    from retro.model.run_summary import RunSummary
    from retro.sync.apply import Applied


class Voice:
    """Of one run. Without `text`, standard output belongs to a document; the block goes to standard error anyway."""

    def __init__(self, session: Session, *, text: bool) -> None:
        self._text = text
        self._loud = text and not session.options.quiet
        self._shown = False

    def pending(self, plan: Plan, boards: Collection[str], work: Work) -> None:
        """What waits for a first apply by hand: the changes, and one line, which cron sends too."""
        waiting = tuple(change for change in plan.changes if change.board in boards)
        if self._loud:
            show(replace(plan, changes=waiting, conflicts=(), guards=()), work)
        if self._text:
            typer.echo(
                plural(
                    "{count} change waits for a first `retro apply` by hand.",
                    "{count} changes wait for a first `retro apply` by hand.",
                    len(waiting),
                )
            )

    def quiet_hours(self) -> None:
        """Why nothing is written now."""
        if self._loud:
            typer.echo(_("These are quiet hours: nothing is written now."))

    def read_only(self, plan: Plan, work: Work) -> None:
        """The plan, which is all that a token that may only read leads to."""
        self._shown = True
        if self._loud:
            show(plan, work)

    def ends(self, summary: RunSummary, plan: Plan, applied: Applied, work: Work) -> None:
        """What was done, what is worth a line, and what is wrong."""
        from retro.report import plan_text, run_text

        if self._loud and not self._shown:
            show(plan, work)
        elif self._text and not self._loud:
            names = {board.key: board.name for board in work.portfolio.boards}
            plan_text.draw_overruled(plan, console(), names)
        for note in run_text.notes(summary) if self._text else ():
            tell_plain(note)
        if self._loud and not self._shown:
            refused = len({change.task for change, _why in applied.refused})
            done = plan_text.result(applied.writes, refused=refused, held=len({each.board for each in applied.held}))
            typer.echo(_("Dry run: {result}", result=done) if summary.dry else done)
        if wrong := run_text.block(summary):
            tell(wrong)


def tell_plain(line: str) -> None:
    """One line to standard output, without secrets: it may quote what a tool said."""
    from retro.http.redact import redact

    typer.echo(redact(line))
