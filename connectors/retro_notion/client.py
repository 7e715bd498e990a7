"""Notion's API, one method an endpoint. Only here are requests made, all through notion-client over our own client."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from notion_client import Client as NotionClient
from notion_client.errors import HTTPResponseError, NotionClientErrorBase

from retro.http.client import TIMEOUT_MS, Effect, NotJsonError, PacedClient
from retro.ports import SourceError
from retro_notion.errors import NOT_FOUND, not_notion, refused

JsonObject = dict[str, Any]

VERSION = "2026-03-11"
"""The version of the API that this connector was written for."""
PAGE_MOST = 100
"""Entries that Notion gives in one answer."""

_UNKNOWN = "notionhq_client_response_error"
"""The library's code for an answer that is not in Notion's form."""


def effect(method: str, path: str) -> Effect:
    """What a request does: queries and searches only read; writing the same values to a page again changes nothing."""
    if method in ("GET", "HEAD") or path.endswith(("/query", "/search")):
        return Effect.READS
    return Effect.REPEATABLE if method == "PATCH" and "/pages/" in path else Effect.ONCE


class Client:
    """Calls for one connection.

    Every method raises SourceError where the answer is not what was asked for; those that write, ReadOnlyError
    where the token may not, and WriteUncertainError where it is not known what became of the write.
    """

    def __init__(self, token: str, base_url: str, http: PacedClient, where: str = "") -> None:
        self._http = http
        self._where = where
        # The library warns of every refusal on its logger; each comes back as an error with better words.
        self._notion = NotionClient(
            auth=token,
            base_url=base_url,
            notion_version=VERSION,
            retry=False,
            timeout_ms=TIMEOUT_MS,
            client=http,
            logger=logging.getLogger(__name__),
            log_level=logging.CRITICAL,
        )

    @property
    def calls(self) -> int:
        """Requests sent so far, retries included."""
        return self._http.calls

    def close(self) -> None:
        """Close the connections."""
        self._notion.close()

    def database(self, ref: str) -> JsonObject | None:
        """A database with the list of its data sources; None where nothing of this id is shared."""
        return self._or_none(lambda: self._notion.databases.retrieve(ref), ref)

    def data_source(self, ref: str) -> JsonObject | None:
        """A data source with its columns; None where nothing of this id is shared."""
        return self._or_none(lambda: self._notion.data_sources.retrieve(ref), ref)

    def rows(self, ref: str, cursor: str | None, size: int = PAGE_MOST) -> JsonObject:
        """The next pages of a data source."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        ask = {"page_size": size, "result_type": "page", **more}
        return self._call(lambda: self._notion.data_sources.query(ref, **ask), ref)

    def page(self, ref: str) -> JsonObject | None:
        """One page with its properties; None where there is none (any more)."""
        return self._or_none(lambda: self._notion.pages.retrieve(ref), ref)

    def values(self, page: str, column: str, cursor: str | None) -> JsonObject:
        """The next values of one property of a page; `column` is the property's id, percent escapes read."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        ask = {"page_size": PAGE_MOST, **more}
        return self._call(lambda: self._notion.pages.properties.retrieve(page, quote(column, safe=""), **ask), page)

    def update_page(self, ref: str, properties: Mapping[str, Any]) -> JsonObject:
        """Write some properties of a page, and those only; the page as it now is."""
        return self._call(lambda: self._notion.pages.update(ref, properties=dict(properties)), ref, writing=True)

    def update_columns(self, ref: str, properties: Mapping[str, Any]) -> JsonObject:
        """Add or remove columns of a data source, touching no other; the data source as it now is."""
        return self._call(lambda: self._notion.data_sources.update(ref, properties=dict(properties)), ref, writing=True)

    def users(self, cursor: str | None) -> JsonObject:
        """The next members and bots of the workspace; guests are not among them."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        return self._call(lambda: self._notion.users.list(page_size=PAGE_MOST, **more), "users")

    def user(self, ref: str) -> JsonObject | None:
        """One person, guests too; None where there is none."""
        return self._or_none(lambda: self._notion.users.retrieve(ref), ref)

    def data_sources(self, cursor: str | None) -> JsonObject:
        """The next data sources that are shared with the connection."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        only = {"property": "object", "value": "data_source"}
        return self._call(lambda: self._notion.search(filter=only, page_size=PAGE_MOST, **more), "search")

    def _or_none(self, ask: Callable[[], Any], at: str) -> JsonObject | None:
        try:
            return self._call(ask, at)
        except SourceError as error:
            if error.status == NOT_FOUND:
                return None
            raise

    def _call(self, ask: Callable[[], Any], at: str, *, writing: bool = False) -> JsonObject:
        place = " · ".join(part for part in (self._where, at) if part)
        try:
            answer = ask()
        except HTTPResponseError as error:
            # What the library raises holds headers and request: ours is raised outside of its handler.
            code = "" if str(error.code) == _UNKNOWN else str(error.code)
            failure = refused(error.status, code, str(error), place, writing=writing)
        except (NotJsonError, NotionClientErrorBase):
            failure = not_notion(place, writing=writing)
        else:
            if isinstance(answer, dict):
                return answer
            failure = not_notion(place, writing=writing)
        raise failure
