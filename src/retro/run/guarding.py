"""Which boards a run holds, and which it believes: the guards asked with what the ledger remembers of the last run."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from retro.config.shape import SyncSection
from retro.i18n import text as _
from retro.model import Board, Guard, Plan, Portfolio, Schedule, Snapshot, Task, as_date
from retro.ports import Accepted, Ledger
from retro.sync.guards import (
    Fingerprint,
    explanations,
    jumped,
    lifted,
    lost_tasks,
    moved_dates,
    moved_into_the_past,
    read_elsewhere,
    shrunk,
    unreadable_columns,
)
from retro.sync.guards.fingerprint import columns_of, keys_digest
from retro.sync.guards.lost import lost_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What guards say, and the boards that are not believed for it."""

    guards: tuple[Guard, ...] = ()
    doubted: frozenset[str] = frozenset()
    """Keys of boards on which nothing is held, because nothing is written there, and whose loss holds others: the
    state that they are in now is not one to compare with."""


@dataclass(frozen=True, slots=True)
class _Loss:
    """One reason to believe no board of some: those that lost tasks, and why."""

    boards: frozenset[str]
    reason: str
    itself: tuple[Guard, ...] = field(default=())


@dataclass(frozen=True)
class _Guarding:
    """One run's question. `prints` are the fingerprints of all boards, `written` the keys of those it may write."""

    portfolio: Portfolio
    ledger: Ledger
    prints: Mapping[str, str]
    written: AbstractSet[str]
    forced: AbstractSet[str]

    @cached_property
    def accepted(self) -> dict[str, Accepted]:
        """What the last run that held them not wrote down of the boards."""
        found = ((key, self.ledger.accepted(key)) for key in self.prints)
        return {key: accepted for key, accepted in found if accepted is not None}

    @cached_property
    def facts(self) -> dict[str, Fingerprint]:
        """The facts among it."""
        return {key: Fingerprint.of(accepted.fingerprint) for key, accepted in self.accepted.items()}

    @cached_property
    def tasks(self) -> dict[str, list[Task]]:
        """The tasks of each board."""
        found: dict[str, list[Task]] = {board.key: [] for board in self.portfolio.boards}
        for task in self.portfolio.tasks:
            found[task.board].append(task)
        return found

    @cached_property
    def present(self) -> frozenset[str]:
        """Keys of all tasks that count."""
        return frozenset(task.key for task in self.portfolio.tasks if task.counts)

    def losses(self) -> Iterator[_Loss]:
        """What went missing: from a board, from a source over its boards, or with a board that is there no more."""
        boards = {board.key: board for board in self.portfolio.boards}
        by_source: dict[str, list[tuple[int, int]]] = {}
        losing: dict[str, set[str]] = {}
        told: set[str] = set()
        for key, facts in self.facts.items():
            source = boards[key].source
            before = self._before(key)
            if before is None:
                by_source.setdefault(source, []).append((facts.open_tasks or 0, 0))
            elif (lost := self._lost(before, boards[key], by_source, losing)) is not None:
                told.add(key)
                yield lost
            if "configuration" in explanations(self.accepted[key].fingerprint, self.prints[key]):
                continue  # it names another address, or other sheets
            for missing in sorted(facts.beside - boards.keys() - told):
                told.add(missing)
                gone = self._remembered(missing)
                if gone is not None and (lost := self._lost(gone, boards[key], by_source, losing)) is not None:
                    yield lost
        for source, each in by_source.items():
            reason = shrunk(source, each)
            if reason is not None and not losing[source] <= told:
                mine = frozenset(key for key, board in boards.items() if board.source == source)
                held = sorted(mine & self.written - told)
                yield _Loss(mine, reason, tuple(Guard(board=key, reason=reason) for key in held))

    def _lost(
        self, before: Snapshot, now: Board, by_source: dict[str, list[tuple[int, int]]], losing: dict[str, set[str]]
    ) -> _Loss | None:
        """The loss of one board, counted with its source; `now` is it, or one that stood beside it."""
        key = before.board.key
        opened, gone = lost_of(before, self.tasks.get(key, ()), self.present)
        by_source.setdefault(now.source, []).append((opened, gone))
        if gone:
            losing.setdefault(now.source, set()).add(key)
        guard = lost_tasks(before, self.tasks.get(key, ()), self.present)
        if guard is None:
            return None
        beside = _(
            "It shares a project with “{board}”, which is not believed. {reason}",
            board=before.board.name,
            reason=guard.reason,
        )
        return _Loss(frozenset({key, now.key}), beside, (guard,) if key in self.written else ())

    def _before(self, key: str) -> Snapshot | None:
        """The board as the last run that was not held read it; None where not one of its open tasks left since."""
        facts, here = self.facts[key], self.tasks[key]
        opened = [task for task in here if task.is_open]
        if facts.open_digest == keys_digest(opened) and any(task.counts for task in here):
            return None
        return self._remembered(key)

    def _remembered(self, key: str) -> Snapshot | None:
        accepted = self.accepted.get(key) or self.ledger.accepted(key)
        if accepted is None:
            return None
        # By its hour alone (`--now`), this run's own read may stand before that one, or at the same moment.
        found = self.ledger.snapshots_at(key, accepted.read_at)
        known = Fingerprint.of(accepted.fingerprint).open_digest
        same = (each for each in found if keys_digest(task for task in each.tasks if task.is_open) == known)
        return next(same, next(iter(found), None))

    def beside(self, loss: _Loss) -> Iterator[Guard]:
        """The written boards of a project one of whose boards is not believed: dates would rest on what is missing."""
        if loss.boards & self.written and loss.boards & self.written <= self.forced:
            return  # a person insisted
        spoken = {guard.board for guard in loss.itself}
        near = {key for project in self.portfolio.projects if loss.boards & {*project.boards} for key in project.boards}
        for key in sorted(near & self.written - spoken):
            yield Guard(board=key, reason=loss.reason)


