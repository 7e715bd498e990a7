"""Values as a person would say them, for builders and for a human's edits: «Léa Martin», a date, «En cours»."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from retro.sandbox.notion import dates, options, pages, schema, text
from retro.sandbox.notion.access import Document

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState

ROLES = {
    "title": "title",
    "people": "owners",
    "status": "status",
    "number": "estimate",
    "relation": "after",
}
"""The role that the first column of a type gets."""
DATE_ROLES = ("due", "start")
"""Those of the first and the second column of dates."""


class Paged(Protocol):
    """A page that a builder made."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


def column(source: Document, ref: str) -> Document:
    """The column of that name, role or id. Raises KeyError: there is none."""
    known: dict[str, Document] = source["properties"]
    return schema.by_name(source, ref) or known[source["roles"].get(ref, ref)]


def put(state: "NotionState", page: Document, values: Mapping[str, Any]) -> None:
    """Put plain values into a page. Raises KeyError: no such column; ValueError: a value that it cannot take."""
    source = state.sources[page["source"]]
    for ref, value in values.items():
        of = column(source, ref)
        pages.put(state, page, of, kept(state, of, value))


def kept(state: "NotionState", of: Document, value: Any) -> Any:
    """A plain value in the form that is kept.

    A text for titles, texts and addresses, or its runs; a number; a day, an instant or a pair of them; names of people
    and of options; pages or their ids; for computed columns what answers are to show. None empties the column.

    Raises:
        ValueError: the column cannot take it.
    """
    keep = _KEEPERS.get(of["type"])
    return value if keep is None else keep(state, of, value)


Keeper = Callable[["NotionState", Document, Any], Any]


def _text(_state: "NotionState", _of: Document, value: str | list[Document] | None) -> list[Document]:
    return list(value) if isinstance(value, list) else text.runs(value or "")


def _date(_state: "NotionState", _of: Document, value: date | tuple[date, date] | None) -> Document | None:
    if value is None:
        return None
    return dates.of(*value) if isinstance(value, tuple) else dates.of(value)


def _status(_state: "NotionState", of: Document, name: str | None) -> str | None:
    if name is None:
        return None
    found = options.find(of["config"], {"name": name})
    if found is None:
        raise ValueError(name)
    return str(found["id"])


def _select(state: "NotionState", of: Document, name: str | None) -> str | None:
    return None if name is None else _option(state, of, name)


def _multi_select(state: "NotionState", of: Document, names: Iterable[str] | None) -> list[str]:
    return [_option(state, of, one) for one in names or ()]


def _option(state: "NotionState", of: Document, name: str) -> str:
    config = of["config"]
    found = options.find(config, {"name": name})
    made = found or options.add(config, options.option(name, None, state.mint.uuid, len(config["options"])))
    return str(made["id"])


def _people(state: "NotionState", _of: Document, names: Iterable[str] | str | None) -> list[str]:
    return [state.human(one) for one in ([names] if isinstance(names, str) else names or ())]


def _relation(_state: "NotionState", _of: Document, pages: "Iterable[Paged | str] | Paged | str | None") -> list[str]:
    several = pages if isinstance(pages, Iterable) and not isinstance(pages, str) else [pages] if pages else []
    return [one if isinstance(one, str) else one.id for one in several]


_KEEPERS: dict[str, Keeper] = {
    "title": _text,
    "rich_text": _text,
    "date": _date,
    "status": _status,
    "select": _select,
    "multi_select": _multi_select,
    "people": _people,
    "relation": _relation,
}
