"""The root of the command line: global options anywhere, commands, and what becomes of errors."""

import gc
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from retro.cli.failures import INTERRUPTED, explain
from retro.cli.session import Globals
from retro.cli.spoken import Spoken
from retro.i18n import text as _
from retro.i18n.signs import HANDLER, offer

_WITH_VALUE = frozenset({"-c", "--config", "--lang", "--now"})
_FLAGS = frozenset({"--offline", "--no-progress", "-q", "--quiet", "-v", "--verbose"})

_EVERYTHING = 2
"""How many -v show the log."""

_CLUSTER = re.compile(r"-[qv]{2,}|-c.+")
"""Short options written together (-vv, -qv) or with their value (-cFILE)."""

_RARELY = (1_000_000, 20, 20)
"""Objects more than there were, between looks for cycles: what a command loads and makes of tasks, it needs to its end.

As Python has it, the imports alone are looked through three hundred times.
"""

_COMMANDS = (
    *("demo", "connect", "init", "new", "doctor", "lint", "schedule", "what_if", "baseline", "view", "report", "week"),
    *("pull", "sync", "nightly", "mirror", "undo", "clean", "rules", "export", "sandbox", "config"),
)
"""Command modules, in the order of the help page; each has `register(app)`."""


def parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Global options, which may stand before or after the command, and the command with its own."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument in _WITH_VALUE:
            front += [argument, *waiting[:1]]
            del waiting[:1]
        elif argument in _FLAGS or argument.partition("=")[0] in _WITH_VALUE or _CLUSTER.fullmatch(argument):
            front.append(argument)
        else:
            rest.append(argument)
    return front, rest


def build(wanted: str = "") -> typer.Typer:
    """The application with its commands; with the `wanted` one alone, where there is one of that name.

    Making out the options of all of them takes thirty milliseconds of every start.
    """
    app = Spoken(
        invoke_without_command=True,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        add_completion=False,
        help=_("Plan backwards from the date that cannot move, over the boards your team already has."),
        epilog=_("Try it without an account: `retro demo`. On your own board's export: `retro lint board.json`."),
    )
    app.callback()(_options)
    for name in _COMMANDS:
        import_module(f"retro.cli.{name}").register(app)
    commands = [each for each in app.registered_commands if each.name == wanted]
    groups = [each for each in app.registered_groups if each.name == wanted]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
    return app


def _options(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", "-c", metavar="FILE", help=_("Use this retro.toml."))
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="fr|en", help=_("Language of the terminal."))] = None,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="DATE", envvar="RETRO_NOW", help=_("Take this date or instant for now.")),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help=_("Use the last snapshot; read nothing."))] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help=_("Show no progress bars."))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Say only what matters."))] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help=_("Say more; -vv: log too."))] = 0,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version and leave."))] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"retro {installed('retroplan')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit
    context.obj = Globals(
        config=config, lang=lang, now=now, offline=offline, progress=not no_progress, quiet=quiet, verbose=verbose
    )
    if verbose >= _EVERYTHING:
        from retro.cli.logs import logs

        context.with_resource(logs())


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code of CLI.md. Nothing that a person can mend ends in a traceback."""
    gc.set_threshold(*_RARELY)
    offer()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console without UTF-8 shows a like sign rather than failing
            stream.reconfigure(errors=HANDLER)
    try:
        front, rest = parted(arguments)
        result = build("".join(rest[:1]))(front + rest, standalone_mode=False, prog_name="retro")
    except BaseException as error:  # noqa: BLE001 - this is the one place that turns errors into exit codes
        return explain(error, arguments)
    if result == INTERRUPTED:  # typer has caught it, and says nothing
        return explain(KeyboardInterrupt(), arguments)
    return result if isinstance(result, int) else 0
