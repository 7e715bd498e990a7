"""Predecessors of a task: their kind, and their lag as minutes or a share."""

from retro.model import Lag, LagUnit, LinkDirection, LinkType, Reference
from retro_msproject.records import Record
from retro_msproject.values import elapsed, number, percent, whole

ORIGIN = "predecessors"
_TYPES = (LinkType.FF, LinkType.FS, LinkType.SF, LinkType.SS)
_FINISH_TO_START = 1
_TENTHS = 10
_LONGEST = 250 * 366 * 1440
"""Minutes of a lag that any calendar could hold; what is longer is a slip, and holds as much."""


def reference(link: Record, target: str) -> Reference:
    """A link to the task of key `target`. Lags are in tenths of minutes, or in percent. Raises ValueError."""
    code = whole(link.get("Type"), _FINISH_TO_START)
    kind = _TYPES[code] if 0 <= code < len(_TYPES) else LinkType.FS
    unit = whole(link.get("LagFormat"))
    said = number(link.get("LinkLag")) or 0
    if percent(unit):
        lag = Lag(_held(said), LagUnit.PERCENT)
    else:
        lag = Lag(_held(said / _TENTHS), LagUnit.ELAPSED if elapsed(unit) else LagUnit.WORKING)
    return Reference(
        target=target,
        direction=LinkDirection.PREDECESSOR,
        type=kind,
        lag=lag if lag.value else Lag(),
        origin=ORIGIN,
        text=link.get("CrossProjectName") or link.get("PredecessorUID"),
    )


def _held(lag: float) -> int:
    return round(min(max(lag, -_LONGEST), _LONGEST))
