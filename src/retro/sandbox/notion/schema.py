"""The columns of a data source: how they are kept, found, made, changed, dropped, and shown in an answer."""

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from retro.sandbox.notion import options, refusals
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.ids import encoded

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState

OPTIONED = frozenset({"select", "multi_select", "status"})
COMPUTED = frozenset(
    {
        "formula",
        "rollup",
        "unique_id",
        "created_time",
        "last_edited_time",
        "created_by",
        "last_edited_by",
        "button",
        "verification",
    }
)
"""What no request can write."""

_BARE = frozenset(
    {
        "rich_text",
        "date",
        "people",
        "files",
        "checkbox",
        "url",
        "email",
        "phone_number",
        "created_time",
        "last_edited_time",
        "created_by",
        "last_edited_by",
        "button",
        "place",
        "verification",
    }
)
_SIMPLE: dict[str, Document] = {
    "number": {"format": "number"},
    "formula": {"expression": ""},
    "unique_id": {"prefix": None},
    # Kept as asked: the values of a rollup are given, never computed here.
    "rollup": {
        "rollup_property_name": "",
        "relation_property_name": "",
        "rollup_property_id": "",
        "relation_property_id": "",
        "function": "count",
    },
}
"""Types whose configuration is a few plain values, and what these are by default."""

KINDS = _BARE | OPTIONED | _SIMPLE.keys() | {"relation"}
"""What a column may be, apart from the one title."""


def by_name(source: Document, name: str) -> Document | None:
    """The column of that name."""
    return next((one for one in source["properties"].values() if one["name"] == name), None)


def find(source: Document, ref: str) -> Document | None:
    """The column that a body means: by name, or by id, decoded or as answers carry it."""
    known: dict[str, Document] = source["properties"]
    return by_name(source, ref) or known.get(ref) or known.get(unquote(ref))


def define(state: "NotionState", source: Document, name: str, kind: str, asked: Document) -> Document:
    """Add a column. A two-way relation adds the other side with it.

    Raises:
        Refusal: the name is taken, the type is none, or the configuration does not fit it.
    """
    if by_name(source, name) is not None:
        raise refusals.invalid(f"A property named {name} exists already.")
    made: Document = {"id": _new_id(state, source), "name": name, "type": kind}
    made["config"] = _config(state, made, asked)
    source["properties"][made["id"]] = made
    if kind == "relation" and made["config"]["dual"]:
        _mirror(state, source, made, asked)
    return made


def update(state: "NotionState", source: Document, wanted: dict[str, Any]) -> None:
    """Make, rename, change and drop columns, as in `PATCH /v1/data_sources/{id}`; what is not named stays.

    Raises:
        Refusal: something in it is wrong.
    """
    for ref, asked in wanted.items():
        found = find(source, ref)
        if asked is None:
            if found is None:
                raise refusals.unknown_property(ref)
            drop(state, source, found)
        elif not isinstance(asked, dict):
            raise refusals.misshapen(f"properties.{ref}", "an object or null")
        else:
            _change(state, source, ref, found, asked)


def rename(source: Document, found: Document, name: Any) -> None:
    """Give a column another name; its id stays. Raises Refusal: the name is taken or empty."""
    if not isinstance(name, str) or not name:
        raise refusals.misshapen(f"properties.{found['name']}.name", "a name")
    if by_name(source, name) not in (None, found):
        raise refusals.invalid(f"A property named {name} exists already.")
    found["name"] = name


def drop(state: "NotionState", source: Document, found: Document) -> None:
    """Delete a column with its values, and the other side of a two-way relation. Raises Refusal: it is the title."""
    if found["type"] == "title":
        raise refusals.invalid("Cannot delete the title property.")
    del source["properties"][found["id"]]
    for id_ in source["pages"]:
        state.pages[id_]["values"].pop(found["id"], None)
    other = mirror(state, found)
    if other is not None and other["id"] in state.sources[found["config"]["source"]]["properties"]:
        drop(state, state.sources[found["config"]["source"]], other)


def mirror(state: "NotionState", found: Document) -> Document | None:
    """The other side of a two-way relation."""
    if found["type"] != "relation" or found["config"]["dual"] is None:
        return None
    target = state.sources.get(found["config"]["source"])
    other: Document | None = None if target is None else target["properties"].get(found["config"]["dual"])
    return other


