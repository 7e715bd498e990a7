"""The rows of a query in their order, kept while its pages are asked for: a cursor leads on in the same list."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from retro.sandbox.notion import paging, refusals

_KEPT = 16


class Order:
    """The ids of all rows of one query, in order."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = list(ids)
        self._place = {id_: place for place, id_ in enumerate(self.ids)}

    def start(self, source: str, cursor: Any) -> int:
        """Where a cursor leads to. Raises Refusal: it is none of this data source."""
        mark, prefix = str(cursor), paging.cursor_of(source, "")
        place = self._place.get(mark.removeprefix(prefix)) if mark.startswith(prefix) else None
        if place is None:
            raise refusals.invalid(f"The start_cursor provided is invalid: {cursor}")
        return place


class Orders:
    """The orders of the latest queries, by what was asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Order] = OrderedDict()

    def get(self, asked: str) -> Order | None:
        """The order of a query that was begun before."""
        return self._kept.get(asked)

    def keep(self, asked: str, order: Order) -> Order:
        """Keep the order of a query that begins."""
        self._kept[asked] = order
        self._kept.move_to_end(asked)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return order
