"""Which key each row has, and which row a word in another cell means: an id or a title."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from retro.i18n.words import fold
from retro.model import Identity


@dataclass(frozen=True, slots=True)
class Named:
    """A row as others may speak of it. `place` is its row in the file."""

    place: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Key:
    """A task's key, and what it rests on."""

    key: str
    identity: Identity


class Index:
    """The keys of one sheet's rows, in their order, and what is known of them elsewhere.

    An id that stands on several rows means none of them: each has the row in its key, and `repeated` names it.
    """

    def __init__(self, board: str, rows: Sequence[Named], *, assigned: bool) -> None:
        ids = [fold(row.id) if row.id else "" for row in rows]
        counts = Counter(filter(None, ids))
        self.repeated = tuple(
            dict.fromkeys(row.id for row, id_ in zip(rows, ids, strict=True) if counts.get(id_, 0) > 1)
        )
        self.keys = tuple(
            _key(board, row, counts.get(id_, 0), assigned=assigned) for row, id_ in zip(rows, ids, strict=True)
        )
        self.ids = {id_: key.key for id_, key in zip(ids, self.keys, strict=True) if counts.get(id_, 0) == 1}
        self._rows = rows
        self._elsewhere: dict[str, str] = {}

    @cached_property
    def _titles(self) -> dict[str, str | None]:
        """The key of the row with each title, None where there are several; not needed where links name ids."""
        found: dict[str, str | None] = {}
        for row, key in zip(self._rows, self.keys, strict=True):
            title = fold(row.title)
            found[title] = None if title in found else key.key
        return found

    def know(self, others: Iterable["Index"]) -> None:
        """Learn the ids of the workbook's other sheets: one that stands on a single sheet may be named on all."""
        ids = [(id_, key) for other in others if other is not self for id_, key in other.ids.items()]
        counts = Counter(id_ for id_, _key in ids)
        self._elsewhere = {id_: key for id_, key in ids if counts[id_] == 1}

    def by_id(self, word: str) -> str | None:
        """The key of the one row with this id: on this sheet, else on another."""
        return self.ids.get(fold(word)) or self._elsewhere.get(fold(word))

    def by_title(self, title: str) -> str | None:
        """The key of the one row of this sheet with this title."""
        return self._titles.get(fold(title))

    def titled(self, title: str) -> bool:
        """Whether any row of this sheet has this title."""
        return fold(title) in self._titles


def _key(board: str, row: Named, same: int, *, assigned: bool) -> Key:
    if same == 1:
        return Key(f"{board}:{row.id}", Identity.ASSIGNED)
    if same > 1:
        return Key(f"{board}:{row.id}@{row.place}", Identity.POSITIONAL)
    # Where other rows have ids, a bare row number could be one of them.
    return Key(f"{board}:@{row.place}" if assigned else f"{board}:{row.place}", Identity.POSITIONAL)
