"""What a rule is to the engine, and what it may look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

from retro.calendars import Calendar, Calendars
from retro.calendars.loads import WorkedOn, worked_on
from retro.model import (
    Board,
    BoardKind,
    Category,
    Day,
    Finding,
    History,
    Link,
    Portfolio,
    Project,
    Role,
    Schedule,
    Severity,
    SuppressionFact,
    Task,
    Template,
    as_date,
)
from retro.ports.connector import Capabilities, Discovered

T = TypeVar("T")

_EVERYTHING = Capabilities()
_OF_PORTFOLIO = (
    "tasks",
    "due_days",
    "counted",
    "wanted",
    "boards",
    "predecessors",
    "successors",
    "parents",
    "projects",
)
"""What a context looks up in its portfolio alone."""
_WANTED = frozenset(category for category in Category if category.is_open and category is not Category.IDEA)


@dataclass(frozen=True, kw_only=True)
class Context:
    """One frozen assessment, as rules see it: the portfolio, its schedule, a calendar and a clock reading.

    `schedule` is the one without levelling; None where nothing could be scheduled. The derived maps are built once.
    """

    portfolio: Portfolio
    schedule: Schedule
    calendar: Calendar
    now: datetime
    zone: tzinfo
    capabilities: Mapping[str, Capabilities] = field(default_factory=dict)
    """By source id."""
    channels: tuple[str, ...] = ()
    """Channels of the configuration; empty: those seen on at least three tasks."""
    clients: tuple[str, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    """By person's key, of those who have hours or leave of their own; everybody else works on `calendar`."""
    reserve: float = 0.20
    """The share of each person's hours kept free for the unforeseen."""
    meeting: str = ""
    """The weekly meeting as the configuration writes it ("mon 10:00"); empty: none."""
    own_touches: Mapping[str, datetime] = field(default_factory=dict)
    """By task: when retro itself last wrote on it, as the tool's own time stamp knows it."""
    touched_before: Mapping[str, datetime] = field(default_factory=dict)
    """By task that retro wrote on: its time stamp as last read before that write."""
    history: History | None = None
    """What retro's own earlier reads tell; None where nothing is remembered, as of files given on the command line."""
    suppressions: tuple[SuppressionFact, ...] = ()
    """What became of the exceptions on cards, for the rules that run when all others have spoken."""
    outside: tuple[Discovered, ...] = ()
    """Boards that the token sees beside those that are configured, where they were asked for: by doctor alone."""
    reschedule: Callable[[Mapping[str, int]], Schedule] | None = None
    """The schedule in which tasks, by key, have so many minutes of work more; None where none can be made."""

    @property
    def today(self) -> date:
        """The date of `now` in the workspace's zone."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def tasks(self) -> Mapping[str, Task]:
        """Every task by key."""
        return {task.key: task for task in self.portfolio.tasks}

    @cached_property
    def due_days(self) -> Mapping[str, date]:
        """The day of each due date in the workspace's zone, by the key of its task: nearly every rule asks for it."""
        days = _Days(self.zone)
        return {task.key: days[task.due] for task in self.portfolio.tasks if task.due is not None}

    @cached_property
    def counted(self) -> tuple[Task, ...]:
        """Every task that is counted, whatever its status."""
        # As `Task.counts` says, without a call for each task: two processes wait for this.
        task_, tasks = Role.TASK, self.portfolio.tasks
        return tuple([task for task in tasks if task.role is task_ and not task.archived])

    @cached_property
    def wanted(self) -> tuple[Task, ...]:
        """Open tasks that are more than an idea: what most rules judge."""
        return tuple([task for task in self.counted if task.status.category in _WANTED])

    @cached_property
    def items(self) -> tuple[Task, ...]:
        """Open lines of checklists that are tasks, except on cards that are only ideas: judged when they are late."""
        item, idea = Role.ITEM, Category.IDEA
        return tuple(
            task
            for task in self.portfolio.tasks
            if task.role is item and task.is_awaited and task.status.category is not idea
        )

    @cached_property
    def boards(self) -> Mapping[str, Board]:
        """Every board by key."""
        return {board.key: board for board in self.portfolio.boards}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[Link, ...]]:
        """Links by successor; one of a task to itself holds nobody back: the schedule names it as a cycle."""
        return _grouped([link.successor for link in self.portfolio.links], self.portfolio.links)

    @cached_property
    def successors(self) -> Mapping[str, tuple[Link, ...]]:
        """Links by predecessor; idem."""
        return _grouped([link.predecessor for link in self.portfolio.links], self.portfolio.links)

    @cached_property
    def worked(self) -> WorkedOn:
        """Minutes that a person, or a configured team, works on a day."""
        return worked_on(self.portfolio.teams, Calendars(self.calendar, self.calendars))

    @cached_property
    def parents(self) -> frozenset[str]:
        """Keys of tasks that have children; lines of a checklist are none."""
        return frozenset(
            task.parent for task in self.portfolio.tasks if task.parent is not None and task.role is not Role.ITEM
        )

    @cached_property
    def projects(self) -> Mapping[str, Project]:
        """The project of each task that has one."""
        return {key: project for project in self.portfolio.projects for key in project.tasks}

    def scheduled(self, schedule: Schedule, reschedule: Callable[[Mapping[str, int]], Schedule] | None) -> "Context":
        """The same with a schedule. What was looked up in the portfolio alone is kept, what rules made is not."""
        made = replace(self, schedule=schedule, reschedule=reschedule)
        made.__dict__.update({name: self.__dict__[name] for name in _OF_PORTFOLIO if name in self.__dict__})
        return made

    def look_up(self) -> None:
        """Have at hand what nearly every rule asks of the portfolio, for two processes that would each look it up."""
        for name in _OF_PORTFOLIO:
            getattr(self, name)

    def derived(self, make: Callable[["Context"], T]) -> T:
        """What `make` makes of this context: made once, for all the rules that ask for it."""
        if make not in self._derived:
            self._derived[make] = make(self)
        found: T = self._derived[make]
        return found

    @cached_property
    def _derived(self) -> dict[Callable[["Context"], Any], Any]:
        return {}

    def kind(self, task: Task) -> BoardKind:
        """The kind of the board that a task stands on."""
        return self.boards[task.board].kind

    def can(self, task: Task) -> Capabilities:
        """What the tool of a task can hold; everything, where nothing is known."""
        return self.capabilities.get(self.boards[task.board].source, _EVERYTHING)

    def calendar_of(self, task: Task) -> Calendar:
        """The calendar that a task is worked on: its first owner's (in review its reviewer's), else the project's."""
        owner = task.owners[0] if task.owners else None
        if task.status.category is Category.REVIEW and task.reviewer is not None:
            owner = task.reviewer
        return self.calendar if owner is None else self.calendars.get(owner.key, self.calendar)

    def day(self, value: date | datetime) -> date:
        """The date of a cell's value in the workspace's zone."""
        return as_date(value, self.zone)


