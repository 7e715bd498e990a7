"""Carry a plan out: intent, re-read, check, write, acknowledge, task by task. The dry run takes the same way.

A task that changed since the plan is left alone and reported. A source that fails stops its own boards only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from retro.i18n import text as _
from retro.model import Change, Plan, Provision, Task, Write
from retro.ports import (
    Clock,
    Connector,
    Intent,
    Ledger,
    Progress,
    ReadOnlyError,
    RetroError,
    SourceError,
    StaleRevisionError,
    WriteUncertainError,
)
from retro.sync.apply.columns import make_columns
from retro.sync.apply.outcome import Applied, Refusal
from retro.sync.decide.values import arrived, untouched, value_of
from retro.sync.journal import Journal

_OF_ONE_TASK = frozenset({400, 404, 409, 413, 422})
"""Statuses by which a tool refuses one write for what it is: the next task may well be taken."""


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
        Journal(ledger, clock, run, zone),
        clock,
        until,
        dry=dry,
        total=sum(map(len, by_board.values())),
        on_progress=on_progress,
    )
    for board, changes in by_board.items():
        if board in connectors:
            doing.board(board, connectors[board], changes, [setup for setup in plan.setup if setup.board == board])
        else:
            doing.without_connector(board, changes)
    refused = [error for error in doing.failed.values() if isinstance(error, ReadOnlyError)]
    if refused and not doing.pushes and len(refused) == len(by_board):
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

    journal: Journal
    clock: Clock
    until: datetime | None
    dry: bool
    total: int
    on_progress: Progress | None
    written: list[Change] = field(default_factory=list)
    refused: list[tuple[Change, Refusal]] = field(default_factory=list)
    uncertain: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    failed: dict[str, RetroError] = field(default_factory=dict)
    made: list[Provision] = field(default_factory=list)
    pushes: int = 0
    requests: int = 0
    reached: int = 0

    def done(self) -> Applied:
        return Applied(
            written=tuple(self.written),
            refused=tuple(self.refused),
            uncertain=tuple(self.uncertain),
            left=tuple(self.left),
            failed=self.failed,
            made=tuple(self.made),
            pushes=self.pushes,
            requests=self.requests,
        )

    def board(self, board: str, connector: Connector, changes: Sequence[Change], setup: Sequence[Provision]) -> None:
        """Write one board; a failure of its source ends it here and is remembered."""
        tasks: dict[str, list[Change]] = {}
        for change in changes:
            tasks.setdefault(change.task, []).append(change)
        for group in tasks.values():
            if board in self.failed or (self.until is not None and self.clock.now() >= self.until):
                self.left += group
                continue
            try:
                _may_write(connector)
                self.made += setup if self.dry else self._columns(board, connector, setup)
                setup = ()
                self._task(board, connector, group)
            except WriteUncertainError as error:
                self.uncertain += group
                self.failed[board] = error
            except (SourceError, ReadOnlyError) as error:
                self.left += group
                self.failed[board] = error
            self.reached += len(group)
            if self.on_progress is not None:
                self.on_progress(board, self.reached, self.total)

    def _columns(self, board: str, connector: Connector, setup: Sequence[Provision]) -> list[Provision]:
        return make_columns(self.journal.ledger, board, connector, setup, run=self.journal.run)

    def without_connector(self, board: str, changes: Sequence[Change]) -> None:
        """A saved plan may name a board that this run does not read."""
        self.failed[board] = SourceError(_("this board is not among those that were read."), where=board)
        self.left += changes

    def _task(self, board: str, connector: Connector, changes: Sequence[Change]) -> None:
        key = changes[0].task
        intents = [] if self.dry else self.journal.intend(changes)
        task = connector.read(board, [key]).get(key)
        refusal = _refusal(changes, task, self.journal.zone)
        if refusal is not None:
            self._refuse(intents, changes, refusal)
            return
        if self.dry:
            self.written += changes
            return
        self._send(connector, changes, intents)

    def _send(self, connector: Connector, changes: Sequence[Change], intents: Sequence[Intent]) -> None:
        first = changes[0]
        write = Write(
            task=first.task,
            board=first.board,
            revision=first.revision,
            fields=tuple((change.field, change.new) for change in changes),
        )
        try:
            pushed = connector.push(write)
        except StaleRevisionError:
            self._refuse(intents, changes, Refusal.CHANGED)
            return
        except ReadOnlyError:
            self.journal.refuse(intents)
            raise
        except SourceError as error:
            if isinstance(error, WriteUncertainError) or error.status not in _OF_ONE_TASK:
                raise
            self.refused += [(change, Refusal.REJECTED) for change in changes]
            return
        # A failure may come after a part was written, a rejection too: its intents stay pending, `replay` reads back.
        self.pushes += 1
        self.requests += pushed.requests
        dropped = {change.id for change in self.journal.settle(intents, pushed.task)}
        self.written += [change for change in changes if change.id not in dropped]
        self.refused += [(change, Refusal.NOT_TAKEN) for change in changes if change.id in dropped]

    def _refuse(self, intents: Sequence[Intent], changes: Sequence[Change], why: Refusal) -> None:
        self.journal.refuse(intents)
        self.refused += [(change, why) for change in changes]


def _refusal(changes: Sequence[Change], task: Task | None, zone: tzinfo) -> Refusal | None:
    """Why the changes of one task may not be sent: what the decision read no longer holds."""
    if task is None:
        return Refusal.GONE
    if all(arrived(value_of(task, change.field), change.new, zone) for change in changes):
        return Refusal.THERE
    same = all(
        change.revision == task.revision and untouched(change.old, value_of(task, change.field)) for change in changes
    )
    return None if same else Refusal.CHANGED
