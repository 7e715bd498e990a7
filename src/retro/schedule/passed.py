"""Everything that the passes over one network found: what tasks and anchors are judged by."""

from dataclasses import dataclass

from retro.calendars import Calendar
from retro.schedule.anchors import Reach
from retro.schedule.bounds import Bounds, Early, Late
from retro.schedule.margins import Advised
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A network, its bounds, and its dates; lists are by node."""

    network: Network
    bounds: Bounds
    reach: Reach
    base: list[int]
    """Where the forward pass began."""
    early: Early
    late: Late
    advised: Advised
    slack: list[int]
    working: list[tuple[int, int]]
    """Open tasks that work to an anchor, or to the end of their plan, each with its number."""
    critical: frozenset[int]
    calendar: Calendar
    """The project's."""
    options: ScheduleOptions
