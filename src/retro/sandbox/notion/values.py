"""The values of a page: taken from a request, and shown in an answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from retro.sandbox.notion import dates, options, refusals, relations, text
from retro.sandbox.notion.access import Document, Token
from retro.sandbox.notion.ids import encoded, uuid_of
from retro.sandbox.notion.schema import COMPUTED

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState

ITEMS_MOST = 100
"""Most people, relations or options that a request may give one property."""

_LENGTHS = {"url": 2000, "email": 200, "phone_number": 200}
_EMPTY: dict[str, Any] = {
    "title": [],
    "rich_text": [],
    "people": [],
    "relation": [],
    "multi_select": [],
    "files": [],
    "checkbox": False,
    "button": {},
    "formula": {"type": "string", "string": None},
    "rollup": {"type": "number", "number": 0, "function": "count"},
}


def taken(state: "NotionState", token: Token, column: Document, given: Any) -> Any:
    """The value that a request gives a column, in the form that is kept.

    Raises:
        Refusal: it does not fit the column, or names what is not there.
    """
    kind, where = column["type"], f"properties.{column['name']}"
    if not isinstance(given, dict):
        raise refusals.misshapen(where, "an object")
    if kind in COMPUTED:
        raise refusals.invalid(f"{column['name']} is computed and cannot be updated.")
    if given.get("type", kind) != kind or given.keys() - {"type", "id"} != {kind}:
        raise refusals.invalid(f"{column['name']} is expected to be {kind}.")
    value = given[kind]
    return _TAKERS[kind](state, token, column, f"{where}.{kind}", value)


Taker = Callable[["NotionState", Token, Document, str, Any], Any]


def _text(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    return text.taken(where, value)


def _date(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    return dates.taken(where, value)


def _number(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        raise refusals.misshapen(where, "a number or null")
    return value


def _checkbox(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    if not isinstance(value, bool):
        raise refusals.misshapen(where, "a boolean")
    return value


def _line(_state: "NotionState", _token: Token, column: Document, where: str, value: Any) -> Any:
    most = _LENGTHS[column["type"]]
    if value is not None and not (isinstance(value, str) and 0 < len(value) <= most):
        raise refusals.misshapen(where, f"null or a string of 1 to {most} signs")
    return value


def _status(_state: "NotionState", _token: Token, column: Document, where: str, value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise refusals.misshapen(where, "an object or null")
    found = options.find(column["config"], value)
    if found is None:
        raise refusals.invalid(f'Status option "{value.get("name", value.get("id"))}" does not exist.')
    return found["id"]


def _select(state: "NotionState", _token: Token, column: Document, where: str, value: Any) -> Any:
    return None if value is None else _option(state, column, where, value)


def _multi_select(state: "NotionState", _token: Token, column: Document, where: str, value: Any) -> Any:
    return [_option(state, column, where, one) for one in _items(where, value)]


def _option(state: "NotionState", column: Document, where: str, value: Any) -> str:
    """A select makes the option that it does not know, unlike a status."""
    if not isinstance(value, dict):
        raise refusals.misshapen(where, "an object")
    found = options.find(column["config"], value)
    if found is None:
        name = value.get("name")
        if not isinstance(name, str) or not name or "," in name:
            raise refusals.misshapen(f"{where}.name", "a name without commas")
        made = options.option(name, value.get("color"), state.mint.uuid, len(column["config"]["options"]))
        found = options.add(column["config"], made)
    return str(found["id"])


def _people(state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    ids = [_id(where, one) for one in _items(where, value)]
    if unknown := [id_ for id_ in ids if id_ not in state.users]:
        raise refusals.invalid(f"{where}: no user {unknown[0]} in this workspace.")
    return ids


def _relation(state: "NotionState", token: Token, column: Document, where: str, value: Any) -> Any:
    ids = [_id(where, one) for one in _items(where, value)]
    for id_ in ids:
        page = state.page(id_, token)
        if page["source"] != column["config"]["source"]:
            raise refusals.invalid(f"{where}: page {id_} is not in the related data source.")
    return ids


def _files(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    if not all(isinstance(one.get("external"), dict) for one in _items(where, value)):
        raise refusals.misshapen(where, "an array of external files")
    return [{"name": one["name"], "type": "external", "external": one["external"]} for one in value]


def _place(_state: "NotionState", _token: Token, _column: Document, where: str, value: Any) -> Any:
    if not isinstance(value, dict | None):
        raise refusals.misshapen(where, "an object or null")
    return value


_TAKERS: dict[str, Taker] = {
    "title": _text,
    "rich_text": _text,
    "date": _date,
    "number": _number,
    "checkbox": _checkbox,
    "url": _line,
    "email": _line,
    "phone_number": _line,
    "status": _status,
    "select": _select,
    "multi_select": _multi_select,
    "people": _people,
    "relation": _relation,
    "files": _files,
    "place": _place,
}


def _items(where: str, value: Any) -> list[Document]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise refusals.misshapen(where, "an array of objects")
    if len(value) > ITEMS_MOST:
        raise refusals.misshapen(f"{where}.length", f"≤ `{ITEMS_MOST}`, instead was `{len(value)}`")
    return value


def _id(where: str, given: Document) -> str:
    found = uuid_of(str(given.get("id")))
    if found is None:
        raise refusals.misshapen(f"{where}.id", "a valid uuid")
    return found


# Showing


def kept(page: Document, column: Document) -> Any:
    """What is kept for a column, or what an empty one stands for; computed ones but for those that are given."""
    kind = column["type"]
    if kind in {"created_time", "last_edited_time"}:
        return page["created"] if kind == "created_time" else page["edited"]
    if kind in {"created_by", "last_edited_by"}:
        return page["created_by"] if kind == "created_by" else page["edited_by"]
    if kind == "unique_id":
        return {"prefix": column["config"]["prefix"], "number": page["number"]}
    value = page["values"].get(column["id"])
    return _EMPTY.get(kind) if value is None else value


def items(state: "NotionState", token: Token, page: Document, column: Document) -> list[Any] | None:
    """What a column refers to, one by one, without a limit; None: its type is not a list of references."""
    kind = column["type"]
    if kind == "relation":
        return [{"id": id_} for id_ in relations.seen(state, page, column)]
    if kind == "people":
        return [state.person(one, token) if isinstance(one, str) else one for one in kept(page, column)]
    if kind in {"title", "rich_text"}:
        return list(kept(page, column))
    return None


def value(state: "NotionState", token: Token, page: Document, column: Document) -> Any:
    """A value as answers show it, but for those that are lists of references."""
    kind, is_ = column["type"], kept(page, column)
    if kind in {"created_by", "last_edited_by"}:
        return state.person(is_, token)
    if kind in {"select", "status"}:
        return None if is_ is None else _shown_option(column, is_)
    if kind == "multi_select":
        return [_shown_option(column, one) for one in is_]
    return is_


def shown(state: "NotionState", token: Token, page: Document, column: Document, *, most: int) -> Document:
    """A column of a page as answers show it: at most `most` references; a relation says when there are more."""
    kind = column["type"]
    out: Document = {"id": encoded(column["id"]), "type": kind}
    listed = items(state, token, page, column)
    if listed is None:
        return {**out, kind: value(state, token, page, column)}
    if kind in {"title", "rich_text"}:
        return {**out, kind: text.cut(listed, most)}
    cut = {**out, kind: listed[:most]}
    return cut | ({"has_more": len(listed) > most} if kind == "relation" else {})


def _shown_option(column: Document, id_: str) -> Document:
    found = next(one for one in column["config"]["options"] if one["id"] == id_)
    return {name: found[name] for name in ("id", "name", "color")}
