"""The network of a portfolio: nodes with their work and calendar, and links between them, as plain lists.

Nodes are the scheduled tasks in the order of their keys, then *passages*: nodes without work that carry links
through a span's boundary or through a task that is not scheduled (an idea, a cancelled task), so that neither
multiplies links.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retro.calendars import Calendar
from retro.model import Constraint, LinkType, Task
from retro.schedule.durations import Duration

FS, SS, FF, SF = range(4)
KINDS = (LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF)
"""By number."""
Near = tuple[int, int]
"""The other end of a finish-to-start link within one calendar, and its lag in working minutes."""
Cross = tuple[int, int]
"""Idem, between tasks of two calendars; the lag is the successor's working time."""
Far = tuple[int, int, int, bool]
"""The other end of any other link, its kind, its lag in minutes, and whether these are elapsed."""


@dataclass(slots=True)
class Network:
    """Nodes and links, compiled. Only the schedule's own modules look inside."""

    calendars: list[Calendar] = field(default_factory=list[Calendar])
    tasks: list[Task | None] = field(default_factory=list["Task | None"])
    """None for a passage."""
    names: list[str | None] = field(default_factory=list["str | None"])
    """The key of the task that a node stands for; None for a span's boundary."""
    node_of: dict[str, int] = field(default_factory=dict[str, int])
    """The nodes of tasks, by key; passages are not among them."""
    estimates: list[Duration | None] = field(default_factory=list["Duration | None"])
    work: list[int] = field(default_factory=list[int])
    left: list[int] = field(default_factory=list[int])
    """Of `work`, what is still to do; less where the whole of a started task is laid from its actual start."""
    stands: list[bool] = field(default_factory=list[bool])
    """Without work when it was compiled: it stands at an instant, and links reach it there."""
    reckons: list[Calendar] = field(default_factory=list[Calendar])
    """The calendar in which lags before a node and its slack are counted: its own, but in Microsoft Project's plans
    the task's or the project's, whoever works on it."""
    computed: list[bool] = field(default_factory=list[bool])
    """On a board that computes dates (`Board.begins`): facts are laid as Microsoft Project lays them."""
    held: list[bool] = field(default_factory=list[bool])
    """Scheduled by hand: it stands where it was put."""
    off_hours: dict[int, int] = field(default_factory=dict[int, int])
    """Where a board computes dates: the wall minute of a constraint that lies outside its task's hours."""
    spans: list[tuple[Constraint, list[int]]] = field(default_factory=list["tuple[Constraint, list[int]]"])
    """Constraints on spans that bind what they hold, and the open nodes of each."""
    late: list[bool] = field(default_factory=list[bool])
    """As late as possible: what follows it without being so too begins after its latest finish."""
    started: list[bool] = field(default_factory=list[bool])
    """Under way: an actual start overrides links and constraints."""
    done: list[bool] = field(default_factory=list[bool])
    plain: list[bool] = field(default_factory=list[bool])
    """A task with work of which nothing is done yet, on a board that computes nothing, with links within its calendar
    only, all of them finish to start: most are so, and nothing but ordinals is needed to lay them."""
    order: list[int] = field(default_factory=list[int])
    """Open nodes and done ones, predecessors first."""
    near_in: list[Sequence[Near]] = field(default_factory=list["Sequence[Near]"])
    cross_in: list[Sequence[Cross]] = field(default_factory=list["Sequence[Cross]"])
    cross_out: list[Sequence[Cross]] = field(default_factory=list["Sequence[Cross]"])
    far_in: list[Sequence[Far]] = field(default_factory=list["Sequence[Far]"])
    near_out: list[Sequence[Near]] = field(default_factory=list["Sequence[Near]"])
    far_out: list[Sequence[Far]] = field(default_factory=list["Sequence[Far]"])
    cycles: list[tuple[str, ...]] = field(default_factory=list["tuple[str, ...]"])
    open: list[int] = field(default_factory=list[int])
    """The nodes of scheduled tasks that are not done, in their order."""

    def distinct_calendars(self) -> Iterable[Calendar]:
        """Every calendar that a node runs on, once."""
        return {id(calendar): calendar for calendar in self.calendars}.values()

    def successors(self, node: int) -> Iterable[int]:
        """Nodes that a link leads to."""
        yield from (target for target, _ in self.near_out[node])
        yield from (target for target, _ in self.cross_out[node])
        yield from (target for target, *_ in self.far_out[node])

    def predecessors(self, node: int) -> Iterable[int]:
        """Nodes that a link comes from."""
        yield from (source for source, _ in self.near_in[node])
        yield from (source for source, _ in self.cross_in[node])
        yield from (source for source, *_ in self.far_in[node])
