"""Trello's API, one method an endpoint. Only here are requests made, all through py-trello's `fetch_json`."""

from collections.abc import Mapping, Sequence
from typing import Any

from requests import PreparedRequest
from requests.auth import AuthBase
from requests.exceptions import JSONDecodeError
from trello import ResourceUnavailable, TrelloClient

from retro.http.session import PacedSession
from retro.ports import SourceError
from retro_trello.errors import NOT_FOUND, not_trello, refused

JsonObject = dict[str, Any]

CARDS_MOST = 1000
"""Trello gives no more cards in one answer."""

_BOARD = {
    "fields": "all",
    "lists": "all",
    "labels": "all",
    "labels_limit": "1000",
    "members": "all",
    "member_fields": "username,fullName,initials",
    "memberships": "all",
    "customFields": "true",
}
_CARDS = {
    "checklists": "all",
    "cards": "visible",
    "card_fields": "all",
    "card_customFieldItems": "true",
    "card_attachments": "true",
    "card_pluginData": "true",
    "actions": "commentCard,updateCard:due",
    "actions_limit": "1000",
}


class HeaderAuth(AuthBase):
    """Key and token in the Authorization header, so that no address holds them."""

    def __init__(self, key: str, token: str) -> None:
        self._header = f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Set the header."""
        request.headers["Authorization"] = self._header
        return request


class Client:
    """Calls for one account.

    Every method raises SourceError where the answer is not what was asked for; those that write, ReadOnlyError
    where the token may not, and WriteUncertainError where it is not known what became of the write.
    """

    def __init__(self, key: str, token: str, session: PacedSession, where: str = "") -> None:
        self._session = session
        self._where = where
        self._trello = TrelloClient(key, http_service=session)
        self._trello.oauth = HeaderAuth(key, token)

    @property
    def calls(self) -> int:
        """Requests sent so far, retries included."""
        return self._session.calls

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def my_boards(self) -> list[JsonObject]:
        """The open boards that the token's owner is on."""
        query = {"filter": "open", "fields": "name,url,shortLink,dateLastActivity,prefs"}
        return self._list("/members/me/boards", query)

    def board(self, ref: str) -> JsonObject:
        """A board with everything on it that is open, in one request."""
        return self._object("GET", f"/boards/{ref}", query={**_BOARD, **_CARDS}, at=ref)

    def board_frame(self, ref: str) -> JsonObject:
        """A board without its cards: what is needed to understand one of them."""
        return self._object("GET", f"/boards/{ref}", query=_BOARD, at=ref)

    def cards_before(self, ref: str, oldest: str) -> list[JsonObject]:
        """The next page of a board's open cards: those created before the oldest that is known."""
        query = {
            "limit": str(CARDS_MOST),
            "before": oldest,
            "fields": "all",
            "customFieldItems": "true",
            "attachments": "true",
            "pluginData": "true",
        }
        return self._list(f"/boards/{ref}/cards", query, at=ref)

    def card(self, ref: str) -> JsonObject | None:
        """One card with its custom field values and checklists; None where there is none (any more)."""
        query = {"fields": "all", "customFieldItems": "true", "checklists": "all"}
        try:
            return self._object("GET", f"/cards/{ref}", query=query, at=ref)
        except SourceError as error:
            if error.status == NOT_FOUND:
                return None
            raise

    def update_card(self, ref: str, values: Mapping[str, Any]) -> JsonObject:
        """Write fields of a card in one request; the card as it now is."""
        return self._object("PUT", f"/cards/{ref}", body=dict(values), at=ref)

    def update_custom_fields(self, ref: str, items: Sequence[JsonObject]) -> Any:
        """Write custom field values of a card in one request; Trello's answer, whose shape it does not document."""
        return self._fetch("PUT", f"/cards/{ref}/customFields", body={"customFieldItems": list(items)}, at=ref)

    def custom_fields(self, ref: str) -> list[JsonObject]:
        """The custom fields of a board as they are now."""
        return self._list(f"/boards/{ref}/customFields", {}, at=ref)

    def create_custom_field(self, board: str, name: str, kind: str) -> JsonObject:
        """Add a custom field at the end of a board's, off the fronts of its cards. Never repeated by itself."""
        body = {
            "idModel": board,
            "modelType": "board",
            "name": name,
            "type": kind,
            "pos": "bottom",
            "display_cardFront": False,
        }
        return self._object("POST", "/customFields", body=body, at=board)

    def delete_custom_field(self, ref: str) -> bool:
        """Remove a custom field with its values; whether it was there."""
        try:
            self._fetch("DELETE", f"/customFields/{ref}", at=ref)
        except SourceError as error:
            if error.status == NOT_FOUND:
                return False
            raise
        return True

    def _object(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: JsonObject | None = None, at: str
    ) -> JsonObject:
        answer = self._fetch(method, path, query=query, body=body, at=at)
        if not isinstance(answer, dict):
            raise not_trello(self._place(at), writing=method != "GET")
        return answer

    def _list(self, path: str, query: Mapping[str, str], at: str = "") -> list[JsonObject]:
        answer = self._fetch("GET", path, query=query, at=at)
        if not isinstance(answer, list):
            raise not_trello(self._place(at), writing=False)
        return [entry for entry in answer if isinstance(entry, dict)]

    def _fetch(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: JsonObject | None = None, at: str
    ) -> Any:
        try:
            return self._trello.fetch_json(path, method, query_params=dict(query or {}), post_args=body)
        except ResourceUnavailable as error:
            # py-trello keeps the status and a message that begins with the answer's text.
            failure = refused(error._status, str(error._msg), self._place(at), writing=method != "GET")  # noqa: SLF001 - its only way out
        except JSONDecodeError:
            failure = not_trello(self._place(at), writing=method != "GET")
        raise failure

    def _place(self, at: str) -> str:
        return " · ".join(part for part in (self._where, at) if part)
