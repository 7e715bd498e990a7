"""Which pacers sources share: those of one run. A pack holds them, so the limiter is loaded at the first account."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retro.http.pacer import Pacers
    from retro.ports import Clock


class RunPacers:
    """The pacers of the run under way: sources of one run are those that share its clock."""

    def __init__(self) -> None:
        self._last: tuple[Clock, Pacers] | None = None

    def of(self, clock: Clock) -> Pacers:
        """The pacers of the run with this clock."""
        from retro.http.pacer import Pacers  # noqa: PLC0415 - loads the limiter, which no file's reader needs

        if self._last is None or self._last[0] is not clock:
            self._last = (clock, Pacers(clock))
        return self._last[1]
