"""What becomes of an error: one sentence with place and remedy, and the exit code of CLI.md."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from retro.cli.misuse import said_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.ports import RetroError

DONE, FINDINGS, USAGE, SOURCE, PENDING, LOCKED, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 5, 70, 130
_BLANKS = "\n\u00a0\u202f"
"""Blanks that sentences hold: French keeps « and » to their words with spaces of its own."""
_PRECEDENCE = (INTERRUPTED, BUG, USAGE, LOCKED, SOURCE, PENDING, FINDINGS, DONE)


def strongest(codes: Sequence[int]) -> int:
    """The exit code to leave with where several hold."""
    return next(code for code in _PRECEDENCE if code in codes or code == DONE)


def explain(error: BaseException, arguments: Sequence[str]) -> int:
    """Tell the error on standard error; the exit code."""
    match error:
        case typer.Exit():
            code = error.exit_code
        case SystemExit() if isinstance(error.__context__, BrokenPipeError):
            code = DONE  # as below: typer and rich have caught it, and seen to the streams
        case SystemExit():
            code = error.code if isinstance(error.code, int) else USAGE
        case TyperException():
            code = _misused(error)
        case KeyboardInterrupt() | typer.Abort():
            tell(_("retro: interrupted. Should anything have been begun, the next run settles it."))
            code = INTERRUPTED
        case BrokenPipeError():
            sys.stderr.close()  # the reader has gone: what is left to say has nobody to hear it
            code = DONE
        case _:
            code = _ours(error, arguments)
    return code


def code_of(error: BaseException) -> int:
    """The exit code that an error leads to, without a word."""
    from retro.ports import RetroError

    match error:
        case typer.Exit():
            return error.exit_code
        case TyperException():
            return USAGE
        case KeyboardInterrupt() | typer.Abort():
            return INTERRUPTED
        case RetroError():
            return error.exit_code
        case _:
            return BUG


def _misused(error: TyperException) -> int:
    """An option, argument or command that is not there or not right."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "retro"
    tell(f"retro: {said_of(error)}")
    tell(_("See `{command} --help`.", command=command))
    return USAGE


def _ours(error: BaseException, arguments: Sequence[str]) -> int:
    from retro.ports import RetroError

    if isinstance(error, RetroError):
        tell_error(error)
        return error.exit_code
    return _bug(error, arguments)


def _bug(error: BaseException, arguments: Sequence[str]) -> int:
    """A fault of ours: a report to paste, free of secrets and of what boards hold in the arguments' files."""
    tell(_("retro: this is a bug in retro; nothing more was written. Please report what follows."))
    told = "".join(traceback.format_exception(error))
    machine = f"Python {platform.python_version()}, {platform.system()}"
    tell(f"retro {' '.join(arguments)}\n{machine}\n{told}")
    return BUG


def tell(sentence: str) -> None:
    """To standard error, without secrets or control characters: it may quote what a server or a board said."""
    from retro.http.redact import redact

    typer.echo("".join(char if char.isprintable() or char in _BLANKS else "�" for char in redact(sentence)), err=True)


def tell_error(error: RetroError) -> None:
    """An expected failure, on one line."""
    tell(f"retro: {error}")
