"""`retro schedule`: latest, advised and earliest dates of every task, and whether the date holds."""

from typing import Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, FailOn, Paths
from retro.cli.output import failing, formats, level, page, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "schedule",
        help=_("Work back from the date that cannot move: when each task must start and end."),
        epilog=_("Examples:  retro schedule board.json --end 2027-03-01   ·   retro schedule --format csv=plan.csv"),
    )(schedule)


def schedule(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    start: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Plan from this date on, instead of from now."))
    ] = None,
    margin: Annotated[
        float | None, typer.Option(metavar="SHARE", min=0, max=10, help=_("Share of critical work to keep free (0.2)."))
    ] = None,
    no_levelling: Annotated[
        bool, typer.Option("--no-levelling", help=_("Let people have more work at once than their hours hold."))
    ] = False,
    optimize: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, help=_("Let a solver look for a plan that begins later, for so long at most.")
        ),
    ] = 0.0,
    chance: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, max=1_000_000, help=_("The chance of making each date, from N draws of every duration.")
        ),
    ] = 0,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text, json or csv; may be repeated.")),
    ] = None,
    fail_on: FailOn = None,
) -> None:
    """The command."""
    from retro.report import json_schedule, schedule_csv, schedule_text
    from retro.report.document import dumps

    session = session_of(context)
    chosen = formats(format_, ("text", "json", "csv"), draws=True)
    fails = level(fail_on, "never")
    if optimize:
        _check_solver(no_levelling=no_levelling)
    with opened(session, "schedule") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
        means = work.means(start=start, margin=margin, levelling=not no_levelling, optimize=optimize, draws=chance)
        assessed = work.assess(means)
        if ledger is not None and not paths:
            assessed = work.with_past_buffers(assessed, means, ledger, end=end)
    for name, file in chosen:
        if name == "json":
            put(dumps(json_schedule.document(assessed.assessment)), file)
        elif name == "csv":
            put(schedule_csv.write(assessed.assessment), file)
        else:
            with page(file, quiet=session.options.quiet) as screen:
                schedule_text.draw(assessed.assessment, screen)
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed), *failing(assessed.assessment, fails)]))


def _check_solver(*, no_levelling: bool) -> None:
    """Refuse what would do nothing. Raises ConfigurationError."""
    from retro.ports import ConfigurationError
    from retro.schedule.levelling.optimal import is_installed

    if no_levelling:
        raise ConfigurationError(
            _("there is nothing to optimize without levelling."),
            where="--optimize",
            remedy=_("Leave one of --optimize and --no-levelling out."),
        )
    if not is_installed():
        raise ConfigurationError(
            _("the solver is not installed."),
            where="--optimize",
            remedy=_("Install it with retro: {command}", command="uv tool install 'retroplan[optimize]'"),
        )
