"""Moves of due dates that stay known when a tool forgets them: it may tell only what happened last on a board.

Nothing is asked of the tool from the last read on only: a comment that such an answer leaves out could not be told
from one that was deleted. Every read takes all that the tool gives, and what earlier reads knew is added here.
"""

from collections.abc import Iterable
from dataclasses import replace

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import DueMove, Snapshot
from retro.ports import Ledger


def with_known_history(snapshot: Snapshot, ledger: Ledger | None) -> Snapshot:
    """A fresh snapshot with the moves of due dates that the one before it knew.

    Where the tool told the latest events only, and no earlier snapshot reaches back to them, the board says so: some
    moves may have happened in between.
    """
    since = snapshot.history_since
    if since is None:
        return snapshot
    before = ledger.previous_snapshot(snapshot.board.key, snapshot.read_at) if ledger is not None else None
    if before is not None:
        known = {task.key: task.due_history for task in before.tasks if task.due_history}
        tasks = tuple(
            replace(task, due_history=merged(known[task.key], task.due_history)) if task.key in known else task
            for task in snapshot.tasks
        )
        snapshot = replace(snapshot, tasks=tasks)
        if before.read_at >= since:
            return snapshot
    said = _(
        "Only the latest events of this board were told: comments and moves of dates before {date} were not read.",
        date=format_date(since, Style.LONG),
    )
    return replace(snapshot, board=replace(snapshot.board, warnings=(*snapshot.board.warnings, said)))


def merged(known: Iterable[DueMove], told: Iterable[DueMove]) -> tuple[DueMove, ...]:
    """Both, each move once, oldest first; who made it is as told last, for people change their names."""
    moves = {(move.when, move.old, move.new): move for move in (*known, *told)}
    return tuple(sorted(moves.values(), key=lambda move: (move.when, str(move.old), str(move.new))))