def guarded(
    plan: Plan,
    portfolio: Portfolio,
    schedule: Schedule,
    ledger: Ledger | None,
    prints: Mapping[str, str],
    *,
    written: AbstractSet[str],
    forced: AbstractSet[str],
    settings: SyncSection,
    now: datetime,
    zone: tzinfo,
    told_now: bool,
) -> Guarded:
    """What holds the boards of `written` in a run; without a ledger nothing is known that could.

    `prints` are the fingerprints of all boards. With `told_now` the hour is one that a person named, and no clock's.
    """
    if ledger is None:
        return Guarded(guards=plan.guards)
    asked = _Guarding(portfolio, ledger, prints, written, forced)
    guards = list(plan.guards)
    doubts: dict[str, set[str]] = {}
    for loss in asked.losses():
        held = [*loss.itself, *asked.beside(loss)]
        guards += held
        for key in loss.boards - written:
            doubts.setdefault(key, set()).update(guard.board for guard in held)
    edited = max((task.updated for task in portfolio.tasks if task.updated is not None), default=None)
    names = {anchor.key: anchor.name for anchor in schedule.anchors}
    for board in portfolio.boards:
        if board.key not in asked.accepted or board.key not in written:
            continue  # a first run explains itself
        facts, accepted = asked.facts[board.key], asked.accepted[board.key]
        why = explanations(accepted.fingerprint, prints[board.key])
        launches = Fingerprint.of(prints[board.key]).launches or {}
        guards += moved_into_the_past(board.key, facts.launches, launches, names, as_date(now, zone))
        columns = None if "configuration" in why else read_elsewhere(board.key, facts.columns, columns_of(board))
        clock = None if told_now else jumped(board.key, facts.seen, now, edited)
        dates = moved_dates(
            board.key,
            plan.changes,
            sum(task.is_open for task in asked.tasks[board.key]),
            why,
            share=settings.guard_share,
            least=settings.guard_least,
        )
        guards += [guard for guard in (columns, clock, dates) if guard is not None]
    lift = lifted(guards, forced)
    holding = {guard.board for guard in lift if guard.held}
    return Guarded(
        guards=lift,
        doubted=frozenset(key for key, others in doubts.items() if others & holding),
    )


def unread(boards: Iterable[Board], handed_over: AbstractSet[str]) -> tuple[Guard, ...]:
    """Boards that would be written and could not be read, because their columns are not what they were."""
    found = (unreadable_columns(board) for board in boards if board.key in handed_over)
    return tuple(guard for guard in found if guard is not None)
