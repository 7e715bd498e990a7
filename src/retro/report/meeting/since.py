"""What lies between two meetings, as plain data: it comes from what a state remembers, which reports do not reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from retro.model import AnchorMoves, Slippage, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What became of the plan since an instant. Where nothing is remembered all of it is empty."""

    at: datetime | None = None
    """What the plan is compared with: the last meeting's hour, or the first that anything is known of after it."""
    told: Told | None = None
    """What was told at the last meeting by then; None: there was none."""
    changes: Slippage | None = None
    """What became of tasks since; None: nothing is known of then."""
    anchors: tuple[AnchorMoves, ...] = ()
    """Anchors that were found on another day since."""
    moves: Mapping[str, int] = field(default_factory=dict[str, int])
    """How often people have moved the due date of a task, ever, by its key; tasks that never moved are absent."""
    waiting: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """Since when, at the latest, tasks in review have stood there."""
