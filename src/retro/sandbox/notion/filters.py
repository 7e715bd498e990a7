"""The filters and sorts of a query: by time of creation or last edit, and by the simple types of columns."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from retro.sandbox.notion import dates, refusals, relations, schema, text, values
from retro.sandbox.notion.access import Document

if TYPE_CHECKING:
    from retro.sandbox.notion.state import NotionState

Test = Callable[[Document], bool]
"""Whether a page passes."""

_NESTED_MOST = 2
_TIMES = ("created_time", "last_edited_time")
_LISTS = frozenset({"people", "relation", "multi_select"})


def test_of(state: "NotionState", source: Document, asked: Any) -> Test:
    """What a request's `filter` means. Raises Refusal: it means nothing, or this look-alike does not know it."""
    return (lambda _page: True) if asked is None else _test(state, source, asked, 1)


def ordered(state: "NotionState", source: Document, found: list[Document], sorts: Any) -> list[Document]:
    """Pages in the order of a request's `sorts`; the youngest first where it has none. Raises Refusal: a wrong one."""
    out = found[::-1]
    for one in reversed(sorts or []):
        direction = one.get("direction", "ascending")
        if direction not in {"ascending", "descending"}:
            raise refusals.misshapen("sorts.direction", "`ascending` or `descending`")
        key = _sort_key(state, source, one)
        # Empty ones come last whatever the direction.
        filled = sorted((page for page in out if key(page) is not None), key=key, reverse=direction == "descending")
        out = filled + [page for page in out if key(page) is None]
    return out


def _sort_key(state: "NotionState", source: Document, asked: Document) -> Callable[[Document], Any]:
    column = _column(source, asked)
    kind = column["type"]

    def key(page: Document) -> Any:
        value = _compared(state, page, column)
        if kind in {"select", "status"}:
            # In the order of the options, as in Notion.
            return next((at for at, one in enumerate(column["config"]["options"]) if one["name"] == value), None)
        return None if value in ("", []) else value

    return key


def _column(source: Document, asked: Document) -> Document:
    """The column of a filter or sort; a time stamp counts as one."""
    if asked.get("timestamp") in _TIMES:
        return {"id": asked["timestamp"], "name": asked["timestamp"], "type": asked["timestamp"], "config": {}}
    name = asked.get("property")
    if not isinstance(name, str):
        raise refusals.misshapen("filter.property", "defined, instead was `undefined`")
    found = schema.find(source, name)
    if found is None:
        raise refusals.unknown_property(name)
    return found


def _test(state: "NotionState", source: Document, asked: Any, depth: int) -> Test:
    if not isinstance(asked, dict):
        raise refusals.misshapen("filter", "an object")
    for word, fold in (("and", all), ("or", any)):
        if word in asked:
            if depth > _NESTED_MOST or not isinstance(asked[word], list):
                raise refusals.misshapen(f"filter.{word}", "an array nested at most twice")
            tests = [_test(state, source, one, depth + 1) for one in asked[word]]
            return lambda page, fold=fold: fold(test(page) for test in tests)  # type: ignore[misc]
    column = _column(source, asked)
    kind = column["type"]
    if not isinstance(asked.get(kind), dict) or len(asked[kind]) != 1:
        raise refusals.misshapen(f"filter.{kind}", "an object of one condition")
    ((word, wanted),) = asked[kind].items()
    condition = _condition(kind, word, wanted)
    return lambda page: condition(_compared(state, page, column))


def _compared(state: "NotionState", page: Document, column: Document) -> Any:
    """A value as filters and sorts see it: texts, names of options, starts of dates, lists of ids."""
    kind = column["type"]
    if kind == "relation":
        return relations.seen(state, page, column)
    value = values.kept(page, column)
    if kind in {"title", "rich_text"}:
        return text.plain(value)
    if kind in {"select", "status", "multi_select"}:
        names = {one["id"]: one["name"] for one in column["config"]["options"]}
        return [names[one] for one in value] if isinstance(value, list) else names.get(value)
    if kind == "date":
        return None if value is None else value["start"]
    return value["number"] if kind == "unique_id" else value


Condition = Callable[[Any], bool]


def _condition(kind: str, word: str, wanted: Any) -> Condition:
    if word == "is_empty":
        return lambda value: value in (None, "", [])
    if word == "is_not_empty":
        return lambda value: value not in (None, "", [])
    table = (
        _MOMENTS
        if kind in {"date", *_TIMES}
        else _CONTAINED
        if kind in _LISTS
        else _NUMBERS
        if kind in {"number", "unique_id"}
        else _WORDS
    )
    if word not in table:
        raise refusals.misshapen(f"filter.{kind}.{word}", "a condition that this look-alike knows")
    test = table[word]
    if table is _MOMENTS:
        try:
            dates.instant(wanted)
        except (TypeError, ValueError):
            raise refusals.misshapen(f"filter.{kind}.{word}", "a valid ISO 8601 date string") from None
    return lambda value: test(value, wanted)


def _moment(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Compares days as days where a day is asked for, else instants, whose seconds do not count."""

    def test(value: str | None, wanted: str) -> bool:
        if value is None:
            return False
        if dates.is_day(wanted):
            return compare(value[:10], wanted)
        return compare(dates.instant(value), dates.instant(wanted).replace(second=0, microsecond=0))

    return test


Table = dict[str, Callable[[Any, Any], bool]]

_MOMENTS: Table = {
    "equals": _moment(lambda value, wanted: value == wanted),
    "before": _moment(lambda value, wanted: value < wanted),
    "after": _moment(lambda value, wanted: value > wanted),
    "on_or_before": _moment(lambda value, wanted: value <= wanted),
    "on_or_after": _moment(lambda value, wanted: value >= wanted),
}
_CONTAINED: Table = {
    "contains": lambda value, wanted: wanted in value,
    "does_not_contain": lambda value, wanted: wanted not in value,
}
_NUMBERS: Table = {
    "equals": lambda value, wanted: value == wanted,
    "does_not_equal": lambda value, wanted: value != wanted,
    "greater_than": lambda value, wanted: value is not None and value > wanted,
    "less_than": lambda value, wanted: value is not None and value < wanted,
    "greater_than_or_equal_to": lambda value, wanted: value is not None and value >= wanted,
    "less_than_or_equal_to": lambda value, wanted: value is not None and value <= wanted,
}
_WORDS: Table = {
    "equals": lambda value, wanted: value in wanted if isinstance(wanted, list) else value == wanted,
    "does_not_equal": lambda value, wanted: value not in wanted if isinstance(wanted, list) else value != wanted,
    "contains": lambda value, wanted: wanted.casefold() in (value or "").casefold(),
    "does_not_contain": lambda value, wanted: wanted.casefold() not in (value or "").casefold(),
    "starts_with": lambda value, wanted: (value or "").casefold().startswith(wanted.casefold()),
    "ends_with": lambda value, wanted: (value or "").casefold().endswith(wanted.casefold()),
}
