"""`retro sandbox`: look-alikes on loopback, to try a configuration on before it touches real boards."""

from pathlib import Path
from typing import Annotated

import typer

from retro.cli.session import session_of
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "sandbox",
        help=_("Serve a Trello look-alike on this machine, until Ctrl-C."),
        epilog=_("Examples:  retro sandbox --seed board.json   ·   retro sandbox --port 8090 --fault 429:3"),
    )(sandbox)


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help=_("The port to listen on; 0: any."))] = 0,
    seed: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=_("A saved sandbox, or Trello boards' exports; else the demo's campaign.")),
    ] = None,
    fault: Annotated[
        list[str] | None, typer.Option(metavar="SPEC", help=_("What goes wrong: 429:3, 500:2, drop:1, slow:5…"))
    ] = None,
) -> None:
    """The command."""
    import threading
    import time

    from retro.ports import ConfigurationError, UnreadableError
    from retro.sandbox import campaign
    from retro.sandbox.trello import TrelloSandbox, load_seed

    session = session_of(context)
    now = session.clock.now
    try:
        state = load_seed(seed, now=now) if seed else campaign.build(now().date(), session.zone)
    except (OSError, ValueError) as error:
        raise UnreadableError(
            _("this is neither a saved sandbox nor a Trello board's export."),
            where=str(error),
            remedy=_("Give the file that `retro demo` left, or an export."),
        ) from error
    try:
        server = TrelloSandbox(
            state,
            now=now,
            faults=tuple(fault or ()),
            port=port,
            ticks=time.monotonic,
            store=seed[0] if seed and state.saved else None,
        ).start()
    except (ValueError, OSError) as error:
        raise ConfigurationError(
            _("the sandbox cannot start ({reason}).", reason=error),
            where="retro sandbox",
            remedy=_("Choose another --port, and faults such as 429:3."),
        ) from error
    try:
        typer.echo(_("A Trello look-alike answers at {url}; Ctrl-C ends it.", url=server.url))
        typer.echo(f"  url   = {server.url}\n  key   = {server.key}\n  token = {server.token}")
        for board in state.boards.values():
            typer.echo(f"  {board['url']}  {board['name']}")
        threading.Event().wait()
    finally:
        server.stop()