class _Days(dict[Day, date]):
    """Days in a zone: hundreds of tasks are due at one instant."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, due: Day) -> date:
        day = as_date(due, self._zone)
        if not isinstance(due, datetime) or due.tzinfo is UTC:  # no others, as `as_date` says
            self[due] = day
        return day


def _grouped(keys: Iterable[str], links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Links by their keys, but for those of a task to itself."""
    found: dict[str, tuple[Link, ...]] = {}
    others: dict[str, list[Link]] = {}
    for key, link in zip(keys, links, strict=True):
        if link.predecessor != link.successor:
            # Most tasks have one link at either end: no list is made for them.
            if key in found:
                others.setdefault(key, []).append(link)
            else:
                found[key] = (link,)
    for key, more in others.items():
        found[key] += tuple(more)
    return found


class Rule(Protocol):
    """A rule with its options set. `check` yields facts; the runner sets severity, aggregation and what is primary."""

    code: ClassVar[str]
    name: ClassVar[str]
    french_name: ClassVar[str]
    default: ClassVar[Severity]
    soft: ClassVar[Severity]
    """The most that it says in the gentle profile."""
    strict: ClassVar[Severity]
    """What it says in the strict profile where it is off in the others."""
    by_prefix: ClassVar[bool]
    """Whether the beginning of its code, where that is selected, wakes it although it is off."""
    aggregates: ClassVar[bool]
    """Whether one finding stands for all where it holds for most of a board."""
    many: ClassVar[Template | None]
    """The sentence of that finding, with `{count}` and `{base}`."""
    comes_and_goes: ClassVar[bool]
    """Whether it is silent at most times, or without a history: an exception to it is then never called unused."""
    reads_suppressions: ClassVar[bool]
    """Whether it judges what became of exceptions: it runs after all others."""

    @property
    def severity(self) -> Severity | None:
        """The configured severity; None: the profile's."""
        ...

    @property
    def aggregate(self) -> bool | None:
        """The configured aggregation; None: the rule's own default."""
        ...

    @property
    def share(self) -> float:
        """The part of a board's judged tasks over which one finding stands for all, where it aggregates."""
        ...

    @property
    def threshold(self) -> int:
        """The fewest judged tasks of a board of which it may."""
        ...

    def base(self, context: Context) -> Iterator[Task]:
        """The tasks that the rule judges."""
        ...

    def check(self, context: Context) -> Iterator[Finding]:
        """Yield what is wrong, one finding a subject."""
        ...
