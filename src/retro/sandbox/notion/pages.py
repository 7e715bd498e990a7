"""Pages of a data source: made, changed, and marked with who touched them."""

from typing import TYPE_CHECKING, Any

from retro.sandbox.notion import refusals, relations, schema, values
from retro.sandbox.notion.access import Document, Token
from retro.sandbox.notion.ids import minute

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState

_DEFAULT_STATUS_GROUP = "To-do"


def new(state: "NotionState", source: Document, by: str, at: str, *, id_: str | None = None) -> Document:
    """Add an empty page, with the first status of the To-do group where there is a status. `at` is a stamp."""
    made: Document = {
        "id": id_ or state.mint.uuid(),
        "source": source["id"],
        "number": source["numbered"] + 1,
        "created": at,
        "edited": at,
        "created_by": by,
        "edited_by": by,
        "in_trash": False,
        "is_locked": False,
        "cover": None,
        "icon": None,
        "values": {one["id"]: _first_status(one) for one in source["properties"].values() if one["type"] == "status"},
    }
    source["numbered"] += 1
    source["pages"].append(made["id"])
    state.pages[made["id"]] = made
    return made


def touch(page: Document, by: str, at: str) -> None:
    """Mark a page as changed."""
    page |= {"edited": at, "edited_by": by}


def read(state: "NotionState", token: Token, source: Document, wanted: dict[str, Any]) -> list[tuple[Document, Any]]:
    """The columns and values of a request's `properties`, all of them checked before any is put.

    Raises:
        Refusal: an unknown column, or a value that does not fit.
    """
    out = []
    for ref, given in wanted.items():
        column = schema.find(source, ref)
        if column is None:
            raise refusals.invalid(f"{ref} is not a property that exists.")
        out.append((column, values.taken(state, token, column, given)))
    return out


def put(state: "NotionState", page: Document, column: Document, value: Any) -> None:
    """Put a kept value; a relation on both of its sides."""
    if column["type"] == "relation":
        relations.put(state, page, column, value)
    else:
        page["values"][column["id"]] = value


def change(state: "NotionState", token: Token, page: Document, body: Document) -> None:
    """Change a page as `PATCH /v1/pages/{id}` does; what is not named stays.

    Raises:
        Refusal: it is in the trash and stays there, or something of the body does not fit.
    """
    in_trash = body.get("in_trash", page["in_trash"])
    if not isinstance(in_trash, bool):
        raise refusals.misshapen("in_trash", "a boolean")
    if page["in_trash"] and in_trash:
        raise refusals.invalid("Can't edit a page that is in the trash. Restore it first.")
    changes = read(state, token, state.sources[page["source"]], body.get("properties") or {})
    for column, value in changes:
        put(state, page, column, value)
    page |= {name: body[name] for name in ("in_trash", "icon", "cover", "is_locked") if name in body}
    touch(page, token.bot, minute(state.now()))


def _first_status(column: Document) -> str | None:
    group = next(one for one in column["config"]["groups"] if one["name"] == _DEFAULT_STATUS_GROUP)
    return str(group["option_ids"][0]) if group["option_ids"] else None
