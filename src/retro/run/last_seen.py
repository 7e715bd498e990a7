"""How tasks stood before they left their board: a card is often archived once it is done, and then read no more."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from retro.model import Task
from retro.ports import Ledger

_NEAR = timedelta(hours=6)
"""Stretches shorter than this are not halved: boards are read once a night."""
_MOST = 64
"""Snapshots that are looked at; a task that they leave open counts as it was found last."""


def last_seen(ledger: Ledger, board: str, keys: Iterable[str], since: datetime, until: datetime) -> dict[str, Task]:
    """The tasks of a board that are not there any more, as the last snapshot that holds each has them.

    Between the two instants a task is taken to have left once: its last snapshot is found by halves, for a board that
    was read every night of a year has hundreds. One that was in no snapshot then is not in the answer.
    """
    found: dict[str, Task] = {}
    waiting = deque([(frozenset(keys), since, until)])
    for _look in range(_MOST):
        if not waiting:
            break
        wanted, first, last = waiting.popleft()
        near = last - first <= _NEAR
        middle = last if near else first + (last - first) / 2
        snapshot = ledger.previous_snapshot(board, middle)
        if snapshot is None or snapshot.read_at <= first:
            # Nothing was read in the first half: the second one tells.
            waiting += [] if near else [(wanted, middle, last)]
            continue
        held = {task.key: task for task in snapshot.tasks if task.key in wanted}
        found |= held
        if not near:
            halves = ((wanted - held.keys(), first, middle), (frozenset(held), middle, last))
            waiting += [half for half in halves if half[0]]
    return found
