"""`retro schedule`: latest, advised and earliest dates of every task, and whether the date holds."""

from typing import Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, FailOn, Paths
from retro.cli.output import console, failing, formats, level, put, tell_bugs
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
    chosen = formats(format_, ("text", "json", "csv"))
    fails = level(fail_on, "never")
    with opened(session, "schedule") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
    assessed = work.assess(work.means(start=start, margin=margin))
    for name, file in chosen:
        if name == "json":
            put(dumps(json_schedule.document(assessed.assessment)), file)
        elif name == "csv":
            put(schedule_csv.write(assessed.assessment), file)
        else:
            schedule_text.draw(assessed.assessment, console(quiet=session.options.quiet))
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed), *failing(assessed.assessment, fails)]))
