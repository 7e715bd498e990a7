"""A task and its parts, as any tool may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from retro.model.dates import Day
from retro.model.link import Reference
from retro.model.quickly import quickly_made


class Category(StrEnum):
    """What a status means for the plan, whatever it is called on the board."""

    IDEA = "idea"
    TODO = "todo"
    DOING = "doing"
    REVIEW = "review"
    READY = "ready"
    DONE = "done"
    CANCELLED = "cancelled"

    __hash__ = str.__hash__  # as its equality is; that of an enumeration goes by way of its name

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self is not _DONE and self is not _CANCELLED


# Kept by name: on an enumeration a member is looked up by a call, and this is asked of every task many times.
_DONE, _CANCELLED = Category.DONE, Category.CANCELLED


class StatusOrigin(StrEnum):
    """How a category was found: told by the tool, by a word list or the configuration, or only assumed."""

    NATIVE = "native"
    MAPPED = "mapped"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Status:
    """The status as written (`raw`, None where there is none), its category, and how that was found."""

    raw: str | None
    category: Category
    origin: StatusOrigin


class OwnerKind(StrEnum):
    """A person, a team, or a bare text that no list of people knows."""

    PERSON = "person"
    TEAM = "team"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a task. `key` is the canonical person's key once people were matched, else `<kind>:<native id>`."""

    key: str
    name: str
    kind: OwnerKind = OwnerKind.PERSON
    email: str | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a checklist; with an owner and a due date it is a task of its own, of role `item`, instead."""

    key: str
    title: str
    done: bool = False
    checklist: str = ""
    owner: Owner | None = None
    due: Day | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or link on a task."""

    name: str
    url: str


class EstimateOrigin(StrEnum):
    """What a duration rests on."""

    NUMBER = "number"
    POINTS = "points"
    SIZE = "size"
    DATES = "dates"
    DEFAULT = "default"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One statement of a task's size on its board, uninterpreted.

    A task may carry several; the schedule takes the first that the configuration's chain names.
    `value` is in `unit`: "minutes", "hours" or "days" where the board says so, "" where only the
    configuration can tell (a bare number, points), or a size's name in `text`.
    """

    origin: EstimateOrigin
    value: float | None = None
    unit: str = ""
    text: str = ""
    field: str = ""
    """The column or custom field that it was read from, where there is one."""


@dataclass(frozen=True, slots=True)
class DueMove:
    """One recorded move of a due date."""

    when: datetime
    who: str | None
    old: Day | None
    new: Day | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A place where a task stands: a board and its section there (a list, a group)."""

    board: str
    section: str = ""


