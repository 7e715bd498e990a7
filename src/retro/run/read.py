"""Read every source into snapshots. A source that fails is stale (its last snapshot stands in), never empty."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.model import BoardKind, Portfolio, Snapshot, SourceState, SourceStatus
from retro.ports import Acknowledged, ColumnsChangedError, Connector, Ledger, Progress, SourceError, UnreadableError
from retro.run.brought import on_their_boards
from retro.run.headway import Watcher, unwatched
from retro.run.history import with_known_history
from retro.run.links import HandleOf, resolve
from retro.run.own_writes import with_later_writes, with_unread_values
from retro.run.people import all_with_people, kinds_of, match
from retro.run.project_rows import marked
from retro.run.side_by_side import side_by_side
from retro.run.teams import teams


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
    unread: tuple[str, ...] = ()
    """What the boards of `errors` are called in the configuration, or where they are."""


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
    watcher: Watcher = unwatched,
    told_now: bool = False,
) -> Reading:
    """Read every target, sources side by side; with `offline`, take the last snapshots instead. The order is theirs.

    With `told_now`, a person named the hour (`--now`), and may be looking back.
    `broken` are sources for which no connector could be made: they failed before they were asked. Once a source as a
    whole cannot be asked, its other boards are not tried.

    Raises SourceError only where nothing at all could be read.
    """
    unmade = broken or {}
    if offline:
        written = ledger.all_acknowledged() if ledger is not None else {}
        known = _last(targets, ledger)
        boards = [_remembered(target, known, None, lambda board: written.get(board, {})) for target in targets]
    else:
        boards = side_by_side(
            targets,
            lambda target, progress: _prepared(_pull(connectors.get(target.source), target, progress, unmade), ledger),
            lambda board, other: replace(board, target=other) if board.error and board.error.whole else None,
            at_once=lambda source: pulls_at_once(connectors.get(source)),
            watcher=watcher,
        )
        boards = [_standing_in(board, ledger) for board in boards]
    boards = _with_project_rows(boards)
    if ledger is not None and not offline:
        fresh = (board.snapshot for board in boards if board.fresh and board.snapshot is not None)
        ledger.store_snapshots(fresh, told_now=told_now)
    reading = Reading(
        sources=tuple(
            _state(source, connectors.get(source), boards, offline=offline)
            for source in dict.fromkeys(target.source for target in targets)
        ),
        snapshots=tuple(board.snapshot for board in boards if board.snapshot is not None),
        fresh=frozenset(board.snapshot.board.key for board in boards if board.fresh and board.snapshot is not None),
        errors=tuple(board.error for board in boards if board.error is not None),
        unread=tuple(board.target.alias or board.target.at for board in boards if board.error is not None),
    )
    if targets and not reading.snapshots:
        raise _nothing_read(reading)
    return reading


def pulls_at_once(connector: Connector | None) -> int:
    """How many boards may be pulled through a connector at the same time."""
    return 1 if connector is None else connector.describe().capabilities.pulls_at_once


def _pull(connector: Connector | None, target: Target, progress: Progress, unmade: Mapping[str, SourceError]) -> _Board:
    if connector is None:
        return _Board(target=target, snapshot=None, error=unmade.get(target.source))
    try:
        pulled = connector.pull(target.at, progress)
    except SourceError as error:
        return _Board(target=target, snapshot=None, error=_placed(error, target))
    except UnreadableError as error:
        if not target.configured:
            raise  # a PATH that someone has just typed
        unreadable = SourceError(error.what, where=error.where, remedy=error.remedy)
        return _Board(target=target, snapshot=None, error=_placed(unreadable, target))
    return _Board(target=target, snapshot=as_named(pulled.snapshot, target), requests=pulled.requests, fresh=True)


def _prepared(board: _Board, ledger: Ledger | None) -> _Board:
    """The board, ready to be stored while others still wait for their turn to be asked."""
    if ledger is not None and board.snapshot is not None and board.snapshot.history_since is None:
        ledger.prepare(board.snapshot)
    return board


def _placed(error: SourceError, target: Target) -> SourceError:
    """The error with the board's name in the configuration, which people know better than its id."""
    name = f"boards.{target.alias}"
    if target.alias and not error.whole and not error.where.startswith(name):
        error.where = " · ".join(filter(None, (name, error.where)))
    return error


