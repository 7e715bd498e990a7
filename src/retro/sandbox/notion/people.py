"""Users: the connection itself, the members of the workspace, and anyone by id."""

from retro.sandbox.notion import paging, refusals
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.call import Call
from retro.sandbox.notion.ids import uuid_of


def me(call: Call) -> Document:
    """`GET /v1/users/me`: the connection's own user, whatever its capabilities."""
    return call.state.users[call.token.bot]


def members(call: Call) -> Document:
    """`GET /v1/users`: members and connections, no guests."""
    call.need(capable=call.token.users)
    found = [id_ for id_ in call.state.users if id_ not in call.state.guests]
    part, cursor = paging.cut(found, call.query, call.state.id, lambda id_: id_)
    return paging.listed("user", [call.state.person(id_, call.token) for id_ in part], cursor)


def user(call: Call, ref: str) -> Document:
    """`GET /v1/users/{id}`: a guest too."""
    id_ = uuid_of(ref)
    if id_ is None:
        raise refusals.bad_path("user_id", ref)
    if id_ not in call.state.users or not (call.token.users or id_ == call.token.bot):
        raise refusals.not_found("user", id_, call.state.users[call.token.bot])
    return call.state.person(id_, call.token) if call.token.users else call.state.users[id_]
