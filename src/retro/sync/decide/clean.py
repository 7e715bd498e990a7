"""What a clean takes away of retro on a board, and what it leaves because it is not, or may not be, retro's.

Pure. A field that retro made goes whole where all that stands in it is as retro left it. Else, and where what retro
says stands in comments, its values go one by one and everybody else's stay.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from retro.model import CLEAN, Board, Change, Guard, Plan, Task, WriteLevel, field_empty
from retro.ports import Acknowledged
from retro.sync.decide.values import OWN_FIELDS, OWN_PREFIX, TEAM_FIELDS, Value, untouched, value_of

COMMENT = "comment"

Known = Mapping[tuple[str, str], Acknowledged]


class Stays(StrEnum):
    """Why a field of retro's name stays on a board."""

    HOLDS = "holds"
    """It holds what is not retro's, or what retro cannot tell to be its own."""
    STRANGER = "stranger"
    """Retro did not make it, or does not remember that it did."""
    UNSEEN = "unseen"
    """Not all of the board's tasks were read: what is in it on the others nobody has looked at."""
    LEFTOVER = "leftover"
    """It dates from before remarks went to comments: what is in it nobody has looked at."""


@dataclass(frozen=True, slots=True)
class Goes:
    """A field of retro's own (`retro_latest`) that goes from a board, and the values that go with it."""

    board: str
    field: str
    place: str
    """ "label" where it is one; "" for a field of the board."""
    values: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptField:
    """A field of retro's name that stays on a board, and why."""

    board: str
    field: str
    why: Stays


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A value in a field of retro's that stays: a person's, or one that retro cannot tell to be its own."""

    board: str
    task: str
    title: str
    field: str
    current: Value
    written: bool
    """Whether retro knows that it wrote another value there, so that this one is a person's."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A date that retro wrote into a cell of the team's: as it was given back, and what stood there before."""

    written: Value
    before: Value
    level: WriteLevel = WriteLevel.FILL


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    """What a clean would do."""

    plan: Plan = field(default_factory=Plan)
    """The values that go one by one, and the boards that are held."""
    fields: tuple[Goes, ...] = ()
    """Those that go whole."""
    kept_fields: tuple[KeptField, ...] = ()
    kept_values: tuple[KeptValue, ...] = ()
    dates: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many dates that retro filled in, and nobody changed since, stay on each board."""
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Fields that retro remembers to have made, and that are not on their boards any more."""

    @property
    def nothing(self) -> bool:
        """Whether nothing is to be removed."""
        return not self.plan.changes and not self.fields


def decide_clean(
    boards: Iterable[Board],
    tasks: Mapping[str, Sequence[Task]],
    known: Known,
    made: Mapping[str, Mapping[str, str]],
    *,
    filled: Mapping[tuple[str, str], Filled],
    dates: bool,
    held: Mapping[str, str],
) -> Cleaning:
    """Decide what goes from boards as they were just read.

    `tasks` are those of each board, `known` the last written values, `made` the ids of the fields that retro made, by
    board and field. `filled` are the dates that retro wrote into the team's cells: they go with `dates` only. `held`
    are boards on which nothing may be written, and why.
    """
    each = [
        _decide(board, tasks.get(board.key, ()), known, made.get(board.key, {}), filled, dates=dates)
        for board in boards
    ]
    guards = [Guard(board=of.board, reason=held[of.board]) for of in each if of.board in held and not of.nothing]
    going = [of for of in each if of.board not in held]
    return Cleaning(
        plan=Plan(changes=tuple(change for of in going for change in of.changes), guards=tuple(guards)),
        fields=tuple(goes for of in going for goes in of.fields),
        kept_fields=tuple(kept for of in each for kept in of.kept_fields),
        kept_values=tuple(kept for of in each for kept in of.kept_values),
        dates={of.board: of.dates for of in each if of.dates},
        gone={of.board: tuple(of.gone) for of in each if of.gone},
    )


@dataclass(slots=True)
class _OfBoard:
    """What becomes of one board."""

    board: str
    changes: list[Change] = field(default_factory=list[Change])
    fields: list[Goes] = field(default_factory=list[Goes])
    kept_fields: list[KeptField] = field(default_factory=list[KeptField])
    kept_values: list[KeptValue] = field(default_factory=list[KeptValue])
    dates: int = 0
    gone: list[str] = field(default_factory=list[str])

    @property
    def nothing(self) -> bool:
        return not self.changes and not self.fields


def _decide(
    board: Board,
    tasks: Sequence[Task],
    known: Known,
    made: Mapping[str, str],
    filled: Mapping[tuple[str, str], Filled],
    *,
    dates: bool,
) -> _OfBoard:
    found = _OfBoard(board.key)
    singly: list[Change] = []
    for own in OWN_FIELDS:
        name = f"{OWN_PREFIX}{own}"
        place = board.own_in.get(own, "")
        if made.get(name) and place == COMMENT:
            found.kept_fields.append(KeptField(board.key, name, Stays.LEFTOVER))
        elif made.get(name) and own not in board.own_fields:
            found.gone.append(name)
        values, kept = _values(tasks, name, known)
        found.kept_values += kept
        if place == COMMENT or own not in board.own_fields:
            singly += values
        elif (why := _stays(board, made.get(name, ""), kept)) is None:
            found.fields.append(Goes(board.key, name, place, tuple(values)))
        else:
            found.kept_fields.append(KeptField(board.key, name, why))
            singly += values
    for task in tasks:
        going, staying = _dates(task, filled, dates=dates)
        singly += going
        found.dates += staying
    order = {task.key: place for place, task in enumerate(tasks)}
    found.changes = sorted(singly, key=lambda change: order[change.task])
    return found


def _values(tasks: Iterable[Task], name: str, known: Known) -> tuple[list[Change], list[KeptValue]]:
    """The values in an own field that are as retro left them, and those that are not."""
    ours: list[Change] = []
    kept: list[KeptValue] = []
    for task in tasks:
        if field_empty(current := value_of(task, name)):
            continue
        last = known.get((task.key, name))
        if last is not None and untouched(last.value, current):
            ours.append(_change(task, name, WriteLevel.OWN, None))
        else:
            kept.append(KeptValue(task.board, task.key, task.title, name, current, written=last is not None))
    return ours, kept


def _stays(board: Board, made: str, kept: Sequence[KeptValue]) -> Stays | None:
    """Why a field of the board stays; None: it goes whole."""
    if kept:
        return Stays.HOLDS
    if not made:
        return Stays.STRANGER
    return None if board.whole else Stays.UNSEEN


def _dates(task: Task, filled: Mapping[tuple[str, str], Filled], *, dates: bool) -> tuple[list[Change], int]:
    """The dates of a task that go back to what they were, and how many of retro's stay."""
    ours = {
        name: cell
        for name in TEAM_FIELDS
        if (cell := filled.get((task.key, name))) is not None
        and not untouched(cell.before, current := value_of(task, name))
        and untouched(cell.written, current)
    }
    # What is done is history, and what has opted out is left to its people.
    if not dates or not task.is_open or task.opted_out:
        return [], len(ours)
    return [_change(task, name, cell.level, cell.before) for name, cell in ours.items()], 0


def _change(task: Task, name: str, level: WriteLevel, new: Value) -> Change:
    parts = (CLEAN, task.board, task.key, name, repr(new), task.revision)
    return Change(
        id=hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16],
        task=task.key,
        title=task.title,
        url=task.url,
        board=task.board,
        field=name,
        level=level,
        old=value_of(task, name),
        new=new,
        why=CLEAN,
        revision=task.revision,
    )
