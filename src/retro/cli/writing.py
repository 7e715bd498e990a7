"""What `plan`, `apply`, `sync` and the demo share: deciding, asking, writing, and telling what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.cli import asking
from retro.cli.bars import progress
from retro.cli.failures import SOURCE, tell_error
from retro.cli.output import console
from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.model import Change, Plan
    from retro.ports import Connector, Ledger, RetroError
    from retro.run.assess import Means
    from retro.run.nightly import Planned
    from retro.sync.apply import Applied


def decided(
    work: Work,
    ledger: Ledger | None,
    boards: Sequence[str] | None,
    *,
    force: bool,
    settle: bool = False,
    tell: Callable[[RetroError], None] = tell_error,
) -> tuple[Planned, Means]:
    """Settle what an interrupted run left (with `settle`), then decide; `boards` are names, `force` lifts guards.

    What stands in the way of settling is told of by `tell`.
    """
    from retro.run.nightly import make_plan, settle_journal
    from retro.run.policies import policies

    session = work.session
    means = work.means()
    every = frozenset(board.key for board in work.portfolio.boards)
    only = board_keys(boards, work) if boards else every
    forced = only if force else frozenset()
    if settle or not session.options.offline:
        only &= work.reading.fresh  # a board that was not read now is not written to
    if settle and ledger is not None:
        allowed = policies(session.settings, work.portfolio.boards, means.capabilities)
        for error in settle_journal(
            work.portfolio,
            work.reading.fresh,
            ledger,
            work.connectors,
            allowed,
            now=session.now,
            zone=session.zone,
        ):
            tell(error)
    planned = make_plan(
        work.portfolio,
        means,
        ledger,
        now=session.now,
        lang=session.lang,
        forced=forced,
        only=only,
        told_now=session.options.now is not None,
    )
    return planned, means


def board_keys(names: Sequence[str], work: Work) -> frozenset[str]:
    """The keys of boards given by their name in the configuration, their title or key. Raises ConfigurationError."""
    from retro.ports import ConfigurationError

    found = set()
    for name in names:
        keys = {
            board.key
            for board in work.portfolio.boards
            if name in (board.alias, board.key) or name.casefold() == board.name.casefold()
        }
        if not keys:
            raise ConfigurationError(
                _('no board is called "{name}".', name=name),
                where="--board",
                remedy=_("There are: {names}.", names=", ".join(b.alias or b.name for b in work.portfolio.boards)),
            )
        found |= keys
    return frozenset(found)


def needed(ledger: Ledger | None, session: Session) -> Ledger:
    """The ledger, without which nothing is written. Raises ConfigurationError where there is no retro.toml."""
    from retro.ports import ConfigurationError

    if ledger is None:
        raise ConfigurationError(
            _("writing needs a retro.toml, beside which retro remembers what it wrote."),
            where=str(session.configuration.folder),
            remedy=_("`retro init` writes one; or try `retro demo`."),
        )
    return ledger


def loaded(saved: Path, planned: Planned, work: Work) -> Plan:
    """A saved plan, less what is no longer allowed or no longer what this run would write. Raises UnreadableError.

    Whether a board is held, and what humans changed, is what this run finds, not what the file says.
    """
    from dataclasses import replace

    from retro.ports import UnreadableError
    from retro.report import json_plan
    from retro.sync.decide import may_write

    try:
        plan = json_plan.parse(saved.read_bytes(), where=str(saved))
    except OSError as error:
        raise UnreadableError(
            _("the plan cannot be read ({reason}).", reason=reason(error)),
            where=str(saved),
            remedy=_("Make one with `retro plan -o {file}`.", file=saved),
        ) from error
    boards = {board.key: board for board in work.portfolio.boards}
    kept = tuple(
        change
        for change in plan.changes
        if change.board in planned.policies and may_write(boards[change.board], planned.policies[change.board], change)
    )
    if left := len(plan.changes) - len(kept):
        typer.echo(
            plural(
                "{count} change of the file is left out: its board was not read now, or may not be written so.",
                "{count} changes of the file are left out: their boards were not read now, or may not be written so.",
                left,
            ),
            err=True,
        )
    current = _still_planned(kept, planned.plan, work)
    if left := len(kept) - len(current):
        typer.echo(
            plural(
                "{count} change of the file is left out: it is no longer what retro would write. Plan again.",
                "{count} changes of the file are left out: they are no longer what retro would write. Plan again.",
                left,
            ),
            err=True,
        )
    kept = current
    needed_fields = {(change.board, change.field) for change in kept}
    setup = tuple(setup for setup in plan.setup if (setup.board, setup.field) in needed_fields)
    return replace(plan, changes=kept, setup=setup, guards=planned.plan.guards, conflicts=planned.plan.conflicts)


def _still_planned(saved: Sequence[Change], fresh: Plan, work: Work) -> tuple[Change, ...]:
    """The changes of a saved plan that this run would make, too, task by task.

    Another card, an anchor or the configuration may have moved what they were worked out from, though nobody touched
    the task itself. Those of a task that was touched stay: `apply` refuses them, and counts what people changed.
    """
    revisions = {task.key: task.revision for task in work.portfolio.tasks}
    touched = {change.task for change in saved if revisions.get(change.task) != change.revision}
    wanted = {(change.task, change.field): change for change in fresh.changes if change.task not in touched}
    moved = {
        change.task
        for change in saved
        if change.task not in touched and not _agree(change, wanted.get((change.task, change.field)))
    }
    # The stamp under remarks speaks of the fields that are written now, which may be fewer.
    return tuple(
        wanted.get((change.task, change.field), change) if change.field == "retro_review" else change
        for change in saved
        if change.task not in moved
    )


def _agree(saved: Change, fresh: Change | None) -> bool:
    """Whether a saved change says what a fresh one does, whatever the stamp under remarks."""
    from retro.sync.decide.stamp import split

    if fresh is None:
        return False
    if saved.field == "retro_review":
        return split(saved.new)[0] == split(fresh.new)[0]
    return saved.new == fresh.new


def carried_out(
    plan: Plan,
    work: Work,
    ledger: Ledger,
    means: Means,
    command: str,
    *,
    dry: bool = False,
    began: datetime | None = None,
) -> Applied:
    """Apply a plan, with a progress bar; with `dry` nothing is sent. `began` is when the run did, if not just now."""
    from retro.run.nightly import carry_out

    by_board: dict[str, Connector] = {board.key: work.connectors[board.source] for board in work.portfolio.boards}
    with progress(work.session) as bars:
        return carry_out(
            plan,
            by_board,
            ledger,
            work.session.clock,
            command=command,
            means=means,
            dry=dry,
            progress=bars,
            began=began,
        )


def tell_impossible(applied: Applied, work: Work) -> None:
    """Boards that turned out not to hold fields of retro's own, or to take nothing in them: no failure."""
    from retro.i18n.own_fields import name_of
    from retro.report.untrusted import printable
    from retro.run.policies import closed, impossible

    for board in work.portfolio.boards:
        names = [each.name for each in applied.impossible if each.board == board.key]
        if names:
            section = work.session.settings.boards[board.alias.partition("#")[0]]
            typer.echo(f"{printable(board.name)}: {impossible(board.alias, names, section.warnings)}")
        if fields := applied.closed.get(board.key):
            lang = work.session.settings.workspace.lang
            names = [name_of(field.removeprefix("retro_"), lang) for field in fields]
            typer.echo(f"{printable(board.name)}: {closed(names)}")


