"""`retro week`: one person's week on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End
from retro.cli.output import formats, page, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILES = frozenset({".csv", ".json", ".tsv", ".xls", ".xlsm", ".xlsx", ".xml"})
"""Endings by which a word is a file, whether it is there or not."""

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PERSON] [PATH]…",
        help=_("A name, part of one, an e-mail address or a key; then files to read instead of the configured boards."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "week",
        help=_("Show one person’s week: what is theirs, who waits for them, whom they wait for."),
        epilog=_("Examples:  retro week Léa   ·   retro week Léa board.json   ·   retro week Léa --format markdown"),
    )(week)


def week(
    context: typer.Context,
    words: Words = None,
    end: End = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text, markdown or json; may be repeated.")),
    ] = None,
) -> None:
    """The command."""
    from retro.report.document import dumps
    from retro.report.week import Weeks, as_json, markdown, text
    from retro.run.week import saved as saved_
    from retro.run.week import whose

    session = session_of(context)
    chosen = formats(format_, ("text", "markdown", "json"), draws=True)
    person, paths = _parted(words or ())
    with opened(session, "week") as ledger:
        work = gather(session, paths, end=end, ledger=ledger)
        owner = whose(person, work.portfolio)
        assessed = work.assess(work.means())
        weeks = Weeks.of(assessed.assessment)
        mine = weeks.week_of(owner)
        saved = saved_(assessed.assessment, weeks.keys(owner), work.history, ledger)
    for name, file in chosen:
        if name == "json":
            put(dumps(as_json.document(mine, assessed.assessment, saved)), file)
        elif name == "markdown":
            put(markdown.write(mine, assessed.assessment, saved), file)
        else:
            with page(file, quiet=session.options.quiet) as screen:
                text.draw(mine, assessed.assessment, saved, screen)
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed)]))


def _parted(words: Sequence[str]) -> tuple[str, list[Path]]:
    """The words of a name, which need no quotes, and the files among them."""
    files = [Path(word) for word in words if Path(word).suffix.lower() in _FILES or Path(word).is_file()]
    return " ".join(word for word in words if Path(word) not in files), files
