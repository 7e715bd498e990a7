"""The operations of the look-alike, one a route: method and path to what it does and answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retro.sandbox.trello import access, cards, comments, fields, nested, refusals
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.history import Hand
from retro.sandbox.trello.shapes import Document
from retro.sandbox.trello.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An authenticated request. `params` is the query with the JSON body laid over it, as Trello takes them."""

    state: State
    token: Token
    query: dict[str, str]
    params: dict[str, Any]

    @property
    def member(self) -> Document:
        """Whose token it is."""
        return self.state.members[self.token.id_member]

    @property
    def hand(self) -> Hand:
        """The token's owner, through an application, now."""
        return self.state.hand(self.token.id_member, app=self.state.app)

    def board(self, ref: str, *, write: bool = False) -> Document:
        """A board that the member can see, or change."""
        on = self.state.board(ref)
        self._check(on, write=write)
        return on

    def card(self, ref: str, *, write: bool = False) -> tuple[Document, Document]:
        """A card, after its board, on a board that the member can see, or change."""
        on, of = self.state.card(ref)
        self._check(on, write=write)
        return on, of

    def _check(self, on: Document, *, write: bool) -> None:
        if not access.may_see(self.member, on):
            raise refusals.forbidden()
        if write:
            access.check_write(self.member, on)


def _member(call: Call, ref: str) -> Document:
    found = call.member if ref == "me" else call.state.members.get(ref)
    if found is None:
        raise refusals.unknown()
    return nested.pick(found, call.query.get("fields", "all"))


def _member_boards(call: Call, ref: str) -> list[Document]:
    if ref not in {"me", call.member["id"]}:
        raise refusals.forbidden()
    which = call.query.get("filter", "all")
    mine = [
        on for on in call.state.boards.values() if any(m["idMember"] == call.member["id"] for m in on["memberships"])
    ]
    kept = [on for on in mine if which not in {"open", "closed"} or on["closed"] is (which == "closed")]
    return [nested.board_answer(on, {"fields": "all", "memberships": "all", **call.query}) for on in kept]


def _board(call: Call, ref: str) -> Document:
    return nested.board_answer(call.board(ref), call.query)


def _board_cards(call: Call, ref: str, which: str = "visible") -> list[Document]:
    on = call.board(ref)
    which = call.query.get("filter", which)
    found = nested.latest(nested.filtered_cards(on, which), call.query, nested.limit(call.query, "limit", 1000))
    return [nested.card_answer(on, card, call.query, "", call.query.get("fields", "all")) for card in found]


def _board_actions(call: Call, ref: str) -> list[Document]:
    return nested.actions(call.board(ref)["actions"], call.query, "", call.query.get("filter", "all"))


def _board_part(call: Call, ref: str, part: str) -> list[Document]:
    on = call.board(ref)
    if part == "lists":
        return nested.by_state(on["lists"], call.query.get("filter", "open"), call.query.get("fields", "all"))
    found: list[Document] = on[part]
    if part == "labels":
        found = found[: nested.limit(call.query, "limit", 50)]
    return [nested.pick(one, call.query.get("fields", "all")) for one in found]


def _card(call: Call, ref: str) -> Document:
    return nested.one_card_answer(*call.card(ref), call.query)


def _card_items(call: Call, ref: str) -> list[Document]:
    items: list[Document] = call.card(ref)[1]["customFieldItems"]
    return items


def _card_actions(call: Call, ref: str) -> list[Document]:
    kinds = call.query.get("filter", "commentCard,updateCard:idList")
    return nested.actions(nested.card_actions(*call.card(ref)), call.query, "", kinds)


def _create_card(call: Call) -> Document:
    id_list = call.params.get("idList")
    for on in call.state.boards.values():
        if cards.find(on["lists"], str(id_list)) is not None:
            call.board(on["id"], write=True)
            made = cards.create(on, call.params, call.state.next_number(on), call.hand)
            call.state.add_card(on, made)
            return nested.card_answer(on, made, {})
    raise refusals.invalid("idList")


def _update_card(call: Call, ref: str) -> Document:
    on, of = call.card(ref, write=True)
    cards.update(on, of, call.params, call.hand)
    return nested.card_answer(on, of, {})


def _board_field(on: Document, id_: Any) -> Document:
    found = cards.find(on["customFields"], str(id_))
    if found is None:
        raise refusals.unknown()
    return found


