"""What is read of data sources and pages in bulk: queries, search, the whole of one property."""

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from retro.sandbox.notion import filters, paging, refusals, schema, shapes, text, values
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.call import Call
from retro.sandbox.notion.ids import encoded
from retro.sandbox.notion.orders import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

_CAPPED = {"type": "incomplete", "incomplete_reason": "query_result_limit_reached"}
_RESULT_TYPES = {None, "page", "data_source"}


def query(call: Call, ref: str) -> Document:
    """`POST /v1/data_sources/{id}/query`: its rows, filtered, sorted, paged, and no more than the cap."""
    call.allow("filter", "sorts", "start_cursor", "page_size", "in_trash", "result_type")
    state, source = call.state, call.state.source(ref, call.token)
    only = _only(call, source)
    if call.body.get("result_type") not in _RESULT_TYPES:
        raise refusals.misshapen("result_type", "`page` or `data_source`")
    order, start, size = _order(call, source), 0, paging.size_of(call.body)
    if call.body.get("start_cursor") is not None:
        start = order.start(source["id"], call.body["start_cursor"])
    most = call.limits.rows_most
    end = min(start + size, most, len(order.ids))
    cursor = paging.cursor_of(source["id"], order.ids[end]) if end < min(most, len(order.ids)) else None
    out = paging.listed(
        "page_or_data_source",
        [
            shapes.page(state, call.token, state.pages[id_], most=call.limits.references_most, only=only)
            for id_ in order.ids[start:end]
            if state.pages[id_]["in_trash"] is bool(call.body.get("in_trash", False))
        ],
        cursor,
    )
    return out | ({"request_status": _CAPPED} if cursor is None and len(order.ids) > most else {})


def _order(call: Call, source: Document) -> Order:
    """The rows that a query means: found anew where it begins, as they were then where a cursor leads on."""
    asked = json.dumps([source["id"], {**call.body, "start_cursor": None, "page_size": None}], sort_keys=True)
    known = call.orders.get(asked) if call.body.get("start_cursor") is not None else None
    if known is not None:
        return known
    state = call.state
    test = filters.test_of(state, source, call.part("filter", dict, "an object"))
    trash = bool(call.body.get("in_trash", False))
    rows = (state.pages[id_] for id_ in source["pages"])
    found = [page for page in rows if page["in_trash"] is trash and test(page)]
    found = filters.ordered(state, source, found, call.part("sorts", list, "an array"))
    kept = [] if call.body.get("result_type") == "data_source" else found
    return call.orders.keep(asked, Order(str(page["id"]) for page in kept))


def search(call: Call) -> Document:
    """`POST /v1/search`: shared data sources and pages whose title holds the text, last edited first."""
    call.allow("query", "filter", "sort", "start_cursor", "page_size")
    state = call.state
    asked = call.part("filter", dict, "an object") or {"value": None}
    if asked.get("value") not in _RESULT_TYPES:
        raise refusals.misshapen("filter.value", "`page` or `data_source`")
    shared = [one for one in state.sources.values() if one["database"] not in state.unshared and not one["in_trash"]]
    found: list[tuple[Document, str, bool]] = []
    if asked["value"] != "page":
        found += [(one, one["name"], True) for one in shared]
    if asked["value"] != "data_source":
        for source in shared:
            title = shapes.title_of(source)
            pages = (state.pages[id_] for id_ in source["pages"])
            found += [
                (page, text.plain(page["values"].get(title, [])), False) for page in pages if not page["in_trash"]
            ]
    words = (call.part("query", str, "a string") or "").casefold()
    kept = [one for one in found if words in one[1].casefold()]
    upwards = (call.part("sort", dict, "an object") or {}).get("direction") == "ascending"
    kept.sort(key=lambda one: str(one[0]["edited"]), reverse=not upwards)
    part, cursor = paging.cut(kept, call.body, state.id, lambda one: str(one[0]["id"]))
    most = call.limits.references_most
    return paging.listed(
        "page_or_data_source",
        [
            shapes.data_source(state, one) if is_source else shapes.page(state, call.token, one, most=most)
            for one, _title, is_source in part
        ],
        cursor,
    )


def property_item(call: Call, page_ref: str, property_ref: str) -> Document:
    """`GET /v1/pages/{id}/properties/{id}`: a value whole; lists of references page by page."""
    page = call.state.page(page_ref, call.token)
    column = call.state.sources[page["source"]]["properties"].get(unquote(property_ref))
    if column is None:
        raise refusals.unknown_property(property_ref)
    kind, id_ = column["type"], encoded(column["id"])
    one = {"object": "property_item", "type": kind, "id": id_}
    listed = values.items(call.state, call.token, page, column)
    if listed is None:
        return {**one, kind: values.value(call.state, call.token, page, column)}
    numbered = list(enumerate(listed))
    part, cursor = paging.cut(numbered, call.query, f"{page['id']}:{id_}", lambda item: str(item[0]))
    out = paging.listed("property_item", [{**one, kind: item} for _at, item in part], cursor)
    path = f"https://api.notion.com/v1/pages/{page['id']}/properties/{id_}"
    following = None if cursor is None else f"{path}?start_cursor={cursor}"
    return {**out, "property_item": {"id": id_, "next_url": following, "type": kind, kind: {}}}


def _only(call: Call, source: Document) -> "Sequence[Document] | None":
    """The columns that `filter_properties` names, by id or name; an id is taken decoded, as a query carries it."""
    refs = [value for name, value in call.pairs if name == "filter_properties"]
    if not refs:
        return None
    found = []
    for ref in refs:
        column = source["properties"].get(ref) or schema.by_name(source, ref)
        if column is None:
            raise refusals.unknown_property(ref)
        found.append(column)
    return found
