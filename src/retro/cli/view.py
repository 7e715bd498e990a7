"""`retro view`: the central page."""

from pathlib import Path
from typing import Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, FailOn, Output, Paths
from retro.cli.output import console, failing, level, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

OneProject = Annotated[
    str | None, typer.Option("--project", metavar="NAME", help=_("Show one project: its name, part of it, its key."))
]
OneClient = Annotated[str | None, typer.Option("--client", metavar="NAME", help=_("Show one client’s projects."))]
PublicSafe = Annotated[
    bool,
    typer.Option(
        "--public-safe",
        help=_("For a page that is sent out: no remarks, no load, no links, no other client."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "view",
        help=_("Draw the one page that spans all boards."),
        epilog=_("Examples:  retro view board.json --end 2027-03-01 --open   ·   retro view -o page.html")
        + "   ·   "
        + _("retro view --client NAME --public-safe -o page.html"),
    )(view)


def view(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    output: Output = None,
    project: OneProject = None,
    client: OneClient = None,
    public_safe: PublicSafe = False,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="NAME",
            help=_("Draw the dates of this baseline too; configured boards: else of the last one set."),
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help=_("Show it in the terminal; no page is made, unless one is asked for."))
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help=_("Show it in the browser."))] = False,
    fail_on: FailOn = None,
) -> None:
    """The command."""
    from dataclasses import replace

    from retro.run.advised import only_shown, remember_finishes
    from retro.run.outgoing import outgoing
    from retro.run.showing import Part, part_of

    part = Part(project=project, client=client)
    session = session_of(context)
    fails = level(fail_on, "never")
    with opened(session, "view") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
        means = work.means()
        assessed = work.with_slippage(work.assess(means), means, ledger, baseline, of_paths=bool(paths))
        if ledger is not None and not paths and end is None:
            if part.everything:
                # The page is where people see the dates of boards that nothing is written on.
                shown = only_shown(session.settings, work.portfolio.boards)
                remember_finishes(ledger, assessed.assessment, shown)
            assessed = replace(assessed, assessment=work.with_standings(assessed.assessment, ledger))
    file = output or Path("retro.html")
    whole = assessed.assessment
    judged = part_of(whole, part)
    page_of = outgoing(judged, whole) if public_safe else judged
    if text:
        from retro.report import view_text

        view_text.draw(page_of, console(quiet=session.options.quiet), whole=whole, public=public_safe)
    if not text or output is not None or open_:
        from retro.report.html import page

        put(page.render(page_of, whole=whole, public=public_safe), file)
        if not session.options.quiet:
            typer.echo(_("The page is in {file}.", file=file))
    if open_:
        typer.launch(file.resolve().as_uri())
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed), *failing(judged, fails)]))
