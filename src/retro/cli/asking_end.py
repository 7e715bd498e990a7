"""The date that cannot move, asked of a person where neither the command nor the boards name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.cli import asking
from retro.cli.session import parse_day
from retro.i18n import text as _

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from retro.cli.work import Work


def asked_end(work: Work) -> str | None:
    """The date that a person says for what was read; None where there is one, nobody can be asked, or nothing is said.

    Calendars of publications work to none: nothing is asked for them.
    """
    if not work.portfolio.projects or not asking.may_ask():
        return None
    from retro.run.options import schedule_options
    from retro.run.remembered import anchored

    if anchored(work.portfolio, schedule_options(work.session.settings, work.portfolio.boards)):
        return None
    day = asked_day(
        _("Which date cannot move: the launch, the event (2027-03-01 or 01/03/2027; Enter: none yet)?"),
        work.session.zone,
    )
    return day.isoformat() if day is not None else None


def asked_day(question: str, zone: tzinfo) -> date | None:
    """A day; None where nothing is said. What is no day is asked for again."""
    from retro.model import as_date
    from retro.ports import ConfigurationError

    while True:
        said = asking.ask(question)
        if not said:
            return None
        try:
            return as_date(parse_day(said, question, zone), zone)
        except ConfigurationError as error:
            typer.echo(f"{error.what} {error.remedy}")
