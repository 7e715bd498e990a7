"""What a page says of other pages: relations, addresses and titles in columns of dependencies, parents and parts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from retro.i18n.words import dependency_line
from retro.model import Lag, LinkDirection, Reference
from retro_notion import values
from retro_notion.columns import Columns
from retro_notion.ids import handle_of_id, handle_of_url
from retro_notion.payload import Column, Page, Property

_ADDRESS = re.compile(r"https?://[^\s<>\"|,;]+")
_SEPARATORS = re.compile(r"[;,\n]")
_NUMBER = re.compile(r"#?(\d{1,7})")
_WAIT = re.compile(
    r"(?<!\S)(?P<url>https?://\S+)\s+\+\s?(?P<days>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:jours?|days?|j|d)(?!\w)", re.IGNORECASE
)
"""An address, and the working days to wait after what it means."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What was read: prerequisites and successors, the parent, parts, pages merely related, and projects' rows."""

    references: tuple[Reference, ...] = ()
    parent: str | None = None
    children: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


def relations(
    page: Page, columns: Columns, titles: Mapping[str, str], prefix: str = "", *, day_minutes: int = 420
) -> Relations:
    """Read them all. A relation holds no wait: it stands in the description ("Dépend de : https://… +5 j").

    Args:
        page: the row.
        columns: the mapping of its data source.
        titles: of the pages that were read, by id, for messages.
        prefix: that of the database's own numbers ("TASK" in TASK-12), where it has one.
        day_minutes: working minutes of a day.
    """
    before, after, parent, children = map(columns.of, ("predecessors", "successors", "parent", "children"))
    found = _references(page, before, LinkDirection.PREDECESSOR, titles, prefix)
    found += _references(page, columns.of("elsewhere"), LinkDirection.PREDECESSOR, titles, prefix)
    found += _references(page, after, LinkDirection.SUCCESSOR, titles, prefix)
    described = values.text(_cell(page, columns.of("description")))
    if waits := _waits(described, day_minutes):
        found = [replace(each, lag=waits[each.target]) if _waited(each, waits) else each for each in found]
    parents = _handles(page, parent)
    others = (column for column in columns.rest if column.type == "relation")
    return Relations(
        references=_once(found),
        parent=parents[0] if parents else None,
        children=tuple(dict.fromkeys(_handles(page, children))),
        projects=tuple(dict.fromkeys(_handles(page, columns.of("project")))),
        related=tuple(dict.fromkeys(handle for column in others for handle in _handles(page, column))),
    )


def _waits(description: str, day_minutes: int) -> dict[str, Lag]:
    """The waits after pages that lines such as "Dépend de : …" name, by handle: in working days."""
    if "+" not in description:
        return {}
    return {
        handle: Lag(round(float(match["days"].replace(",", ".")) * day_minutes))
        for line in description.splitlines()
        if dependency_line(line)
        for match in _WAIT.finditer(line)
        if (handle := handle_of_url(match["url"])) is not None
    }


def _waited(reference: Reference, waits: Mapping[str, Lag]) -> bool:
    return reference.direction is LinkDirection.PREDECESSOR and reference.target in waits


def _once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    kept: dict[tuple[str, LinkDirection, bool], Reference] = {}
    for each in references:
        kept.setdefault((each.target, each.direction, each.by_title), each)
    return tuple(kept.values())


def _cell(page: Page, column: Column | None) -> Property | None:
    return page.properties.get(column.id) if column is not None else None


def _handles(page: Page, column: Column | None) -> list[str]:
    return [handle_of_id(id_) for id_ in values.relation(_cell(page, column))]


def _address(id_: str) -> str:
    return f"https://www.notion.so/{id_.replace('-', '')}"


def _references(
    page: Page, column: Column | None, direction: LinkDirection, titles: Mapping[str, str], prefix: str
) -> list[Reference]:
    cell = _cell(page, column)
    if cell is None:
        return []
    named = [*values.relation(cell), *values.pages_named(cell)]
    found = [
        Reference(handle_of_id(id_), direction, origin="relation", text=titles.get(id_) or _address(id_))
        for id_ in named
    ]
    if cell.type in ("rich_text", "url") and not values.pages_named(cell):
        found += [_written(piece, direction, prefix) for piece in _pieces(values.text(cell))]
    return found


def _pieces(text: str) -> list[str]:
    """The addresses of a text, then what stands between separators in the rest of it."""
    addresses = [match.rstrip(".)") for match in _ADDRESS.findall(text)]
    rest = _SEPARATORS.split(_ADDRESS.sub(";", text))
    return [*addresses, *(piece.strip() for piece in rest if any(char.isalnum() for char in piece))]


def _written(piece: str, direction: LinkDirection, prefix: str) -> Reference:
    """An address as written (another tool may know it), a number of this database, or else a title."""
    if piece.startswith(("http://", "https://")):
        return Reference(handle_of_url(piece) or piece, direction, origin="column", text=piece)
    bare = piece.removeprefix(f"{prefix}-") if prefix else piece
    if bare != piece or piece.startswith("#"):
        number = _NUMBER.fullmatch(bare)
        if number is not None:
            return Reference(f"#{number[1]}", direction, origin="column", text=piece)
    return Reference(piece, direction, origin="column", text=piece, by_title=True)
