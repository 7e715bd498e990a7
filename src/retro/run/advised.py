"""The advised finishes that people know: those last written on a board, or last shown of one that is not written to.

Levelling stays near them, so that a plan does not look anew each morning.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, tzinfo

from retro.config.shape import Settings
from retro.model import Assessment, Board, Portfolio
from retro.ports import Acknowledged, Ledger

_FINISHES = ("retro_due", "due")
"""Fields in which an advised finish is written."""


def known_finishes(
    ledger: Ledger, portfolio: Portfolio, written: Mapping[tuple[str, str], Acknowledged], zone: tzinfo
) -> dict[str, datetime]:
    """The advised finish of each task that was last written or shown, by task.

    Where the ledger was lost, what was recognised on the boards (`written`) stands in; a date is its last minute.
    """
    found = {}
    for name in _FINISHES[::-1]:
        for (task, field), each in written.items():
            if field == name and isinstance(each.asked, date):
                found[task] = _last_minute(each.asked, zone)
    everywhere = ledger.all_advised()
    for board in portfolio.boards:
        found |= everywhere.get(board.key, {})
    return found


def remember_finishes(ledger: Ledger, assessment: Assessment, boards: AbstractSet[str]) -> None:
    """Keep the advised finishes of some boards for the next run.

    Where a board has never been read nothing is kept: that plan lacks tasks, its dates wait, and nobody is to be bound
    by them.
    """
    if assessment.portfolio.never_read:
        return
    finishes: dict[str, dict[str, datetime]] = {board: {} for board in boards}
    for task in assessment.portfolio.tasks:
        planned = assessment.schedule.tasks.get(task.key)
        if task.board in finishes and planned is not None and planned.advised_finish is not None:
            finishes[task.board][task.key] = planned.advised_finish
    for board, found in finishes.items():
        ledger.remember_advised(board, found)


def only_shown(settings: Settings, boards: Iterable[Board]) -> frozenset[str]:
    """Keys of the boards on which nothing is ever written: what is drawn of them is all that people see."""
    sections = settings.boards
    return frozenset(
        board.key
        for board in boards
        if (section := sections.get(board.alias.partition("#")[0])) is None or not section.write
    )


def _last_minute(day: date, zone: tzinfo) -> datetime:
    if isinstance(day, datetime):
        return day
    return datetime.combine(day, time(23, 59), zone)
