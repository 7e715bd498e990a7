"""What retro itself wrote into the team's cells, told apart from what the team wrote.

A date that retro filled in is no statement of the team's: it must neither become a duration nor hold a start, or the
next schedule would rest on the last one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from retro.model import Board, Category, Change, Portfolio, Snapshot, Task, WriteLevel, field_empty
from retro.ports import Acknowledged, Intent, Ledger
from retro.run.advised import known_finishes
from retro.sync.decide import WritePolicy
from retro.sync.decide.values import OWN_PREFIX, TEAM_FIELDS, Value, arrived, untouched, value_of
from retro.sync.journal import recalled

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NO_WRITES: Mapping[tuple[str, str], Acknowledged] = {}
_NO_VALUES: Mapping[tuple[str, str], Value] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """What retro remembers of its writes, by task and field."""

    written: Mapping[tuple[str, str], Acknowledged] = field(default_factory=lambda: _NO_WRITES)
    """The value that it last wrote."""
    team: Mapping[tuple[str, str], Value] = field(default_factory=lambda: _NO_VALUES)
    """What the team's cell held before that."""
    advised: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """The advised finish of each task that people were last given: levelling stays near it."""


def known_writes(ledger: Ledger | None, portfolio: Portfolio, zone: tzinfo) -> Known:
    """What retro wrote on the boards of a portfolio; `zone` is the workspace's.

    What an interrupted run sent and the board holds counts, though no answer was seen: a command that only reads
    settles no journal.
    """
    if ledger is None:
        return Known()
    written = _standing(ledger, portfolio)
    landed = _landed(ledger.pending(), portfolio, zone)
    written |= {
        cell: Acknowledged(task=cell[0], field=cell[1], value=each.returned, run=each.run, asked=each.change.new)
        for cell, each in landed.items()
    }
    settled = ledger.intents(tasks={task for task, name in written if name in TEAM_FIELDS})
    return Known(written, before_retro([*settled, *landed.values()]), known_finishes(ledger, portfolio, written, zone))


def last_written(ledger: Ledger, portfolio: Portfolio) -> dict[tuple[str, str], tuple[str, Acknowledged]]:
    """The last value written to each cell, and the board that its task was on: it may be on another one now."""
    last: dict[tuple[str, str], tuple[str, Acknowledged]] = {}
    everywhere = ledger.all_acknowledged()
    for board in portfolio.boards:
        for cell, value in everywhere.get(board.key, {}).items():
            if cell not in last or _at(value) > _at(last[cell][1]):
                last[cell] = (board.key, value)
    return last


def _standing(ledger: Ledger, portfolio: Portfolio) -> dict[tuple[str, str], Acknowledged]:
    """The last value written to each cell of which the board can still tell whether a person changed it."""
    found: dict[tuple[str, str], Acknowledged] = {}
    written = last_written(ledger, portfolio)
    if not written:
        return found
    boards = {board.key: board for board in portfolio.boards}
    tasks = {task.key: task for task in portfolio.tasks}
    for cell, (key, value) in written.items():
        task = tasks.get(cell[0])
        if task is None or _stands_there(boards[task.board], task, key, value):
            found[cell] = value
        elif (again := recalled(ledger, task, value.field)) is not None:
            found[cell] = again
    return found


def _at(written: Acknowledged) -> datetime:
    return written.at or _LONG_AGO


def _stands_there(board: Board, task: Task, key: str, written: Acknowledged) -> bool:
    """Whether a value that was written on the board `key` stands where the task's own fields stand now.

    Remarks that were a field of the board and are a comment now were never written, as a comment: nobody emptied it.
    Nor did anyone empty the fields of a card that left them behind with its board.
    """
    own = written.field.removeprefix(OWN_PREFIX)
    if own == written.field or field_empty(written.value):
        return True
    if task.board != key and field_empty(value_of(task, written.field)):
        return False
    return written.mark.partition(":")[0] == board.own_in.get(own, "")


def _landed(pending: Iterable[Intent], portfolio: Portfolio, zone: tzinfo) -> dict[tuple[str, str], Intent]:
    """Intents without an answer whose value stands on the board, as though they had been answered."""
    asked = {
        (intent.change.task, intent.change.field): intent
        for intent in pending
        if intent.change.undoes is None and intent.change.level is not WriteLevel.FIX
    }
    if not asked:
        return {}
    wanted = {task for task, _field in asked}
    tasks = {task.key: task for task in portfolio.tasks if task.key in wanted}
    return {
        cell: replace(intent, state="acknowledged", returned=value_of(tasks[cell[0]], cell[1]))
        for cell, intent in asked.items()
        if cell[0] in tasks and arrived(value_of(tasks[cell[0]], cell[1]), intent.change.new, zone)
    }


