"""Read every source into snapshots. A source that fails is stale (its last snapshot stands in), never empty."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.model import BoardKind, Portfolio, Snapshot, SourceState, SourceStatus
from retro.ports import Connector, Ledger, Progress, SourceError, UnreadableError
from retro.run.links import HandleOf, resolve
from retro.run.own_writes import with_later_writes
from retro.run.people import match, with_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One board to read: where it is, and what the configuration calls it."""

    source: str
    at: str
    alias: str = ""
    kind: BoardKind = BoardKind.PROJECT
    configured: bool = False
    """Named in retro.toml, so that a failure is a source's, not the command's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read, and how it went, source by source."""

    sources: tuple[SourceState, ...]
    snapshots: tuple[Snapshot, ...]
    fresh: frozenset[str] = frozenset()
    """Keys of the boards that were read in this run: only they may be written to."""
    errors: tuple[SourceError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """One board's read: its snapshot where there is one, its requests, its error."""

    target: Target
    snapshot: Snapshot | None
    requests: int = 0
    error: SourceError | None = None
    fresh: bool = False


def read(
    targets: Sequence[Target],
    connectors: Mapping[str, Connector],
    *,
    broken: Mapping[str, SourceError] | None = None,
    ledger: Ledger | None = None,
    offline: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """Read every target, sources side by side; with `offline`, take the last snapshots instead.

    `broken` are sources for which no connector could be made: they failed before they were asked.

    Raises SourceError only where nothing at all could be read.
    """
    unmade = broken or {}
    by_source: dict[str, list[Target]] = {}
    for target in targets:
        by_source.setdefault(target.source, []).append(target)
    if offline:
        boards = [_remembered(target, ledger, None) for target in targets]
    else:
        with ThreadPoolExecutor(max_workers=max(1, len(by_source))) as pool:
            read_by_source = pool.map(
                lambda item: [
                    _pull(connectors.get(item[0]), target, progress, unmade.get(item[0])) for target in item[1]
                ],
                by_source.items(),
            )
            boards = [board for group in read_by_source for board in group]
        boards = [_kept(board, ledger) for board in boards]
    reading = Reading(
        sources=tuple(_state(source, connectors.get(source), boards, offline=offline) for source in by_source),
        snapshots=tuple(board.snapshot for board in boards if board.snapshot is not None),
        fresh=frozenset(board.snapshot.board.key for board in boards if board.fresh and board.snapshot is not None),
        errors=tuple(board.error for board in boards if board.error is not None),
    )
    if targets and not reading.snapshots:
        raise _nothing_read(reading)
    return reading


def _pull(connector: Connector | None, target: Target, progress: Progress | None, unmade: SourceError | None) -> _Board:
    if connector is None:
        return _Board(target=target, snapshot=None, error=unmade)
    try:
        pulled = connector.pull(target.at, progress)
    except SourceError as error:
        return _Board(target=target, snapshot=None, error=error)
    except UnreadableError as error:
        if not target.configured:
            raise  # a PATH that someone has just typed
        return _Board(
            target=target, snapshot=None, error=SourceError(error.what, where=error.where, remedy=error.remedy)
        )
    board = replace(pulled.snapshot.board, alias=target.alias, at=target.at, kind=target.kind, source=target.source)
    return _Board(target=target, snapshot=replace(pulled.snapshot, board=board), requests=pulled.requests, fresh=True)


def _kept(board: _Board, ledger: Ledger | None) -> _Board:
    """Store what was read; where nothing was, let the last snapshot stand in."""
    if ledger is None:
        return board
    if board.snapshot is not None:
        ledger.store_snapshot(board.snapshot)
        return board
    return _remembered(board.target, ledger, board.error)


def _remembered(target: Target, ledger: Ledger | None, error: SourceError | None) -> _Board:
    snapshot = ledger.last_snapshot(target.alias or target.at) if ledger is not None else None
    if snapshot is not None and snapshot.board.at not in ("", target.at):
        snapshot = None  # the name means another board now
    if snapshot is not None and ledger is not None:
        snapshot = with_later_writes(snapshot, ledger.acknowledged(snapshot.board.key))
    if snapshot is None and error is None:
        error = SourceError(
            _("there is no snapshot of this board yet."),
            where=target.alias or target.at,
            remedy=_("Run `retro pull` once without --offline."),
        )
    return _Board(target=target, snapshot=snapshot, error=error)


def _state(source: str, connector: Connector | None, boards: Iterable[_Board], *, offline: bool) -> SourceState:
    mine = [board for board in boards if board.target.source == source]
    errors = [board.error for board in mine if board.error is not None]
    read_at = min((board.snapshot.read_at for board in mine if board.snapshot is not None), default=None)
    if errors:
        state = SourceStatus.STALE if read_at is not None else SourceStatus.FAILED
    else:
        state = SourceStatus.STALE if offline else SourceStatus.FRESH
    return SourceState(
        id=source,
        kind=connector.describe().kind if connector is not None else "file",
        state=state,
        read_at=read_at,
        requests=sum(board.requests for board in mine),
        error=str(errors[0]) if errors else None,
    )


def _nothing_read(reading: Reading) -> SourceError:
    first = reading.errors[0]
    return SourceError(first.what, where=first.where, remedy=first.remedy, status=first.status)


def join(reading: Reading, settings: Settings, handle_of: HandleOf) -> Portfolio:
    """Everything that was read as one portfolio: people matched, links resolved; projects are given afterwards."""
    people, person_of = match(reading.snapshots, settings.people)
    names = {person.key: person.name for person in people}
    tasks = (with_people(task, person_of, names) for snapshot in reading.snapshots for task in snapshot.tasks)
    resolved = resolve(tasks, handle_of)
    return Portfolio(
        sources=reading.sources,
        boards=tuple(snapshot.board for snapshot in reading.snapshots),
        tasks=resolved.tasks,
        people=people,
        links=resolved.links,
        unresolved=resolved.unresolved,
    )
