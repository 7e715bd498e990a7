"""Where tasks live and what they work towards: sources, boards, people, projects, anchors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from retro.model.calendar import CalendarSpec
from retro.model.dates import Day
from retro.model.link import Link, UnresolvedLink
from retro.model.mapping import ColumnChange, ColumnUse
from retro.model.task import Status, Task


class BoardKind(StrEnum):
    """`project` works to an anchor, `flow` is always on, on `editorial` each card is its own publication date."""

    PROJECT = "project"
    FLOW = "flow"
    EDITORIAL = "editorial"


class CutPart(StrEnum):
    """What a tool may give a part of: its tasks, what stands on a task (its checklists), values of a column."""

    TASKS = "tasks"
    PARTS = "parts"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a board was not given whole: of its tasks so many were; of `count` tasks their parts, or a column."""

    part: CutPart
    count: int | None = None
    """Tasks that were read, of `TASKS`; tasks that lack something, of the others; None: not known."""
    column: str = ""


class AnchorOrigin(StrEnum):
    """Where an anchor comes from."""

    CONFIGURATION = "configuration"
    OPTION = "option"
    ROW = "row"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A date that cannot move, and the task that stands for it, where one does."""

    key: str
    name: str
    date: Day
    project: str
    origin: AnchorOrigin = AnchorOrigin.CONFIGURATION
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One Trello board, Notion data source or sheet tab.

    `key` is `<kind>:<native id>` where ids are global, else `<source>:<id>`. `sections` are its lists in order,
    with the category each one gives. `guests_see` is whether people outside the team can see it (None: the tool
    does not tell).
    """

    key: str
    name: str
    source: str
    url: str | None = None
    alias: str = ""
    """Its name in the configuration (`[boards.contenus]`), where it has one."""
    at: str = ""
    """Where it was read from, as the configuration says it."""
    kind: BoardKind = BoardKind.PROJECT
    begins: Day | None = None
    """Where its own plan starts, if its tool computes dates from there as Microsoft Project does; else None.

    Such dates bind nothing: its milestones are no anchors, its forward pass begins here rather than now, started work
    stands where it really began, and without an anchor the plan's own earliest finish bounds what is latest."""
    sections: tuple[Status, ...] = ()
    archived_known: bool = True
    """Whether the source sends archived tasks, so that they can be counted."""
    guests_see: bool | None = None
    whole: bool = True
    """Whether all of its tasks were read: False where the tool stopped short, and what is missing may be there."""
    cut: tuple[Cut, ...] = ()
    """What the tool gave only a part of, and could not be asked for otherwise."""
    hidden_data: bool = False
    """Whether add-ons keep data there that the tool gives without saying what it means."""
    own_fields: tuple[str, ...] = ()
    """Ids of retro's own fields that the board already has: latest, review, start, due, margin."""
    own_in: Mapping[str, str] = field(default_factory=dict[str, str])
    """Own fields that stand in something else than a field of the board, and in what: "comment" or "label"."""
    own_cannot: Mapping[str, str] = field(default_factory=dict[str, str])
    """Own fields that this very board cannot hold, though its tool can: why not, as a sentence."""
    channels: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    """Facts about the read that a person should know (truncations, hidden plug-in data), as sentences."""
    anchors: tuple[Anchor, ...] = ()
    """Dates that the board itself names as those to work to, above its table; a `project` is given to them later."""
    mapping: tuple[ColumnUse, ...] = ()
    """How its columns are understood, where it has columns."""
    changed: tuple[ColumnChange, ...] = ()
    """Columns of the mapping that are gone or of another type now: it could not be read, and stands as it was."""
    status_date: Day | None = None
    """The day to which its tool has recorded what was done. It moves no date; what should be over by then is told."""
    calendars: tuple[CalendarSpec, ...] = ()
    """Those that it brings along, for its own tasks and people."""
    calendar: str | None = None
    """Key of the one by which its tasks are done that have neither their own nor their owner's."""
    day_minutes: int | None = None
    """Working minutes that "1 day" means to its tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person over all tools. `keys` are the owners' keys of the tools that mean them."""

    key: str
    name: str
    keys: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    email: str | None = None
    left: bool = False
    """Gone from every place that tells who belongs to it: an account that was closed, no member of the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Several who share their tasks: a team, a role, a supplier. Each task is for one of them to do.

    `key` is that of the owners that mean it, whose keys in their tools are `keys`. `members` are people's keys; where
    nobody is named, `size` is how many they are.
    """

    key: str
    name: str
    keys: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What tasks work towards together: boards, or a filter on one."""

    key: str
    name: str
    boards: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    """Keys of its tasks, after the first-match rule of the configuration."""
    client: str = ""
    type: str = ""
    guardian: str = ""
    anchors: tuple[Anchor, ...] = ()


class SourceStatus(StrEnum):
    """`fresh`: read now. `stale`: the last snapshot stands in for a read that failed. `failed`: nothing at all."""

    FRESH = "fresh"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How the read of one source went."""

    id: str
    kind: str
    state: SourceStatus
    read_at: datetime | None = None
    requests: int = 0
    error: str | None = None
    unknown: tuple[str, ...] = ()
    """Names of its boards that could not be read now and never were: nothing stands in for them."""
    unread: tuple[str, ...] = ()
    """Names of all of its boards that could not be read now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One board as read at one instant: what a pull stores and an offline run starts from."""

    board: Board
    tasks: tuple[Task, ...]
    people: tuple[Person, ...] = ()
    read_at: datetime
    history_since: datetime | None = None
    """The earliest event that the tool told, where it tells the latest ones only; None: it told them all, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything that was read, joined: people matched, links and projects resolved."""

    sources: tuple[SourceState, ...] = ()
    boards: tuple[Board, ...] = ()
    tasks: tuple[Task, ...] = ()
    people: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    """Those of the configuration; a team that it does not know has as many hands as it needs."""
    projects: tuple[Project, ...] = ()
    links: tuple[Link, ...] = ()
    unresolved: tuple[UnresolvedLink, ...] = ()

    @property
    def never_read(self) -> tuple[str, ...]:
        """Names of the sources and boards whose tasks are entirely unknown: they may bear on everything else."""
        each = ((state.id,) if state.state is SourceStatus.FAILED else state.unknown for state in self.sources)
        return tuple(name for names in each for name in names)
