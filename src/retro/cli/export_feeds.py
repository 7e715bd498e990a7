"""`retro export ics` and `mermaid`: days for calendars, and a chart for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.cli.output import put, tell_bugs
from retro.i18n import plural
from retro.i18n import text as _
from retro.report.untrusted import printable
from retro.run.named import find_owner
from retro.run.showing import part_of
from retro.tables.saving import save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retro.cli.work import Work
    from retro.model import Assessment, Portfolio
    from retro.ports import Ledger
    from retro.run.showing import Part

_MARKDOWN = ".md", ".markdown"


def as_ics(
    work: Work, paths: Sequence[Path], part: Part, output: Path | None, *, for_tools: bool, ledger: Ledger | None
) -> list[int]:
    """A feed, to a file or to standard output; the exit codes that it asks for.

    A file that is there is the memory of what it said: only what changed gets a new number. With a ledger the dates
    are kept, as those that people have seen.
    """
    from retro.report import ics
    from retro.run.advised import only_shown, remember_finishes

    assessed = work.assess(work.means())
    if ledger is not None:
        shown = only_shown(work.session.settings, work.portfolio.boards)
        remember_finishes(ledger, assessed.assessment, shown)
    lang = work.session.settings.workspace.lang
    chosen = part_of(assessed.assessment, part)
    feed = ics.feed(
        chosen,
        name=_name(work.portfolio, chosen, part, lang),
        lang=lang,
        owner=part.owner is not None,
        for_tools=for_tools,
        previous=_previous(output),
    )
    if output is None:
        put(feed.text, None)
    else:
        save(feed.text.encode(), output, clock=work.session.clock, sources=paths)
        if not work.session.options.quiet:
            typer.echo(plural("{file}: {count} entry", "{file}: {count} entries", feed.entries, file=output))
    return tell_bugs(assessed)


def as_mermaid(work: Work, paths: Sequence[Path], part: Part, output: Path | None) -> list[int]:
    """A chart, to a file or to standard output, within a fence in a file of Markdown; the exit codes it asks for."""
    from retro.report import mermaid

    assessed = work.assess(work.means())
    lang = work.session.settings.workspace.lang
    chosen = part_of(assessed.assessment, part)
    text = mermaid.write(
        chosen,
        title=_name(work.portfolio, chosen, part, lang),
        lang=lang,
        fenced=output is not None and output.suffix.casefold() in _MARKDOWN,
    )
    if output is None:
        put(text, None)
    else:
        save(text.encode(), output, clock=work.session.clock, sources=paths)
    return tell_bugs(assessed)


def _previous(output: Path | None) -> str:
    if output is None or not output.is_file():  # none yet; a pipe would be waited for without end
        return ""
    try:
        return output.read_bytes().decode("utf-8", "replace")
    except OSError:  # saving says what is wrong with it
        return ""


def _name(portfolio: Portfolio, chosen: Assessment, part: Part, lang: str) -> str:
    """What calendars and charts are called: whose they are, or the project, and that it is a plan."""
    names = [find_owner(part.owner, portfolio, "--owner").name] if part.owner is not None else []
    if part.project is not None or (not names and len(chosen.portfolio.projects) == 1):
        names += [project.name for project in chosen.portfolio.projects]
    if part.client is not None:
        names += list(dict.fromkeys(project.client for project in chosen.portfolio.projects if project.client))
    return " · ".join([*filter(None, map(printable, names)), _("Plan", lang=lang)])
