"""Which tasks are scheduled, which are spans over others, and which only pass their links on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from retro.model import BoardKind, Category, Portfolio, Task

_ABSENT = frozenset({Category.IDEA, Category.CANCELLED})


@dataclass(frozen=True, slots=True)
class Scope:
    """The tasks of a portfolio by the part they play."""

    tasks: Mapping[str, Task]
    """Every task by key, in the order of keys, so that results do not depend on the order of input."""
    leaves: tuple[str, ...]
    """Scheduled: counted, on a board of kind project, neither idea nor cancelled, without children of that kind."""
    scheduled: tuple[Task, ...]
    """The tasks of `leaves`: of a hundred thousand, none is looked up by its key again."""
    spans: Mapping[str, tuple[str, ...]]
    """The leaves under each parent, however deep."""
    parent: Mapping[str, str]
    """The parent of each scheduled task and span that has one."""

    def leaves_of(self, key: str) -> tuple[str, ...]:
        """The leaves that a known key means: those under a span, else the task itself."""
        return self.spans.get(key, (key,))

    def ancestors(self, key: str) -> Iterable[str]:
        """The spans that a task lies in, nearest first."""
        above = self.parent.get(key)
        while above is not None:
            yield above
            above = self.parent.get(above)


def scope(portfolio: Portfolio) -> Scope:
    """Sort out the tasks of a portfolio. Parents that lie under themselves lose that parent."""
    tasks = {task.key: task for task in sorted(portfolio.tasks, key=attrgetter("key"))}
    boards = {board.key for board in portfolio.boards if board.kind is BoardKind.PROJECT}
    present = [
        task for task in tasks.values() if task.board in boards and task.status.category not in _ABSENT and task.counts
    ]
    parent = _parents([task.key for task in present if task.parent is not None], tasks)
    spans: dict[str, list[str]] = {above: [] for above in parent.values()}
    scheduled = tuple([task for task in present if task.key not in spans]) if spans else tuple(present)
    leaves = tuple([task.key for task in scheduled])
    for leaf in leaves if spans else ():
        above = parent.get(leaf)
        while above is not None:
            spans[above].append(leaf)
            above = parent.get(above)
    return Scope(tasks, leaves, scheduled, {key: tuple(under) for key, under in spans.items()}, parent)


def _parents(present: Iterable[str], tasks: Mapping[str, Task]) -> dict[str, str]:
    parent: dict[str, str] = {}
    pending = list(present)
    known = set(pending)
    for key in pending:  # grows: a span may itself be absent (cancelled), and have a parent
        above = tasks[key].parent
        if above is not None and above in tasks and above != key:
            parent[key] = above
            if above not in known:
                known.add(above)
                pending.append(above)
    # Walk up from every task once; whoever closes a circle is cut loose.
    settled: set[str] = set()
    for key in sorted(parent):
        path: list[str] = []
        on_path: set[str] = set()
        here: str | None = key
        while here is not None and here not in settled:
            if here in on_path:
                del parent[path[-1]]
                break
            path.append(here)
            on_path.add(here)
            here = parent.get(here)
        settled.update(path)
    return parent
