"""Carry a plan out, board by board. The dry run takes the same way.

A source that fails stops its own boards only; a field that a board does not take is left out of the rest of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from retro.i18n import text as _
from retro.model import Change, Plan, Provision
from retro.ports import (
    Clock,
    Connector,
    Ledger,
    OwnFieldsRefusedError,
    Progress,
    ReadOnlyError,
    RetroError,
    SourceError,
    WriteUncertainError,
)
from retro.sync.apply.columns import make_columns
from retro.sync.apply.outcome import Applied
from retro.sync.apply.tasks import TaskWriter
from retro.sync.decide.narrowed import without_fields
from retro.sync.journal import Journal


def apply(
    plan: Plan,
    connectors: Mapping[str, Connector],
    ledger: Ledger,
    clock: Clock,
    run: str,
    *,
    zone: tzinfo,
    dry: bool = False,
    until: datetime | None = None,
    on_progress: Progress | None = None,
) -> Applied:
    """Carry out a plan, fresh or saved. `connectors` are by board key; `run` is the id of a run already begun.

    Boards with a guard that holds are left alone. After `until` no further task is begun. With `dry`, everything is
    read and checked but nothing is sent or written down.

    Raises ReadOnlyError where a token may not write: before anything is sent where the source says so by itself,
    else at the first write. Any other exception than those of a source leaves its intents pending for `replay`.
    """
    held = {guard.board for guard in plan.guards if guard.held}
    by_board: dict[str, list[Change]] = {}
    for change in plan.changes:
        if change.board not in held:
            by_board.setdefault(change.board, []).append(change)
    doing = _Doing(
        TaskWriter(Journal(ledger, clock, run, zone), dry),
        clock,
        until,
        total=sum(map(len, by_board.values())),
        on_progress=on_progress,
    )
    for board, changes in by_board.items():
        if board in connectors:
            doing.board(board, connectors[board], changes, [setup for setup in plan.setup if setup.board == board])
        else:
            doing.without_connector(board, changes)
    refused = [error for error in doing.failed.values() if isinstance(error, ReadOnlyError)]
    if refused and not doing.writer.pushes and len(refused) == len(by_board):
        raise refused[0]
    return replace(doing.done(), held=tuple(change for change in plan.changes if change.board in held))


def mark_applied(ledger: Ledger, boards: Iterable[str], applied: Applied, now: datetime) -> None:
    """Remember the first apply of boards that a person let be written, unless they failed or were held."""
    held = {change.board for change in applied.held}
    for board in boards:
        if board not in applied.failed and board not in held:
            ledger.mark_applied(board, now)


def _may_write(connector: Connector) -> None:
    source = connector.describe()
    if not source.capabilities.own and not source.capabilities.writable:
        raise ReadOnlyError(
            _("this source can only be read: nothing was written."),
            where=source.id,
            remedy=_("Give it a token that may write."),
        )


@dataclass(slots=True)
class _Doing:
    """One apply under way."""

    writer: TaskWriter
    clock: Clock
    until: datetime | None
    total: int
    on_progress: Progress | None
    uncertain: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    failed: dict[str, RetroError] = field(default_factory=dict)
    made: list[Provision] = field(default_factory=list)
    impossible: list[Provision] = field(default_factory=list)
    closed: dict[str, set[str]] = field(default_factory=dict)
    tried: dict[str, Connector] = field(default_factory=dict)
    reached: int = 0

    def done(self) -> Applied:
        return Applied(
            written=tuple(self.writer.written),
            refused=tuple(self.writer.refused),
            uncertain=tuple(self.uncertain),
            left=tuple(self.left),
            failed=self.failed,
            made=tuple(self.made),
            impossible=tuple(self.impossible),
            closed={board: tuple(sorted(fields)) for board, fields in self.closed.items()},
            rejected=self.writer.rejected,
            answered=self.writer.answered,
            pushes=self.writer.pushes,
            requests=self.writer.requests,
        )

    def board(self, board: str, connector: Connector, changes: Sequence[Change], setup: Sequence[Provision]) -> None:
        """Write one board; a failure of its source ends it here and is remembered.

        Where it is the whole source's, its other boards are left with the same error and not tried.
        """
        if (down := self._down(connector)) is not None:
            self.failed[board] = down
        tasks = _by_task(self._possible(board, connector, changes, setup))
        self.tried[board] = connector
        for group in tasks.values():
            if board in self.failed or self._late:
                self.left += group
                continue
            try:
                self._write(board, connector, group)
            except WriteUncertainError as error:
                self.uncertain += group
                self.failed[board] = error
            except (SourceError, ReadOnlyError) as error:
                self.left += group
                self.failed[board] = error
            self.reached += len(group)
            if self.on_progress is not None:
                self.on_progress(board, self.reached, self.total)

    def _down(self, connector: Connector) -> SourceError | None:
        """Why the source of a connector cannot be asked any more, if it is so."""
        errors = (self.failed.get(board) for board, tried in self.tried.items() if tried is connector)
        return next((error for error in errors if isinstance(error, SourceError) and error.whole), None)

    @property
    def _late(self) -> bool:
        return self.until is not None and self.clock.now() >= self.until

    def _possible(
        self, board: str, connector: Connector, changes: Sequence[Change], setup: Sequence[Provision]
    ) -> Sequence[Change]:
        """Give a board the fields that it lacks; the changes that it can then hold, all where that failed."""
        if board in self.failed or self._late:
            return changes
        try:
            _may_write(connector)
            if self.writer.dry:
                self.made += setup
                return changes
            journal, now = self.writer.journal, self.clock.now()
            columns = make_columns(journal.ledger, board, connector, setup, now=now, run=journal.run)
        except (SourceError, ReadOnlyError) as error:
            self.failed[board] = error
            return changes
        self.made += columns.made
        self.impossible += columns.refused
        return self._without(board, changes, {each.field for each in columns.refused})

    def _write(self, board: str, connector: Connector, changes: Sequence[Change]) -> None:
        """Write one task, without the fields in which the board turns out to take nothing."""
        closed = self.closed.get(board, set())
        changes = self._without(board, changes, closed)
        try:
            if changes:
                self.writer.write(board, connector, changes)
        except OwnFieldsRefusedError as error:
            if closed >= set(error.fields):
                raise  # it would be refused for ever
            self.closed[board] = {*closed, *error.fields}
            self._write(board, connector, changes)

    def _without(self, board: str, changes: Sequence[Change], fields: AbstractSet[str]) -> Sequence[Change]:
        journal = self.writer.journal
        known = journal.ledger.acknowledged(board) if fields else {}
        return without_fields(changes, fields, known, journal.zone) if fields else changes

    def without_connector(self, board: str, changes: Sequence[Change]) -> None:
        """A saved plan may name a board that this run does not read."""
        self.failed[board] = SourceError(_("this board is not among those that were read."), where=board)
        self.left += changes


def _by_task(changes: Iterable[Change]) -> dict[str, list[Change]]:
    tasks: dict[str, list[Change]] = {}
    for change in changes:
        tasks.setdefault(change.task, []).append(change)
    return tasks
