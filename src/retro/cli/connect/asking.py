"""How the secrets of a tool come in: step by step from a person at the terminal, or line by line through a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from retro.cli import asking
from retro.cli.failures import USAGE
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retro.ports import Guide, Step

_AROUND = " \t\r\n\x16\"'`\u00a0\u202f\u200b\ufeff«»“”‘’<>"


def bring(guide: Guide, known: Mapping[str, str], *, again: bool, browser: bool) -> dict[str, str]:
    """What the steps bring: secrets by name, without those of `known` that still serve.

    `again`: what was known did not do; it is then offered, not taken for granted. `browser`: pages are opened.
    Raises ConfigurationError where a pipe brings nothing, or what cannot be right.
    """
    brought: dict[str, str] = {}
    for step in guide.steps:
        there = known.get(step.secret, "")
        if step.secret and step.keeps and there and not again:
            continue
        if not asking.may_ask():
            if step.secret:
                brought[step.secret] = _piped(step)
            continue
        _show(step, {**known, **brought}, browser=browser)
        if step.secret:
            brought[step.secret] = _typed(step, guide, there if again and step.public else "")
        else:
            asking.ask(_("Enter, when that is done"))
    return brought


def _show(step: Step, known: Mapping[str, str], *, browser: bool) -> None:
    from retro.cli.browser import open_page
    from retro.report.connect_text import clicks

    address = step.address(known)
    typer.echo("")
    for line in clicks(step, address):
        typer.echo(line)
    if browser and not open_page(address):
        typer.echo(_("The page could not be opened from here: copy its address into a browser."))


def _typed(step: Step, guide: Guide, before: str) -> str:
    """What a person pastes; nothing of it shows, now or later: where a key is asked for, a token may be pasted."""
    from retro.http.redact import register

    if guide.forward:
        typer.echo(
            _(
                "{tool} says that you may not? Press Enter without pasting: you get a message to forward.",
                tool=guide.tool,
            )
        )
    while True:
        said = _bare(asking.ask(step.prompt, before, shown=bool(before), hidden=True))
        if not said and guide.forward:
            typer.echo(f"\n{guide.forward}\n")
            typer.echo(_("Send this to an owner of the workspace; with the secret, run the command again."))
            raise typer.Exit(USAGE)
        if step.fits(said):
            register(said)
            return said
        typer.echo(
            step.misshapen
            if said
            else _("nothing came in. To paste: a right click, or Ctrl+Shift+V (on a Mac Cmd+V). To stop: Ctrl+C.")
        )


def _bare(said: str) -> str:
    """Without what a copy brings along: blanks, also those that do not show, and quotation marks around it.

    Nor what Ctrl+V types into a hidden question in an older console of Windows, in place of what it should paste.
    """
    return said.strip(_AROUND)


def _piped(step: Step) -> str:
    """The next line of standard input."""
    from retro.http.redact import register
    from retro.ports import ConfigurationError

    said = "" if sys.stdin.isatty() else _bare(_line())
    if not said:
        raise ConfigurationError(
            _("no {secret} came in, and nobody can be asked.", secret=step.secret),
            where="retro connect",
            remedy=_("Run it at a terminal, or pipe the secrets in, one a line: the key first where there is one."),
        )
    if not step.fits(said):
        raise ConfigurationError(step.misshapen, where="retro connect")
    register(said)
    return said


def _line() -> str:
    """The next line of a pipe; what is no text (a file of two bytes a letter) comes as a sign that fits nowhere."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return "\ufffd"
