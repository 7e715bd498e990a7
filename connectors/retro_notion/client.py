"""Notion's API, one method an endpoint. Only here are requests made, all through notion-client over our own client."""

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import httpx
from notion_client import Client as NotionClient
from notion_client.errors import HTTPResponseError, NotionClientErrorBase

from retro.http.client import TIMEOUT_MS, Effect, NotJsonError, PacedClient
from retro.http.line import Look
from retro.ports import SourceError
from retro_notion.errors import GATEWAY_TIMEOUT, NOT_FOUND, not_notion, refused

JsonObject = dict[str, Any]

VERSION = "2026-03-11"
"""The version of the API that this connector was written for."""
PAGE_MOST = 100
"""Entries that Notion gives in one answer."""
SMALLER = {100: 50, 50: 25, 25: 10}
"""What is asked for where Notion could not give so many rows in time."""

_UNKNOWN = "notionhq_client_response_error"
"""The library's code for an answer that is not in Notion's form."""


def effect(method: str, path: str) -> Effect:
    """What a request does: queries and searches only read; the same values on a page again change nothing."""
    if method in ("GET", "HEAD") or path.endswith(("/query", "/search")):
        return Effect.READS
    if method == "DELETE" or (method == "PATCH" and ("/pages/" in path or "/comments/" in path)):
        return Effect.REPEATABLE
    return Effect.ONCE


def too_much(answer: httpx.Response) -> bool:
    """Whether Notion could not give so many rows in time: fewer are to be asked for, not the same again."""
    if answer.status_code != GATEWAY_TIMEOUT or not answer.request.url.path.endswith("/query"):
        return False
    size = json.loads(answer.request.content).get("page_size", PAGE_MOST)
    return size in SMALLER


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
        """Requests that this thread has sent so far, retries included."""
        return self._http.calls

    def looking(self, look: Look) -> AbstractContextManager[None]:
        """While it is entered, look again before a write goes out after a wait (see `Line.looking`)."""
        return self._http.looking(look)

    def seen(self) -> None:
        """What is about to be written on was read just now."""
        self._http.seen()

    def close(self) -> None:
        """Close the connections."""
        self._notion.close()

    def database(self, ref: str) -> JsonObject | None:
        """A database with the list of its data sources; None where nothing of this id is shared."""
        return self._or_none(lambda: self._notion.databases.retrieve(ref), ref)

    def data_source(self, ref: str) -> JsonObject | None:
        """A data source with its columns; None where nothing of this id is shared."""
        return self._or_none(lambda: self._notion.data_sources.retrieve(ref), ref)

    def rows(self, ref: str, cursor: str | None, size: int = PAGE_MOST, since: str | None = None) -> JsonObject:
        """The next pages of a data source, the oldest first: all of them, or those created at `since` or later."""
        more: JsonObject = {"start_cursor": cursor} if cursor is not None else {}
        if since is not None:
            more["filter"] = {"timestamp": "created_time", "created_time": {"on_or_after": since}}
        sorts = [{"timestamp": "created_time", "direction": "ascending"}]
        ask = {"page_size": size, "result_type": "page", "sorts": sorts, **more}
        return self._call(lambda: self._notion.data_sources.query(ref, **ask), ref)

    def page(self, ref: str) -> JsonObject | None:
        """One page with its properties; None where there is none (any more)."""
        return self._or_none(lambda: self._notion.pages.retrieve(ref), ref)

    def values(self, page: str, column: str, cursor: str | None) -> JsonObject:
        """The next values of one property of a page; `column` is the property's id, percent escapes read."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        ask = {"page_size": PAGE_MOST, **more}
        return self._call(lambda: self._notion.pages.properties.retrieve(page, quote(column, safe=""), **ask), page)

    def create_page(self, source: str, properties: Mapping[str, Any]) -> JsonObject:
        """Make a page in a data source; the page as it is. Never sent twice."""
        parent = {"type": "data_source_id", "data_source_id": source}
        return self._call(
            lambda: self._notion.pages.create(parent=parent, properties=dict(properties)), source, writing=True
        )

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

    def me(self) -> str:
        """The id of the connection's own user, who writes its comments."""
        return str(self.whoami().get("id") or "")

    def whoami(self) -> JsonObject:
        """The connection's own user."""
        return self._call(self._notion.users.me, "users")

    def comments(self, page: str, cursor: str | None) -> JsonObject:
        """The next comments of the open discussions of a page."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        return self._call(lambda: self._notion.comments.list(block_id=page, page_size=PAGE_MOST, **more), page)

    def create_comment(self, page: str, runs: list[Any]) -> JsonObject:
        """Comment on a page, in a discussion of its own."""
        parent = {"page_id": page}
        return self._call(lambda: self._notion.comments.create(parent=parent, rich_text=runs), page, writing=True)

    def update_comment(self, ref: str, runs: list[Any]) -> JsonObject:
        """Give a comment of the connection's own another text."""
        return self._call(lambda: self._notion.comments.update(ref, rich_text=runs), ref, writing=True)

    def delete_comment(self, ref: str) -> JsonObject:
        """Delete a comment of the connection's own."""
        return self._call(lambda: self._notion.comments.delete(ref), ref, writing=True)

    def views(self, source: str, cursor: str | None) -> JsonObject:
        """The next views of a data source, by id."""
        more = {"start_cursor": cursor} if cursor is not None else {}
        return self._call(lambda: self._notion.views.list(data_source_id=source, page_size=PAGE_MOST, **more), source)

    def view(self, ref: str) -> JsonObject:
        """One view with what it shows by which column."""
        return self._call(lambda: self._notion.views.retrieve(ref), ref)

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
            if isinstance(failure, SourceError) and failure.whole:
                failure.where = self._where  # it is the connection's, whatever was asked for
        except (NotJsonError, NotionClientErrorBase):
            failure = not_notion(place, writing=writing)
        else:
            if isinstance(answer, dict):
                return answer
            failure = not_notion(place, writing=writing)
        raise failure
