"""A plan's dates as they stood one day, kept under a name, and how far a later plan has slipped from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from retro.model.dates import Day
from retro.model.task import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineTask:
    """A task's dates that day: the team's own, and those of the schedule. Instants are aware."""

    key: str
    board: str
    title: str
    identity: Identity = Identity.NATIVE
    project: str = ""
    """Key of its project; "" where it has none."""
    owners: tuple[str, ...] = ()
    """Their names."""
    milestone: bool = False
    done: bool = False
    start: Day | None = None
    due: Day | None = None
    finished: Day | None = None
    """When it was done, where its board says so."""
    advised_start: datetime | None = None
    advised_finish: datetime | None = None
    latest_finish: datetime | None = None
    earliest_finish: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineAnchor:
    """A date that could not move, as it stood, and the room before it."""

    key: str
    name: str
    project: str
    day: date
    slack_minutes: int | None = None
    """Least slack of what waits before it, in working minutes; negative where it cannot be met."""


@dataclass(frozen=True, slots=True)
class BaselineProject:
    """A project by key and name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineBoard:
    """A board whose tasks are in the baseline. `read_at` is older than the baseline where its source had failed."""

    key: str
    name: str
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBaseline:
    """A plan's dates under a name. Tasks keep the order of their boards, which tells rows without an id apart."""

    name: str
    set_at: datetime
    boards: tuple[BaselineBoard, ...] = ()
    projects: tuple[BaselineProject, ...] = ()
    anchors: tuple[BaselineAnchor, ...] = ()
    tasks: tuple[BaselineTask, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedBaseline:
    """A baseline in a list: its name, when it was set, and how many tasks it holds."""

    name: str
    set_at: datetime
    tasks: int


class EndBasis(StrEnum):
    """What a plan's end rests on, the firmest first."""

    ANCHOR = "anchor"
    """Its last anchor."""
    PLANNED = "planned"
    """The last finish that is planned: due dates, else advised ones; what is done counts when it was done."""
    EARLIEST = "earliest"
    """The last earliest finish: the soonest that all could be over, reckoned from that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEnd:
    """The end of a plan: its day, and the anchor or the task that it is."""

    day: date
    name: str
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Two days and the way from one to the other: later is positive. Working days are the project calendar's."""

    was: date
    now: date
    days: int
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSlip:
    """How far one reckoning of a plan's end has moved."""

    basis: EndBasis
    was: PlanEnd
    now: PlanEnd
    moved: Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSlip:
    """How far a project's end has moved, by each reckoning that both plans have, the firmest first."""

    key: str
    name: str
    ends: tuple[EndSlip, ...] = ()
    slack_was: int | None = None
    """Working minutes of room before its last anchor, then; None where nothing waited before it."""
    slack_now: int | None = None


class Happened(StrEnum):
    """What became of a task since the baseline was set."""

    MOVED = "moved"
    """Its planned finish is another day."""
    DONE = "done"
    DATED = "dated"
    """It was given a due date, where it had none."""
    UNDATED = "undated"
    """It lost its due date."""
    NEW = "new"
    GONE = "gone"
    """Its board was read, and it is not there any more."""
    ASIDE = "aside"
    """Archived or cancelled, and not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSlip:
    """What became of one task. `was` and `now` are its planned finish; of one that is done, `now` is the day of it."""

    happened: Happened
    key: str
    """Its key now; of one that is gone, what it was."""
    title: str
    board: str
    project: str = ""
    owners: tuple[str, ...] = ()
    milestone: bool = False
    was: date | None = None
    now: date | None = None
    moved: Moved | None = None
    """Where both days are known."""
    retitled: str | None = None
    """Its title in the baseline, where that was another."""


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A board that only one of the two plans knows, or that could not be read, and its tasks about which that is."""

    board: str
    name: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slippage:
    """How far a plan has slipped from a baseline."""

    name: str
    set_at: datetime
    then: int
    """Tasks in the baseline that were open."""
    open: int
    """Tasks that are open now."""
    kept: int
    """Open tasks of both whose planned finish is the same, or that have none."""
    projects: tuple[ProjectSlip, ...] = ()
    """The furthest slip first."""
    tasks: tuple[TaskSlip, ...] = ()
    """What became of tasks: those that moved first, the furthest first."""
    unread: tuple[NotCompared, ...] = ()
    """Boards of the baseline that were not read now: nothing of theirs is taken for gone."""
    unknown: tuple[NotCompared, ...] = ()
    """Boards that the baseline does not have: nothing of theirs is taken for new."""
    planned: Mapping[str, tuple[date, date]] = field(default_factory=dict[str, tuple[date, date]])
    """By today's key: the first and last day that were planned then, of each task of both that was open then."""

    def that(self, *happened: Happened) -> tuple[TaskSlip, ...]:
        """The tasks of which that is true, in their order."""
        return tuple(task for task in self.tasks if task.happened in happened)
