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

    from retro.cli.init_sources import Start
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
            "retro init https://trello.com/b/AbCd1234/name -o other.toml   ·   retro init board.json -o -",
            _("Tokens are looked for in the environment (TRELLO_KEY, TRELLO_TOKEN, NOTION_TOKEN) and in the keyring."),
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
    days: Annotated[
        int,
        typer.Option("--active-days", metavar="N", min=1, help=_("Boards touched within so many days are taken in.")),
    ] = 90,
) -> None:
    """The command."""
    from retro.cli.init_sources import start
    from retro.config.load import load, parse
    from retro.report import init_text, init_toml
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
    if there is not None:
        known, has_projects = there.settings.sources, bool(there.settings.projects)
        typer.echo(init_toml.snippet(proposal, known, setting.today, projects=has_projects), nl=False)
        raise _exists(target, new=any(board.picked for board in proposal.boards))
    proposal = _answered(proposal, setting, to_stdout=output == _STDOUT)
    text = init_toml.render(proposal, setting.today)
    parse(text, str(target))  # what does not load is not written
    if output == _STDOUT:
        typer.echo(text, nl=False)
    else:
        _create(target, text)
        default = target.resolve() == Path.cwd() / "retro.toml"
        for line in init_text.lines(proposal, str(target), "" if default else f" -c {target}"):
            typer.echo(line)
    raise typer.Exit(SOURCE if gathered.errors else DONE)


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
    from retro.cli.init_questions import choose
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


def _answered(proposal: Proposal, setting: Setting, *, to_stdout: bool) -> Proposal:
    from retro.cli.asking import may_ask
    from retro.cli.init_questions import settle

    return settle(proposal, setting.zone) if may_ask() and not to_stdout else proposal


def _exists(target: Path, *, new: bool) -> Exception:
    from retro.ports import ConfigurationError

    return ConfigurationError(
        _("there is a configuration here already; nothing was written.")
        if not new
        else _("there is a configuration here already; what it lacks is shown above, to be pasted into it."),
        where=str(target),
        remedy=_("For a new one, name another file: `retro init -o other.toml`."),
    )


def _create(target: Path, text: str) -> None:
    """Write a file that is not there. Raises ConfigurationError where it is, or cannot be written."""
    from retro.ports import ConfigurationError

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise _exists(target, new=False) from None
    except OSError as error:
        raise ConfigurationError(
            _("the file cannot be written ({reason}).", reason=error.strerror or error),
            where=str(target),
            remedy=_("Name another with -o."),
        ) from error
