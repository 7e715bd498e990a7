"""`retro pull`: read every source into the snapshot, and say how each board is understood."""

import typer

from retro.cli.failures import strongest
from retro.cli.output import console
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import plural
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("pull", help=_("Read every source and keep what was read."), epilog=_("Example:  retro pull"))(pull)


def pull(context: typer.Context) -> None:
    """The command."""
    session = session_of(context)
    with opened(session, "pull") as ledger:
        work = gather(session, ledger=ledger)
    if not session.options.quiet:
        from retro.report.mapping_text import draw

        draw(work.portfolio, console())
        read, failed = len(work.reading.fresh), len(work.reading.errors)
        if failed:
            typer.echo(_("Boards read: {read} of {all}.", read=read, all=read + failed))
        requests = sum(line.calls for tally in session.meter.tallies() for line in tally.lines)
        typer.echo(plural("{count} request in all.", "{count} requests in all.", requests))
    if ledger is None:
        typer.echo(_("Nothing was kept: there is no retro.toml to keep a state beside."), err=True)
    raise typer.Exit(strongest(work.codes))
