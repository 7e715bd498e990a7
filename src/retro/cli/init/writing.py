"""The end of `retro init`: a new retro.toml is written, one that is there is shown or given what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.config.load import Configuration
    from retro.model.proposal import Proposal
    from retro.run.discovery.gather import Gathered
    from retro.run.discovery.propose import Setting


def answered(proposal: Proposal, setting: Setting, gathered: Gathered, *, to_stdout: bool, one: bool) -> Proposal:
    """The proposal after a person settled what is open; one board's whole mapping is confirmed."""
    from retro.cli.asking import may_ask
    from retro.cli.init.confirm import confirmed
    from retro.cli.init.questions import settle

    if to_stdout or not may_ask():
        return proposal
    proposal = settle(proposal, setting.zone)
    return confirmed(proposal, gathered.portfolio, setting.zone) if one else proposal


def write_whole(proposal: Proposal, target: Path, setting: Setting, *, to_stdout: bool) -> bool:
    """Write the configuration, or show it; whether there is a file now."""
    from retro.config.load import parse
    from retro.report import init_toml

    text = init_toml.render(proposal, setting.today)
    parse(text, str(target))  # what does not load is not written
    if to_stdout:
        typer.echo(text, nl=False)
        return False
    _create(target, text)
    _told(proposal, target)
    return True


def complete(
    proposal: Proposal,
    there: Configuration,
    target: Path,
    setting: Setting,
    gathered: Gathered,
    *,
    add: bool,
    one: bool,
) -> None:
    """Append with `add` what a configuration lacks.

    Raises ConfigurationError where there is nothing, or it is to be pasted: it is then shown.
    """
    from dataclasses import replace

    from retro.cli.init.appending import append
    from retro.ports import ConfigurationError
    from retro.report import init_toml

    known, has_projects = there.settings.sources, bool(there.settings.projects)
    new = any(board.picked for board in proposal.boards)
    if add and new:
        if not has_projects:  # each board is one: there is no place for a date
            proposal = replace(proposal, projects=())
        proposal = answered(proposal, setting, gathered, to_stdout=False, one=one)
    snippet = init_toml.snippet(proposal, known, setting.today, projects=has_projects)
    if add and not new:
        raise ConfigurationError(
            _("what you asked for is in it already; nothing was written."),
            where=str(target),
            remedy=_("`retro lint` reads all that it has."),
        )
    if not add:
        typer.echo(snippet, nl=False)
        raise _exists(target, new=new)
    append(target, snippet)
    _told(proposal, target)
    channels = there.settings.lint.channels
    if channels and (more := [each for each in proposal.channels if each not in channels]):
        from retro.report.toml_text import literal

        line = f"channels = {literal([*channels, *more])}"
        typer.echo(_("It has channels of its own; under [lint], write: {line}", line=line))


def _told(proposal: Proposal, target: Path) -> None:
    from retro.report import init_text
    from retro.report.typed import typed

    default = target.resolve() == Path.cwd() / "retro.toml"
    for line in init_text.lines(proposal, str(target), "" if default else f" {typed(('-c', target))}"):
        typer.echo(line)


def _exists(target: Path, *, new: bool) -> Exception:
    from retro.ports import ConfigurationError

    return ConfigurationError(
        _("there is a configuration here already; nothing was written.")
        if not new
        else _("there is a configuration here already; what it lacks is shown above, to be pasted into it."),
        where=str(target),
        remedy=_(
            "With --add, the same command appends it, and changes no line; for a new file: `retro init -o other.toml`."
        )
        if new
        else _("For a new one, name another file: `retro init -o other.toml`."),
    )


def _create(target: Path, text: str) -> None:
    """Write a file that is not there. Raises ConfigurationError where it is, or cannot be written."""
    from retro.disk import refusal, remedy
    from retro.ports import ConfigurationError

    made = False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            made = True
            file.write(text)
    except FileExistsError:
        raise _exists(target, new=False) from None
    except OSError as error:
        if made:  # half a configuration would stand in the way of the next try
            target.unlink(missing_ok=True)
        raise ConfigurationError(
            refusal(error),
            where=str(target),
            remedy=remedy(error, _("Name another with -o.")),
        ) from error
