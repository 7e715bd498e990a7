"""Which dates cannot move, what they bind, and what comes after the launch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from retro.calendars import Calendar
from retro.i18n.words import says_after_launch, says_after_launch_once
from retro.model import Anchor, AnchorOrigin, Project, Task
from retro.schedule.bounds import LATEST, Bounds
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.scope import Scope


@dataclass(frozen=True, slots=True)
class Bound:
    """An anchor at work: the last wall minute that work may end in, and the nodes that stand for it."""

    anchor: Anchor
    wall: int
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Every anchor, and how far it reaches."""

    bounds: tuple[Bound, ...]
    after_launch: frozenset[int]
    """Nodes that hang forwards on their project's last anchor: they have no latest dates."""
    ends: Mapping[int, str] = field(default_factory=dict[int, str])
    """Projects without an anchor whose dates are computed: the number by which `Bounds.anchor` names what bounds
    them, their own earliest finish, and their key."""


def anchors_of(project: Project, tasks: Iterable[Task], options: ScheduleOptions) -> tuple[Anchor, ...]:
    """The anchors of a project: those given, then its open milestones with a due date, by key."""
    given = tuple(sorted(project.anchors, key=lambda anchor: anchor.key))
    if options.milestones != "anchor":
        return given
    named = {anchor.task for anchor in given}
    found = [
        Anchor(
            key=task.key,
            name=task.title,
            date=task.due,
            project=project.key,
            origin=AnchorOrigin.MILESTONE,
            task=task.key,
        )
        for task in tasks
        if task.milestone and task.is_open and task.due is not None and task.key not in named
    ]
    return (*given, *sorted(found, key=lambda anchor: anchor.key))


def anchor_instant(anchor: Anchor, calendar: Calendar, anchor_at: str = "end") -> datetime:
    """The last minute that work before an anchor may end in; on a day off, the last one worked before it.

    An anchor with an hour is that instant. With `anchor_at` "start", work ends the working day before.
    """
    if isinstance(anchor.date, datetime):
        return calendar.finish_at(calendar.ordinal(anchor.date))
    day = anchor.date
    if anchor_at == "start" and day > date.min:
        day -= timedelta(days=1)
    return calendar.last_minute(day)


def bind(
    projects: Iterable[Project],
    scope: Scope,
    network: Network,
    bounds: Bounds,
    *,
    calendar: Calendar,
    options: ScheduleOptions,
    finish: Callable[[], Sequence[int]],
) -> Reach:
    """Work out every anchor's reach on the project's calendar, and write what it binds into `bounds`.

    `finish` gives the wall minute of every node's earliest finish: it is asked for where a project of computed dates
    has no anchor.
    """
    node_of, computed = network.node_of, network.computed
    found: list[Bound] = []
    last: dict[str, int] = {}
    home: list[str | None] = [None] * len(network.tasks)
    for project in sorted(projects, key=lambda project: project.key):
        members = [node for node in map(node_of.get, project.tasks) if node is not None]
        for node in members:
            home[node] = project.key
        # Dates that were computed bind nothing.
        bindable = [task for node in members if not computed[node] and (task := network.tasks[node]) is not None]
        for anchor in anchors_of(project, bindable, options):
            wall = calendar.wall(anchor_instant(anchor, calendar, options.anchor_at))
            stands = scope.leaves_of(anchor.task) if anchor.task is not None else ()
            nodes = tuple(node_of[key] for key in stands if key in node_of and not network.done[node_of[key]])
            if project.key not in last or wall > found[last[project.key]].wall:
                last[project.key] = len(found)
            found.append(Bound(anchor, wall, nodes))
    limited = _Limit(bounds, network)
    for number, bound in enumerate(found):
        for node in bound.nodes:
            limited.to(node, number, bound.wall)
            bounds.release[node] = max(bounds.release[node], bound.wall)
    leading = _leading(network, (node for bound in found for node in bound.nodes))
    works_to = [last.get(key, -1) if key is not None else -1 for key in home]
    after = _after(network, leading, works_to, found)
    _work_to_their_ends(limited, works_to, [bound.wall for bound in found], leading, after)
    unbound = sorted({*_computed(network, home, set()).values()} - last.keys())
    ends = dict(enumerate(unbound, len(found)))
    if ends:
        _end(limited, network, _computed(network, home, leading), ends, finish())
    return Reach(tuple(found), frozenset(after), ends)


