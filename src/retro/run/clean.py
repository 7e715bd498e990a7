"""Leave boards: take away what of retro stands there, and forget that retro ever wrote there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from retro.model import Board
from retro.ports import Clock, Connector, Ledger, Progress, ReadOnlyError, RetroError, SourceError
from retro.run.assess import Means
from retro.run.leaving import Leaving, unseen_tasks
from retro.run.new_run import new_run
from retro.run.own_writes import with_unread_values
from retro.sync.apply import Applied, Refusal, apply, remove_fields
from retro.sync.decide.clean import Goes, decide_clean
from retro.sync.journal import Journal

CLEAN = "clean"
_MISSED = frozenset(Refusal) - {Refusal.THERE, Refusal.GONE}
"""Refusals after which something of retro may stand there still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a clean did."""

    applied: Applied = field(default_factory=Applied)
    """The values that went one by one."""
    fields: tuple[Goes, ...] = ()
    """The fields that went whole."""
    stayed: tuple[Goes, ...] = ()
    """Those that did not go after all: somebody wrote in them meanwhile, or the tool kept them."""
    late: tuple[Goes, ...] = ()
    """Those that the run's time did not suffice for."""
    failed: tuple[RetroError, ...] = ()
    """Why fields could not be removed."""

    @property
    def writes(self) -> int:
        """Values removed, or given back."""
        return self.applied.writes + sum(len(each.values) for each in self.fields)


def carry_out_leaving(
    leaving: Leaving,
    connectors: Mapping[str, Connector],
    ledger: Ledger,
    clock: Clock,
    *,
    means: Means,
    scope: str = "",
    dry: bool = False,
    progress: Progress | None = None,
) -> Left:
    """Leave boards under a run of its own; whatever it did not come to, the next one does.

    `connectors` are by board key; `scope` are the options that narrow it, for the run's name. With `dry` everything is
    read and checked but nothing is sent or written down. Raises ReadOnlyError where a token may not write.
    """
    cleaning, zone = leaving.cleaning, means.calendars.project.zone
    if cleaning.nothing:
        if not dry:
            _forget(leaving, Left(), ledger, clock)
        return Left()
    run = new_run(f"{CLEAN}{scope}", clock)
    # In UTC: a deadline counts real hours, also on the night when the clocks change.
    until = clock.now().astimezone(UTC) + means.settings.sync.deadline.elapsed
    if not dry:
        ledger.begin(run)
    try:
        applied = apply(
            cleaning.plan, connectors, ledger, clock, run.id, zone=zone, dry=dry, until=until, on_progress=progress
        )
    except ReadOnlyError:
        if not dry:
            ledger.finish(replace(run, finished=clock.now()))
        raise
    if dry:
        return Left(applied=applied, fields=cleaning.fields)
    left = _fields_gone(leaving, applied, connectors, Journal(ledger, clock, run.id, zone), until)
    _forget(leaving, left, ledger, clock)
    ledger.finish(replace(run, finished=clock.now(), writes=left.writes))
    return left


def _fields_gone(
    leaving: Leaving, applied: Applied, connectors: Mapping[str, Connector], journal: Journal, until: datetime
) -> Left:
    """Remove the fields that go whole, board by board."""
    left = Left(applied=applied)
    for board in leaving.boards:
        goes = tuple(each for each in leaving.cleaning.fields if each.board == board.key)
        if not goes or board.key in applied.failed:
            continue
        if journal.clock.now() >= until:
            left = replace(left, late=left.late + goes)
            continue
        try:
            gone = _remove(board, goes, leaving, connectors[board.key], journal)
        except (SourceError, ReadOnlyError) as error:
            left = replace(left, failed=(*left.failed, error), late=left.late + goes)
            continue
        names = {each.field for each in gone}
        stayed = tuple(each for each in goes if each.field not in names)
        left = replace(left, fields=left.fields + gone, stayed=left.stayed + stayed)
    return left


def _remove(
    board: Board, goes: tuple[Goes, ...], leaving: Leaving, connector: Connector, journal: Journal
) -> tuple[Goes, ...]:
    """Remove fields from a board, those in which somebody wrote since they were first read left out."""
    ledger = journal.ledger

    def look() -> Board:
        return connector.pull(board.at).snapshot.board

    # Read again: what anyone wrote in these fields since the first read must not go with them.
    now = with_unread_values(connector.pull(board.at).snapshot, ledger)
    seen = {task.key for task in now.tasks}
    tasks = [*now.tasks, *unseen_tasks(now.board, seen, ledger, connector, now.read_at)]
    again = decide_clean(
        [now.board],
        {board.key: tasks},
        leaving.known,
        {board.key: ledger.columns(board.key)},
        filled={},
        dates=False,
        held={},
    )
    agreed = {each.field for each in goes}
    still = tuple(each for each in again.fields if each.field in agreed)
    return remove_fields(journal, connector, board.key, still, look) if still else ()


def _forget(leaving: Leaving, left: Left, ledger: Ledger, clock: Clock) -> None:
    """Of boards that were wholly cleaned, remember only that retro has left them."""
    for board, fields in leaving.cleaning.gone.items():
        ledger.clear_columns(board, fields, (), clock.now())
    applied = left.applied
    there = {change.board for change in (*applied.left, *applied.uncertain, *applied.held)} | applied.failed.keys()
    there |= {change.board for change, why in applied.refused if why in _MISSED}
    there |= {goes.board for goes in (*left.late, *left.stayed)}
    there |= {guard.board for guard in leaving.cleaning.plan.guards}
    cleaned = [board.key for board in leaving.boards if board.key not in there]
    tasks = {task for board in cleaned for task in leaving.tasks[board]}
    ledger.report_conflicts(told for told in ledger.reported_conflicts() if told[0] not in tasks)
    for board in cleaned:
        ledger.forget_board(board, clock.now())
