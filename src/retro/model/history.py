"""What earlier reads tell of a plan: since when tasks stand where they do, and which dates have moved.

All of it comes from retro's own reads. Where nothing was remembered (files given on the command line) there is none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from retro.model.plan_baseline import PlanBaseline
from retro.model.task import Category, DueMove


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands, and since when at the latest: the first of the reads in a row that found it there."""

    category: Category
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the reads of one board tell of it together."""

    first: datetime
    """When it was first read, as far as this is remembered."""
    changed: datetime | None = None
    """The last read that found other tasks there, or tasks elsewhere, than the one before it; None: none did yet.

    Where the tool dates no change of a task, any other change counts too."""
    touched: datetime | None = None
    """The latest time stamp of any of its tasks that was not of retro's own write; None: none is known."""
    standing: Mapping[str, Standing] = field(default_factory=dict[str, Standing])
    """Of each open task that is known by an id."""
    people: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """Of each task under way or in review: its latest time stamp that was not of retro's own write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorSeen:
    """An anchor at the read that first found it on a day: one is added whenever the day is another."""

    project: str
    anchor: str
    """What stays the same when its date moves: its name in the configuration, the key of its task or row elsewhere."""
    day: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorMoves:
    """How an anchor has moved since it was agreed upon or, without a baseline, first read."""

    project: str
    key: str
    """The anchor's key, as schedules have it."""
    name: str
    was: date
    now: date
    times: int
    """How often it moved; back to where it was counts as well."""
    since: datetime
    """When the baseline was set, or the anchor first read."""
    baseline: str = ""
    """The baseline's name; "": there is none that knows it."""


def _none() -> PlanBaseline | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What earlier reads of a portfolio's boards tell. Keys are those of boards and tasks."""

    boards: Mapping[str, Seen] = field(default_factory=dict[str, Seen])
    anchors: tuple[AnchorMoves, ...] = ()
    """Those that are not where they were."""
    agreed: Callable[[], PlanBaseline | None] = _none
    """The plan's dates as they were last agreed upon, unpacked when asked for; None: never, or not by this state."""
    due_moves: Mapping[str, tuple[DueMove, ...]] = field(default_factory=dict[str, tuple[DueMove, ...]])
    """Moves of due dates that only retro's reads tell, by task, oldest first. Who made them is not known."""
    own_moves: Mapping[str, frozenset[datetime]] = field(default_factory=dict[str, frozenset[datetime]])
    """By task: the instants of the moves, among those and `Task.due_history`, that were retro's own writes."""