def _work_to_their_ends(
    limited: "_Limit", works_to: Sequence[int], walls: Sequence[int], leading: set[int], after: set[int]
) -> None:
    """What leads to no milestone works to its project's last anchor, or begins after it; both by number, by node."""
    network = limited.network
    for node, (number, done) in enumerate(zip(works_to, network.done, strict=True)):
        if number < 0 or done or node in leading:
            continue
        if node in after:
            _hang(limited.bounds, network, node, walls[number])
        else:
            limited.to(node, number, walls[number])


def _computed(network: Network, home: Sequence[str | None], leading: set[int]) -> dict[int, str]:
    """The nodes whose dates a tool computed, by project: what stands beside them there has no end to work to."""
    return {
        node: key for node, key in enumerate(home) if key is not None and network.computed[node] and node not in leading
    }


def _end(
    limited: "_Limit", network: Network, home: Mapping[int, str], ends: Mapping[int, str], finish: Sequence[int]
) -> None:
    """Without an anchor a plan of computed dates works to its own earliest finish, as in Microsoft Project."""
    number_of = {key: number for number, key in ends.items()}
    latest: dict[str, int] = {}
    for node, key in home.items():
        latest[key] = max(latest.get(key, finish[node]), finish[node])
    for node in network.open:
        key = home.get(node, "")
        if key in number_of:
            limited.to(node, number_of[key], latest[key])


class _Limit:
    """What nodes work to: of several bounds the earliest."""

    def __init__(self, bounds: Bounds, network: Network) -> None:
        self.bounds, self.network = bounds, network
        self._last: tuple[Calendar | None, int, int] = (None, 0, 0)

    def to(self, node: int, number: int, wall: int) -> None:
        """Bound a node's finish by a wall minute, in the name of the anchor of this number."""
        bounds, calendar = self.bounds, self.network.calendars[node]
        before, at, ordinal = self._last
        if calendar is not before or at != wall:  # whole projects work to one date, one task after the other
            ordinal = calendar.ordinal_at(wall)
            self._last = (calendar, wall, ordinal)
        if ordinal < bounds.anchored[node]:
            bounds.anchored[node] = ordinal
            bounds.anchored_wall[node] = wall
            bounds.anchor[node] = number


def _hang(bounds: Bounds, network: Network, node: int, wall: int) -> None:
    bounds.floor[node] = max(bounds.floor[node], network.calendars[node].ordinal_at(wall))
    bounds.floor_wall[node] = max(bounds.floor_wall[node], wall)
    bounds.limit[node] = LATEST


def _leading(network: Network, nodes: Iterable[int]) -> set[int]:
    """The nodes that stand for anchors, and every open node with a path to one."""
    leading = set(nodes)
    waiting = list(leading)
    while waiting:
        for source in network.predecessors(waiting.pop()):
            if source not in leading and not network.done[source]:
                leading.add(source)
                waiting.append(source)
    return leading


def _after(network: Network, leading: set[int], works_to: Sequence[int], found: list[Bound]) -> set[int]:
    """Nodes after their project's last anchor: by their words, or by a link from it or from another such node.

    `works_to` is the number of that anchor by node, -1 where there is none.
    """
    launches = {node for number in {*works_to} if number >= 0 for node in found[number].nodes}
    follow = {
        node
        for launch in launches
        for node in network.successors(launch)
        if network.tasks[node] is None or works_to[launch] == works_to[node]
    }
    after: set[int] = set()
    done, says = network.done, _by_their_words(network, leading, works_to)
    for node in network.order:
        if (says[node] or node in follow) and not done[node] and node not in leading:
            after.add(node)
            follow.update(network.successors(node))
    return after


def _by_their_words(network: Network, leading: set[int], works_to: Sequence[int]) -> list[bool]:
    """By node: whether it speaks of work after the launch, where that would mean anything.

    Asked in the order in which tasks lie in memory, which that of the links is not.
    """
    return [
        number >= 0 and not done and task is not None and node not in leading and _says_after(task)
        for node, (task, done, number) in enumerate(zip(network.tasks, network.done, works_to, strict=True))
    ]


def _says_after(task: Task) -> bool:
    if says_after_launch_once(task.title) or says_after_launch(task.section):
        return True
    if task.phase is not None and says_after_launch(task.phase):
        return True
    return bool(task.labels) and any(map(says_after_launch, task.labels))
