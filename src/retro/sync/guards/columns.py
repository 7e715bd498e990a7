"""Columns that are not those that were read before: what a board seems to say now may be another column's."""

from collections.abc import Mapping

from retro.i18n import text as _
from retro.model import Board, Guard

_BEARS = frozenset(
    {
        "actual_finish",
        "actual_start",
        "children",
        "deadline",
        "done",
        "due",
        "elsewhere",
        "estimate",
        "launch",
        "milestone",
        "owners",
        "parent",
        "percent",
        "predecessors",
        "project",
        "remaining",
        "reviewer",
        "start",
        "status",
        "successors",
    }
)
"""Roles that a date rests on; a remark about any other is the worst that a wrong column can bring."""

Columns = Mapping[str, Mapping[str, str]]
"""By role, the columns that are read for it: their ids and names."""


def read_elsewhere(board: str, before: Columns | None, now: Columns) -> Guard | None:
    """Hold a board where what dates rest on is read from other columns than before, or from fewer.

    `before` are the columns that the last run which was not held read (None: it did not say). A column that was only
    renamed keeps its id; one that is read beside the others explains itself by what it says.
    """
    for role, columns in sorted((before or {}).items()):
        gone = sorted(name for id_, name in columns.items() if id_ not in now.get(role, {}))
        if role not in _BEARS or not gone:
            continue
        new = sorted(name for id_, name in now.get(role, {}).items() if id_ not in columns)
        reason = (
            _(
                "“{role}” is read from the column “{new}” now; it was “{old}”. Is that meant?",
                role=role,
                new=", ".join(new),
                old=", ".join(gone),
            )
            if new
            else _(
                "The column “{old}”, read as “{role}”, is gone from the board. Was it removed on purpose?",
                role=role,
                old=", ".join(gone),
            )
        )
        return Guard(board=board, reason=reason)
    return None


def unreadable_columns(board: Board) -> Guard | None:
    """Hold a board that could not be read, because columns of its mapping are gone or of another type."""
    if not board.changed:
        return None
    names = ", ".join(dict.fromkeys(f"“{change.name}”" for change in board.changed))
    reason = _("Columns that are read here are gone or of another type: {columns}. SRC104 says more.", columns=names)
    return Guard(board=board.key, reason=reason)
