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
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import typer

    from retro.config.load import Configuration
    from retro.config.shape import Settings
    from retro.http.meter import Meter
    from retro.model import Day
    from retro.ports import Clock, Connector


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
        self._open: list[Connector] = []

    def closes(self, connectors: Iterable[Connector]) -> None:
        """Let go of these when the command ends."""
        self._open += connectors

    def close(self) -> None:
        """End the session; at `-v`, say what went over the wire, however the command ended."""
        while self._open:
            self._open.pop().close()
        if self.options.verbose and "meter" in vars(self):
            from retro.cli.output import console
            from retro.report import traffic_text

            traffic_text.draw(self.meter.tallies(), console(aside=True))
            del self.meter

    @cached_property
    def configuration(self) -> Configuration:
        """The configuration in force."""
        from retro.config.load import load

        return load(self.options.config)

    @cached_property
    def meter(self) -> Meter:
        """What counts the requests of the command."""
        from retro.http.meter import Meter

        return Meter()

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
        return FixedClock(instant_of(parse_day(self.options.now, "--now", self.zone), self.zone))

    def stop_the_clock(self) -> None:
        """From here on it is the same instant, for whoever else goes on from here."""
        from retro.run.clock import FixedClock

        self.clock = FixedClock(self.now)

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
    session = Session(context.find_object(Globals) or Globals())
    context.call_on_close(session.close)
    return session


def parse_day(text: str, option: str, zone: tzinfo) -> Day:
    """An ISO date or instant (in `zone`, where it names none), or a date as 30/06/2018.

    Raises ConfigurationError that shows the shape, or the years that calendars know.
    """
    from retro.model.dates import PLANNED_YEARS
    from retro.ports import ConfigurationError

    found = next((day for read in _SHAPES if (day := _read(read, text.strip())) is not None), None)
    if found is None:
        raise ConfigurationError(
            _('"{text}" is no date.', text=text), where=option, remedy=_("Write it as 2027-03-01 (year-month-day).")
        )
    if not PLANNED_YEARS[0] <= found.year <= PLANNED_YEARS[1]:
        raise ConfigurationError(
            _('"{text}" is too far away.', text=text),
            where=option,
            remedy=_("Years from {first} to {last} can be planned.", first=PLANNED_YEARS[0], last=PLANNED_YEARS[1]),
        )
    return found.replace(tzinfo=zone) if isinstance(found, datetime) and found.tzinfo is None else found


def _read(read: Callable[[str], Day], text: str) -> Day | None:
    try:
        return read(text)
    except ValueError:
        return None


def _european(text: str) -> date:
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


_SHAPES: tuple[Callable[[str], Day], ...] = (date.fromisoformat, datetime.fromisoformat, _european)
