"""Time as the engine sees it: given from outside, so that a run can be repeated."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Now, and waiting. Tests and `--now` put their own in."""

    def now(self) -> datetime:
        """The current instant, aware, in the workspace's zone."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds` (a pacer or a retry asks)."""
        ...
