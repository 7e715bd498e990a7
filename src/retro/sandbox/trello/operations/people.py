"""Members and tokens."""

from retro.sandbox.trello import nested, refusals, shapes
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def one(call: Call, ref: str) -> Document:
    """A member by id or username; `me` is the token's owner."""
    return nested.pick(_member(call, ref), call.fields)


def boards(call: Call, ref: str) -> list[Document]:
    """The boards of the token's owner."""
    if _member(call, ref) is not call.member:
        raise refusals.forbidden()
    which = call.query.get("filter", "all")
    mine = [
        on for on in call.state.boards.values() if any(m["idMember"] == call.member["id"] for m in on["memberships"])
    ]
    kept = [on for on in mine if which not in {"open", "closed"} or on["closed"] is (which == "closed")]
    query = {"fields": "all", "memberships": "all", **call.query}
    return [nested.board_answer(on, query, call.limits) for on in kept]


def tokens(call: Call, ref: str) -> list[Document]:
    """The tokens of the asking token's owner, with the day on which each expires."""
    if _member(call, ref) is not call.member:
        raise refusals.forbidden()
    mine = [one for one in call.state.tokens.values() if one.id_member == call.member["id"]]
    return [_token(call, one) for one in mine]


def token(call: Call, value: str) -> Document:
    """One token by its value; the token in the path counts as leaked in the log."""
    found = call.state.tokens.get(value)
    if found is None:
        raise refusals.unknown()
    return nested.pick(_token(call, found), call.fields)


def _token(call: Call, of: Token) -> Document:
    return shapes.token(of.id, of.id_member, of.created, of.expires, write=of.write, name=call.state.app_name)


def _member(call: Call, ref: str) -> Document:
    if ref == "me":
        return call.member
    found = call.state.members.get(ref) or next(
        (member for member in call.state.members.values() if member["username"] == ref), None
    )
    if found is None:
        raise refusals.unknown()
    return found
