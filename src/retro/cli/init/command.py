"""`retro init`: a first retro.toml, from the boards that a token sees or from files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import DONE, SOURCE
from retro.cli.options import End
from retro.cli.session import parse_day, session_of
from retro.i18n import current_language
from retro.i18n import text as _

if TYPE_CHECKING:
    from datetime import date

    from retro.cli.init.sources import Start
    from retro.cli.session import Session
    from retro.model.proposal import Proposal
    from retro.run.discovery.gather import Gathered
    from retro.run.discovery.propose import Setting

_STDOUT = "-"
_ZONE, _COUNTRY = "Europe/Paris", "FR"
"""Where the system does not tell its zone; and the country whose holidays hold when nothing is said."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "init",
        help=_(
            "Write a first retro.toml, commented: from the boards that your tokens see, or from files. "
            "It overwrites nothing."
        ),
        epilog=_epilog(),
    )(init)


def _epilog() -> str:
    return "\n\n".join(
        (
            _("Examples:  retro init   ·   retro init notion --one   ·   retro init board.json plan.xlsx"),
            "retro init https://trello.com/b/AbCd1234/name --add   ·   retro init board.json -o -",
            _("Tokens come from `retro connect`, or from the environment (TRELLO_KEY, TRELLO_TOKEN, NOTION_TOKEN)."),
        )
    )


def init(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]…", help=_("trello, notion, a board's address, or files; else every account found.")
        ),
    ] = None,
    one: Annotated[bool, typer.Option("--one", help=_("One board only: asked for, or the one touched last."))] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write to this file; - for the terminal."))
    ] = None,
    end: End = None,
    add: Annotated[
        bool, typer.Option("--add", help=_("Append what the configuration that is there lacks; its lines stay."))
    ] = False,
    days: Annotated[
        int,
        typer.Option("--active-days", metavar="N", min=1, help=_("Boards touched within so many days are taken in.")),
    ] = 90,
) -> None:
    """The command."""
    from retro.cli.init.sources import start
    from retro.cli.init.writing import answered, complete, write_whole
    from retro.config.load import load
    from retro.run.discovery.propose import propose
    from retro.run.machine_zone import machine_zone

    session = session_of(context)
    target = _target(output, session)
    there = load(target) if output != _STDOUT and target.exists() else None
    zone = machine_zone()
    begun = start(sources or (), target.parent, there, zone or _ZONE, session)
    setting = _setting(begun, end, days, told=zone is not None)
    gathered = _gathered(begun, setting, session, one=one)
    for error in dict.fromkeys(map(str, gathered.errors)):
        typer.echo(f"retro: {error}", err=True)
    taken = there.settings.boards if there is not None else ()
    proposal = propose(gathered.found, begun.sources, gathered.portfolio, setting, taken)
    if one:
        proposal = _of_one(proposal)
    written = True
    if there is not None:
        complete(proposal, there, target, setting, gathered, add=add, one=one)
    else:
        proposal = answered(proposal, setting, gathered, to_stdout=output == _STDOUT, one=one)
        written = write_whole(proposal, target, setting, to_stdout=output == _STDOUT)
    if one and written and any(board.picked for board in proposal.boards):
        from retro.cli.init.verdict import verdict

        verdict(target, session)
    raise typer.Exit(SOURCE if gathered.errors else DONE)


def _of_one(proposal: Proposal) -> Proposal:
    """The proposal without the accounts that the one board does not need."""
    from dataclasses import replace

    needed = {board.source for board in proposal.boards}
    return replace(proposal, sources=tuple(each for each in proposal.sources if each.alias in needed))


def _target(output: str | None, session: Session) -> Path:
    if output is not None and output != _STDOUT:
        return Path(output)
    return session.options.config or Path(os.environ.get("RETRO_CONFIG") or "retro.toml")


def _setting(begun: Start, end: str | None, days: int, *, told: bool) -> Setting:
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from retro.model import as_date
    from retro.model.proposal import Note
    from retro.run.discovery.propose import Setting
    from retro.run.machine_zone import country_of

    name = begun.configuration.settings.workspace.timezone
    zone = ZoneInfo(name)
    today = begun.clock.now().date()
    country = country_of(name)
    note = None
    if not told:
        note = Note(_("this machine does not tell its time zone: is this the team's?"), check=True)
    elif country is None:
        note = Note(_("the time zone of this machine: is it the team's?"), check=True)
    return Setting(
        lang=current_language(),
        timezone=name,
        zone=zone,
        today=today,
        timezone_note=note,
        country=_holidays_of(country, today),
        end=as_date(parse_day(end, "--end", zone), zone) if end is not None else None,
        active_since=today - timedelta(days=days),
    )


def _holidays_of(country: str | None, today: date) -> str | None:
    """The country to write: none where it is the default or not told, "" where its holidays are not known."""
    from retro.calendars import public_holidays

    if country in (None, _COUNTRY):
        return None
    try:
        public_holidays(country or "", "", [today.year])
    except ValueError:
        return ""
    return country


def _gathered(begun: Start, setting: Setting, session: Session, *, one: bool) -> Gathered:
    from retro import registry
    from retro.cli.bars import headway
    from retro.cli.init.questions import choose
    from retro.ports import ConfigurationError
    from retro.run.discovery.gather import gather

    with headway(session) as watcher:
        gathered = gather(
            begun.accounts,
            begun.files,
            begun.readers,
            active_since=setting.active_since,
            settings=begun.configuration.settings,
            zone=setting.zone,
            handle_of=registry.handle_of,
            choose=choose if one else None,
            watcher=watcher,
        )
    read = any(found.snapshot is not None for found in gathered.found)
    if gathered.errors and not read:
        raise gathered.errors[0]
    if not gathered.found and not any(account.known for account in begun.accounts.values()) and not begun.known:
        raise ConfigurationError(
            _("the token sees no board."),
            where=", ".join(begun.accounts) or "retro init",
            remedy=_("Share a board or database with its owner (in Notion: with the connection), then try again."),
        )
    return gathered
