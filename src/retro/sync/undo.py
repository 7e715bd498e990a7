"""Take a run back: what would be written to put the boards as they were, and what is left alone because it is not ours.

Deciding is pure and gives a plan like any other, which `apply` carries out through the same journal. Only a value
that stands exactly as the run left it is taken back.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from retro.model import NEW, Board, Change, Plan, Portfolio, Provision, Snapshot, Task, WriteLevel, field_empty
from retro.model.values import ARCHIVED
from retro.ports import Acknowledged, Connector, Intent, Ledger
from retro.sync.decide.values import OWN_PREFIX, Value, untouched, value_of
from retro.sync.journal import ACKNOWLEDGED, PENDING

Known = Mapping[tuple[str, str], Acknowledged]


class Left(StrEnum):
    """Why a value of the run is not taken back."""

    CHANGED = "changed"
    """A person changed it since: it is theirs."""
    LATER = "later"
    """A later run wrote another value there."""
    GONE = "gone"
    """The task is no longer on the board, or archived."""
    OPTED_OUT = "opted-out"
    """The task carries the opt-out mark: it is not written to."""
    CLOSED = "closed"
    """The board does not hold such a field now."""
    UNREAD = "unread"
    """The board was not read now."""
    MADE = "made"
    """The run made the task itself: retro deletes none."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A change of the run that stays, why, and what stands there now (None too where that is not known)."""

    change: Change
    why: Left
    current: Value = None
    url: str = ""
    """The address of a card that the run made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What taking a run back would do."""

    run: str
    plan: Plan
    left: tuple[LeftAlone, ...] = ()
    back: int = 0
    """Fields that hold their old value already."""


@dataclass(frozen=True, slots=True)
class _Wrote:
    """What a run did to one field: from what, to what, as the tool gave it back."""

    change: Change
    old: Value
    returned: Value
    settled: bool
    at: datetime | None
    """When the answer came, no earlier than the task's own time stamp after that write."""


def plan_undo(
    run: str,
    journal: Iterable[Intent],
    portfolio: Portfolio,
    known: Known,
    *,
    fresh: AbstractSet[str],
    names: Mapping[str, str],
    archives: AbstractSet[str] = frozenset(),
) -> Undoing:
    """The plan that takes a run back, from its journal and the boards as they were just read.

    `journal` are the intents to be considered, `known` the last written values of these boards, `fresh` the keys of
    the boards that were read now; `names` gives each own field (`latest`…) its column's name, for columns
    that have to be made again; `archives` are the boards whose tool can set a card aside for good: of a new plan that
    was made there, the cards at which nobody has been since are archived.
    """
    boards = {board.key: board for board in portfolio.boards if board.key in fresh}
    tasks = {(task.board, task.key): task for task in portfolio.tasks if task.board in boards}
    changes: list[Change] = []
    left: list[LeftAlone] = []
    back = 0
    for wrote in _writes(journal):
        change = wrote.change
        task = tasks.get((change.board, change.task))
        if change.board not in boards or not wrote.settled:
            left.append(LeftAlone(change, Left.UNREAD))
        elif change.why == NEW:
            card = tasks.get((change.board, str(wrote.returned)))
            if (stays := _card_stays(wrote, card, known, archives)) is not None or card is None:
                left.append(stays or LeftAlone(change, Left.GONE))
            else:
                changes.append(_set_aside(run, wrote, card))
        elif task is None:
            left.append(LeftAlone(change, Left.GONE))
        elif change.creates:
            left.append(LeftAlone(change, Left.MADE, value_of(task, change.field)))
        elif untouched(wrote.old, current := value_of(task, change.field)):
            back += 1
        elif (why := _hindrance(wrote, task, boards[task.board], current, known)) is not None:
            left.append(LeftAlone(change, why, current))
        else:
            changes.append(_taken_back(run, wrote, task, current))
    setup = tuple(_columns(changes, boards, names))
    return Undoing(run=run, plan=Plan(changes=tuple(changes), setup=setup), left=tuple(left), back=back)


def remove_columns(ledger: Ledger, connector: Connector, board: Snapshot, fields: Sequence[str]) -> tuple[str, ...]:
    """Remove columns that retro made, where nothing is left in them; the fields removed.

    `board` is the board as it is now, `fields` own fields (`retro_latest`…). A column in which any task holds
    anything, a person's words included, stays; so does one that the ledger does not hold as made by retro. May raise
    SourceError and ReadOnlyError.
    """
    ours = ledger.columns(board.board.key)
    empty = [field for field in fields if ours.get(field) and not _holds(ledger, connector, board, field)]
    if empty:
        connector.retract(board.board.key, empty)
    for field in empty:
        ledger.forget_column(board.board.key, field)
    return tuple(empty)


