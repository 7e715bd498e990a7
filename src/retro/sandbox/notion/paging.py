"""Lists cut into pages, each with an opaque cursor to the next one."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from retro.sandbox.notion import refusals
from retro.sandbox.notion.access import Document

SIZE_MOST = 100

_One = TypeVar("_One")


def cut(
    found: Sequence[_One], asked: dict[str, Any], list_id: str, mark: Callable[[_One], str]
) -> tuple[Sequence[_One], str | None]:
    """The asked page of a list, and the cursor to the next one.

    Args:
        found: all of it, in its order.
        asked: `page_size` and `start_cursor`, as numbers or as a query has them.
        list_id: what the cursor belongs to: it opens no other list.
        mark: what a cursor knows an item by.

    Raises:
        Refusal: a size out of bounds, or a cursor that is none of this list.
    """
    size = size_of(asked)
    start, cursor = 0, asked.get("start_cursor")
    if cursor is not None:
        place = {cursor_of(list_id, mark(one)): at for at, one in enumerate(found)}
        if cursor not in place:
            raise refusals.invalid(f"The start_cursor provided is invalid: {cursor}")
        start = place[cursor]
    rest = start + size
    return found[start:rest], cursor_of(list_id, mark(found[rest])) if rest < len(found) else None


def listed(kind: str, results: Sequence[Any], cursor: str | None) -> Document:
    """A page of a list of `kind`, as answers show it."""
    return {
        "object": "list",
        "results": list(results),
        "next_cursor": cursor,
        "has_more": cursor is not None,
        "type": kind,
        kind: {},
    }


def cursor_of(list_id: str, mark: str) -> str:
    """The cursor that leads on from an item of a list."""
    return f"s:{list_id}:{mark}"


def size_of(asked: dict[str, Any]) -> int:
    """The items that a request asks for at once. Raises Refusal: none, or too many."""
    told = asked.get("page_size", SIZE_MOST)
    try:
        size = int(told)
    except (TypeError, ValueError):
        size = 0
    if isinstance(told, bool | float) or not 1 <= size <= SIZE_MOST:
        raise refusals.misshapen("page_size", f"between 1 and {SIZE_MOST}, instead was `{told}`")
    return size
