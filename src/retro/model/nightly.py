"""The nightly run as its scheduler has it: what `retro nightly status` tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledRun:
    """The last run that a scheduler started. `code` is its exit code; without `ended` it never came to one."""

    began: datetime
    ended: datetime | None = None
    code: int | None = None
    writes: int | None = None
    """Values written on boards; None: not known."""
    said: str = ""
    """What it had to say, in its own words: nothing, where all was well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyStatus:
    """Where the nightly run stands. `schedulers` are those that have it, each with the place to look for it."""

    schedulers: Sequence[tuple[str, str]] = ()
    at: time | None = None
    """The time of day on the machine's clock; None: not known."""
    last: ScheduledRun | None = None
    following: datetime | None = None
    """When it runs next."""
    running: bool = False
    """Whether the last run is still under way."""
    moved: bool = False
    """Whether what is installed starts another retro, or reads another file, than this one would have it."""
    overdue: bool = False
    """Whether a whole day has gone by since a run was due, and none came."""
    log: str = ""
