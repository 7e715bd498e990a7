"""`retro export`: everything that was read, in a format for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import Output
from retro.cli.output import formats, put
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        help=_("Give out the common model as JSON; it can be read back."),
        epilog=_("Example:  retro export json board.json -o plan.json"),
    )(export)


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="json", help=_("The format."))],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]…", help=_("Files to read."))] = None,
    output: Output = None,
) -> None:
    """The command."""
    from retro.report import json_export
    from retro.report.document import dumps

    session = session_of(context)
    formats([kind], ("json",))
    with opened(session, "export") as ledger:
        work = gather(session, paths or (), ledger=ledger)
    put(
        dumps(
            json_export.document(
                work.portfolio,
                now=session.now,
                zone_name=session.settings.workspace.timezone,
                lang=session.lang,
            )
        ),
        output,
    )
    raise typer.Exit(strongest(work.codes))