class ConstraintType(StrEnum):
    """The date constraints of the field (Microsoft Project's eight)."""

    ASAP = "ASAP"
    ALAP = "ALAP"
    SNET = "SNET"
    SNLT = "SNLT"
    FNET = "FNET"
    FNLT = "FNLT"
    MSO = "MSO"
    MFO = "MFO"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint and its date (None for ASAP and ALAP)."""

    type: ConstraintType
    date: Day | None = None


class Role(StrEnum):
    """What a card is for; only `task` is counted, linted and scheduled.

    `item` is a line of a checklist with a person and a date: judged when late, shown with the week's work, never
    counted among tasks, scheduled or written to. Its parent is the card that it stands on.
    """

    TASK = "task"
    ITEM = "item"
    TEMPLATE = "template"
    SEPARATOR = "separator"
    MIRROR = "mirror"
    LINK = "link"
    INFORMATIVE = "informative"
    PROJECT = "project"
    """A row that stands for a project: tasks of another board name it as theirs."""


_TASK = Role.TASK


class Identity(StrEnum):
    """How a task is known again: the tool's own id, an id column, or only its position."""

    NATIVE = "native"
    ASSIGNED = "assigned"
    POSITIONAL = "positional"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that could not be read as what its column holds: the field of the model, and the words as they stand."""

    field: str
    text: str


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as read from one board.

    `key` is `<kind>:<native id>` where ids are global, `<source>:<id>` elsewhere. `description` and `comments`
    are None where the source does not show them ("not read"), empty where it shows that there are none.
    `assumed` names the fields whose value was assumed rather than read. `revision` is a hash of the fields that
    decisions read, so that a comment changes nothing.
    """

    key: str
    board: str
    title: str
    url: str | None = None
    description: str | None = None
    attachments: tuple[Attachment, ...] = ()
    comments: tuple[str, ...] | None = None
    owners: tuple[Owner, ...] = ()
    reviewer: Owner | None = None
    start: Day | None = None
    due: Day | None = None
    actual_start: Day | None = None
    actual_finish: Day | None = None
    remaining: int | None = None
    """Remaining work in minutes, where the board holds it."""
    percent: float | None = None
    estimates: tuple[Estimate, ...] = ()
    status: Status = Status(None, Category.TODO, StatusOrigin.INFERRED)
    channel: str | None = None
    client: str | None = None
    phase: str | None = None
    labels: tuple[str, ...] = ()
    priority: str | None = None
    references: tuple[Reference, ...] = ()
    related: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    """Handles of the rows that stand for its projects on another board, the first one foremost."""
    parent: str | None = None
    """The parent's key or one of its handles, until resolved."""
    children: tuple[str, ...] = ()
    """Handles of the tasks named as parts of this one, until resolved."""
    handles: tuple[str, ...] = ()
    """Other names by which references on any board may mean this task: `trello:/c/AbCd1234`, `#12`…"""
    checklist: tuple[CheckItem, ...] = ()
    milestone: bool = False
    created: datetime | None = None
    updated: datetime | None = None
    completed: datetime | None = None
    last_editor: str | None = None
    """Who changed it last, as the tool knows its accounts (`Owner.key`): of use to tell one from another."""
    archived: bool = False
    role: Role = Role.TASK
    memberships: tuple[Membership, ...] = ()
    due_history: tuple[DueMove, ...] = ()
    constraint: Constraint | None = None
    deadline: Day | None = None
    launch: Day | None = None
    """The date in a column such as "Date de lancement": the anchor, where the row stands for a project."""
    type: str | None = None
    """What kind of task or project its board says it is, in the board's own words."""
    calendar: str | None = None
    """Key of a calendar of its own (`Calendars.named`): worked where its owner works too."""
    calendar_alone: bool = False
    """Worked by its own calendar alone, else the project's, whenever its owner works: its duration is fixed."""
    manual: bool = False
    """Scheduled by hand on a board that computes dates (`Board.begins`): it stands from `start` to `due`."""
    identity: Identity = Identity.NATIVE
    revision: str = ""
    assumed: frozenset[str] = frozenset()
    opted_out: bool = False
    """Carries the opt-out label or checkbox: read, judged and reported, never written to."""
    own: Mapping[str, Day | str | float | None] = field(default_factory=dict)
    """Retro's own fields as the board holds them now, by id: latest, review, start, due, margin."""
    marks: Mapping[str, str] = field(default_factory=dict[str, str])
    """What holds an own field that stands in no field of the board (`Board.own_in`), by own field: `comment:<id>`,
    `label:<id>`. One that is here but not in `own` was not read this time: it is as retro last wrote it."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """The board's other fields, as text."""
    unreadable: tuple[Unreadable, ...] = ()
    """Dates, numbers and people that could not be read: kept as text, never guessed."""

    @property
    def counts(self) -> bool:
        """Whether it is counted in `tasks`: not archived, and a task by role."""
        return not self.archived and self.role is _TASK

    @property
    def is_open(self) -> bool:
        """Counted, and neither done nor cancelled."""
        return self.counts and self.status.category.is_open

    @property
    def ticked(self) -> bool:
        """Whether its tool itself calls it done: by a tick beside its list, or by a status of its own."""
        return self.status.category is Category.DONE and self.status.origin is StatusOrigin.NATIVE

    @property
    def is_awaited(self) -> bool:
        """Whether somebody is to see to it: an open task, or an open line of a checklist that is one."""
        if self.role is Role.ITEM:
            return not self.archived and self.status.category.is_open
        return self.is_open

    @property
    def busy(self) -> tuple[Owner, ...]:
        """Whom its work keeps busy: in a review the one who has the ball, else each of its owners."""
        if self.status.category is Category.REVIEW and self.reviewer is not None:
            return (self.reviewer,)
        return self.owners

    @property
    def section(self) -> str:
        """The list or group where it stands on its own board, or ""."""
        for each in self.memberships:
            if each.board == self.board:
                return each.section
        return ""


def field_empty(value: object) -> bool:
    """Whether a cell's value reads as empty: None, or text that is only blank."""
    return value is None or (isinstance(value, str) and not value.strip())
