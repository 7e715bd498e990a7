"""`retro view`: the central page."""

from pathlib import Path
from typing import Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, FailOn, Output, Paths
from retro.cli.output import failing, level, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "view",
        help=_("Draw the one page that spans all boards."),
        epilog=_("Examples:  retro view board.json --end 2027-03-01 --open   ·   retro view -o page.html"),
    )(view)


def view(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    output: Output = None,
    open_: Annotated[bool, typer.Option("--open", help=_("Show it in the browser."))] = False,
    fail_on: FailOn = None,
) -> None:
    """The command."""
    from retro.report.html import page
    from retro.run.advised import only_shown, remember_finishes

    session = session_of(context)
    fails = level(fail_on, "never")
    with opened(session, "view") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
        assessed = work.assess(work.means())
        if ledger is not None and not paths and end is None:
            # The page is where people see the dates of boards that nothing is written on.
            shown = only_shown(session.settings, work.portfolio.boards)
            remember_finishes(ledger, assessed.assessment, shown)
    file = output or Path("retro.html")
    put(page.render(assessed.assessment), file)
    if not session.options.quiet:
        typer.echo(_("The page is in {file}.", file=file))
    if open_:
        typer.launch(file.resolve().as_uri())
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed), *failing(assessed.assessment, fails)]))
