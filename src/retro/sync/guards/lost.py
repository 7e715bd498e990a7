"""Tasks that are gone: a board that is empty or lost half of them, and a source that did over several boards."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Guard, Identity, Snapshot, Task

_LEAST_OPEN = 4
"""A board with fewer open tasks loses half of them in an ordinary week."""


def lost_tasks(before: Snapshot | None, tasks: Iterable[Task], present: AbstractSet[str]) -> Guard | None:
    """Hold a board that was full and is empty, or that lost half of its open tasks or more.

    `before` is the snapshot that the last run which was not held decided on; `tasks` are the board's now; `present`
    the keys of every task that was read, so that a task that moved to another board is not lost.
    """
    if before is None:
        return None
    full = [task for task in before.tasks if task.counts]
    left = [task for task in tasks if task.counts]
    board = before.board.key
    if full and not left and not all(task.key in present for task in full):
        reason = plural(
            "The board is empty; it held {count} task. Was it emptied on purpose?",
            "The board is empty; it held {count} tasks. Was it emptied on purpose?",
            len(full),
        )
        return Guard(board=board, reason=reason)
    opened, gone = lost_of(before, left, present)
    if opened >= _LEAST_OPEN and 2 * gone >= opened:
        reason = _("{gone} of its {count} open tasks are gone. Were they removed on purpose?", gone=gone, count=opened)
        return Guard(board=board, reason=reason)
    return None


def lost_of(before: Snapshot, tasks: Iterable[Task], present: AbstractSet[str]) -> tuple[int, int]:
    """How many open tasks a board had, and how many of these are nowhere now; `tasks` are the board's now.

    Rows that are known by their place alone have other keys once a row is put between: of these, their number tells.
    """
    known = [task for task in before.tasks if task.is_open and task.identity is not Identity.POSITIONAL]
    placed = [task for task in before.tasks if task.counts and task.identity is Identity.POSITIONAL]
    still = sum(task.counts and task.identity is Identity.POSITIONAL for task in tasks)
    opened = sum(task.is_open for task in placed)
    gone = sum(task.key not in present for task in known)
    return len(known) + opened, gone + min(opened, max(0, len(placed) - still))


def shrunk(source: str, boards: Iterable[tuple[int, int]]) -> str | None:
    """Why a source is not believed: half of all the open tasks of its boards are gone. None where it is.

    `boards` tell, for each board that it had, how many open tasks those were and how many are nowhere now. Where
    fewer than half of its boards lost any, or only one did, the boards that did are looked at by themselves.
    """
    each = list(boards)
    losing = sum(gone > 0 for _opened, gone in each)
    opened, lost = sum(count for count, _gone in each), sum(gone for _count, gone in each)
    if losing <= 1 or 2 * losing < len(each) or opened < _LEAST_OPEN or 2 * lost < opened:
        return None
    return _(
        "{gone} of {count} open tasks are gone from {boards} boards of {source}. Were they removed on purpose?",
        gone=lost,
        count=opened,
        boards=losing,
        source=source,
    )
