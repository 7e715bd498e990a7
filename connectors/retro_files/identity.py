"""Which key each row has, and which row a word in another cell means: an id or a title."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        counts = Counter(fold(row.id) for row in rows if row.id)
        self.repeated = tuple(dict.fromkeys(row.id for row in rows if row.id and counts[fold(row.id)] > 1))
        self.keys = tuple(_key(board, row, counts[fold(row.id)] if row.id else 0, assigned=assigned) for row in rows)
        keyed = list(zip(rows, self.keys, strict=True))
        self.ids = {fold(row.id): key.key for row, key in keyed if row.id and counts[fold(row.id)] == 1}
        titles = Counter(fold(row.title) for row in rows)
        self._titles = {fold(row.title): key.key for row, key in keyed if titles[fold(row.title)] == 1}
        self._several = frozenset(title for title, count in titles.items() if count > 1)
        self._elsewhere: dict[str, str] = {}

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
        return fold(title) in self._titles or fold(title) in self._several


def _key(board: str, row: Named, same: int, *, assigned: bool) -> Key:
    if same == 1:
        return Key(f"{board}:{row.id}", Identity.ASSIGNED)
    if same > 1:
        return Key(f"{board}:{row.id}@{row.place}", Identity.POSITIONAL)
    # Where other rows have ids, a bare row number could be one of them.
    return Key(f"{board}:@{row.place}" if assigned else f"{board}:{row.place}", Identity.POSITIONAL)