def _writes(journal: Iterable[Intent]) -> Iterator[_Wrote]:
    """What a run wrote, one entry a field, in order; writes that no answer settled come as not settled."""
    found: dict[tuple[str, str, str], _Wrote] = {}
    for intent in journal:
        change = intent.change
        if intent.state not in (ACKNOWLEDGED, PENDING):
            continue
        key = (change.board, change.task, change.field)
        old = found[key].old if key in found else change.old
        found[key] = _Wrote(change, old, intent.returned, settled=intent.state == ACKNOWLEDGED, at=intent.settled)
    yield from found.values()


def _hindrance(wrote: _Wrote, task: Task, board: Board, current: Value, known: Known) -> Left | None:
    """Why a value that stands on the board may not be taken back; None: it is as the run left it."""
    last = known.get((task.key, wrote.change.field))
    if last is not None and wrote.change.level is not WriteLevel.FIX and not untouched(last.value, current):
        return Left.CHANGED
    if not untouched(wrote.returned, current):
        return Left.LATER if last is not None and untouched(last.value, current) else Left.CHANGED
    if task.archived:
        return Left.GONE
    if task.opted_out:
        return Left.OPTED_OUT
    return Left.CLOSED if wrote.change.field.removeprefix(OWN_PREFIX) in board.own_cannot else None


def _card_stays(wrote: _Wrote, card: Task | None, known: Known, archives: AbstractSet[str]) -> LeftAlone | None:
    """Why a card that the run made stays on its board; None: it may be set aside."""
    change = wrote.change
    if card is None or card.archived:
        return LeftAlone(change, Left.GONE)
    if change.board not in archives:
        return LeftAlone(change, Left.MADE, url=card.url or "")
    if card.opted_out:
        return LeftAlone(change, Left.OPTED_OUT, url=card.url or "")
    if any(task == card.key for task, _field in known):
        return LeftAlone(change, Left.LATER, card.title, url=card.url or "")
    # Any trace of a person counts, a comment too: the tool's time stamp tells of all of them.
    touched = wrote.at is None or card.updated is None or card.updated > wrote.at
    if touched or card.title != change.new or not card.is_open:
        return LeftAlone(change, Left.CHANGED, card.title, url=card.url or "")
    return None


def _set_aside(run: str, wrote: _Wrote, card: Task) -> Change:
    """The archiving of a card that the run made: not sent where anybody was at it after this look, by a comment too."""
    archiving = replace(wrote, change=replace(wrote.change, field=ARCHIVED), old=ARCHIVED)
    return replace(_taken_back(run, archiving, card, None), as_of=card.updated)


def _taken_back(run: str, wrote: _Wrote, task: Task, current: Value) -> Change:
    parts = (run, task.board, task.key, wrote.change.field, repr(wrote.old), task.revision)
    return Change(
        id=hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16],
        task=task.key,
        title=task.title,
        url=task.url,
        board=task.board,
        field=wrote.change.field,
        level=wrote.change.level,
        old=current,
        new=wrote.old,
        why=Change.undo_of(run),
        revision=task.revision,
    )


def _columns(changes: Iterable[Change], boards: Mapping[str, Board], names: Mapping[str, str]) -> Iterator[Provision]:
    """Own fields that are to be filled again and that the board has lost."""
    needed = {
        (change.board, change.field): None
        for change in changes
        if change.field.startswith(OWN_PREFIX) and not field_empty(change.new)
    }
    for board, field in needed:
        own = field.removeprefix(OWN_PREFIX)
        if own not in boards[board].own_fields:
            yield Provision(board=board, field=field, name=names.get(own, own))


def _holds(ledger: Ledger, connector: Connector, board: Snapshot, field: str) -> bool:
    """Whether any task holds anything in an own field, those that a pull leaves out included."""
    if any(not field_empty(value_of(task, field)) for task in board.tasks):
        return True
    seen = {task.key for task in board.tasks}
    written = ledger.acknowledged(board.board.key).items()
    unseen = [
        task for (task, name), last in written if name == field and task not in seen and not field_empty(last.value)
    ]
    # One at a time: the first that holds something settles it.
    return any(
        not field_empty(value_of(task, field))
        for key in unseen
        for task in connector.read(board.board.key, [key]).values()
    )
