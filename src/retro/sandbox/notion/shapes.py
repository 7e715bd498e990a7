"""The documents of answers: databases, data sources, pages, views."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retro.sandbox.notion import schema, text, values
from retro.sandbox.notion.access import Document, Token
from retro.sandbox.notion.ids import address, encoded

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState


def database(state: "NotionState", of: Document) -> Document:
    """A database: the container of its data sources, without columns."""
    return {
        "object": "database",
        "id": of["id"],
        "title": text.runs(of["name"]),
        "description": [],
        "parent": _home(state),
        "is_inline": False,
        "in_trash": of["in_trash"],
        "is_locked": False,
        "created_time": of["created"],
        "last_edited_time": of["edited"],
        "data_sources": [{"id": id_, "name": state.sources[id_]["name"]} for id_ in of["sources"]],
        "icon": None,
        "cover": None,
        "url": address(of["id"]),
        "public_url": None,
    }


def data_source(state: "NotionState", of: Document) -> Document:
    """A data source with its columns."""
    return {
        "object": "data_source",
        "id": of["id"],
        "cover": None,
        "icon": None,
        **_history(of),
        "title": text.runs(of["name"]),
        "description": [],
        "is_inline": False,
        "properties": {one["name"]: schema.shown(state, one) for one in of["properties"].values()},
        "parent": {"type": "database_id", "database_id": of["database"]},
        "database_parent": _home(state),
        "url": address(of["database"]),
        "public_url": None,
        "in_trash": of["in_trash"],
    }


def page(
    state: "NotionState", token: Token, of: Document, *, most: int, only: Iterable[Document] | None = None
) -> Document:
    """A page with its values: of every column, or of those in `only`; at most `most` references in each."""
    source = state.sources[of["source"]]
    columns = source["properties"].values() if only is None else only
    return {
        "object": "page",
        "id": of["id"],
        **_history(of),
        "cover": of["cover"],
        "icon": of["icon"],
        "parent": {"type": "data_source_id", "data_source_id": source["id"], "database_id": source["database"]},
        "in_trash": of["in_trash"],
        "is_archived": False,
        "is_locked": of["is_locked"],
        "properties": {one["name"]: values.shown(state, token, of, one, most=most) for one in columns},
        "url": page_address(state, of),
        "public_url": None,
    }


def page_address(state: "NotionState", of: Document) -> str:
    """A page's address, its title before its id."""
    return address(of["id"], text.plain(of["values"].get(title_of(state.sources[of["source"]]), [])))


def title_of(source: Document) -> str:
    """The id of the title column."""
    return str(next(one["id"] for one in source["properties"].values() if one["type"] == "title"))


def view(state: "NotionState", of: Document) -> Document:
    """A view of a data source. Its configuration names columns by id, as answers carry them."""
    source = state.sources[of["source"]]
    database = str(of.get("database") or source["database"])
    return {
        "object": "view",
        "id": of["id"],
        "parent": {"type": "database_id", "database_id": database},
        "data_source_id": source["id"],
        "name": of["name"],
        "type": of["type"],
        "created_time": of["created"],
        "last_edited_time": of["created"],
        "created_by": None,
        "last_edited_by": None,
        "url": f"{address(database)}?v={of['id'].replace('-', '')}",
        "filter": None,
        "sorts": None,
        "quick_filters": None,
        "configuration": {"type": of["type"], **_configuration(source, of["columns"])},
    }


def _configuration(source: Document, columns: dict[str, str]) -> Document:
    """A view's columns: the plain ones by `<role>_id` and `<role>_name`, arrows and sub-items as objects."""
    out: Document = {}
    for role, id_ in columns.items():
        if role in {"arrows_by", "subtasks"}:
            out[role] = {"property_id": encoded(id_)}
        elif id_ in source["properties"]:
            out |= {f"{role}_id": encoded(id_), f"{role}_name": source["properties"][id_]["name"]}
    return out


def _history(of: Document) -> Document:
    return {
        "created_time": of["created"],
        "last_edited_time": of["edited"],
        "created_by": {"object": "user", "id": of["created_by"]},
        "last_edited_by": {"object": "user", "id": of["edited_by"]},
    }


def _home(state: "NotionState") -> Document:
    """The page that databases stand on."""
    return {"type": "page_id", "page_id": state.home}
