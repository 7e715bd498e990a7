"""Questions to a person: only where one sits at a terminal, one at a time, each with an answer to fall back on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

_YES = frozenset({"y", "yes", "o", "oui"})
_NO = frozenset({"n", "no", "non"})


def may_ask() -> bool:
    """Whether somebody is there to answer: standard input and output are terminals, and CI is unset."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def ask(question: str, default: str = "", *, shown: bool = False, hidden: bool = False) -> str:
    """What a person types, without the blanks around it; an empty answer stands for `default`.

    `shown`: the question shows the default. `hidden`: nothing shows of what is typed.
    """
    said: str = typer.prompt(
        question, default=default, show_default=shown, hide_input=hidden, prompt_suffix=_ending(question)
    )
    return said.strip()


def agreed(question: str, *, default: bool = False) -> bool:
    """Whether a person says yes: in either language, for nobody thinks of a terminal's when it asks."""
    hint = _("[Y/n]") if default else _("[y/N]")
    while True:
        said = ask(f"{question} {hint}").casefold()
        if not said:
            return default
        if said in _YES or said in _NO:
            return said in _YES
        typer.echo(_("“y” for yes or “n” for no, please."))


def _ending(question: str) -> str:
    """Between a question and its answer: French sets a blank before a colon."""
    return " " if question.endswith(("?", "]")) else _("{question}: ", question="")


def choice(question: str, names: Sequence[str], default: int = 0) -> int:
    """The place of what is chosen among numbered names; the question is asked again until it is answered so."""
    typer.echo(question)
    for number, name in enumerate(names, 1):
        typer.echo(f"  {number}. {name}")
    while True:
        said = ask(_("Number"), str(default + 1), shown=True)
        if said.isdecimal() and 1 <= int(said) <= len(names):
            return int(said) - 1
        typer.echo(_("A number from 1 to {most}, please.", most=len(names)))
