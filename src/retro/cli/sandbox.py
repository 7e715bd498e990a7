"""`retro sandbox`: look-alikes on loopback, to try a configuration on before it touches real boards."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.session import session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from retro.sandbox.notion import NotionState


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "sandbox",
        help=_("Serve look-alikes of Trello and Notion on this machine, until Ctrl-C."),
        epilog=_("Examples:  retro sandbox --seed board.json   ·   retro sandbox --port 8090 --fault 429:3"),
    )(sandbox)


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help=_("The port to listen on; 0: any."))] = 0,
    seed: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=_("Saved look-alikes, or Trello boards' exports; else the demo's cards.")),
    ] = None,
    fault: Annotated[
        list[str] | None, typer.Option(metavar="SPEC", help=_("What goes wrong: 429:3, 500:2, drop:1, slow:5…"))
    ] = None,
) -> None:
    """The command."""
    import threading
    import time

    from retro.ports import ConfigurationError
    from retro.sandbox import campaign
    from retro.sandbox.notion import NotionSandbox
    from retro.sandbox.trello import TrelloSandbox, load_seed

    session = session_of(context)
    now = session.clock.now
    faults = tuple(fault or ())
    bases, others = _sorted(seed or (), now)
    try:
        with ExitStack() as servers:
            if others or not seed:
                with _readable():
                    trello = load_seed(others, now=now) if others else campaign.build(now().date(), session.zone)
                store = others[0] if others and trello.saved else None
                server = servers.enter_context(
                    TrelloSandbox(trello, now=now, faults=faults, port=port, ticks=time.monotonic, store=store)
                )
                typer.echo(_("A Trello look-alike answers at {url}; Ctrl-C ends it.", url=server.url))
                typer.echo(f"  url   = {server.url}\n  key   = {server.key}\n  token = {server.token}")
                for board in trello.boards.values():
                    typer.echo(f"  {board['url']}  {board['name']}")
            for number, (path, state) in enumerate(bases, 1 if others or not seed else 0):
                base = servers.enter_context(
                    NotionSandbox(
                        state,
                        now=now,
                        faults=faults,
                        port=port + number if port else 0,
                        ticks=time.monotonic,
                        store=path,
                    )
                )
                typer.echo(_("A Notion look-alike answers at {url}; Ctrl-C ends it.", url=base.url))
                typer.echo(f"  url   = {base.url}\n  token = {base.token}")
                for id_, database in state.databases.items():
                    typer.echo(f"  {id_}  {database['name']}")
            threading.Event().wait()
    except (ValueError, OSError) as error:
        raise ConfigurationError(
            _("the sandbox cannot start ({reason}).", reason=error),
            where="retro sandbox",
            remedy=_("Choose another --port, and faults such as 429:3."),
        ) from error


def _sorted(seeds: Sequence[Path], now: Callable[[], datetime]) -> tuple[list[tuple[Path, NotionState]], list[Path]]:
    """Saved Notion look-alikes, read; and the other files, which are Trello's."""
    from retro.sandbox.notion import NotionState

    bases, others = [], []
    for path in seeds:
        try:
            bases.append((path, NotionState.load(path, now=now)))
        except (OSError, ValueError, KeyError, TypeError):
            others.append(path)
    return bases, others


@contextmanager
def _readable() -> Iterator[None]:
    from retro.ports import UnreadableError

    try:
        yield
    except (OSError, ValueError) as error:
        raise UnreadableError(
            _("this is neither a saved sandbox nor a Trello board's export."),
            where=str(error),
            remedy=_("Give the file that `retro demo` left, or an export."),
        ) from error
