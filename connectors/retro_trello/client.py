"""Trello's API, one method an endpoint. Only here are requests made, all through py-trello's `fetch_json`."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from requests import PreparedRequest
from requests.auth import AuthBase
from trello import ResourceUnavailable, TrelloClient

from retro.http.line import Look
from retro.http.session import PacedSession
from retro.ports import SourceError
from retro_trello.errors import NOT_FOUND, not_trello, refused
from retro_trello.history import ACTIONS_MOST

JsonObject = dict[str, Any]

CARDS_MOST = 1000
"""Trello gives no more cards in one answer."""
ACTIONS = "commentCard,updateCard:due"
"""The kinds of actions that tell something of the plan: comments, and moves of due dates."""

_BOARD = {
    "fields": "all",
    "lists": "all",
    "labels": "all",
    "labels_limit": "1000",
    "members": "all",
    "member_fields": "username,fullName,initials",
    "memberships": "all",
    "customFields": "true",
    "pluginData": "true",
}
_CARDS = {
    "cards": "visible",
    "card_fields": "all",
    "card_customFieldItems": "true",
    "card_attachments": "true",
    "card_pluginData": "true",
}
_AROUND = {"checklists": "all", "actions": ACTIONS, "actions_limit": "1000"}


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
        """Requests that this thread has sent so far, retries included."""
        return self._session.calls

    @property
    def answered(self) -> datetime | None:
        """When Trello gave the last answer, by its own clock, in whole seconds; None where it does not say."""
        return self._session.answered

    def looking(self, look: Look) -> AbstractContextManager[None]:
        """While it is entered, look again before a write goes out after a wait (see `Line.looking`)."""
        return self._session.looking(look)

    def seen(self) -> None:
        """What is about to be written on was read just now."""
        self._session.seen()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def my_boards(self) -> list[JsonObject]:
        """The open boards that the token's owner is on."""
        query = {"filter": "open", "fields": "name,url,shortLink,dateLastActivity,prefs,idOrganization,memberships"}
        return self._list("/members/me/boards", query)

    def board(self, ref: str) -> JsonObject:
        """A board with everything on it that is open, in one request."""
        return self._object("GET", f"/boards/{ref}", query={**_BOARD, **_CARDS, **_AROUND}, at=ref)

    def board_frame(self, ref: str) -> JsonObject:
        """A board without its cards: what is needed to understand one of them."""
        return self._object("GET", f"/boards/{ref}", query=_BOARD, at=ref)

    def cards(self, ref: str, most: int, before: str | None, *, checklists: bool) -> list[Any]:
        """The newest cards of those created before the card `before`, as the board's own answer nests them."""
        query = {"fields": "id", **_CARDS, "cards_limit": str(most)}
        if before is not None:
            query["cards_before"] = before
        if checklists:
            query["card_checklists"] = "all"
        listed = self._object("GET", f"/boards/{ref}", query=query, at=ref).get("cards")
        if not isinstance(listed, list):
            raise not_trello(self._place(ref), writing=False)
        return listed

    def cards_flat(self, ref: str, most: int, before: str | None, *, checklists: bool) -> list[Any]:
        """The same by the route of the board's cards, which gives those of archived lists as well."""
        query = {
            "limit": str(most),
            "fields": "all",
            "customFieldItems": "true",
            "attachments": "true",
            "pluginData": "true",
        }
        if before is not None:
            query["before"] = before
        if checklists:
            query["checklists"] = "all"
        return self._entries(f"/boards/{ref}/cards", query, at=ref)

    def actions(self, ref: str, most: int, before: str | None) -> list[Any]:
        """The newest comments and moves of due dates of those made before the action `before`."""
        query = {"filter": ACTIONS, "limit": str(most), **({} if before is None else {"before": before})}
        return self._entries(f"/boards/{ref}/actions", query, at=ref)

    def me(self) -> str:
        """The id of the token's owner."""
        id_ = self.whoami().get("id")
        if not isinstance(id_, str) or not id_:
            raise not_trello(self._place("me"), writing=False)
        return id_

    def whoami(self) -> JsonObject:
        """The token's owner: id and names."""
        return self._object("GET", "/members/me", at="me")

    def my_tokens(self) -> list[JsonObject]:
        """The tokens that their owner gave out, without their values: until when each holds, and what it may do."""
        return self._list("/members/me/tokens", {}, at="me")

    def card(self, ref: str, *, comments: bool = False) -> JsonObject | None:
        """One card with its custom field values, checklists, and its `comments` if asked; None where there is none."""
        query = {"fields": "all", "customFieldItems": "true", "checklists": "all"}
        if comments:
            query |= {"actions": "commentCard", "actions_limit": str(ACTIONS_MOST)}
        try:
            return self._object("GET", f"/cards/{ref}", query=query, at=ref)
        except SourceError as error:
            if error.status == NOT_FOUND:
                return None
            raise

    def comments(self, card: str, before: str) -> list[JsonObject]:
        """The comments of a card that were made before the action `before`."""
        query = {"filter": "commentCard", "limit": str(ACTIONS_MOST), "before": before}
        return self._list(f"/cards/{card}/actions", query, at=card)

    def create_card(self, board: str, values: Mapping[str, Any]) -> JsonObject:
        """Make a card in the list that `values` names; the card as it is. Never repeated by itself."""
        return self._object("POST", "/cards", body=dict(values), at=board)

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
        return self._deleted(f"/customFields/{ref}", ref)

    def create_comment(self, card: str, text: str) -> JsonObject:
        """Comment on a card; the action that it is kept as. Never repeated by itself."""
        return self._object("POST", f"/cards/{card}/actions/comments", body={"text": text}, at=card)

    def update_comment(self, ref: str, text: str) -> JsonObject:
        """Change a comment in place; the action that it is kept as."""
        return self._object("PUT", f"/actions/{ref}", body={"text": text}, at=ref)

    def delete_comment(self, ref: str) -> bool:
        """Remove a comment; whether it was there."""
        return self._deleted(f"/actions/{ref}", ref)

    def labels(self, ref: str) -> list[JsonObject]:
        """The labels of a board as they are now."""
        return self._list(f"/boards/{ref}/labels", {"limit": "1000"}, at=ref)

    def create_label(self, board: str, name: str, colour: str) -> JsonObject:
        """Add a label to a board; Trello takes it in the query only. Never repeated by itself."""
        query = {"name": name, "color": colour, "idBoard": board}
        return self._object("POST", "/labels", query=query, at=board)

    def put_label(self, card: str, label: str) -> None:
        """Put a label on a card beside those that are there; Trello takes it in the query only."""
        self._fetch("POST", f"/cards/{card}/idLabels", query={"value": label}, at=card)

    def take_label(self, card: str, label: str) -> None:
        """Take a label off a card; the others stay."""
        self._fetch("DELETE", f"/cards/{card}/idLabels/{label}", at=card)

    def delete_label(self, ref: str) -> bool:
        """Remove a label from its board and its cards; whether it was there."""
        return self._deleted(f"/labels/{ref}", ref)

    def _deleted(self, path: str, ref: str) -> bool:
        try:
            self._fetch("DELETE", path, at=ref)
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
        return [entry for entry in self._entries(path, query, at) if isinstance(entry, dict)]

    def _entries(self, path: str, query: Mapping[str, str], at: str) -> list[Any]:
        answer = self._fetch("GET", path, query=query, at=at)
        if not isinstance(answer, list):
            raise not_trello(self._place(at), writing=False)
        return answer

    def _fetch(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: JsonObject | None = None, at: str
    ) -> Any:
        try:
            return self._trello.fetch_json(path, method, query_params=dict(query or {}), post_args=body)
        except ResourceUnavailable as error:
            # py-trello keeps the status and a message that begins with the answer's text.
            failure = refused(error._status, str(error._msg), self._place(at), writing=method != "GET")  # noqa: SLF001 - its only way out
        except (ValueError, RecursionError):
            # No JSON, a number of thousands of digits, or lists within lists without end.
            failure = not_trello(self._place(at), writing=method != "GET")
        raise failure

    def _place(self, at: str) -> str:
        return " · ".join(part for part in (self._where, at) if part)
