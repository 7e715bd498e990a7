"""`retro new`: a first rétroplanning from a template, planned backwards from the launch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.options import End
from retro.cli.session import parse_day, session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retro.cli.session import Session
    from retro.model.plan_template import PlanTemplate
    from retro.ports import ConfigurationError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "new",
        help=_("Make a first rétroplanning from a template, backwards from its launch. Without MODEL: list them."),
        epilog=_(
            "Examples:  retro new webinar --end 2027-03-02   ·   retro new product-launch --end 2027-03-02 -o plan.csv"
            '   ·   retro new newsletter --end 2027-03-02 --owner "Graphiste=Léa Martin"'
            "   ·   retro new webinar --end 2027-03-02 --create-in trello:https://trello.com/b/…"
        ),
    )(new)


def new(
    context: typer.Context,
    model: Annotated[
        str | None, typer.Argument(metavar="[MODEL]", help=_("The template’s name, or a .toml file of your own."))
    ] = None,
    end: End = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=_("Write to this file: .xlsx, .csv, .ics or .json.")),
    ] = None,
    owners: Annotated[
        list[str] | None,
        typer.Option("--owner", metavar="ROLE=NAME", help=_("Who has a role of the template; may be repeated.")),
    ] = None,
    from_board: Annotated[
        str | None,
        typer.Option(
            "--from-board",
            metavar="BOARD",
            help=_("Learn a template from a finished project (a board, or a file), and write it as .toml."),
        ),
    ] = None,
    create_in: Annotated[
        str | None,
        typer.Option(
            "--create-in",
            metavar="BOARD",
            help=_("Make the tasks as cards of a board: its name, trello:ADDRESS or notion:ADDRESS. Shows them first."),
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("With --create-in: show the cards, make none."))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("With --create-in: ask nothing."))] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help=_("Write over the file that is there; make cards again that were taken away.")),
    ] = False,
) -> None:
    """The command."""
    session = session_of(context)
    lang = _language(session)
    if from_board is not None:
        from retro.cli.new.template import write_template

        _alone(model, owners, create_in)
        write_template(session, from_board, end, output, force=force)
        return
    if dry_run and create_in is None:
        raise _nothing_to_show()
    if model is None and create_in is None:
        _list(session.lang)
        return
    from retro import registry
    from retro.cli.new.cards import check_creating, create
    from retro.cli.new.file import target_of, write
    from retro.cli.new.words import tell, warn
    from retro.run.templates import plan_backwards, template_named

    if create_in is not None:
        check_creating(session, yes=yes, dry=dry_run, writes_file=output is not None)
    template = template_named(model or "", lang)
    people = _people(owners or (), template, session)
    target = target_of(output, template, lang, force=force) if create_in is None else None
    plan = plan_backwards(
        template,
        _end(end, session),
        session.configuration,
        registry.handle_of,
        people=people,
        now=session.now,
        lang=lang,
    )
    if target is not None:
        write(plan, target, session, lang)
        if not session.options.quiet:
            tell(plan, target, people, session)
    elif create_in is not None:
        warn(plan, people, session)
        raise typer.Exit(create(plan, create_in, session, lang, yes=yes, dry=dry_run, force=force))


def _language(session: Session) -> str:
    """That of the plan: as asked for, else the workspace's, else the terminal's."""
    if session.options.lang is None and session.configuration.path is not None:
        return session.settings.workspace.lang
    return session.lang


def _alone(model: str | None, owners: Sequence[str] | None, create_in: str | None) -> None:
    """Raise ConfigurationError where a plan is asked for beside a template."""
    from retro.ports import ConfigurationError

    if model is not None or owners or create_in is not None:
        raise ConfigurationError(
            _("a template is learnt first, and planned by a second command."),
            where="--from-board",
            remedy=_("Leave MODEL, --owner and --create-in out here; then `retro new ./FILE.toml --end DATE`."),
        )


def _nothing_to_show() -> ConfigurationError:
    from retro.ports import ConfigurationError

    return ConfigurationError(
        _("--dry-run shows the cards that --create-in would make."),
        where="--dry-run",
        remedy=_("Name the board with --create-in; without it a file is written."),
    )


def _list(lang: str) -> None:
    """Every template with what it is for."""
    from retro.run.templates import shipped

    templates = shipped(lang)
    names = {each.key: each.key if lang == "fr" else each.alias for each in templates}
    width = max(map(len, names.values()))
    typer.echo(_("Templates of rétroplannings:"))
    for template in templates:
        typer.echo(f"  {names[template.key]:<{width}}  {template.about}")
    typer.echo(_("Example: {command}", command=f"retro new {names['webinar']} --end 2027-03-02"))


def _end(end: str | None, session: Session) -> date:
    """The day of the launch. Raises ConfigurationError where there is none, or it has passed."""
    from retro.model import as_date
    from retro.ports import ConfigurationError

    if end is None:
        raise ConfigurationError(
            _("the date of the launch is missing: the plan is made backwards from it."),
            remedy=_("Add it: --end 2027-03-01."),
        )
    day = as_date(parse_day(end, "--end", session.zone), session.zone)
    if day <= as_date(session.now, session.zone):
        raise ConfigurationError(
            _("this launch is not ahead of us."), where="--end", remedy=_("Give a date that is still to come.")
        )
    return day


def _people(given: Sequence[str], template: PlanTemplate, session: Session) -> dict[str, str]:
    """Who has which role, by its id. Raises ConfigurationError that names the template's roles."""
    from retro.i18n.words import fold
    from retro.ports import ConfigurationError
    from retro.report.untrusted import printable

    roles = {fold(name): role for role, name in template.roles.items()} | {fold(role): role for role in template.roles}
    found: dict[str, str] = {}
    for each in given:
        role, equals, name = each.partition("=")
        if not equals or not name.strip() or fold(role) not in roles:
            raise ConfigurationError(
                _("“{text}” gives nobody a role of this template.", text=each),
                where="--owner",
                remedy=_(
                    'Write --owner "ROLE=NAME". Roles: {names}.',
                    names=", ".join(map(printable, template.roles.values())),
                ),
            )
        known = session.settings.people.get(name.strip())
        found[roles[fold(role)]] = (known.name if known else "") or name.strip()
    return found
