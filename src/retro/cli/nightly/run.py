"""`retro nightly run`, which is what a scheduler starts: the run itself, its log, and the memory of how it went."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.session import parse_day, session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retro.cli.session import Session
    from retro.ports import Clock


def run(
    context: typer.Context,
    state: Annotated[Path, typer.Option("--state", metavar="FOLDER", help=_("Where log and record stand."))],
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="HH:MM", help=_("Leave at once unless none has run since then.")),
    ] = None,
    tries: Annotated[int, typer.Option("--tries", min=1, help=_("How often, while the boards cannot be reached."))] = 1,
    env: Annotated[
        list[str] | None, typer.Option("--env", metavar="NAME=VALUE", help=_("A variable for the run."))
    ] = None,
) -> None:
    """What a scheduler starts. It reads no configuration: a fault in there is for the run to tell, and the log."""
    from retro.ports import ConfigurationError
    from retro.run.scheduler.attempts import Task, attempt, is_due
    from retro.run.scheduler.hours import parse_hour
    from retro.store.folder import open_folder, unwritable

    session = session_of(context)
    named = session.options.config
    if named is not None and not named.is_file():
        # Nor is a state made where a plan was once.
        raise ConfigurationError(
            _("there is no such file any more."),
            where=str(named),
            remedy=_("Run `retro nightly install` where it is now: the nightly run then follows it."),
        )
    clock = _clock(session)
    if due is not None and not is_due(state, parse_hour(due), clock.now()):
        return
    open_folder(state)
    words = [sys.executable, "-P", "-m", "retro.cli"]
    words += ["-c", str(named)] if named is not None else []
    words += ["--now", session.options.now] if session.options.now is not None else []
    task = Task(
        retro=words,
        folder=named.parent if named is not None else Path.cwd(),
        state=state,
        environment={**os.environ, **dict(_pairs(env or ()))},
    )
    try:
        last = attempt(task, clock, tries)
    except OSError as error:
        raise unwritable(state, error) from error
    if last.said:
        typer.echo(last.said)
    raise typer.Exit(last.code or 0)


def _pairs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    for each in given:
        name, _equals, value = each.partition("=")
        yield name, value


def _clock(session: Session) -> Clock:
    """The machine's clock in UTC, or the instant of --now: the workspace's zone stands in a file that may be broken."""
    from datetime import UTC

    from retro.run.clock import FixedClock, SystemClock, instant_of

    if session.options.now is None:
        return SystemClock(UTC)
    return FixedClock(instant_of(parse_day(session.options.now, "--now", UTC), UTC))