def with_unread_values(snapshot: Snapshot, ledger: Ledger) -> Snapshot:
    """A snapshot with the own values that the read did not reach: they are as retro last wrote them."""
    unread = {(task.key, own) for task in snapshot.tasks for own in task.marks if own not in task.own}
    if not unread:
        return snapshot
    written = ledger.acknowledged(snapshot.board.key)
    values: dict[str, dict[str, Value]] = {}
    for task, own in unread:
        last = written.get((task, f"{OWN_PREFIX}{own}"))
        if last is not None and not field_empty(last.value):
            values.setdefault(task, {})[own] = last.value
    return replace(
        snapshot,
        tasks=tuple(
            replace(task, own={**task.own, **values[task.key]}) if task.key in values else task
            for task in snapshot.tasks
        ),
    )


def with_later_writes(snapshot: Snapshot, written: Mapping[tuple[str, str], Acknowledged]) -> Snapshot:
    """A snapshot that stands in for a read, with what retro wrote on the board after it was taken.

    Without it, what retro moved on since would look like a date that a human put back.
    """
    later: dict[str, list[Acknowledged]] = {}
    for each in written.values():
        if each.at is not None and each.at >= snapshot.read_at:
            later.setdefault(each.task, []).append(each)
    if not later:
        return snapshot
    return replace(snapshot, tasks=tuple(_overlaid(task, later.get(task.key, ())) for task in snapshot.tasks))


def _overlaid(task: Task, writes: Iterable[Acknowledged]) -> Task:
    for each in writes:
        if each.field in TEAM_FIELDS:
            task = replace(task, **{each.field: each.value})  # type: ignore[arg-type]  # a date, by field
        elif each.field.startswith(OWN_PREFIX):
            own = {**task.own, each.field.removeprefix(OWN_PREFIX): each.value}
            task = replace(task, own={name: value for name, value in own.items() if not field_empty(value)})
    return task


def before_retro(intents: Iterable[Intent]) -> dict[tuple[str, str], Value]:
    """The value of each team's cell before retro wrote it: the last one that a write replaced and was not retro's."""
    team: dict[tuple[str, str], Value] = {}
    ours: dict[tuple[str, str], Value] = {}
    for intent in intents:
        change = intent.change
        if change.field not in TEAM_FIELDS or intent.state != "acknowledged" or change.level is WriteLevel.FIX:
            continue
        cell = (change.task, change.field)
        if cell not in ours or not untouched(ours[cell], change.old):
            team[cell] = change.old
        ours[cell] = intent.returned
    return team


def without_own_dates(portfolio: Portfolio, known: Known) -> Portfolio:
    """The portfolio as the team left it: dates that retro wrote, and nobody touched since, are what they were before.

    A task that stands for an anchor keeps its dates: retro writes none there.
    """
    if not any(name in TEAM_FIELDS for _task, name in known.written):
        return portfolio
    return replace(portfolio, tasks=tuple(_as_left(task, known) for task in portfolio.tasks))


def _as_left(task: Task, known: Known) -> Task:
    before: dict[str, Value] = {
        name: known.team.get((task.key, name))
        for name in TEAM_FIELDS
        if (written := known.written.get((task.key, name))) is not None
        and untouched(written.value, value_of(task, name))
    }
    if not before or task.milestone:
        return task
    if "start" in before and task.status.category is Category.DOING and task.actual_start is None:
        task = replace(task, actual_start=task.start)  # what is under way has begun, but that is no duration
    return replace(task, **before)  # type: ignore[arg-type]  # dates by field


def changed_by_hand(
    portfolio: Portfolio, policies: Mapping[str, WritePolicy], known: Known
) -> Iterator[tuple[str, str]]:
    """The fields, by task, that hold something else than what retro last wrote there and that stays.

    A cell that someone emptied binds nothing, and neither does one that retro is to overwrite.
    """
    for task in portfolio.tasks:
        if task.board in policies:
            for name, level in policies[task.board].fields():
                written, current = known.written.get((task.key, name)), value_of(task, name)
                if level is WriteLevel.OVERWRITE or written is None or field_empty(current):
                    continue
                if not untouched(written.value, current):
                    yield task.key, name


def as_written(portfolio: Portfolio, changes: Iterable[Change]) -> Portfolio:
    """The portfolio as it will stand once the team's fields among `changes` are written."""
    coming: dict[str, dict[str, object]] = {}
    for change in changes:
        if change.field in TEAM_FIELDS:
            coming.setdefault(change.task, {})[change.field] = change.new
    if not coming:
        return portfolio
    return replace(
        portfolio,
        tasks=tuple(
            replace(task, **coming[task.key]) if task.key in coming else task  # type: ignore[arg-type]  # dates by field
            for task in portfolio.tasks
        ),
    )
