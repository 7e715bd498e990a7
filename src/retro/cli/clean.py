"""`retro clean`: leaving boards, with everything of retro's that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli import asking
from retro.cli.bars import progress
from retro.cli.failures import SOURCE, strongest
from retro.cli.options import Boards, Yes
from retro.cli.output import formats, put
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.cli.writing import board_keys, held, needed
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.ports import Ledger
    from retro.run.assess import Means
    from retro.run.leaving import Leaving


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "clean",
        help=_(
            "Remove what retro left on boards: its fields, comments and labels. What people changed there stays, and "
            "so do dates that retro filled into the team's own cells, unless `--dates`."
        ),
        epilog=_(
            "Examples:  retro clean --dry-run   ·   retro clean --board contenus --dates   ·   "
            "retro clean --yes --format json"
        ),
    )(clean)


def clean(
    context: typer.Context,
    board: Boards = None,
    dates: Annotated[
        bool,
        typer.Option(
            "--dates", help=_("Dates that retro filled in and nobody changed go back to what they were, too.")
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Do everything but write."))] = False,
    yes: Yes = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Show every change."))] = False,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
) -> None:
    """Leave boards."""
    from retro.cli import leaving_json, leaving_words
    from retro.ports import ConfigurationError
    from retro.run.clean import carry_out_leaving

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    words = any(name == "text" for name, _file in chosen)
    if session.options.offline:
        raise ConfigurationError(_("a clean looks at the boards first: it cannot be done offline."), where="--offline")
    if not (words or yes or dry_run):
        raise ConfigurationError(
            _("nobody is asked where only JSON is told."), where="--format", remedy=_("Add --yes, or --dry-run.")
        )
    with opened(session, "clean", exclusive=True) as ledger:
        state = needed(ledger, session)
        work = gather(session, ledger=state)
        means = work.means()
        leaving = _planned(work, state, means, board, dates=dates)
        if words:
            leaving_words.tell(leaving, work, state, dates=dates, everything=all_, named=bool(board))
        codes = [*work.codes, *held(leaving.cleaning.plan), *([SOURCE] if leaving.failed else [])]
        asks = not (leaving.cleaning.nothing or yes or dry_run)
        if asks and asking.may_ask() and not asking.agreed(_("Remove all this?")):
            typer.echo(_("Nothing was removed."), err=True)
            raise typer.Exit(strongest(codes))
        with progress(session) as bars:
            left = carry_out_leaving(
                leaving,
                {each.key: work.connectors[each.source] for each in leaving.boards},
                state,
                session.clock,
                means=means,
                scope=_scope(board, dates=dates),
                dry=dry_run,
                progress=bars,
            )
    codes += leaving_words.failures(left, leaving, quietly=not words)
    if words and not leaving.cleaning.nothing:
        leaving_words.tell_done(left, leaving, work, dry=dry_run)
    for name, file in chosen:
        if name == "json":
            put(leaving_json.document(left, leaving, work, dry=dry_run), file)
    raise typer.Exit(strongest(codes))


def _planned(work: Work, ledger: Ledger, means: Means, names: Sequence[str] | None, *, dates: bool) -> Leaving:
    """What an interrupted run left open is settled first; then what leaving takes away is decided."""
    from retro.run.leaving import leaving_policies, plan_leaving
    from retro.run.nightly import settle_journal

    session = work.session
    _check_no_base(names or (), session)
    named = board_keys(names, work) if names else frozenset[str]()
    policies = leaving_policies(work.portfolio.boards, means.capabilities, session.settings.workspace.lang)
    for error in settle_journal(
        work.portfolio,
        work.reading.fresh,
        ledger,
        work.connectors,
        policies,
        now=session.now,
        zone=session.zone,
    ):
        typer.echo(f"retro: {error}", err=True)
    return plan_leaving(
        work.portfolio,
        ledger,
        work.connectors,
        session.settings,
        boards=policies.keys() & named if names else policies.keys(),
        fresh=work.reading.fresh,
        named=named,
        dates=dates,
        zone=session.zone,
        now=session.now,
    )


def _check_no_base(names: Sequence[str], session: Session) -> None:
    """Raise ConfigurationError where the central base of `retro mirror` is named."""
    from retro.ports import ConfigurationError

    section = session.settings.mirror
    if section.source and not {"mirror", "[mirror]", section.at}.isdisjoint({*names} - {*session.settings.boards}):
        raise ConfigurationError(
            _("this is the central base of `retro mirror`: clean leaves boards, and does not touch it."),
            where="--board",
            remedy=_(
                "Delete that database in its tool, and take [mirror] out of the configuration: {at}", at=section.at
            ),
        )


def _scope(boards: Sequence[str] | None, *, dates: bool) -> str:
    """The options that narrow or widen a clean, as the run's name keeps them."""
    return "".join(f" --board {board}" for board in boards or ()) + (" --dates" if dates else "")
