"""What a configuration that was just written says of its boards: the verdict first, as `retro lint` shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from retro.cli.session import Session


def verdict(target: Path, session: Session) -> None:
    """Read the boards of the configuration and show one screen."""
    from retro.cli.output import console
    from retro.cli.session import Session as NewSession
    from retro.cli.work import gather, opened
    from retro.report import lint_text

    if session.options.quiet:
        return
    fresh = NewSession(replace(session.options, config=target))
    try:
        with opened(fresh, "init") as ledger:
            work = gather(fresh, ledger=ledger)
            assessed = work.assess(work.means(levelling=False))
    finally:
        fresh.close()
    typer.echo("")
    lint_text.draw(assessed.assessment, console(), everything=False)
