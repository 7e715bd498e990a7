"""Commands whose help speaks the person's language: typer's own words are English, whatever that is.

Typer looks its words up by the environment's locale, which `--lang` and retro.toml may contradict.
"""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from retro.cli.placeholders import placeholder
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Spoken(typer.Typer):
    """An application, or a group of commands, all of whose help is in the language in use."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": Group, "subcommand_metavar": _("COMMAND …"), **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Add a command, as typer does."""
        return super().command(name, **{"cls": Command, **settings})


class Command(TyperCommand):
    """One command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is given to it."""
        with _misused(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _translated(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        _speak(self.get_params(ctx))
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands, in their own order."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """Their names."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named; where there is none, what is near is told."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            said = _("there is no command {name}.", name=args[0])
            shown = [name for name, command in self.commands.items() if not command.hidden]
            if near := get_close_matches(args[0], shown):
                said += " " + _('Did you mean "{name}"?', name=near[0])
            ctx.fail(said)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is given to it."""
        with _misused(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _translated(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        _write_usage(self, ctx, formatter, self.subcommand_metavar)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        _speak(self.get_params(ctx))
        super().format_help(ctx, formatter)


@contextmanager
def _misused(ctx: Any) -> Iterator[None]:
    """Whatever is wrong with a command line knows of which command it is, whose help tells more."""
    try:
        yield
    except TyperException as error:
        if getattr(error, "ctx", None) is None:
            vars(error)["ctx"] = ctx
        raise


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this help and leave.")
    return option


def _write_usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any, *more: str) -> None:
    """Arguments by the names that we give them: these tell by themselves what may be left out, or repeated."""
    named = [
        placeholder(str(each.metavar or each.name))
        for each in command.get_params(ctx)
        if each.param_type_name == "argument"
    ]
    words = " ".join([command.options_metavar or "", *named, *more])
    formatter.write_usage(ctx.command_path, words, prefix=_("Usage: "))


def _speak(params: list[Any]) -> None:
    """Typer's fixed words in the language in use; what only programmers want to know of these options is left out."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.ENVVAR_STRING = _("[env var: {}]")
    for param in params:
        if param.metavar:
            param.metavar = placeholder(param.metavar)
        if getattr(param, "is_flag", False) or getattr(param, "count", False):
            param.metavar = ""  # else a switch is said to be a <bool>
        elif param.param_type_name == "argument":
            param.display_type_rich = _untyped  # else files are said to be a <list[Path]>


def _untyped(ctx: Any) -> None:  # noqa: ARG001 - typer's signature
    return None
