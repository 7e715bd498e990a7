"""The rows of a central base, decided like the fields of any board: one row a task, known by the key in its own column.

A row is a task of the base whose key is `row:` and the key of the task that it shows, whatever page holds it. The key
column carries a stamp over what retro last wrote in the row, so that a lost state is made up for from the base alone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Board, Change, Conflict, Guard, Plan, Provision, Task, WriteLevel, field_empty
from retro.ports import Acknowledged
from retro.sync.decide.fields import SettledField, TaskFields, Workday
from retro.sync.decide.plan import change_of, conflict_of
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.refused import Refused
from retro.sync.decide.stamp import checksum, split, stamped
from retro.sync.decide.table import Outcome
from retro.sync.decide.tasks import just_edited, last_writes
from retro.sync.decide.values import OWN_PREFIX, Value, agrees, value_of
from retro.sync.decide.wanted import Wishes

ROW = "row:"
"""What begins the key of a row; the rest is the key of its task."""
KEY = f"{OWN_PREFIX}key"
TITLE = "title"
_WHY = "mirror"

Ledgered = Mapping[tuple[str, str], Acknowledged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows that a base holds now, by their key, and how many more stand for a task that has one."""

    rows: Mapping[str, Task] = field(default_factory=dict[str, Task])
    twice: int = 0


@dataclass(slots=True)
class _Left:
    """How many tasks were left alone, and why."""

    removed: int = 0
    """Their row was removed by someone."""
    unsure: int = 0
    """They have no row that was read, and not all were."""
    waiting: int = 0
    """Someone has just edited their row."""


def rows_of(pages: Iterable[Task], known: Ledgered) -> Found:
    """The rows among the tasks of a base; what the team added is no row.

    A page that the ledger knows is its row whatever became of the key; others are told by a key with its stamp, the
    first page that carries it where several do. A row keeps its page in `marks`.
    """
    read = list(pages)
    ours = {each.mark: task for (task, name), each in known.items() if name == KEY and each.mark}
    rows: dict[str, Task] = {}
    twice = 0
    for page in read:
        if page.key in ours:
            rows[ours[page.key]] = as_row(page, ours[page.key])
    for page in read:
        key, stamp = split(page.own.get("key"))
        if page.key in ours or stamp is None or not key:
            continue
        if f"{ROW}{key}" in rows:
            twice += 1
        else:
            rows[f"{ROW}{key}"] = as_row(page, f"{ROW}{key}")
    return Found(rows=rows, twice=twice)


def as_row(page: Task, row: str) -> Task:
    """A page as the row of that key."""
    return replace(page, key=row, marks={**page.marks, "key": page.key})


def taken_up(
    rows: Mapping[str, Task], wishes: Mapping[str, Wishes], known: Ledgered, zone: tzinfo
) -> list[Acknowledged]:
    """The values that retro wrote in rows of which the ledger knows nothing: the state was lost.

    Where the stamp agrees with the row, all of them; else the key, and what is as retro would write it now.
    """
    remembered = {task for task, _field in known}
    found: list[Acknowledged] = []
    for key, row in rows.items():
        if key in remembered:
            continue
        values = _values(row)
        body, stamp = split(row.own.get("key"))
        whole = stamp == checksum({name: value for name, value in values.items() if name != KEY}, body, zone)
        wanted = wishes[key].values if key in wishes else {}
        for name, value in values.items():
            if whole or name == KEY or (name in wanted and agrees(value, wanted[name], zone)):
                mark = row.marks["key"] if name == KEY else ""
                found.append(Acknowledged(task=key, field=name, value=value, run="", asked=value, mark=mark))
    return found


def decide_rows(
    base: Board,
    rows: Mapping[str, Task],
    wishes: Mapping[str, Wishes],
    policy: WritePolicy,
    known: Ledgered,
    *,
    now: datetime,
    zone: tzinfo,
    workday: Workday,
    told: AbstractSet[tuple[str, str, str]] = frozenset(),
    declined: Refused,
) -> Plan:
    """The plan for a central base: rows to make, cells to write, what the team changed and keeps.

    `wishes` are by row key; rows without one stay as they are. `policy` names the columns in their order. `known` are
    the last written values of the base. A row that the team removed is not made again but under `--force`, nor is a
    column.
    """
    wrote = last_writes(known)
    lost = frozenset() if policy.force else _lost_columns(base, known)
    written = [TITLE, *(f"{OWN_PREFIX}{own}" for own in policy.names if own in policy.own)]
    levels = {name: WriteLevel.OWN for name in written if name != KEY and name not in lost}
    remembered = {task for task, name in known if name == KEY}
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    left = _Left()
    for key, wish in wishes.items():
        row = rows.get(key)
        if row is None:
            if key in remembered and not policy.force:
                left.removed += 1
            elif not base.whole:
                left.unsure += 1
            else:
                changes += _made(base, key, wish, levels, zone)
            continue
        if row.archived or row.opted_out:
            continue
        settled = list(TaskFields(row, policy, wish, known, zone, workday, declined).settled(levels))
        settled += _resealed(row, settled, levels.keys(), known, zone)
        conflicts += [conflict_of(row, each, told, zone) for each in settled if each.reported]
        planned = [replace(change_of(row, each, wish), why=_WHY) for each in settled if each.writes]
        if planned and just_edited(row, now, policy.quiet, wrote.get(key)):
            left.waiting += 1
        else:
            changes += planned
    return Plan(
        changes=tuple(changes),
        conflicts=tuple(conflicts),
        setup=tuple(_columns(base, policy, changes)),
        guards=tuple(_notices(base, policy, lost, left)),
        waiting=(base.key,) if left.waiting else (),
        made_at=now,
    )


