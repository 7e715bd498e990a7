"""Reading what Notion gives in pieces: rows, long relations, people, data sources."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from retro.i18n import plural
from retro.i18n import text as _
from retro.ports import SourceError
from retro_notion import payload
from retro_notion.client import PAGE_MOST, Client, JsonObject
from retro_notion.errors import FORBIDDEN, GATEWAY_TIMEOUT, NOT_FOUND, UNAUTHORISED

_LEAST = 10


class Rows:
    """All rows of a data source: iterate once, then ask for `facts`.

    Each answer that times out at Notion's gateway is asked for again in half the size, down to ten rows.
    """

    def __init__(self, client: Client, source: str) -> None:
        self._client = client
        self._source = source
        self._dropped = 0
        self._incomplete = False
        self._read = 0

    def __iter__(self) -> Iterator[list[payload.Page]]:
        cursor: str | None = None
        size = PAGE_MOST
        seen: set[str] = set()
        while True:
            answer, size = self._next(cursor, size)
            found = payload.Found.model_validate(answer)
            rows = [row for row in found.results if not isinstance(row, dict) or row.get("object", "page") == "page"]
            pages = payload.read_each(payload.Page, rows)
            self._dropped += len(rows) - len(pages)
            # A row that moves while it is read may come twice.
            fresh = [page for page in pages if page.id not in seen]
            seen.update(page.id for page in fresh)
            self._read += len(fresh)
            self._incomplete = self._incomplete or found.incomplete
            yield fresh
            if not found.has_more or not found.next_cursor or found.next_cursor == cursor:
                self._incomplete = self._incomplete or found.has_more
                return
            cursor = found.next_cursor

    def _next(self, cursor: str | None, size: int) -> tuple[JsonObject, int]:
        while True:
            try:
                return self._client.rows(self._source, cursor, size), size
            except SourceError as error:
                if error.status != GATEWAY_TIMEOUT or size <= _LEAST:
                    raise
            size = max(_LEAST, size // 2)

    @property
    def facts(self) -> list[str]:
        """What the read has to say of itself."""
        found = []
        if self._incomplete:
            found.append(
                _(
                    "Notion stopped at {count} rows and has more: what lies beyond was not read. "
                    "Archive finished rows, or split the database.",
                    count=self._read,
                )
            )
        if self._dropped:
            found.append(
                plural(
                    "{count} row of this database cannot be read: it was left out.",
                    "{count} rows of this database cannot be read: they were left out.",
                    self._dropped,
                )
            )
        return found


def completed(client: Client, page: payload.Page, columns: Collection[str]) -> payload.Page:
    """The page with the relations of these columns (ids) whole: Notion shows 25 of a relation's pages."""
    cut = {id_: cell for id_, cell in page.properties.items() if cell.has_more and id_ in columns}
    whole = {id_: _whole(client, page.id, id_, cell) for id_, cell in cut.items() if ".." not in id_}
    return page.model_copy(update={"properties": {**page.properties, **whole}}) if whole else page


def _whole(client: Client, page: str, column: str, cell: payload.Property) -> payload.Property:
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
        for id_ in sorted(set(wanted) - known.keys()):
            known.update({user.id: user for user in payload.read_each(payload.User, [client.user(id_)])})
    except SourceError as error:
        # A connection may lack the right to see people: their ids must do.
        if error.status not in (FORBIDDEN, NOT_FOUND, UNAUTHORISED):
            raise
    return known


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
