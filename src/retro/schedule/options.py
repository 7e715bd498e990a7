"""What a schedule may be told, as plain values: the `[schedule]` table of the configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retro.model import Day

DAY = 420
"""Minutes of a day of seven hours, which the default durations below are made of."""


def _sizes() -> dict[str, int]:
    return {"XS": DAY // 4, "S": DAY // 2, "M": DAY, "L": 3 * DAY, "XL": 5 * DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleOptions:
    """Every setting that passes and margins read. Durations are working minutes."""

    anchor_at: str = "end"
    """end: work may end in the anchor day's last minute. start: in that of the working day before."""
    milestones: str = "anchor"
    """anchor: an open milestone with a due date binds its predecessors. task: it is work like any other."""
    due_dates: str = "report"
    """report: the team's dates are judged, not obeyed. deadline: they bound latest finishes."""
    margin: float = 0.20
    """Share of a critical task's work that is kept free between it and what follows."""
    margin_mode: str = "task"
    """task: a margin after each critical task. project: pooled, a buffer before each anchor and where chains join."""
    buffers: str = "half"
    """How pooled margins are sized (`retro.schedule.buffer_sizes`): half, squares, or none but `margin`."""
    critical_within: int = 0
    """Minutes above the least slack of an anchor's network within which a task is still critical."""
    estimates: tuple[str, ...] = ("number", "points", "size", "dates", "default")
    """Where durations are looked for, in order; `field:NAME=UNIT` names a column of the board."""
    board_estimates: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By board key: what is tried there before `estimates`."""
    number_unit: str = "days"
    """Of numbers whose heading names no unit: days, hours or minutes."""
    point: int = DAY // 2
    sizes: Mapping[str, int] = field(default_factory=_sizes)
    default: int = DAY
    review: int = DAY
    """Length of a task in review, on its reviewer's calendar."""
    start: Day | None = None
    """Where the forward pass begins instead of now (`--start`)."""
    supposed: Mapping[str, int] = field(default_factory=dict[str, int])
    """By task key: working minutes that a task is supposed to take, whatever its board says (`retro what-if`)."""
