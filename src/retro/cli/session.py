"""What every command needs: the global options, and what they mean once the configuration is read.

Imports of the engine stay inside functions: `retro --help` loads this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from retro.i18n import current_language
from retro.i18n import text as _

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from retro.config.load import Configuration
    from retro.config.shape import Settings
    from retro.model import Day
    from retro.ports import Clock


@dataclass(frozen=True)
class Globals:
    """The global options as given."""

    config: Path | None = None
    lang: str | None = None
    now: str | None = None
    offline: bool = False
    progress: bool = True
    quiet: bool = False
    verbose: int = 0


class Session:
    """One command's run: configuration, zone, clock and language, each read once and only when asked for."""

    def __init__(self, options: Globals) -> None:
        self.options = options

    @cached_property
    def configuration(self) -> Configuration:
        """The configuration in force."""
        from retro.config.load import load

        return load(self.options.config)

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.configuration.settings

    @cached_property
    def zone(self) -> tzinfo:
        """The workspace's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.workspace.timezone)

    @cached_property
    def clock(self) -> Clock:
        """The machine's clock, or the instant of --now."""
        from retro.run.clock import FixedClock, SystemClock, instant_of

        if self.options.now is None:
            return SystemClock(self.zone)
        return FixedClock(instant_of(parse_day(self.options.now, "--now"), self.zone))

    @property
    def now(self) -> datetime:
        """The current instant in the workspace's zone."""
        return self.clock.now()

    @property
    def lang(self) -> str:
        """The terminal's language."""
        return current_language()


def session_of(context: typer.Context) -> Session:
    """The session of a command."""
    options = context.find_object(Globals)
    return Session(options or Globals())


def parse_day(text: str, option: str) -> Day:
    """An ISO date or instant, or a date as 30/06/2018. Raises ConfigurationError that shows the shape."""
    from retro.ports import ConfigurationError

    for read in (date.fromisoformat, datetime.fromisoformat, _european):
        try:
            return read(text.strip())
        except ValueError:
            continue
    raise ConfigurationError(
        _('"{text}" is no date.', text=text), where=option, remedy=_("Write it as 2027-03-01 (year-month-day).")
    )


def _european(text: str) -> date:
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)
