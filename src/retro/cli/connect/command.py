"""`retro connect`: a token of Trello or Notion, page by page, checked, and kept where only its owner finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import DONE, SOURCE, tell_error
from retro.cli.session import session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retro.cli.connect.attempt import Attempt
    from retro.ports import Guide, RetroError
    from retro.run.connecting import Seen

_TRIES = 3
"""How often a person may paste another token before the command gives up."""
_REFUSED = 401


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "connect",
        help=_(
            "Connect Trello or Notion, click by click: to read only at first. The token is checked, "
            "and kept in the system's keyring."
        ),
        epilog="\n\n".join(
            (
                _("Examples:  retro connect trello   ·   retro connect notion   ·   retro connect trello --write"),
                _("Through a pipe, one secret a line (the key first): retro connect notion < secret.txt"),
            )
        ),
    )(connect)


def connect(
    context: typer.Context,
    tool: Annotated[str, typer.Argument(metavar="trello|notion", help=_("The tool."))],
    addresses: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ADDRESS]…", help=_("Boards or databases that the token should see.")),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help=_("Let it write as well: for when retro writes its first dates."))
    ] = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=_("Open the pages, or only say their addresses."))
    ] = True,
) -> None:
    """The command."""
    from retro.cli.connect.attempt import begin
    from retro.report import connect_text

    session = session_of(context)
    attempt = begin(tool, addresses or (), session, write=write)
    typer.echo(attempt.guide.grants)
    brought, seen = _checked(attempt, browser=browser)
    while not seen.boards and _looks_again(attempt.guide):
        seen = attempt.look(brought)
    zone = session.zone
    for line in connect_text.standing(seen.standing, write=write, zone=zone):
        typer.echo(line)
    if write and seen.standing.may_write is None:
        typer.echo(attempt.guide.untold)
    if seen.boards:
        for line in connect_text.boards(seen.boards, zone):
            typer.echo(line)
    else:
        typer.echo(_("It sees no board yet: {share}", share=attempt.guide.share))
    for address in seen.missing:
        typer.echo(_("It does not see {address}: {share}", address=address, share=attempt.guide.share))
    _keep(attempt, brought)
    if attempt.guide.replaced and attempt.known.get("token", brought.get("token")) != brought.get("token"):
        typer.echo(attempt.guide.replaced)
    _next(attempt, write=write)
    raise typer.Exit(SOURCE if seen.missing or not seen.boards else DONE)


def _checked(attempt: Attempt, *, browser: bool) -> tuple[dict[str, str], Seen]:
    """Secrets that the tool takes, and what they see; a person may try again where it refuses them."""
    from retro.cli import asking
    from retro.cli.connect.asking import bring
    from retro.ports import ConfigurationError, ReadOnlyError, SourceError

    known: Mapping[str, str] = attempt.known
    for number in range(1, _TRIES):
        brought = bring(attempt.guide, known, again=number > 1, browser=browser and number == 1)
        try:
            return brought, attempt.look(brought)
        except (SourceError, ReadOnlyError, ConfigurationError) as error:
            if not asking.may_ask() or not _mendable(error):
                raise
            tell_error(error)
            typer.echo(_("Once more, then."))
        known = {**known, **brought}
    brought = bring(attempt.guide, known, again=True, browser=False)
    return brought, attempt.look(brought)


def _mendable(error: RetroError) -> bool:
    """Whether another token may do better: it was refused, not the tool out of reach."""
    from retro.ports import SourceError

    return not isinstance(error, SourceError) or error.status == _REFUSED


def _looks_again(guide: Guide) -> bool:
    """Whether a person has shared something meanwhile, and the token is to look again."""
    from retro.cli import asking

    if not asking.may_ask():
        return False
    typer.echo(_("The token works, but it sees no board yet: {share}", share=guide.share))
    return not asking.ask(_("Enter, when that is done; or type “later”"))


def _keep(attempt: Attempt, brought: Mapping[str, str]) -> None:
    """Put what was brought away, say where it is, and see to it that the configuration looks there."""
    from retro.cli.connect.writing import settle
    from retro.cli.own_folder import own_folder
    from retro.run.keeping import keep

    new = {
        secret: keep(attempt.kind, secret, value, own_folder())
        for secret, value in brought.items()
        if attempt.known.get(secret) != value
    }
    if files := ", ".join(place.file for place in new.values() if place.file is not None):
        typer.echo(_("Kept in {files}, which you alone can read: this machine has no keyring.", files=files))
    elif new:
        typer.echo(_("Kept in the system's keyring; nothing stands in a file."))
    settle(attempt.session, attempt.kind, {**attempt.places, **new}, attempt.url)


def _next(attempt: Attempt, *, write: bool) -> None:
    """What comes next."""
    if write:
        typer.echo(
            _(
                "Next: say in retro.toml what retro may write, for example {example} under a board; "
                "then `retro plan` shows every change before anything is written.",
                example='write = { own = ["latest", "review"] }',
            )
        )
    elif attempt.session.configuration.path is None:
        typer.echo(_("Next: `retro init --one` starts with one board, and shows at once whether its plan holds."))
    else:
        typer.echo(_("Next: `retro init ADDRESS --add` takes another board in; `retro lint` looks at them all."))
