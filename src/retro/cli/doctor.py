"""`retro doctor`: what is wrong with the set-up, in sentences, each with one remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.output import console, put
from retro.cli.session import session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from datetime import datetime

    from retro.cli.session import Session
    from retro.model.check import Check


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "doctor",
        help=_("Say what is wrong with the set-up and how to mend it; it only reads."),
        epilog=_("Examples:  retro doctor   ·   retro --offline doctor   ·   retro doctor --json"),
    )(doctor)


def doctor(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help=_("As JSON, for a script."))] = False
) -> None:
    """The command."""
    from retro.report import doctor_text, json_doctor
    from retro.report.document import dumps

    session = session_of(context)
    checks, now, zone_name = _checked(session)
    if as_json:
        put(dumps(json_doctor.document(checks, now=now, zone_name=zone_name, lang=session.lang)), None)
    else:
        doctor_text.draw(checks, console(), everything=not session.options.quiet)
    raise typer.Exit(strongest([check.code for check in checks]))


def _checked(session: Session) -> tuple[list[Check], datetime, str]:
    """Every check, with the instant and the zone; a configuration that cannot be used leaves little to look at."""
    from zoneinfo import ZoneInfo

    from retro.cli.doctor_checks import every_check, version
    from retro.config.shape import Workspace
    from retro.model.check import Topic
    from retro.ports import ConfigurationError
    from retro.run.clock import SystemClock
    from retro.run.doctor.errors import of_error

    try:
        zone_name = session.settings.workspace.timezone
    except ConfigurationError as error:
        zone_name = Workspace().timezone
        broken = of_error(Topic.CONFIGURATION, error)
        return [broken, version()], SystemClock(ZoneInfo(zone_name)).now(), zone_name
    return every_check(session), session.now, zone_name