def agreed(plan: Plan) -> bool:
    """Asked only of a person at a terminal, who is told what a no comes to; a script that calls `apply` means it."""
    if not asking.may_ask():
        return True
    count = len(plan.changes)
    if asking.agreed(plural("Write {count} change?", "Write {count} changes?", count)):
        return True
    typer.echo(_("Nothing was written."), err=True)
    return False


def held(plan: Plan) -> list[int]:
    """Exit code 3 where a guard holds a board."""
    return [SOURCE] if any(guard.held for guard in plan.guards) else []


def document(plan: Plan, session: Session) -> str:
    """A plan as JSON text."""
    from retro.report import json_plan
    from retro.report.document import dumps

    zone = session.settings.workspace.timezone
    return dumps(json_plan.document(plan, now=session.now, zone_name=zone, lang=session.lang))


def show(plan: Plan, work: Work, *, everything: bool = False) -> None:
    """A plan at the terminal."""
    from retro.report import plan_text

    names = {board.key: board.name for board in work.portfolio.boards}
    plan_text.draw(plan, console(quiet=False), names, everything=everything)


def report(applied: Applied, *, quiet: bool, dry: bool = False, aside: bool = False) -> list[int]:
    """What was done, on one line, and each failure on its own; exit codes.

    `aside`: all of it on standard error, since standard output holds a document.
    """
    from retro.report import plan_text

    for error in dict.fromkeys(map(str, applied.failed.values())):  # one that is the whole source's is told once
        typer.echo(f"retro: {error}", err=True)
    if not quiet or applied.written or applied.refused or applied.uncertain:
        done = plan_text.result(
            applied.writes,
            refused=len({change.task for change, _why in applied.refused}),
            held=len({change.board for change in applied.held}),
        )
        typer.echo(_("Dry run: {result}", result=done) if dry else done, err=aside)
    return [error.exit_code for error in applied.failed.values()]
