"""What if: the changes that are supposed, and what they would do to the schedule."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from retro.model.assessment import Assessment
from retro.model.dates import Day
from retro.model.schedule import AnchorVerdict, TaskSchedule
from retro.model.task import Owner, Task


@dataclass(frozen=True, slots=True)
class OtherEnd:
    """A project works to another date than `before`, which is None where it has none.

    `milestone` is the task that stands for its last date, where it names none itself: that is what moves then.
    """

    project: str
    name: str
    day: Day
    before: Day | None = None
    milestone: Task | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A task takes more working minutes than now; less, where they are negative."""

    task: Task
    minutes: int


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody does not work from one day to another, both included."""

    owner: Owner
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Addition:
    """A task that is on no board, of so many working minutes, in a project."""

    task: Task
    minutes: int
    project: str


Supposition = OtherEnd | Slip | Away | Addition


@dataclass(frozen=True, slots=True)
class EndChange:
    """One anchor as it is and as it would be; None where there is none."""

    before: AnchorVerdict | None
    after: AnchorVerdict | None

    @property
    def changed(self) -> bool:
        """Whether its date or what is said of it differs."""
        if self.before is None or self.after is None:
            return True
        return _said(self.before) != _said(self.after)


def _said(anchor: AnchorVerdict) -> tuple[object, ...]:
    return (anchor.date, anchor.day, anchor.feasible, anchor.missing_minutes, anchor.slack_minutes)


class WhichDates(StrEnum):
    """Which of a task's dates tell how far it moves: the first of these that changes.

    Earliest dates do so only where it has no latest ones: they move whenever anything does.
    """

    ADVISED = "advised"
    LATEST = "latest"
    EARLIEST = "earliest"

    def of(self, planned: TaskSchedule) -> tuple[datetime | None, datetime | None]:
        """Start and finish."""
        match self:
            case WhichDates.ADVISED:
                return planned.advised_start, planned.advised_finish
            case WhichDates.LATEST:
                return planned.latest_start, planned.latest_finish
            case WhichDates.EARLIEST:
                return planned.earliest_start, planned.earliest_finish


@dataclass(frozen=True, slots=True)
class Move:
    """An open task whose dates would change.

    `minutes` is the greater of the moves of its start and of its finish, in working minutes of the project's
    calendar: negative where it comes earlier, 0 for a task that is only supposed (`before` is None).
    """

    task: Task
    dates: WhichDates
    before: TaskSchedule | None
    after: TaskSchedule
    minutes: int = 0


class Lateness(StrEnum):
    """Why a date of the team's no more fits.

    `missed`: the task can no more be finished by then. `too_late`: that date is later than its latest finish.
    """

    MISSED = "missed"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Late:
    """An open task that the team's own date would no more fit."""

    task: Task
    why: Lateness
    due: date
    finish: datetime
    """Its earliest finish where the date is missed, its latest finish where the date is too late."""


@dataclass(frozen=True, slots=True)
class WeekOver:
    """One person's week that would be over their capacity by another amount than now. All in minutes."""

    owner: Owner
    monday: date
    load_before: int
    load_after: int
    capacity_before: int
    capacity_after: int

    @property
    def before(self) -> int:
        """Minutes over capacity as it is."""
        return max(0, self.load_before - self.capacity_before)

    @property
    def after(self) -> int:
        """Minutes over capacity as it would be."""
        return max(0, self.load_after - self.capacity_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Two assessments of the same boards at the same instant, and how the second differs."""

    suppositions: tuple[Supposition, ...]
    before: Assessment
    after: Assessment
    ends: tuple[EndChange, ...] = ()
    """Every anchor, those that would fail or change first."""
    moves: tuple[Move, ...] = ()
    """Most moved first."""
    critical: tuple[Task, ...] = ()
    """Open tasks that would become critical."""
    late: tuple[Late, ...] = ()
    over: tuple[WeekOver, ...] = ()
    """Weeks that would be over by more than now first, those that would be over by less after them."""
