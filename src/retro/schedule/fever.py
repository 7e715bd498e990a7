"""Consumption of a project's buffer: the figures of a fever chart.

L. Leach acts by thirds of the buffer: below one third nothing, from there a plan, from two thirds on the plan is
carried out. Late in a chain these thirds alarm for nothing, for a buffer is there to be used: fever charts slope their
borders for it. Here each border is its third until the chain has caught up with it, and follows the chain from then
on: red begins where as many percent of the buffer are used as the chain is complete, yellow at two thirds of that. So
no border is stricter than Leach's, and a buffer that is used up whole is always red.
"""

from collections.abc import Iterable
from datetime import datetime

from retro.model import FeverPoint, Zone

ACT = 2 / 3
PLAN = 1 / 3
_EXACT = 1e-9
"""Shares are quotients of whole minutes: what differs by less is the same."""


def zone_of(complete: float, consumed: float) -> Zone:
    """The zone of a chain that is `complete` (0 to 1) with so much of its buffer `consumed` (0 or more)."""
    if consumed + _EXACT >= min(max(ACT, complete), 1.0):
        return Zone.RED
    return Zone.YELLOW if consumed + _EXACT >= max(PLAN, complete * ACT) else Zone.GREEN


def point(at: datetime, *, whole: int, left: int, buffer: int, slack: int) -> FeverPoint:
    """One point, from minutes: what is `left` of the `whole` chain, its `buffer`, the least `slack` before its anchor.

    What is left of the buffer is the slack, as far as that goes; a chain that is ahead has used none of it. A buffer
    of nothing is used up by being late.
    """
    complete = 1 - left / whole if whole else 1.0
    consumed = max(0.0, 1 - slack / buffer) if buffer else float(slack < 0)
    return FeverPoint(at=at, complete=complete, consumed=consumed, zone=zone_of(complete, consumed))


def fever(points: Iterable[FeverPoint]) -> tuple[FeverPoint, ...]:
    """A series for a chart: oldest first, the last one given of each instant, none that repeats the one before it."""
    series: list[FeverPoint] = []
    for each in sorted({point.at: point for point in points}.values(), key=lambda point: point.at):
        if not series or (each.complete, each.consumed) != (series[-1].complete, series[-1].consumed):
            series.append(each)
    return tuple(series)
