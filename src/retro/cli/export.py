"""`retro export`: what was read and planned, in a format for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, Output
from retro.cli.output import formats, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.session import Session
    from retro.cli.work import Work


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        help=_(
            "Give out the plan: csv, xlsx (a copy of your workbook with dates and remarks), "
            "mspdi (for Microsoft Project), or json to read back."
        ),
        epilog=_(
            "Examples:  retro export xlsx salon.xlsx --end 2027-03-12   ·   retro export csv -o plan.csv   ·   "
            "retro export mspdi board.json -o plan.xml"
        ),
    )(export)


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="csv|xlsx|mspdi|json", help=_("The format."))],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]…", help=_("Files to read."))] = None,
    end: End = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help=_("Only this person's tasks (csv, xlsx)."))
    ] = None,
    output: Output = None,
) -> None:
    """The command."""
    session = session_of(context)
    formats([kind], ("csv", "xlsx", "mspdi", "json"))
    with opened(session, "export") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
    codes = list(work.codes)
    if kind == "json":
        put(_json(work, session), output)
    elif kind == "mspdi":
        codes += _mspdi(work, paths or (), output)
    else:
        from retro.cli.export_sheets import Export

        export = Export.of(work, paths or (), owner)
        codes += export.as_csv(output) if kind == "csv" else export.as_xlsx(output)
    raise typer.Exit(strongest(codes))


def _json(work: Work, session: Session) -> str:
    from retro.report import json_export
    from retro.report.document import dumps

    return dumps(
        json_export.document(
            work.portfolio,
            now=session.now,
            zone_name=session.settings.workspace.timezone,
            lang=session.lang,
        )
    )


def _mspdi(work: Work, paths: Sequence[Path], output: Path | None) -> list[int]:
    """A plan for Microsoft Project, to a file or to standard output; the exit codes that it asks for."""
    from retro.report import mspdi
    from retro.tables.saving import save

    means = work.means()
    assessed = work.assess(means)
    written = mspdi.document(assessed.assessment, means.calendars)
    if output is None:
        put(written.text, None)
    else:
        save(written.text.encode(), output, clock=work.session.clock, sources=paths)
    if not work.session.options.quiet:
        if output is not None:
            typer.echo(plural("{file}: {count} task", "{file}: {count} tasks", written.tasks, file=output))
        if written.links_left_out:
            typer.echo(
                plural(
                    "retro: Microsoft Project has no place for {count} link: "
                    "a second one between two tasks, or one that closes a circle.",
                    "retro: Microsoft Project has no place for {count} links: "
                    "second ones between two tasks, or such as close a circle.",
                    written.links_left_out,
                ),
                err=True,
            )
    return tell_bugs(assessed)
