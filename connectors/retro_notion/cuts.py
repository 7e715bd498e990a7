"""What Notion cuts: it shows 25 references of one value, and computes rollups and formulas from those that it shows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Cut, CutPart
from retro.ports import SourceError
from retro_notion import paging
from retro_notion.client import Client
from retro_notion.columns import Columns
from retro_notion.errors import NOT_FOUND
from retro_notion.payload import Column, Page, Property

_SHOWN = 25
_READ_WHOLE = (
    "title",
    "owners",
    "reviewer",
    "predecessors",
    "elsewhere",
    "successors",
    "parent",
    "children",
    "project",
)
"""Roles whose values are read whole."""
_UNTOLD = ("unsupported", "incomplete")
"""Kinds of computed value by which Notion says that it did not compute it, or not from everything."""


def is_cut(cell: Property) -> bool:
    """Whether Notion has more of a value than it shows: as it says, else where it shows the most that it shows."""
    return cell.has_more if cell.has_more is not None else _references(cell) >= _SHOWN


def _references(cell: Property) -> int:
    held = cell.value if isinstance(cell.value, list) else []
    if cell.type in ("title", "rich_text"):
        return sum(isinstance(run, dict) and "mention" in run for run in held)
    return len(held) if cell.type in ("relation", "people") else 0


class Completion:
    """Makes the pages of one data source whole.

    Args:
        client: makes the requests.
        columns: the mapping: what is told there is read whole.
        source: every column of the data source.
    """

    def __init__(self, client: Client, columns: Columns, source: Sequence[Column]) -> None:
        self._client = client
        held = (columns.of(role) for role in _READ_WHOLE)
        self._wanted = {column.id for column in held if column is not None}
        self._computed = _computed_from(source)

    def __call__(self, page: Page) -> Page:
        """The page with its values whole, and without those that Notion computed from a part of them."""
        cut = {id_: cell for id_, cell in page.properties.items() if is_cut(cell)}
        whole = {id_: self._whole(page, id_, cell) for id_, cell in cut.items() if id_ in self._wanted}
        doubtful = {each for id_ in cut for each in self._computed.get(id_, ())}
        doubtful |= {id_ for id_, cell in page.properties.items() if _untold(cell)}
        blank = {
            id_: cell.model_copy(update={"value": None, "doubtful": True})
            for id_ in doubtful
            if (cell := page.properties.get(id_)) is not None
        }
        if not whole and not blank:
            return page
        return page.model_copy(update={"properties": {**page.properties, **whole, **blank}})

    def _whole(self, page: Page, id_: str, cell: Property) -> Property:
        if ".." in id_:  # no path can name it
            return cell.model_copy(update={"has_more": True})
        try:
            return paging.whole(self._client, page.id, id_, cell)
        except SourceError as error:
            if error.status != NOT_FOUND:
                raise
        return cell.model_copy(update={"has_more": True})


def _untold(cell: Property) -> bool:
    kind = cell.value.get("type") if isinstance(cell.value, dict) else None
    return cell.type in ("formula", "rollup") and kind in _UNTOLD


def _computed_from(source: Sequence[Column]) -> Mapping[str, frozenset[str]]:
    """By the id of a column: the ids of those that are computed from it, at any remove."""
    direct: dict[str, set[str]] = {}
    for column in (each for each in source if each.type in ("rollup", "formula")):
        for other in source:
            if other is not column and _rests_on(column, other):
                direct.setdefault(other.id, set()).add(column.id)
    found: dict[str, frozenset[str]] = {}
    for id_ in direct:
        reached: set[str] = set()
        ahead = [id_]
        while ahead:
            fresh = direct.get(ahead.pop(), set()) - reached
            reached |= fresh
            ahead += fresh
        found[id_] = frozenset(reached)
    return found


def _rests_on(column: Column, other: Column) -> bool:
    if column.type == "rollup":
        told = str(column.config.get("relation_property_id") or "")
        return other.id in (told, unquote(told)) or column.config.get("relation_property_name") == other.name
    expression = str(column.config.get("expression") or "")
    named = (f'prop("{other.name}")', f"block_property:{other.wire}:", f"block_property:{other.id}:")
    return any(each in expression for each in named)


def values_cut(pages: Iterable[Page], columns: Columns) -> tuple[Cut, ...]:
    """The columns with a role of which Notion gave a part on some rows, or nothing that rests on the whole."""
    lacking: Counter[str] = Counter()
    for page in pages:
        lacking.update(id_ for id_, cell in page.properties.items() if cell.has_more or cell.doubtful)
    used = {use.column.id: use.column.name for use in columns.uses if lacking[use.column.id]}
    return tuple(Cut(CutPart.VALUES, lacking[id_], name) for id_, name in sorted(used.items(), key=lambda it: it[1]))


def facts(pages: Iterable[Page], source: Sequence[Column]) -> list[str]:
    """A sentence for each column that could not be read whole, and for each that Notion computed from a part."""
    short: set[str] = set()
    doubtful: Counter[str] = Counter()
    for page in pages:
        for id_, cell in page.properties.items():
            if cell.has_more:
                short.add(id_)
            if cell.doubtful:
                doubtful[id_] += 1
    found = [
        _("Notion shows 25 values of the column {column} only: the others are unknown.", column=column.name)
        for column in sorted(source, key=lambda each: each.name)
        if column.id in short
    ]
    return found + [
        plural(
            "Notion computes the column {column} from values that it does not show whole: "
            "on {count} row it was not read.",
            "Notion computes the column {column} from values that it does not show whole: "
            "on {count} rows it was not read.",
            doubtful[column.id],
            column=column.name,
        )
        for column in sorted(source, key=lambda each: each.name)
        if doubtful[column.id]
    ]
