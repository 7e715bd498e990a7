"""`retro undo`: taking a run back. `retro log`, which names the runs, is registered beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.bars import progress
from retro.cli.failures import SOURCE, strongest
from retro.cli.log import log
from retro.cli.mirror import with_base
from retro.cli.options import Boards, Yes
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.cli.writing import agreed, board_keys, needed, report, show, tell_impossible
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retro.cli.work import Work
    from retro.ports import Ledger
    from retro.run.assess import Means
    from retro.run.undo import Columns, Undone
    from retro.sync.undo import LeftAlone

_MOST = 12
"""Values left alone that are named; `--all` names all."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "undo",
        help=_("Take a run back: what is still as retro left it becomes what it was before."),
        epilog=_("Examples:  retro undo last --dry-run   ·   retro undo 3f2a --board contenus"),
    )(undo)
    app.command(
        "log",
        help=_("What was written, when and why: the latest runs, or everything on one task."),
        epilog=_('Examples:  retro log   ·   retro log "maquettes"   ·   retro log --run last'),
    )(log)


def undo(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help=_("The run, as `retro log` names it, or `last`."))],
    board: Boards = None,
    task: Annotated[
        str | None, typer.Option("--task", metavar="KEY", help=_("Only this task: its key, address or title."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Do everything but write."))] = False,
    yes: Yes = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Show every change."))] = False,
) -> None:
    """Take a run back."""
    from retro.ports import ConfigurationError
    from retro.report.untrusted import printable
    from retro.run.mirror import wrote_rows
    from retro.run.undo import LAST, carry_out_undo, columns_of, find_run, make_undo

    session = session_of(context)
    if session.options.offline:
        raise ConfigurationError(_("an undo looks at the boards first: it cannot be done offline."), where="--offline")
    with opened(session, "undo", exclusive=True) as ledger:
        state = needed(ledger, session)
        if run != LAST:
            find_run(state, run)  # a name that means nothing is said before any request
        work = gather(session, ledger=state)
        only = board_keys(board, work) if board else None
        means = work.means()
        _settle(work, means, state)
        record = find_run(state, run)
        boards = work.reading.fresh
        if session.settings.mirror.source and wrote_rows(state, record):
            work = with_base(work, state, means)  # its columns stay: the team's own rows may hold words in them
        undoing = make_undo(
            record,
            work.portfolio,
            state,
            lang=session.settings.workspace.lang,
            fresh=work.reading.fresh,
            only=only,
            task=task,
            archives=_archives(work),
        )
        read = work.reading.fresh if only is None else only & work.reading.fresh
        columns = columns_of(record, state, read & boards) if task is None else {}
        typer.echo(_("Run {run}: {command}.", run=record.id, command=printable(record.command)))
        show(undoing.plan, work, everything=all_)
        _tell_left(undoing.left, everything=all_)
        _tell_empty(columns, work)
        unread = [SOURCE] if any(left.why.value == "unread" for left in undoing.left) else []
        nothing = not undoing.plan.changes and not columns
        if nothing or (undoing.plan.changes and not (yes or dry_run or agreed(undoing.plan))):
            for error in work.reading.errors:
                typer.echo(f"retro: {error}", err=True)
            raise typer.Exit(strongest([*work.codes, *unread]))
        with progress(session) as bars:
            undone = carry_out_undo(
                undoing,
                {each.key: work.connectors[each.source] for each in work.portfolio.boards if each.key in read},
                state,
                session.clock,
                columns=columns,
                addresses={each.key: each.at for each in work.portfolio.boards},
                means=means,
                scope=_scope(board, task),
                dry=dry_run,
                progress=bars,
            )
    tell_impossible(undone.applied, work)
    codes = [
        *work.codes,
        *unread,
        *report(undone.applied, quiet=False, dry=dry_run),
        *_tell_columns(undone, work),
    ]
    raise typer.Exit(strongest(codes))


def _settle(work: Work, means: Means, ledger: Ledger) -> None:
    """What an interrupted run left open is settled first, by what the boards hold."""
    from retro.run.new_cards import settle_cards
    from retro.run.nightly import settle_journal
    from retro.run.policies import policies

    session = work.session
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
        typer.echo(f"retro: {error}", err=True)
    read = [board for board in work.portfolio.boards if board.key in work.reading.fresh]
    settle_cards(ledger, read, work.portfolio.tasks, now=session.now)


def _archives(work: Work) -> frozenset[str]:
    """The boards whose tool can set a card aside where people find it again."""
    can = {name for name, each in work.connectors.items() if "archived" in each.describe().capabilities.writable}
    return frozenset(board.key for board in work.portfolio.boards if board.source in can)


def _scope(boards: Iterable[str] | None, task: str | None) -> str:
    """The options that narrow an undo, as the run's name keeps them."""
    named = "".join(f" --board {board}" for board in boards or ())
    return named + (f" --task {task}" if task is not None else "")


def _tell_left(left: Iterable[LeftAlone], *, everything: bool) -> None:
    """What is not taken back, reason by reason."""
    from retro.report.plan_text import field_name, said
    from retro.report.untrusted import printable
    from retro.sync.undo import Left

    by_reason: dict[Left, list[LeftAlone]] = {}
    for each in left:
        by_reason.setdefault(each.why, []).append(each)
    if made := by_reason.get(Left.MADE):
        by_reason[Left.MADE] = list({each.change.task: each for each in made}.values())  # once a row, not once a cell
    reasons = {
        Left.CHANGED: _("Kept, because someone changed it since:"),
        Left.LATER: _("Kept, because a later run wrote there; take that one back first:"),
        Left.GONE: _("Left, because the task is archived or no longer on the board:"),
        Left.OPTED_OUT: _("Left, because the task has opted out:"),
        Left.CLOSED: _("Left, because its board does not let retro write there now:"),
        Left.UNREAD: _("Left, because its board could not be read now:"),
        Left.MADE: _("Left, because the run made these rows, and retro deletes none:"),
    }
    for reason, group in by_reason.items():
        typer.echo(reasons[reason])
        shown = group if everything else group[:_MOST]
        for each in shown:
            what = f"  {printable(each.change.title) or each.change.task} · {field_name(each.change.field)}"
            if reason is Left.MADE:
                what = f"  {printable(each.change.title) or each.change.task}"
            if each.change.creates:
                what = "  ".join(filter(None, (f"  {printable(each.change.title)}", printable(each.url))))
            bare = reason in (Left.GONE, Left.UNREAD, Left.MADE) or each.change.creates
            typer.echo(what if bare else f"{what}: {said(each.current, each.change.field)}")
        if len(group) > len(shown):
            typer.echo("  " + plural("{count} more: --all", "{count} more: --all", len(group) - len(shown)))


def _tell_empty(columns: Columns, work: Work) -> None:
    """The columns that the run made."""
    for board, fields in columns.items():
        typer.echo(
            _(
                "The run made these fields on {board}: {columns}. They go too, once nothing is left in them.",
                board=_board(board, work),
                columns=_columns(fields, work),
            )
        )


def _board(key: str, work: Work) -> str:
    from retro.report.untrusted import printable

    return printable(next(board.name for board in work.portfolio.boards if board.key == key))


def _columns(fields: Iterable[str], work: Work) -> str:
    from retro.i18n.row_fields import name_of

    lang = work.session.settings.workspace.lang
    return ", ".join(name_of(field.removeprefix("retro_"), lang) for field in fields)


def _tell_columns(undone: Undone, work: Work) -> list[int]:
    """The columns that went, and what failed; exit codes."""
    for board, fields in undone.removed.items():
        typer.echo(_("Removed from {board}: {columns}.", board=_board(board, work), columns=_columns(fields, work)))
    for error in undone.failed:
        typer.echo(f"retro: {error}", err=True)
    return [SOURCE] if undone.failed else []