def as_named(snapshot: Snapshot, target: Target) -> Snapshot:
    """A snapshot whose board is called, and is of the kind, that the configuration says."""
    board = replace(snapshot.board, alias=target.alias, at=target.at, kind=target.kind, source=target.source)
    return replace(snapshot, board=board)


Written = Callable[[str], Mapping[tuple[str, str], Acknowledged]]
"""What retro last wrote on a board."""


def _standing_in(board: _Board, ledger: Ledger | None) -> _Board:
    """The board, with what the read did not reach; where it was not read at all, with its last snapshot."""
    if board.snapshot is not None:
        board = replace(board, snapshot=with_known_history(board.snapshot, ledger))
    if ledger is None:
        return board
    if board.snapshot is not None:
        return replace(board, snapshot=with_unread_values(board.snapshot, ledger))
    return _remembered(board.target, _last([board.target], ledger), board.error, ledger.acknowledged)


def _with_project_rows(boards: Sequence[_Board]) -> list[_Board]:
    """The boards, the rows of bases of projects known as such: before they are stored, so that guards know it too."""
    snapshots = iter(marked([board.snapshot for board in boards if board.snapshot is not None]))
    return [replace(board, snapshot=next(snapshots)) if board.snapshot is not None else board for board in boards]


def _last(targets: Sequence[Target], ledger: Ledger | None) -> Mapping[str, Snapshot]:
    """The last snapshots of some boards, by what the configuration calls them."""
    return ledger.last_snapshots(target.alias or target.at for target in targets) if ledger is not None else {}


def _remembered(target: Target, last: Mapping[str, Snapshot], error: SourceError | None, written: Written) -> _Board:
    snapshot = last.get(target.alias or target.at)
    if snapshot is not None and snapshot.board.at not in ("", target.at):
        snapshot = None  # the name means another board now
    if snapshot is not None:
        snapshot = with_later_writes(snapshot, written(snapshot.board.key))
    if snapshot is not None and isinstance(error, ColumnsChangedError):
        snapshot = replace(snapshot, board=replace(snapshot.board, changed=error.columns))
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
        # Columns that have changed are told board by board.
        error=str(min(errors, key=lambda error: isinstance(error, ColumnsChangedError))) if errors else None,
        unknown=tuple(board.target.alias or board.target.at for board in mine if board.snapshot is None),
        unread=tuple(board.target.alias or board.target.at for board in mine if board.error is not None),
    )


def _nothing_read(reading: Reading) -> SourceError:
    first = reading.errors[0]
    return SourceError(first.what, where=first.where, remedy=first.remedy, status=first.status, whole=first.whole)


def join(reading: Reading, settings: Settings, handle_of: HandleOf) -> Portfolio:
    """Everything that was read as one portfolio: people matched, links resolved; projects are given afterwards."""
    found = teams(reading.snapshots, settings.teams)
    people, person_of = match(reading.snapshots, settings.people, found)
    kinds = kinds_of(reading.snapshots, person_of, settings.people, found)
    person_of |= {key: team.key for team in found for key in team.keys}
    names = {person.key: person.name for person in people} | {team.key: team.name for team in found}
    tasks = chain.from_iterable(snapshot.tasks for snapshot in reading.snapshots)
    resolved = resolve(all_with_people(tasks, person_of, names, kinds), handle_of)
    boards = tuple(snapshot.board for snapshot in reading.snapshots)
    return Portfolio(
        sources=reading.sources,
        boards=boards,
        tasks=on_their_boards(resolved.tasks, boards),
        people=people,
        teams=found,
        links=resolved.links,
        unresolved=resolved.unresolved,
    )
