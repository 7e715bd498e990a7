"""What a board is for: works to a date, always on, or a calendar of publications. By evidence, which is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import is_one_of, says
from retro.model import Board, BoardKind, Category, Role, Task
from retro.report.untrusted import printable

_ENOUGH = 0.6
"""The share of open tasks from which a habit is one."""
_FEW = 3
"""Fewer tasks prove no habit."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A board's kind, the sentence that says why, and whether that settles it."""

    kind: BoardKind
    why: str
    sure: bool = True


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

    Dates on most of what is open, and two of: channels, a list of what is out, a name that says so; never links.
    """
    if linked or len(still) < _FEW or dated < _ENOUGH * len(still):
        return False
    channels = sum(task.channel is not None for task in counted) >= _ENOUGH * len(counted)
    names = [status.raw or "" for status in board.sections] + [task.status.raw or "" for task in counted]
    out = any(is_one_of("board_kind", "published", name) for name in set(names))
    return sum((channels, out, says("board_kind", "editorial", board.name))) > 1
