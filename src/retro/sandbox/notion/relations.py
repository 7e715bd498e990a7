"""Relations between pages: replaced as a whole, with the other side of a two-way relation kept in step."""

from typing import TYPE_CHECKING

from retro.sandbox.notion.access import Document
from retro.sandbox.notion.schema import mirror

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState


def put(state: "NotionState", page: Document, column: Document, ids: list[str]) -> None:
    """Relate a page to `ids` and to nothing else.

    The other side's pages do not count as edited: whoever reads by the time of the last edit misses them.
    """
    ids = list(dict.fromkeys(ids))
    before: list[str] = page["values"].get(column["id"], [])
    page["values"][column["id"]] = ids
    other = mirror(state, column)
    if other is None:
        return
    for id_ in before:
        if id_ not in ids:
            _side(state, id_, other).remove(page["id"])
    for id_ in ids:
        side = _side(state, id_, other)
        if page["id"] not in side:
            side.append(page["id"])


def _side(state: "NotionState", id_: str, other: Document) -> list[str]:
    values = state.pages[id_]["values"]
    # A new list: the one that is there may be the very list that is being written.
    values[other["id"]] = side = list(values.get(other["id"], []))
    return side


def seen(state: "NotionState", page: Document, column: Document) -> list[str]:
    """The pages that an answer names: none in the trash, and none at all where the other base is not shared."""
    target = state.sources[column["config"]["source"]]
    if target["database"] in state.unshared:
        return []
    return [id_ for id_ in page["values"].get(column["id"], []) if not state.pages[id_]["in_trash"]]
