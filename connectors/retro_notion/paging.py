"""Reading what Notion gives in pieces: long values, people, views, data sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retro.ports import SourceError
from retro_notion import payload
from retro_notion.errors import BAD_REQUEST, FORBIDDEN, NOT_FOUND, UNAUTHORISED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from retro_notion.client import Client, JsonObject

_UNTOLD = (UNAUTHORISED, FORBIDDEN, NOT_FOUND)
"""The statuses by which Notion says that a connection may not know something."""


def whole(client: Client, page: str, column: str, cell: payload.Property) -> payload.Property:
    """A cell with all its values: Notion shows 25 references of one. A request for each hundred values."""
    entries = _all(lambda cursor: client.values(page, column, cursor))
    items = [entry.get(cell.type) for entry in entries]
    return cell.model_copy(update={"value": [item for item in items if item is not None], "has_more": False})


def shared_sources(client: Client) -> Iterator[payload.DataSource]:
    """Every data source that is shared with the connection."""
    return iter(payload.read_each(payload.DataSource, _all(client.data_sources)))


def people(client: Client, wanted: Collection[str]) -> dict[str, payload.User]:
    """The people of these ids, where the connection may see them: members in one list, guests one by one."""
    known: dict[str, payload.User] = {}
    try:
        listed = payload.read_each(payload.User, _all(client.users))
        known = {user.id: user for user in listed if user.id in wanted}
    except SourceError as error:
        # A connection may lack the right to list people, and yet be told of one.
        if error.status not in _UNTOLD:
            raise
    for id_ in sorted(set(wanted) - known.keys()):
        try:
            known.update({user.id: user for user in payload.read_each(payload.User, [client.user(id_)]) if user.name})
        except SourceError as error:
            if error.status not in _UNTOLD:
                raise
            break  # what is closed to the connection for one is so for all
    return known


def comments(client: Client, page: str) -> list[payload.Comment]:
    """The comments of the open discussions of a page, oldest first."""
    return payload.read_each(payload.Comment, _all(lambda cursor: client.comments(page, cursor)))


def views(client: Client, source: str) -> list[payload.View]:
    """The views of a data source; none where Notion does not tell this connection of them."""
    try:
        listed = [entry.get("id") for entry in _all(lambda cursor: client.views(source, cursor))]
        return payload.read_each(payload.View, [client.view(id_) for id_ in listed if isinstance(id_, str)])
    except SourceError as error:
        if error.status not in (BAD_REQUEST, *_UNTOLD):
            raise
        return []


def _all(ask: Callable[[str | None], JsonObject]) -> list[dict[str, Any]]:
    """The entries of every answer of a list."""
    cursor: str | None = None
    entries: list[dict[str, Any]] = []
    while True:
        found = payload.Found.model_validate(ask(cursor))
        entries += [entry for entry in found.results if isinstance(entry, dict)]
        if not found.has_more or not found.next_cursor or found.next_cursor == cursor:
            return entries
        cursor = found.next_cursor