def shown(state: "NotionState", found: Document) -> Document:
    """A column as answers show it."""
    kind, config = found["type"], found["config"]
    out: Document = {"id": encoded(found["id"]), "name": found["name"], "description": None, "type": kind}
    if kind != "relation":
        return {**out, kind: config}
    target = state.sources[config["source"]]
    relation: Document = {"database_id": target["database"], "data_source_id": target["id"]}
    other = mirror(state, found)
    if other is None:
        relation |= {"type": "single_property", "single_property": {}}
    else:
        synced = {"synced_property_name": other["name"], "synced_property_id": encoded(other["id"])}
        relation |= {"type": "dual_property", "dual_property": synced}
    return {**out, "relation": relation}


def _new_id(state: "NotionState", source: Document) -> str:
    made = state.mint.property_id()
    while made in source["properties"]:
        made = state.mint.property_id()
    return made


def _change(state: "NotionState", source: Document, ref: str, found: Document | None, asked: Document) -> None:
    kinds = [kind for kind in (*sorted(KINDS), "title") if kind in asked]
    kind = kinds[0] if kinds else None
    if len(kinds) > 1 or asked.get("type", kind) != kind or not isinstance(asked.get(kind or "", {}), dict):
        raise refusals.misshapen(f"properties.{ref}", "the configuration of one type")
    if found is None:
        if kind is None or kind == "title":
            raise refusals.unknown_property(ref)
        define(state, source, asked.get("name", ref), kind, asked[kind])
        return
    if "name" in asked:
        rename(source, found, asked["name"])
    if kind is None:
        return
    if kind != found["type"]:
        _retype(state, source, found, kind, asked[kind])
    elif kind in OPTIONED:
        options.replace(f"properties.{ref}.{kind}", kind, found["config"], asked[kind], state.mint.uuid)
        _forget_options(state, source, found)
    elif kind == "number":
        found["config"] = {"format": asked[kind].get("format", found["config"]["format"])}


def _retype(state: "NotionState", source: Document, found: Document, kind: str, asked: Document) -> None:
    """Another type: the values go (Notion converts some; none that retro writes)."""
    if "title" in {kind, found["type"]}:
        raise refusals.invalid("Cannot change the type of the title property.")
    if mirror(state, found) is not None:
        raise refusals.invalid("This look-alike does not change the type of a two-way relation.")
    config = _config(state, {**found, "type": kind}, asked)
    if kind == "relation" and config["dual"]:
        raise refusals.invalid("This look-alike makes a two-way relation only as a new property.")
    found |= {"type": kind, "config": config}
    for id_ in source["pages"]:
        state.pages[id_]["values"].pop(found["id"], None)


def _config(state: "NotionState", made: Document, asked: Document) -> Document:
    kind, where = made["type"], f"properties.{made['name']}.{made['type']}"
    if kind in OPTIONED:
        return options.config(where, kind, asked, state.mint.uuid)
    if kind in _SIMPLE:
        return {name: asked.get(name, usual) for name, usual in _SIMPLE[kind].items()}
    if kind == "relation":
        target = asked.get("data_source_id")
        if target not in state.sources or asked.get("type") not in {None, "single_property", "dual_property"}:
            raise refusals.misshapen(f"{where}.data_source_id", "the id of a data source")
        # Until the other side is made, `dual` only says that there is to be one.
        return {"source": target, "dual": "dual_property" in asked or asked.get("type") == "dual_property" or None}
    if kind not in _BARE:
        raise refusals.misshapen(f"properties.{made['name']}", "the configuration of a known type")
    return {}


def _mirror(state: "NotionState", source: Document, made: Document, asked: Document) -> None:
    target = state.sources[made["config"]["source"]]
    named = (asked.get("dual_property") or {}).get("synced_property_name")
    name = named or f"Related to {source['name']} ({made['name']})"
    if by_name(target, name) is not None:
        del source["properties"][made["id"]]
        raise refusals.invalid(f"A property named {name} exists already.")
    other = {
        "id": _new_id(state, target),
        "name": name,
        "type": "relation",
        "config": {"source": source["id"], "dual": made["id"]},
    }
    target["properties"][other["id"]] = other
    made["config"]["dual"] = other["id"]


def _forget_options(state: "NotionState", source: Document, found: Document) -> None:
    """Empty the values that name an option which is gone."""
    left = {one["id"] for one in found["config"]["options"]}
    for id_ in source["pages"]:
        values = state.pages[id_]["values"]
        value = values.get(found["id"])
        if isinstance(value, list):
            values[found["id"]] = [one for one in value if one in left]
        elif value is not None and value not in left:
            values[found["id"]] = None
