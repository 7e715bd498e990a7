"""`retro config`: what holds and where it comes from, whether it is right, and what it may hold."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.groups import help_alone
from retro.cli.session import session_of
from retro.cli.spoken import Spoken
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retro.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = Spoken(help=_("Show or check retro.toml; describe it to an editor."), invoke_without_command=True)
    group.callback()(help_alone)
    group.command(
        "show",
        help=_("Print the settings in force; secrets only as where they are found."),
        epilog=_("Examples:  retro config show   ·   retro config show --origin"),
    )(show)
    group.command("check", help=_("Say whether retro.toml can be used."), epilog=_("Example:  retro config check"))(
        check
    )
    group.command(
        "schema", help=_("Print its JSON Schema, for editors."), epilog=_("Example:  retro config schema > retro.json")
    )(schema)
    app.add_typer(group, name="config")


def show(
    context: typer.Context,
    origin: Annotated[bool, typer.Option("--origin", help=_("Say where each setting comes from."))] = False,
) -> None:
    """The settings in force, as TOML that can be read back."""
    from retro.config.origins import origins
    from retro.report import config_toml

    session = session_of(context)
    path = session.configuration.path
    plain = session.settings.model_dump(exclude_none=True)
    if not origin:
        typer.echo(config_toml.render(plain), nl=False)
        return
    lines = origins(path.read_text(encoding="utf-8-sig")) if path is not None else {}
    file = path.name if path is not None else ""
    typer.echo(config_toml.render(plain, file=file, lines=lines, head=tuple(_around(session))), nl=False)


def _around(session: Session) -> Iterator[str]:
    """What holds for this command besides the file: where the file, the language and the clock come from."""
    options, path = session.options, session.configuration.path
    if path is None:
        yield _("no retro.toml here or above: the defaults hold")
    else:
        named = "--config" if options.config else "RETRO_CONFIG" if os.environ.get("RETRO_CONFIG") else ""
        yield f"{path} ({named or _('found from the working directory upwards')})"
    yield _("language of the terminal: {name} ({origin})", name=session.lang, origin=_language(session))
    if options.now is not None:
        named = "RETRO_NOW" if os.environ.get("RETRO_NOW") == options.now else "--now"
        yield _("now: {now} ({origin})", now=session.now.isoformat(timespec="seconds"), origin=named)


def _language(session: Session) -> str:
    """What settled the terminal's language, in the order in which it is asked."""
    from retro.i18n.catalogue import LANGUAGES, language_of_environment

    if session.options.lang in LANGUAGES:
        return "--lang"
    if os.environ.get("RETRO_LANG") in LANGUAGES:
        return "RETRO_LANG"
    if "lang" in session.settings.workspace.model_fields_set:
        return "[workspace] lang"
    return _("the locale") if language_of_environment() is not None else _("default")


def check(context: typer.Context) -> None:
    """Load everything that the configuration names, leave files too, secrets aside; warn of names that lead nowhere."""
    from retro import registry
    from retro.model.check import Verdict
    from retro.report.untrusted import printable
    from retro.run.doctor.settings import of_settings
    from retro.run.options import lint_settings
    from retro.run.working_time import calendars

    session = session_of(context)
    calendars(session.configuration)
    registry.rules(session.configuration)
    registry.check_boards(session.configuration)
    lint_settings(session.settings.lint)
    if session.configuration.path is None:
        typer.echo(_("There is no retro.toml here or above; the defaults hold."))
        return
    codes = [rule.code for rule in registry.rule_types()]
    for each in of_settings(session.configuration, codes, registry.needed_secrets()):
        if each.verdict is not Verdict.OK:
            typer.echo(f"! {each.subject}{_(': ')}{printable(f'{each.said} {each.remedy}')}", err=True)
    typer.echo(_("{file} can be used.", file=session.configuration.path))


def schema() -> None:
    """The JSON Schema of the settings."""
    from retro.config import schema as of_settings

    typer.echo(json.dumps(of_settings.schema(), indent=1, ensure_ascii=False))
