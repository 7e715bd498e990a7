"""`retro mirror`: keep one central base in step with all boards, one way: its rows read, decided, and what is told."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.row_fields import KINDS, SHARED, names
from retro.model import Assessment, Board, Guard, Plan, Task
from retro.ports import Capabilities, ConfigurationError, Connector, Ledger, Progress, RunRecord, SourceError
from retro.run.assess import Means
from retro.run.mirror_base import RowConnector
from retro.run.mirror_rows import wanted_rows
from retro.sync.apply import finish_columns
from retro.sync.decide import WritePolicy, conflict_key
from retro.sync.decide.rows import ROW, decide_rows, taken_up
from retro.sync.journal import replay


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The central base as it was read now."""

    board: Board
    rows: Mapping[str, Task]
    connector: RowConnector
    twice: int = 0
    """Rows beside those of `rows` that carry the key of a task that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """What a run of `retro mirror` would write, and how the base stands."""

    plan: Plan
    base: Base
    first: bool
    """Nobody has let retro write in this base yet."""
    held: bool
    """Some rows are held back until a person has looked."""


def check_base(can: Capabilities, where: str) -> None:
    """Raise ConfigurationError where a source cannot hold a central base."""
    if not can.create or not can.rows:
        raise ConfigurationError(
            _("this source cannot hold a central base."),
            where=where,
            remedy=_("Name a source whose tool has tables, such as a Notion connection."),
        )


def read_base(
    connector: Connector, at: str, ledger: Ledger, boards: AbstractSet[str], progress: Progress | None = None
) -> Base:
    """Read the base at an address; `boards` are the keys of those that it shows. Raises SourceError.

    Raises ConfigurationError where it is one of them: it would show itself.
    """
    rows = RowConnector(connector, ledger)
    board = rows.pull(at, progress).snapshot.board
    check_apart(board, boards)
    return Base(board=board, rows=rows.found.rows, connector=rows, twice=rows.found.twice)


def check_apart(base: Board, boards: AbstractSet[str]) -> None:
    """Raise ConfigurationError where the base is one of the boards that it is to show."""
    if base.key in boards:
        raise ConfigurationError(
            _("the central base is one of the boards: it would show its own rows."),
            where="[mirror] at",
            remedy=_("Make an empty base for it, and share it with the connection."),
        )


def settle_base(base: Base, ledger: Ledger, means: Means, *, now: datetime) -> None:
    """What an interrupted run left open in the base is settled by what it holds now. May raise SourceError."""
    policy = _policy(base, means)
    finish_columns(ledger, base.board, base.connector, policy.names, now=now)

    def read(board: str, _keys: Sequence[str]) -> Mapping[str, Task]:
        if board != base.board.key or not base.board.whole:
            raise SourceError(board)  # not known now: its intents stay open
        return base.rows

    replay(ledger, read, now=now, zone=means.calendars.project.zone)


def plan_mirror(
    base: Base,
    assessment: Assessment,
    fresh: AbstractSet[str],
    ledger: Ledger,
    means: Means,
    *,
    now: datetime,
    guards: Sequence[Guard] = (),
    force: bool = False,
    dry: bool = False,
) -> Mirrored:
    """Decide what the base should say. A state that was lost is taken up again, in memory only if `dry`.

    `fresh` are the keys of the boards that were read now, `guards` what is said of them: a board that is held is not
    believed, and its rows stay as they are.
    """
    zone, key = means.calendars.project.zone, base.board.key
    policy = _policy(base, means, force=force)
    doubts = [guard for guard in guards if guard.held]
    wanted = wanted_rows(
        assessment,
        base.rows,
        fresh - {guard.board for guard in doubts},
        base.board,
        policy.capabilities,
        lang=means.settings.workspace.lang,
        zone=zone,
        force=force,
    )
    known = ledger.acknowledged(key)
    first = key not in ledger.applied_boards() and not known and not base.rows
    again = taken_up(base.rows, wanted.wishes, known, zone)
    if again and not dry:
        ledger.adopt(key, again)
    known |= {(each.task, each.field): each for each in again}
    plan = decide_rows(
        base.board,
        base.rows,
        wanted.wishes,
        policy,
        known,
        now=now,
        zone=zone,
        workday=means.calendars.project.is_working_day,
        told=ledger.reported_conflicts(),
        declined=ledger.declined(key),
    )
    said = (*plan.guards, *wanted.held, *_twice(base), *doubts)
    held = bool(wanted.held) or any(guard.held for guard in said)
    return Mirrored(plan=replace(plan, guards=said), base=base, first=first, held=held)


def remember_conflicts(plan: Plan, ledger: Ledger, means: Means) -> None:
    """The next run tells those conflicts no more."""
    zone = means.calendars.project.zone
    others = [told for told in ledger.reported_conflicts() if not told[0].startswith(ROW)]
    ledger.report_conflicts([*others, *(conflict_key(conflict, zone) for conflict in plan.conflicts)])


def wrote_rows(ledger: Ledger, run: RunRecord) -> bool:
    """Whether a run wrote in the central base."""
    return any(intent.change.task.startswith(ROW) for intent in ledger.intents(run=run.id))


def _policy(base: Base, means: Means, *, force: bool = False) -> WritePolicy:
    can = base.connector.describe().capabilities
    return WritePolicy(
        own=(can.rows & KINDS.keys()) | (can.own & set(SHARED)),
        names=names(means.settings.workspace.lang),
        capabilities=can,
        quiet=means.settings.sync.quiet.elapsed,
        force=force,
    )


def _twice(base: Base) -> list[Guard]:
    if not base.twice:
        return []
    reason = plural(
        "{count} row is a copy of another: the first of the two is kept in step.",
        "{count} rows are copies of others: the first of each is kept in step.",
        base.twice,
    )
    return [Guard(board=base.board.key, reason=reason, held=False)]
