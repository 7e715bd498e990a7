"""Which task of a plan is which task of another: by id where a tool gives one, else by title and place.

A tool's own id is believed wherever the task stands now. An id column is believed together with its title first, for
people number their rows anew; a title that a sheet keeps means the same task whatever its number. Rows without an id
are known by their titles, those of one owner first, in their order where several have the same; then by the words of
their titles alone; then a row that was worded anew is known by standing below the same row as before.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet

from retro.i18n.words import fold
from retro.model import BaselineTask, Identity

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""Share of its words that a title keeps when it is only worded anew."""

Name = Callable[[BaselineTask], Hashable]
"""What a task is known by in one round; None where it cannot be known so."""


def pairs(
    was: Sequence[BaselineTask], now: Sequence[BaselineTask], shared: AbstractSet[str]
) -> list[tuple[BaselineTask, BaselineTask]]:
    """The tasks that are in both, in the order of `was`. `shared` are boards of both; other boards may be copies.

    Ids of other boards are compared without their board: a file that was saved under another name has the same ids.
    """
    found: dict[int, int] = {}

    def home(task: BaselineTask) -> str:
        return task.board if task.board in shared else ""

    def loose(task: BaselineTask) -> bool:
        return task.identity is not Identity.NATIVE or not home(task)

    titles = {task.title: fold(task.title) for tasks in (was, now) for task in tasks if loose(task)}

    def native(task: BaselineTask) -> Hashable:
        return task.key if task.identity is Identity.NATIVE else None

    def numbered(task: BaselineTask) -> Hashable:
        assigned = task.identity is Identity.ASSIGNED
        return (home(task), task.key.removeprefix(f"{task.board}:")) if assigned else None

    def numbered_and_titled(task: BaselineTask) -> Hashable:
        number = numbered(task)
        return None if number is None else (number, titles[task.title])

    def owned_and_titled(task: BaselineTask) -> Hashable:
        return (home(task), titles[task.title], task.owners) if loose(task) else None

    def titled(task: BaselineTask) -> Hashable:
        return (home(task), titles[task.title]) if loose(task) else None

    def worded(task: BaselineTask) -> Hashable:
        return (home(task), tuple(_WORD.findall(titles[task.title]))) if loose(task) else None

    for name in (native, numbered_and_titled, owned_and_titled, titled, worded):
        _match(was, now, name, found)
    _match(was, now, numbered, found, alone=True)
    _reworded(was, now, home, found)
    return [(was[one], now[found[one]]) for one in sorted(found)]


def _match(
    was: Sequence[BaselineTask], now: Sequence[BaselineTask], name: Name, found: dict[int, int], *, alone: bool = False
) -> None:
    """Add those that bear the same name in both, in their order; `alone`: only where no other bears it."""
    ours, theirs = _left(was, found.keys(), name), _left(now, set(found.values()), name)
    for said, places in ours.items():
        others = theirs.get(said, [])
        if not alone or len(places) == len(others) == 1:
            found.update(zip(places, others, strict=False))


def _left(tasks: Sequence[BaselineTask], paired: AbstractSet[int], name: Name) -> dict[Hashable, list[int]]:
    left: dict[Hashable, list[int]] = defaultdict(list)
    for place, task in enumerate(tasks):
        if place not in paired and (said := name(task)) is not None:
            left[said].append(place)
    return left


def _reworded(
    was: Sequence[BaselineTask],
    now: Sequence[BaselineTask],
    home: Callable[[BaselineTask], str],
    found: dict[int, int],
) -> None:
    """Rows that alone stand below the same row in both, and whose titles share most of their words."""
    ours = _below(was, dict(found), home)
    theirs = _below(now, {place: place for place in found.values()}, home)
    for place, rows in ours.items():
        others = theirs.get(place, [])
        if len(rows) == len(others) == 1 and _alike(was[rows[0]].title, now[others[0]].title):
            found[rows[0]] = others[0]


def _below(
    tasks: Sequence[BaselineTask], known: dict[int, int], home: Callable[[BaselineTask], str]
) -> dict[tuple[str, int], list[int]]:
    """Rows without an id that are not known yet, by the last known one above them on their board (-1: none)."""
    last: dict[str, int] = {}
    below: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, task in enumerate(tasks):
        board = home(task)
        if place in known:
            last[board] = known[place]
        elif task.identity is Identity.POSITIONAL:
            below[board, last.get(board, -1)].append(place)
    return below


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(_WORD.findall(fold(one))), set(_WORD.findall(fold(other)))
    return bool(ours and theirs) and len(ours & theirs) / max(len(ours), len(theirs)) >= _ALIKE
