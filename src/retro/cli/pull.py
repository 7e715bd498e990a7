"""`retro pull`: read every source into the snapshot."""

import typer

from retro.cli.failures import strongest
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
        counts = {board.key: 0 for board in work.portfolio.boards}
        for task in work.portfolio.tasks:
            counts[task.board] += task.counts
        for board in work.portfolio.boards:
            typer.echo(
                plural("{board}: {count} task", "{board}: {count} tasks", counts[board.key], board=_plain(board.name))
            )
        requests = sum(state.requests for state in work.portfolio.sources)
        typer.echo(plural("{count} request in all.", "{count} requests in all.", requests))
    if ledger is None:
        typer.echo(_("Nothing was kept: there is no retro.toml to keep a state beside."), err=True)
    raise typer.Exit(strongest(work.codes))


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isprintable())
