"""`retro report --debrief`: what to learn from a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.failures import strongest
from retro.cli.output import put, tell_bugs
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.session import Session


def debrief(
    session: Session, paths: Sequence[Path], project: str, *, end: str | None, baseline: str | None, output: Path | None
) -> int:
    """Write it; the exit code. Raises ConfigurationError for words that mean no project, or several."""
    from dataclasses import replace

    from retro.report.debrief import debrief as facts
    from retro.report.debrief import markdown
    from retro.run.debrief import first_baseline, moves_of
    from retro.run.named import find_project
    from retro.run.plan_baseline import Shelf
    from retro.run.showing import Part, part_of

    with opened(session, "report") as ledger:
        work = gather(session, paths, end=end, ledger=ledger)
        wanted = find_project(project, work.portfolio.projects, "--debrief")
        means = work.means()
        assessed = work.assess(means)
        shelf = Shelf(None if paths else ledger, Path())
        name = baseline or first_baseline(shelf, wanted, work.portfolio.tasks, of_paths=bool(paths))
        if name is not None:
            assessed = work.with_slippage(assessed, means, ledger, name, of_paths=bool(paths))
        shown = part_of(assessed.assessment, Part(project=wanted.key))
        if shown.slippage is not None and not shown.slippage.projects:
            shown = replace(shown, slippage=None)  # the baseline that was named does not know the project
        moves = moves_of(shown, work.history)
    put(markdown.write(facts(shown, moves), shown), output)
    if output is not None and not session.options.quiet:
        typer.echo(_("The debrief is in {file}.", file=output))
    return strongest([*work.codes, *tell_bugs(assessed)])
