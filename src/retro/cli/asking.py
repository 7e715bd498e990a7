"""Questions to a person: only where one sits at a terminal, one at a time, each with an answer to fall back on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence


def may_ask() -> bool:
    """Whether somebody is there to answer: standard input and output are terminals, and CI is unset."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def choice(question: str, names: Sequence[str], default: int = 0) -> int:
    """The place of what is chosen among numbered names; the question is asked again until it is answered so."""
    typer.echo(question)
    for number, name in enumerate(names, 1):
        typer.echo(f"  {number}. {name}")
    while True:
        said = typer.prompt(_("Number"), default=str(default + 1)).strip()
        if said.isdigit() and 1 <= int(said) <= len(names):
            return int(said) - 1
        typer.echo(_("A number from 1 to {most}, please.", most=len(names)))
