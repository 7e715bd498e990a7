"""`retro config`: is the configuration right, and what may it hold."""

import json

import typer

from retro.cli.session import session_of
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help=_("Check retro.toml; describe it to an editor."), invoke_without_command=True)
    group.callback()(_alone)
    group.command("check", help=_("Say whether retro.toml can be used."), epilog=_("Example:  retro config check"))(
        check
    )
    group.command(
        "schema", help=_("Print its JSON Schema, for editors."), epilog=_("Example:  retro config schema > retro.json")
    )(schema)
    app.add_typer(group, name="config")


def _alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def check(context: typer.Context) -> None:
    """Load everything that the configuration names, secrets aside."""
    from retro import registry
    from retro.run.options import lint_settings
    from retro.run.working_time import calendars

    session = session_of(context)
    calendars(session.configuration)
    registry.rules(session.configuration)
    lint_settings(session.settings.lint)
    if session.configuration.path is None:
        typer.echo(_("There is no retro.toml here or above; the defaults hold."))
    else:
        typer.echo(_("{file} can be used.", file=session.configuration.path))


def schema() -> None:
    """The JSON Schema of the settings."""
    from retro.config.shape import Settings

    typer.echo(json.dumps(Settings.model_json_schema(), indent=1, ensure_ascii=False))
