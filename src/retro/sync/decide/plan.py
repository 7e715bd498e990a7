"""Put a plan together, board by board: changes, conflicts, columns to make, and what to say of a board."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import (
    Board,
    BoardKind,
    Change,
    Conflict,
    Guard,
    Plan,
    Portfolio,
    Provision,
    Task,
    WriteLevel,
)
from retro.ports import Acknowledged
from retro.sync.decide.fields import SettledField, TaskFields, Workday
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.refused import Refused
from retro.sync.decide.stamp import recognised
from retro.sync.decide.table import Outcome
from retro.sync.decide.tasks import just_edited, last_writes, parents, writable
from retro.sync.decide.values import OWN_FIELDS, OWN_PREFIX, REVIEW, canonical
from retro.sync.decide.wanted import Wishes

_SCHEDULE = "schedule"


def decide(
    portfolio: Portfolio,
    wishes: Mapping[str, Wishes],
    policies: Mapping[str, WritePolicy],
    acknowledged: Mapping[tuple[str, str], Acknowledged],
    *,
    now: datetime,
    zone: tzinfo,
    workday: Workday,
    told: AbstractSet[tuple[str, str, str]] = frozenset(),
    declined: Refused = MappingProxyType({}),
) -> Plan:
    """The plan for every board that has a policy; boards without one are not looked at.

    `wishes` are those of `wanted`; `acknowledged` those of all these boards; `told` the keys (`conflict_key`) of the
    conflicts that an earlier run reported; `declined` the values that an undo took back, which are not proposed again
    but under `--force`; `zone` the workspace's. Own values that the ledger does not know are known
    again by their stamp. Guards with `held` false are remarks; `retro.sync.guards` adds those that hold.
    """
    known = {**acknowledged, **recognised(portfolio.tasks, acknowledged, zone)}
    wrote = last_writes(known)
    blind = portfolio.never_read
    tasks = _by_board(portfolio, wishes, policies)
    remembered = _remembered(portfolio, acknowledged)
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    setup: list[Provision] = []
    guards: list[Guard] = []
    resting: list[str] = []
    for board in portfolio.boards:
        policy = policies.get(board.key)
        if policy is None:
            continue
        guards += _notices(board, policy, blind)
        if _seen_by_guests(board, policy):
            continue
        levels = {name: level for name, level in policy.fields() if _may_move(name, board)}
        here: list[Change] = []
        waiting = 0
        for task in tasks[board.key]:
            wish = replace(wishes[task.key], values={}) if blind else wishes[task.key]
            fields = TaskFields(task, policy, wish, known, zone, workday, declined, board.key not in remembered)
            settled = list(fields.settled(levels))
            conflicts += [conflict_of(task, field, told, zone) for field in settled if field.reported]
            planned = [change_of(task, field, wish) for field in settled if field.writes]
            if planned and just_edited(task, now, policy.quiet, wrote.get(task.key)):
                waiting += 1
            else:
                here += planned
        if waiting:
            guards.append(_waiting(board, waiting, policy.quiet))
            resting.append(board.key)
        changes += here
        setup += _columns(board, policy, here)
    return Plan(
        changes=tuple(changes),
        conflicts=tuple(conflicts),
        setup=tuple(setup),
        guards=tuple(guards),
        waiting=tuple(resting),
        made_at=now,
    )


def may_write(board: Board, policy: WritePolicy, change: Change) -> bool:
    """Whether a policy, the board's kind and who sees it allow a change that an earlier run planned."""
    levels = dict(policy.fields())
    allowed = levels.get(change.field) is change.level and _may_move(change.field, board)
    return allowed and not _seen_by_guests(board, policy)


def conflict_key(conflict: Conflict, zone: tzinfo) -> tuple[str, str, str]:
    """What makes a conflict the same as one told before: task, field, and the value that the human left there."""
    return (conflict.task, conflict.field, canonical(conflict.current, zone))


