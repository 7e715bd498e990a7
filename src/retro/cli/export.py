"""`retro export`: what was read and planned, in a format for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

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
    from retro.run.showing import Part


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        help=_(
            "Give out the plan: ics (for calendars), csv, xlsx (a copy of your workbook with dates and remarks), "
            "mermaid (a chart for Notion or GitHub), mspdi (for Microsoft Project), or json to read back."
        ),
        epilog=_(
            "Examples:  retro export xlsx salon.xlsx --end 2027-03-12   ·   retro export csv -o plan.csv   ·   "
            "retro export ics --owner NAME -o name.ics   ·   retro export mspdi board.json -o plan.xml"
        ),
    )(export)


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="ics|csv|xlsx|mermaid|mspdi|json", help=_("The format."))],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]…", help=_("Files to read."))] = None,
    end: End = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help=_("Only what this person has, or has to approve."))
    ] = None,
    project: Annotated[str | None, typer.Option("--project", metavar="NAME", help=_("Only this project."))] = None,
    client: Annotated[str | None, typer.Option("--client", metavar="NAME", help=_("Only this client’s tasks."))] = None,
    todos: Annotated[
        bool,
        typer.Option("--todos", help=_("ics for other tools: tasks with their links, instead of days for calendars.")),
    ] = False,
    output: Output = None,
) -> None:
    """The command."""
    from retro.run.showing import Part

    session = session_of(context)
    formats([kind], ("ics", "csv", "xlsx", "mermaid", "mspdi", "json"))
    if todos and kind != "ics":
        _refuse_todos()
    part = Part(project=project, client=client, owner=owner)
    with opened(session, "export") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
        codes = list(work.codes)
        if kind == "ics":
            from retro.cli.export_feeds import as_ics

            kept = ledger if not paths and end is None else None
            codes += as_ics(work, paths or (), part, output, for_tools=todos, ledger=kept)
    if kind == "mermaid":
        from retro.cli.export_feeds import as_mermaid

        codes += as_mermaid(work, paths or (), part, output)
    elif kind == "json":
        codes += _json(work, session, part, output)
    elif kind == "mspdi":
        codes += _mspdi(work, paths or (), part, output)
    elif kind != "ics":
        from retro.cli.export_sheets import Export

        export = Export.of(work, paths or (), part)
        codes += export.as_csv(output) if kind == "csv" else export.as_xlsx(output)
    raise typer.Exit(strongest(codes))


def _refuse_todos() -> NoReturn:
    from retro.ports import ConfigurationError

    raise ConfigurationError(
        _("only ics has tasks for other tools."),
        where="--todos",
        remedy=_("Leave it out, or write `retro export ics --todos`."),
    )


def _json(work: Work, session: Session, part: Part, output: Path | None) -> list[int]:
    """The common model whole, or a part of it that stands alone; the exit codes that it asks for."""
    from retro.report import json_export
    from retro.report.document import written
    from retro.run.showing import part_of

    portfolio, codes = work.portfolio, list[int]()
    if not part.everything:
        from dataclasses import replace

        from retro import registry
        from retro.run.links import without_links_out

        assessed = work.assess(work.means())
        portfolio, codes = part_of(assessed.assessment, part).portfolio, tell_bugs(assessed)
        kept = {task.key for task in portfolio.tasks}
        portfolio = replace(portfolio, tasks=without_links_out(work.portfolio.tasks, kept, registry.handle_of))
    document = json_export.document(
        portfolio, now=session.now, zone_name=session.settings.workspace.timezone, lang=session.lang
    )
    put(written(document), output)
    return codes


def _mspdi(work: Work, paths: Sequence[Path], part: Part, output: Path | None) -> list[int]:
    """A plan for Microsoft Project, to a file or to standard output; the exit codes that it asks for."""
    from retro.report import mspdi
    from retro.run.showing import part_of
    from retro.tables.saving import save

    means = work.means()
    assessed = work.assess(means)
    written = mspdi.document(part_of(assessed.assessment, part), means.calendars)
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
