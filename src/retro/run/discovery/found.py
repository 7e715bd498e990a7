"""A board that was found, before anything is made of it."""

from dataclasses import dataclass
from datetime import date

from retro.model import Snapshot
from retro.run.read import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A board of an account, or of a file.

    `source` and `at` are what the configuration would say, `target` what it is read by. `asked`: somebody named it,
    so that it is picked whatever happened on it lately. `snapshot` is what was read of it; without one, `missing`
    says why not.
    """

    source: str
    at: str
    name: str
    target: Target
    last_activity: date | None = None
    activity_whole: bool = True
    """Whether `last_activity` counts what happens to its tasks."""
    guests_see: bool | None = None
    visibility_told: bool = True
    writable: bool = True
    asked: bool = False
    pins_columns: bool = False
    snapshot: Snapshot | None = None
    missing: str = ""

    def idle_since(self, day: date) -> bool:
        """Whether nothing is known to have happened on it from that day on, and nobody asked for it."""
        return not self.asked and self.last_activity is not None and self.last_activity < day
