"""What holds a whole board back: something looks wrong, and a person should look first.

Tasks or sources that went missing, dates that would move with nothing to explain it, a launch that was moved into the
past, columns that are not those that were read before, a clock that jumped. What a run compares with is what the last
run that was not held wrote down (`fingerprint`). `--force` lifts them for the boards that it names. All pure.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from retro.model import Guard
from retro.sync.guards.anchors import moved_into_the_past
from retro.sync.guards.clock import jumped
from retro.sync.guards.columns import read_elsewhere, unreadable_columns
from retro.sync.guards.fingerprint import Fingerprint, explanations, fingerprint
from retro.sync.guards.lost import lost_tasks, shrunk
from retro.sync.guards.moved import moved_dates


def lifted(guards: Iterable[Guard], forced: AbstractSet[str]) -> tuple[Guard, ...]:
    """The guards once `--force` has spoken for the boards of `forced`: still said, no longer holding."""
    return tuple(
        Guard(board=guard.board, reason=guard.reason, held=guard.held and guard.board not in forced) for guard in guards
    )


__all__ = [
    "Fingerprint",
    "explanations",
    "fingerprint",
    "jumped",
    "lifted",
    "lost_tasks",
    "moved_dates",
    "moved_into_the_past",
    "read_elsewhere",
    "shrunk",
    "unreadable_columns",
]