def _by_board(
    portfolio: Portfolio, wishes: Mapping[str, Wishes], policies: Mapping[str, WritePolicy]
) -> dict[str, list[Task]]:
    """The tasks that may be written to, by the key of each board that has a policy."""
    spans = parents(portfolio)
    tasks: dict[str, list[Task]] = {board: [] for board in policies}
    for task in portfolio.tasks:
        if task.board in tasks and task.key in wishes and writable(task, spans):
            tasks[task.board].append(task)
    return tasks


def _remembered(portfolio: Portfolio, acknowledged: Mapping[tuple[str, str], Acknowledged]) -> set[str]:
    """Keys of the boards of which the ledger knows a write; what it took up from stamps was none of its runs'."""
    written = {task for (task, _field), last in acknowledged.items() if last.run}
    return {task.board for task in portfolio.tasks if task.key in written}


def _may_move(name: str, board: Board) -> bool:
    # On an editorial board a card's due date is its publication: it is never moved.
    return not (name == "due" and board.kind is BoardKind.EDITORIAL)


def change_of(task: Task, field: SettledField, wishes: Wishes) -> Change:
    """The change that writes a field as it was settled."""
    new = None if field.outcome is Outcome.EMPTY else field.wanted
    parts = (task.board, task.key, field.name, repr(new), task.revision)
    return Change(
        id=hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16],
        task=task.key,
        title=task.title,
        url=task.url,
        board=task.board,
        field=field.name,
        level=field.level,
        old=field.current,
        new=new,
        why=wishes.remarks[0].code if field.name == REVIEW and wishes.remarks else _SCHEDULE,
        revision=task.revision,
    )


def conflict_of(task: Task, field: SettledField, told: AbstractSet[tuple[str, str, str]], zone: tzinfo) -> Conflict:
    """What to tell of a field whose value a human set; `told` are the conflicts that an earlier run reported."""
    conflict = Conflict(
        task=task.key,
        title=task.title,
        url=task.url,
        board=task.board,
        field=field.name,
        written=None if field.written is None else field.written.value,
        current=field.current,
        wanted=field.wanted,
    )
    return replace(conflict, new=conflict_key(conflict, zone) not in told)


def _columns(board: Board, policy: WritePolicy, changes: Iterable[Change]) -> Iterator[Provision]:
    """Own fields that the changes need and the board lacks: they are made on demand."""
    needed = {change.field.removeprefix(OWN_PREFIX) for change in changes if change.level is WriteLevel.OWN}
    for own in OWN_FIELDS:
        if own in needed and own not in board.own_fields:
            yield Provision(board=board.key, field=f"{OWN_PREFIX}{own}", name=policy.names.get(own, own))


def _seen_by_guests(board: Board, policy: WritePolicy) -> bool:
    # Where the tool does not tell who sees a board, it counts as seen from inside only.
    return board.guests_see is True and not policy.where_guests_see


def _notices(board: Board, policy: WritePolicy, blind: Iterable[str]) -> Iterator[Guard]:
    """What a person should know of a board that is written less than asked, or not at all."""
    if _seen_by_guests(board, policy):
        reason = _(
            "People outside the team can see this board: nothing is written until "
            "its configuration says `write_where_guests_see = true`."
        )
        yield Guard(board=board.key, reason=reason, held=False)
        return
    if beyond := policy.beyond():
        reason = _("This board cannot hold what it was asked to: {fields}.", fields=", ".join(beyond))
        yield Guard(board=board.key, reason=reason, held=False)
    for reason in policy.kept_back():
        yield Guard(board=board.key, reason=reason, held=False)
    for source in blind:
        reason = _(
            "{source} has never been read: dates wait until it is, for its tasks may bear on them.", source=source
        )
        yield Guard(board=board.key, reason=reason, held=False)


def _waiting(board: Board, count: int, quiet: timedelta) -> Guard:
    reason = plural(
        "{count} task was edited less than {minutes} min ago: it is left for the next run.",
        "{count} tasks were edited less than {minutes} min ago: they are left for the next run.",
        count,
        minutes=round(quiet.total_seconds() / 60),
    )
    return Guard(board=board.key, reason=reason, held=False)
