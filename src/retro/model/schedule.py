"""The result of scheduling: dates of each task, verdict of each anchor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as calendar_date
from datetime import datetime, tzinfo
from enum import StrEnum

from retro.model.buffer import Buffer
from retro.model.dates import Day, as_date
from retro.model.link import LinkType, UnresolvedLink
from retro.model.quickly import quickly_made
from retro.model.task import ConstraintType, EstimateOrigin


class Verdict(StrEnum):
    """`infeasible`: negative slack. `thin`: dates that leave less than the margin. `ok`: the rest."""

    OK = "ok"
    THIN = "thin"
    INFEASIBLE = "infeasible"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSchedule:
    """What the schedule says of one task. Instants are aware, in the workspace's zone; None is "not scheduled".

    `latest_*` and `advised_*` never depend on the clock; `earliest_*`, slack and `critical` do.
    Working time is integer minutes on the task's calendar.
    """

    key: str
    estimate_minutes: int
    estimate_origin: EstimateOrigin
    earliest_start: datetime | None = None
    earliest_finish: datetime | None = None
    latest_start: datetime | None = None
    latest_finish: datetime | None = None
    advised_start: datetime | None = None
    advised_finish: datetime | None = None
    total_slack_minutes: int | None = None
    free_slack_minutes: int | None = None
    critical: bool = False
    margin_minutes: int | None = None
    cumulated_margin_minutes: int | None = None
    verdict: Verdict = Verdict.OK
    anchor: str | None = None
    """Key of the anchor that its latest finish comes from."""
    work_minutes: int = 0
    """What is still to be done: the estimate, what remains of it, the review, or nothing. Margins are a share of it."""
    protects_minutes: int | None = None
    """Of what work its margin is a share: its own; where margins are pooled, what is left of the chain that it ends,
    and 0 within the chain of an anchor. None: it carries no margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One way out of an infeasible plan, and the working minutes that it would gain at most."""

    kind: str
    """cut, overlap, or move."""
    gain_minutes: int
    task: str | None = None
    """The task to cut, or the first of two that may overlap."""
    other: str | None = None
    """The one that may begin before `task` is over."""
    date: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One task of the chain that makes a date impossible, and what keeps it from starting earlier."""

    task: str
    link: LinkType | None = None
    """How it follows the task before it in the chain; None for the first, and by way of a span's boundary."""
    lag_minutes: int = 0
    elapsed: bool = False
    """Whether that lag runs on when nobody works."""
    constraint: ConstraintType | None = None
    """Its own, where that is what holds it."""
    calendar: str | None = None
    """The owner or the calendar whose hours it is worked in, where these are not the project's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorVerdict:
    """Whether an anchor is met: the missing working minutes if not, and the chain of task keys that causes it."""

    key: str
    name: str
    project: str
    date: datetime
    feasible: bool
    missing_minutes: int = 0
    chain: tuple[str, ...] = ()
    steps: tuple[ChainStep, ...] = ()
    """The same chain, with its links, calendars and constraints."""
    levers: tuple[Lever, ...] = ()
    slack_minutes: int | None = None
    """Least total slack of its network; None where nothing open waits before it."""
    day: Day | None = None
    """The anchor's own date as it was given; `date` is the last minute that work may end in."""
    chance: float | None = None
    """The chance that it is made, 0 to 1, where it was asked for; it depends on the clock."""

    def on(self, zone: tzinfo) -> calendar_date:
        """The anchor's own date, as people say it: a Saturday's fair is on Saturday, though work ends on Friday."""
        return as_date(self.day or self.date, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """People who are asked to work on more at once than they can, by tasks that levelling does not move."""

    pool: str
    """Key of the person or team."""
    tasks: tuple[str, ...]
    """Keys of the tasks, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The schedule of a portfolio. `tasks` holds scheduled tasks only (ideas, cancelled and parents are absent)."""

    tasks: Mapping[str, TaskSchedule] = field(default_factory=dict)
    anchors: tuple[AnchorVerdict, ...] = ()
    cycles: tuple[tuple[str, ...], ...] = ()
    unresolved: tuple[UnresolvedLink, ...] = ()
    rounds: int = 0
    """Rounds of the margin's fixed point."""
    settled: bool = True
    """False where the bound on rounds was reached before the fixed point."""
    levelled: bool = False
    """Whether advised dates overload nobody, as far as levelling could help it."""
    overloads: tuple[Overload, ...] = ()
    """What it could not help: work that is under way or bound to a date. Empty where `levelled` is False."""
    buffers: tuple[Buffer, ...] = ()
    """Pooled margins: each anchor's, then those of the chains that feed its own. Empty where each task has its own."""
