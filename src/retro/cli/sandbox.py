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
        epilog=_epilog(),
    )(sandbox)


def _epilog() -> str:
    """Examples, then every fault that can be asked for; each paragraph becomes a line of the help."""
    faults = (
        ("429:3  429:3+retry=20", _("the next 3 requests are too many, without or with Retry-After")),
        ("500:2  504  503+html  502", _("the service breaks, in JSON or with a proxy’s page of HTML")),
        ("409  529", _("someone else is saving; too busy")),
        ("449  toomany  toolarge", _("Trello alone: the answer would hold too much")),
        ("drop  lost", _("the connection closes without an answer, before or after the write is done")),
        ("half  truncated", _("the connection closes inside the answer; the answer’s JSON ends too early")),
        ("slow:5", _("answers come after 5 seconds")),
        ("readonly  revoked  invalid", _("from then on no writing, no permission, no valid token")),
        ("429+after=5  drop@PUT/1/cards/", _("only after 5 good requests; only for such requests")),
    )
    return "\n\n".join(
        (
            _("Examples:  retro sandbox --seed board.json   ·   retro sandbox --port 8090 --fault 429:3"),
            _("Faults, written KIND:VALUE+OPTION@METHOD/PATH, where all but the kind can be left out:"),
            *(f"{spec}  ·  {meaning}" for spec, meaning in faults),
        )
    )


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help=_("The port to listen on; 0: any."))] = 0,
    seed: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=_("Saved look-alikes, or Trello boards' exports; else the demo's cards.")),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(metavar="SPEC", help=_("What goes wrong: 429:3, 500:2, drop:1, slow:5… (all of them below)")),
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
    bases, others = _sorted(seed or (), now)
    with_trello = bool(others) or not seed
    try:
        with ExitStack() as servers:
            if with_trello:
                with _readable():
                    trello = load_seed(others, now=now) if others else campaign.build(now().date(), session.zone)
                store = others[0] if others and trello.saved else None
                server = servers.enter_context(
                    TrelloSandbox(
                        trello, now=now, faults=tuple(fault or ()), port=port, ticks=time.monotonic, store=store
                    )
                )
                typer.echo(_("A Trello look-alike answers at {url}; Ctrl-C ends it.", url=server.url))
                typer.echo(f"  url   = {server.url}\n  key   = {server.key}\n  token = {server.token}")
                for board in trello.boards.values():
                    typer.echo(f"  {board['url']}  {board['name']}")
            for number, (path, state) in enumerate(bases, int(with_trello)):
                base = servers.enter_context(
                    NotionSandbox(
                        state,
                        now=now,
                        faults=_for_notion(fault or (), alone=not with_trello),
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


def _for_notion(faults: Sequence[str], *, alone: bool) -> tuple[str, ...]:
    """The faults that a Notion can have; all of them where nobody else would have the rest: it then refuses them."""
    from retro.sandbox.faults import Fault
    from retro.sandbox.notion import NotionSandbox

    return tuple(spec for spec in faults if alone or Fault.parse(spec).kind in NotionSandbox.kinds)


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