def _values(row: Task) -> dict[str, Value]:
    """What a row holds in the title and in retro's columns, by field."""
    held: dict[str, Value] = {TITLE: row.title, **{f"{OWN_PREFIX}{own}": value for own, value in row.own.items()}}
    return {name: value for name, value in held.items() if not field_empty(value)}


def _sealed(key: str, values: Mapping[str, Value], zone: tzinfo) -> str:
    """The text of the key column: the key of the task, and a stamp over the values that are retro's."""
    return stamped(key.removeprefix(ROW), values, zone)


def _made(base: Board, key: str, wish: Wishes, levels: Mapping[str, WriteLevel], zone: tzinfo) -> Iterator[Change]:
    """The changes that make a row."""
    values = {name: value for name, value in wish.values.items() if name in levels and not field_empty(value)}
    title, link = values.get(TITLE), values.get(f"{OWN_PREFIX}link")
    for name, value in {**values, KEY: _sealed(key, values, zone)}.items():
        yield Change(
            id=hashlib.sha256("\x00".join((base.key, key, name, repr(value))).encode()).hexdigest()[:16],
            task=key,
            title=title if isinstance(title, str) else "",
            url=link if isinstance(link, str) else None,
            board=base.key,
            field=name,
            level=WriteLevel.OWN,
            old=None,
            new=value,
            why=_WHY,
            revision="",
            creates=True,
        )


def _resealed(
    row: Task, settled: Iterable[SettledField], columns: AbstractSet[str], known: Ledgered, zone: tzinfo
) -> Iterator[SettledField]:
    """The key column, where another cell of the row is written: its stamp covers all of `columns`."""
    fields = list(settled)
    if not any(each.writes for each in fields):
        return
    values = {name: known[row.key, name].asked for name in columns if (row.key, name) in known}
    values |= {each.name: each.ours_after for each in fields}
    written, current = known.get((row.key, KEY)), value_of(row, KEY)
    wanted = _sealed(row.key, values, zone)
    yield SettledField(KEY, WriteLevel.OWN, written, current, wanted, _key_outcome(written, current, wanted, zone))


def _key_outcome(written: Acknowledged | None, current: Value, wanted: Value, zone: tzinfo) -> Outcome:
    if agrees(current, wanted, zone):
        return Outcome.NOTHING
    return Outcome.WRITE if written is not None and agrees(current, written.value, zone) else Outcome.KEEP


def _lost_columns(base: Board, known: Ledgered) -> frozenset[str]:
    """Columns of retro's that the base had and that somebody removed."""
    had = {name for (_task, name), each in known.items() if name != TITLE and not field_empty(each.value)}
    return frozenset(name for name in had if name.removeprefix(OWN_PREFIX) not in base.own_fields)


def _columns(base: Board, policy: WritePolicy, changes: Iterable[Change]) -> Iterator[Provision]:
    needed = {change.field.removeprefix(OWN_PREFIX) for change in changes} - {TITLE}
    for own, name in policy.names.items():
        if own in needed and own not in base.own_fields:
            yield Provision(board=base.key, field=f"{OWN_PREFIX}{own}", name=name)


def _notices(base: Board, policy: WritePolicy, lost: AbstractSet[str], left: _Left) -> Iterator[Guard]:
    """What a person should know of the base."""
    if base.guests_see is True:
        reason = _(
            "People outside the team can see this base, and it would show them the tasks of every board. Choose a "
            "base that the team alone sees, or insist with --force."
        )
        yield Guard(board=base.key, reason=reason, held=not policy.force)
    if left.unsure:
        reason = plural(
            "Not all rows of this base could be read: {count} task that none was seen of gets none.",
            "Not all rows of this base could be read: {count} tasks that none was seen of get none.",
            left.unsure,
        )
        yield Guard(board=base.key, reason=reason, held=False)
    if lost:
        names = ", ".join(sorted(policy.names.get(name.removeprefix(OWN_PREFIX), name) for name in lost))
        reason = _("Columns were removed from the base; they are not made again without --force: {names}.", names=names)
        yield Guard(board=base.key, reason=reason, held=False)
    if left.removed:
        reason = plural(
            "{count} row was removed from the base; it is not made again without --force.",
            "{count} rows were removed from the base; they are not made again without --force.",
            left.removed,
        )
        yield Guard(board=base.key, reason=reason, held=False)
    if left.waiting:
        reason = plural(
            "{count} row was edited less than {minutes} min ago: it is left for the next run.",
            "{count} rows were edited less than {minutes} min ago: they are left for the next run.",
            left.waiting,
            minutes=round(policy.quiet / timedelta(minutes=1)),
        )
        yield Guard(board=base.key, reason=reason, held=False)
