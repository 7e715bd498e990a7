"""The rows of a plan: boards where there are several, parents as summaries, tasks, dates that no task stands for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from retro.model import AnchorVerdict, Assessment, Task
from retro.report.mspdi.elements import uids


@dataclass(slots=True, kw_only=True)
class Row:
    """One row. `leaves` are the keys of the scheduled tasks under it; none under a task or an anchor."""

    key: str
    title: str
    uid: int = 0
    number: tuple[int, ...] = ()
    """Its place in the outline: (1, 3) is "1.3"."""
    task: Task | None = None
    anchor: AnchorVerdict | None = None
    above: str | None = None
    leaves: list[str] = field(default_factory=list[str])

    @property
    def is_summary(self) -> bool:
        """Whether there is anything under it."""
        return bool(self.leaves)


def rows(assessment: Assessment) -> dict[str, Row]:
    """Every row by its key, from top to bottom. Ideas, cancelled tasks and boards without a plan have none."""
    planned, portfolio = assessment.schedule.tasks, assessment.portfolio
    tasks = {task.key: task for task in portfolio.tasks}
    above = _parents(planned, tasks)
    boards = {tasks[key].board for key, parent in above.items() if parent is None}
    several = len(boards) > 1
    found: dict[str, Row] = {}
    below: dict[str | None, list[str]] = {}
    for board in portfolio.boards:
        if several and board.key in boards:
            found[f"board {board.key}"] = Row(key=f"board {board.key}", title=board.name)
            below.setdefault(None, []).append(f"board {board.key}")
    for task in portfolio.tasks:
        if task.key in above:
            parent = above[task.key] or (f"board {task.board}" if several else None)
            found[task.key] = Row(key=task.key, title=task.title, task=task, above=parent)
            below.setdefault(parent, []).append(task.key)
    for anchor in _without_task(assessment):
        key = f"anchor {anchor.key}"
        found[key] = Row(key=key, title=anchor.name, anchor=anchor)
        below.setdefault(None, []).append(key)
    ordered = {key: found[key] for key in _numbered(found, below)}
    for key in planned:
        parent = ordered[key].above if key in ordered else None
        while parent is not None:
            ordered[parent].leaves.append(key)
            parent = ordered[parent].above
    for key, uid in uids(ordered).items():
        ordered[key].uid = uid
    return ordered


def anchor_tasks(assessment: Assessment) -> dict[str, AnchorVerdict]:
    """The anchors that a task of the plan stands for, by that task's key."""
    stands = {
        anchor.key: anchor.task
        for project in assessment.portfolio.projects
        for anchor in project.anchors
        if anchor.task is not None
    }
    found = {stands.get(anchor.key, anchor.key): anchor for anchor in assessment.schedule.anchors}
    return {key: anchor for key, anchor in found.items() if key in assessment.schedule.tasks}


def _without_task(assessment: Assessment) -> Iterator[AnchorVerdict]:
    stood_for = {anchor.key for anchor in anchor_tasks(assessment).values()}
    return (anchor for anchor in assessment.schedule.anchors if anchor.key not in stood_for)


def _parents(keys: Iterable[str], tasks: Mapping[str, Task]) -> dict[str, str | None]:
    """The parent of each key and of all that is above it; whoever closes a circle is at the top."""
    parent: dict[str, str | None] = {}
    for key in keys:
        here, trail = key, {key}
        while here not in parent:
            above = tasks[here].parent
            parent[here] = above if above in tasks and above not in trail else None
            if above is None or parent[here] is None:
                break
            trail.add(above)
            here = above
    return parent


def _numbered(found: Mapping[str, Row], below: Mapping[str | None, list[str]]) -> Iterator[str]:
    """Keys from top to bottom, each given its number."""
    stack: list[tuple[tuple[int, ...], Iterator[tuple[int, str]]]] = [((), iter(enumerate(below.get(None, ()), 1)))]
    while stack:
        number, rest = stack[-1]
        place, key = next(rest, (0, ""))
        if not place:
            stack.pop()
            continue
        found[key].number = (*number, place)
        yield key
        stack.append((found[key].number, iter(enumerate(below.get(key, ()), 1))))
