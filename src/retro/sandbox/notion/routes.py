"""The operations of the look-alike, one a route: method and path to what it does and answers."""

import copy
import re
from collections.abc import Callable

from retro.sandbox.notion import comments, pages, paging, people, refusals, rows, schema, shapes, text
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.call import Call
from retro.sandbox.notion.ids import minute, uuid_of


def _database(call: Call, ref: str) -> Document:
    if uuid_of(ref) in call.state.pages:
        page = call.state.page(ref, call.token)
        raise refusals.invalid(
            f"Provided ID {page['id']} is a page, not a database. Use the retrieve page API instead."
        )
    return shapes.database(call.state, call.state.database(ref, call.token))


def _data_source(call: Call, ref: str) -> Document:
    return shapes.data_source(call.state, call.state.source(ref, call.token))


def _update_data_source(call: Call, ref: str) -> Document:
    call.allow("properties", "title", "in_trash")
    of = call.state.source(ref, call.token)
    wanted = call.part("properties", dict, "an object") or {}
    before = copy.deepcopy(of["properties"])
    try:
        schema.update(call.state, of, wanted)
    except refusals.Refusal:
        of["properties"] = before
        raise
    if "title" in call.body:
        of["name"] = text.plain(text.taken("title", call.body["title"]))
    of["in_trash"] = call.body.get("in_trash", of["in_trash"])
    pages.touch(of, call.token.bot, minute(call.state.now()))
    return shapes.data_source(call.state, of)


def _page(call: Call, ref: str) -> Document:
    return _shown(call, call.state.page(ref, call.token))


def _update_page(call: Call, ref: str) -> Document:
    call.allow("properties", "in_trash", "icon", "cover", "is_locked")
    call.part("properties", dict, "an object")
    of = call.state.page(ref, call.token)
    pages.change(call.state, call.token, of, call.body)
    return _shown(call, of)


def _create_page(call: Call) -> Document:
    call.allow("parent", "properties", "icon", "cover", "children")
    parent = call.part("parent", dict, "an object") or {}
    if "data_source_id" not in parent:
        raise refusals.misshapen("parent.data_source_id", "defined: this look-alike makes pages in data sources only")
    source = call.state.source(str(parent["data_source_id"]), call.token)
    changes = pages.read(call.state, call.token, source, call.part("properties", dict, "an object") or {})
    made = pages.new(call.state, source, call.token.bot, minute(call.state.now()))
    for column, value in changes:
        pages.put(call.state, made, column, value)
    made |= {name: call.body[name] for name in ("icon", "cover") if name in call.body}
    return _shown(call, made)


def _shown(call: Call, of: Document) -> Document:
    return shapes.page(call.state, call.token, of, most=call.limits.references_most)


def _views(call: Call) -> Document:
    asked = call.query
    if "data_source_id" in asked:
        sources = {call.state.source(asked["data_source_id"], call.token)["id"]}
    elif "database_id" in asked:
        sources = set(call.state.database(asked["database_id"], call.token)["sources"])
    else:
        raise refusals.invalid("query failed validation: query.data_source_id should be defined.")
    found = [one for one in call.state.views.values() if one["source"] in sources]
    part, cursor = paging.cut(found, asked, "views", lambda one: str(one["id"]))
    return paging.listed("view", [{"object": "view", "id": one["id"]} for one in part], cursor)


def _view(call: Call, ref: str) -> Document:
    found = call.state.views.get(uuid_of(ref) or ref)
    if found is None:
        raise refusals.not_found("view", ref, call.state.users[call.token.bot])
    call.state.source(found["source"], call.token)
    return shapes.view(call.state, found)


Operation = Callable[..., Document]

_ROUTES: tuple[tuple[str, str, Operation], ...] = (
    ("GET", r"/v1/users/me", people.me),
    ("GET", r"/v1/users", people.members),
    ("GET", r"/v1/users/([^/]+)", people.user),
    ("POST", r"/v1/search", rows.search),
    ("GET", r"/v1/databases/([^/]+)", _database),
    ("GET", r"/v1/data_sources/([^/]+)", _data_source),
    ("PATCH", r"/v1/data_sources/([^/]+)", _update_data_source),
    ("POST", r"/v1/data_sources/([^/]+)/query", rows.query),
    ("POST", r"/v1/pages", _create_page),
    ("GET", r"/v1/pages/([^/]+)", _page),
    ("PATCH", r"/v1/pages/([^/]+)", _update_page),
    ("GET", r"/v1/pages/([^/]+)/properties/([^/]+)", rows.property_item),
    ("GET", r"/v1/comments", comments.of_page),
    ("POST", r"/v1/comments", comments.add),
    ("GET", r"/v1/comments/([^/]+)", comments.one),
    ("PATCH", r"/v1/comments/([^/]+)", comments.edit),
    ("DELETE", r"/v1/comments/([^/]+)", comments.remove),
    ("GET", r"/v1/views", _views),
    ("GET", r"/v1/views/([^/]+)", _view),
)
_COMPILED = tuple((method, re.compile(pattern), operation) for method, pattern, operation in _ROUTES)

POSTED_READS = re.compile(r"/v1/(search|data_sources/[^/]+/query)")
"""What is asked by POST and changes nothing."""


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]]:
    """The operation of a request, and what its path names.

    Raises:
        Refusal: there is no such route.
    """
    for verb, pattern, operation in _COMPILED:
        match = pattern.fullmatch(path) if verb == method else None
        if match is not None:
            return operation, match.groups()
    raise refusals.Refusal(400, "invalid_request_url", f"Invalid request URL: {method} {path}")
