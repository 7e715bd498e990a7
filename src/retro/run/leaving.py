"""What of retro stands on boards that are to be left, read and decided."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.i18n.own_fields import NAMES, name_of
from retro.model import Board, Portfolio, Snapshot, Task, WriteLevel, field_empty
from retro.ports import Capabilities, Connector, Intent, Ledger, SourceError
from retro.run.own_writes import before_retro, known_writes, with_unread_values
from retro.sync.decide import WritePolicy
from retro.sync.decide.clean import Cleaning, Filled, Known, decide_clean
from retro.sync.decide.refused import standing
from retro.sync.decide.values import OWN_PREFIX, TEAM_FIELDS
from retro.sync.journal import ACKNOWLEDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a clean would do, and what that rests on."""

    cleaning: Cleaning
    asked: AbstractSet[str]
    """The keys of the boards that are to be left."""
    boards: tuple[Board, ...]
    """Those of them that were read just now, with all that retro wrote on."""
    known: Known
    """The last written values."""
    tasks: Mapping[str, frozenset[str]]
    """The keys of the tasks of each board."""
    failed: Mapping[str, SourceError] = field(default_factory=dict[str, SourceError])
    """Boards of which not all was read that retro wrote on: they stay as they are."""


def leaving_policies(
    boards: Iterable[Board], capabilities: Mapping[str, Capabilities], lang: str
) -> dict[str, WritePolicy]:
    """By board key, what settling the journal needs to know of boards to be left, whatever their `write` says now.

    `lang` is the workspace's language. Boards that cannot be written to, such as files, have none.
    """
    names = {own: name_of(own, lang) for own in NAMES}
    return {
        board.key: WritePolicy(names=names, capabilities=capabilities[board.source])
        for board in boards
        if board.source in capabilities and capabilities[board.source].own
    }


def plan_leaving(
    portfolio: Portfolio,
    ledger: Ledger,
    connectors: Mapping[str, Connector],
    settings: Settings,
    *,
    boards: AbstractSet[str],
    fresh: AbstractSet[str],
    named: AbstractSet[str],
    dates: bool,
    zone: tzinfo,
    now: datetime,
) -> Leaving:
    """What leaving `boards` would take away; with `dates` those that retro filled in, too.

    `connectors` are by source; `fresh` are the boards that were read just now: no other is touched. Boards that guests
    see and that may not be written to are held unless they are `named`.
    """
    leaving = [board for board in portfolio.boards if board.key in boards & fresh]
    tasks: dict[str, list[Task]] = {board.key: [] for board in leaving}
    for task in portfolio.tasks:
        if task.board in tasks:
            tasks[task.board].append(task)
    seen = {task.key for task in portfolio.tasks}
    failed: dict[str, SourceError] = {}
    for board in leaving:
        try:
            tasks[board.key] += unseen_tasks(board, seen, ledger, connectors[board.source], now)
        except SourceError as error:
            failed[board.key] = error
    read = tuple(board for board in leaving if board.key not in failed)
    more = tuple(task for each in tasks.values() for task in each if task.key not in seen)
    known = known_writes(ledger, replace(portfolio, tasks=(*portfolio.tasks, *more)), zone).written
    cleaning = decide_clean(
        read,
        tasks,
        known,
        {board.key: ledger.columns(board.key) for board in read},
        filled=filled_cells(ledger.intents()),
        dates=dates,
        held={board.key: _guests_see(board) for board in read if board.key not in named and _closed(board, settings)},
    )
    keys = {board: frozenset(task.key for task in here) for board, here in tasks.items()}
    return Leaving(cleaning=cleaning, asked=boards, boards=read, known=known, tasks=keys, failed=failed)


def filled_cells(journal: Iterable[Intent]) -> dict[tuple[str, str], Filled]:
    """The dates that retro wrote into the team's cells and did not take back, by (task, field)."""
    cells: dict[tuple[str, str], list[Intent]] = {}
    for intent in journal:
        change = intent.change
        if intent.state == ACKNOWLEDGED and change.field in TEAM_FIELDS and change.level is not WriteLevel.FIX:
            cells.setdefault((change.task, change.field), []).append(intent)
    return {
        cell: Filled(last.value, before_retro(written).get(cell), written[-1].change.level)
        for cell, written in cells.items()
        if (last := standing(written).last) is not None
    }


def unseen_tasks(
    board: Board, seen: AbstractSet[str], ledger: Ledger, connector: Connector, now: datetime
) -> list[Task]:
    """Tasks of a board that a pull leaves out (archived ones), as far as retro has left something on them.

    Raises SourceError.
    """
    keys = {
        task
        for (task, name), last in ledger.acknowledged(board.key).items()
        if task not in seen and name.startswith(OWN_PREFIX) and not field_empty(last.value)
    }
    found = connector.read(board.key, sorted(keys)) if keys else {}
    there = tuple(task for task in found.values() if task.board == board.key)
    return list(with_unread_values(Snapshot(board=board, tasks=there, read_at=now), ledger).tasks)


def _closed(board: Board, settings: Settings) -> bool:
    """Whether guests see a board and its configuration does not allow writing there."""
    section = settings.boards.get(board.alias.partition("#")[0])
    return board.guests_see is True and not (section is not None and section.write_where_guests_see)


def _guests_see(board: Board) -> str:
    return _(
        "People outside the team can see this board: it is cleaned only where you name it: `retro clean --board"
        " {board}`.",
        board=board.alias or board.key,
    )
