"""How many rows to ask for at once: fewer after an answer that came too late, more again once answers come."""

from retro_notion.client import PAGE_MOST, SMALLER

_LARGER = {fewer: more for more, fewer in SMALLER.items()}
_TRIES = 3
"""Time-outs in a row after which so many rows are not asked for again: each costs a minute at Notion's gateway."""


class PageSize:
    """The size of the next page of one data source.

    A time-out may mean that the rows were too many, or that Notion was busy. So one page is asked for in half the
    size, and the next one in the larger size again; a size that times out three times in a row is too much.
    """

    def __init__(self) -> None:
        self.rows = PAGE_MOST
        """Rows to ask for."""
        self._late: dict[int, int] = {}
        """Time-outs in a row, by size."""

    def late(self) -> bool:
        """Take note that no answer came in time; False where fewer rows cannot be asked for."""
        if self.rows not in SMALLER:
            return False
        self._late[self.rows] = self._late.get(self.rows, 0) + 1
        self.rows = SMALLER[self.rows]
        return True

    def answered(self) -> None:
        """Take note that an answer came in time."""
        self._late.pop(self.rows, None)
        more = _LARGER.get(self.rows)
        if more is not None and self._late.get(more, 0) < _TRIES:
            self.rows = more