def _put_item(call: Call, ref: str, id_field: str) -> Document:
    on, of = call.card(ref, write=True)
    return fields.put(on, of, [(_board_field(on, id_field), call.params)], call.hand)[0]


def _put_items(call: Call, ref: str) -> list[Document]:
    on, of = call.card(ref, write=True)
    wanted = call.params.get("customFieldItems")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise refusals.invalid("customFieldItems")
    return fields.put(on, of, [(_board_field(on, one.get("idCustomField")), one) for one in wanted], call.hand)


def _create_field(call: Call) -> Document:
    if call.params.get("modelType") != "board":
        raise refusals.invalid("modelType")
    on = call.board(str(call.params.get("idModel")), write=True)
    if on["id"] in call.state.without_custom_fields:
        raise refusals.Refusal(403, {"message": "Custom Fields are not enabled on this board.", "error": "ERROR"})
    return fields.define(on, call.params, call.hand)


def _drop_field(call: Call, id_: str) -> Document:
    on, field = call.state.custom_field(id_)
    fields.drop(call.board(on["id"], write=True), field, call.hand)
    return {"limits": {}}


def _comment(call: Call, ref: str) -> Document:
    on, of = call.card(ref)
    access.check_comment(call.member, on)
    return comments.add(on, of, call.params.get("text"), call.hand)


def _action(call: Call, id_: str) -> Document:
    on, found = call.state.action(id_)
    call.board(on["id"])
    return nested.pick(found, call.query.get("fields", "all"))


def _edit_comment(call: Call, id_: str) -> Document:
    on, of, action = _comment_place(call, id_)
    comments.edit(on, of, action, call.params.get("text"), call.hand)
    return action


def _remove_comment(call: Call, id_: str) -> Document:
    comments.remove(*_comment_place(call, id_), call.hand)
    return {"_value": None}


def _comment_place(call: Call, id_: str) -> tuple[Document, Document, Document]:
    on, action = call.state.action(id_)
    access.check_comment(call.member, call.board(on["id"]))
    if "card" not in action["data"]:
        raise refusals.unknown()
    return on, call.state.card(action["data"]["card"]["id"])[1], action


Operation = Callable[..., Any]

_ROUTES: tuple[tuple[str, str, Operation], ...] = (
    ("GET", r"/1/members/([^/]+)", _member),
    ("GET", r"/1/members/([^/]+)/boards", _member_boards),
    ("GET", r"/1/boards/([^/]+)", _board),
    ("GET", r"/1/boards/([^/]+)/cards", _board_cards),
    ("GET", r"/1/boards/([^/]+)/cards/(all|closed|open|visible)", _board_cards),
    ("GET", r"/1/boards/([^/]+)/actions", _board_actions),
    ("GET", r"/1/boards/([^/]+)/(lists|labels|members|memberships|checklists|customFields)", _board_part),
    ("GET", r"/1/cards/([^/]+)", _card),
    ("PUT", r"/1/cards/([^/]+)", _update_card),
    ("POST", r"/1/cards", _create_card),
    ("GET", r"/1/cards/([^/]+)/customFieldItems", _card_items),
    ("PUT", r"/1/cards/([^/]+)/customField/([^/]+)/item", _put_item),
    ("PUT", r"/1/cards/([^/]+)/customFields", _put_items),
    ("GET", r"/1/cards/([^/]+)/actions", _card_actions),
    ("POST", r"/1/cards/([^/]+)/actions/comments", _comment),
    ("POST", r"/1/customFields", _create_field),
    ("DELETE", r"/1/customFields/([^/]+)", _drop_field),
    ("GET", r"/1/actions/([^/]+)", _action),
    ("PUT", r"/1/actions/([^/]+)", _edit_comment),
    ("DELETE", r"/1/actions/([^/]+)", _remove_comment),
)
_COMPILED = tuple((method, re.compile(pattern), operation) for method, pattern, operation in _ROUTES)


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]]:
    """The operation of a request, and what its path names.

    Raises:
        Refusal: there is no such route.
    """
    for verb, pattern, operation in _COMPILED:
        match = pattern.fullmatch(path) if verb == method else None
        if match is not None:
            return operation, match.groups()
    raise refusals.Refusal(404, f"Cannot {method} {path}")
