"""What a board is for: works to a date, always on, or a calendar of publications. By evidence, which is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import is_one_of, says
from retro.model import Board, BoardKind, Category, Portfolio, Role, Task
from retro.report.untrusted import printable
from retro.run.discovery.ends import last_of

_ENOUGH = 0.6
"""The share of open tasks from which a habit is one."""
_ALONE = 0.7
"""The days among dates from which each task has one of its own."""
_FEW = 3
"""Fewer tasks prove no habit."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A board's kind, the sentence that says why, and whether that settles it."""

    kind: BoardKind
    why: str
    sure: bool = True


def with_calendars(portfolio: Portfolio, zone: tzinfo) -> Portfolio:
    """Boards whose kind nobody told, with those known as calendars of publications that plainly are.

    All others stay projects: weaker evidence is not taken where nobody looks it over.
    """
    tasks: dict[str, list[Task]] = {board.key: [] for board in portfolio.boards}
    place = {task.key: task.board for task in portfolio.tasks}
    for task in portfolio.tasks:
        tasks[task.board].append(task)
    linked = {place[key] for link in portfolio.links for key in (link.predecessor, link.successor) if key in place}
    boards = []
    for board in portfolio.boards:
        kind = kind_of(board, tasks[board.key], linked=board.key in linked or board.begins is not None)
        publishes = kind.kind is BoardKind.EDITORIAL and last_of(tasks[board.key], board.anchors, zone) is None
        boards.append(replace(board, kind=kind.kind) if publishes else board)
    return replace(portfolio, boards=tuple(boards))


def kind_of(board: Board, tasks: Sequence[Task], *, dated_end: str = "", linked: bool = False) -> Kind:
    """Weigh the evidence, the strongest first.

    `dated_end` names what the board works to, where something does; `linked`: its tasks wait for one another.
    """
    counted = [task for task in tasks if task.counts]
    still = [task for task in counted if task.is_open and task.status.category is not Category.IDEA]
    dated = sum(task.due is not None for task in still)
    if dated_end:
        return Kind(BoardKind.PROJECT, _("works to a date: {what}.", what=dated_end))
    if any(task.role is Role.PROJECT for task in tasks if not task.archived):
        return Kind(BoardKind.PROJECT, _("its rows stand for projects."))
    if _publishes(board, counted, still, dated, linked=linked):
        said = plural(
            "each task has its own date of publication ({count} task with a date).",
            "each task has its own date of publication ({count} tasks with a date).",
            dated,
        )
        return Kind(BoardKind.EDITORIAL, said)
    if linked:
        return Kind(BoardKind.PROJECT, _("its tasks wait for one another."))
    return _by_name(board.name, dated, len(still)) or _by_dates(dated, len(still), empty=not counted)


def _by_name(name: str, dated: int, still: int) -> Kind | None:
    if says("board_kind", "flow", name) and dated < _ENOUGH * max(still, 1):
        said = _("its name speaks of requests or production: “{name}”.", name=printable(name))
        return Kind(BoardKind.FLOW, said)
    if says("board_kind", "project", name):
        return Kind(BoardKind.PROJECT, _("its name speaks of a project: “{name}”.", name=printable(name)))
    return None


def _by_dates(dated: int, still: int, *, empty: bool) -> Kind:
    if still >= _FEW and dated >= _ENOUGH * still:
        said = _("{dated} of its {tasks} open tasks have a due date.", dated=dated, tasks=still)
        return Kind(BoardKind.PROJECT, said)
    if empty:
        return Kind(BoardKind.PROJECT, _("nothing tells, for it has no tasks yet."), sure=False)
    said = _("nothing tells whether it works to a date; `flow` is a board that never ends.")
    return Kind(BoardKind.PROJECT, said, sure=False)


def _publishes(board: Board, counted: Sequence[Task], still: Sequence[Task], dated: int, *, linked: bool) -> bool:
    """Whether each task is a publication of its own.

    Dates on most of what is open, and two of: channels, a list of what is out, a name that says so. Such a name and
    nearly as many days as dates will do; without one, no task has a start or an estimate, and the name says no project.
    Never links.
    """
    if linked or len(still) < _FEW or dated < _ENOUGH * len(still):
        return False
    channels = sum(task.channel is not None for task in counted) >= _ENOUGH * len(counted)
    names = [status.raw or "" for status in board.sections] + [task.status.raw or "" for task in counted]
    out = any(is_one_of("board_kind", "published", name) for name in set(names))
    moments = not any(task.start or task.estimates for task in still)
    ends = says("board_kind", "project", board.name)
    if not says("board_kind", "editorial", board.name):
        return channels and out and moments and not ends
    days = {(task.due.year, task.due.month, task.due.day) for task in still if task.due is not None}
    return channels or out or (moments and not ends and len(days) >= _ALONE * dated)
