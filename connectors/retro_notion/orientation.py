"""Which way round a relation goes that only a view told of: its pages say it, by their dates and by their numbers.

Notion's views name the column of their arrows and that of their sub-items, but not which end of the pair it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo

from retro.model import How, as_date
from retro_notion import values
from retro_notion.columns import Columns
from retro_notion.payload import Column, Page
from retro_notion.ties import Use

_OTHER = {"predecessors": "successors", "children": "parent"}


def settled(columns: Columns, pages: Sequence[Page], zone: tzinfo) -> Columns:
    """The mapping, the roles that a view gave turned round where the pages contradict them."""
    uses = tuple(
        replace(use, role=_OTHER[use.role]) if _turned(use, columns, pages, zone) else use for use in columns.uses
    )
    return columns if uses == columns.uses else replace(columns, uses=uses)


def _turned(use: Use, columns: Columns, pages: Sequence[Page], zone: tzinfo) -> bool:
    if use.how is not How.VIEW or use.role not in _OTHER:
        return False
    if use.role == "predecessors":
        return _later(use.column, columns.of("due"), pages, zone)
    return _single(use.column, pages)


def _later(column: Column, due: Column | None, pages: Sequence[Page], zone: tzinfo) -> bool:
    """Whether the pages that a column names are due after the page itself more often than before."""
    days: dict[str, date] = {}
    for page in pages:
        begins, ends = values.dates(page.properties.get(due.id) if due is not None else None, zone)
        if (day := ends or begins) is not None:
            days[page.id] = as_date(day, zone)
    later = earlier = 0
    for page in (page for page in pages if page.id in days):
        for other in values.relation(page.properties.get(column.id)):
            if other in days:
                later += days[other] > days[page.id]
                earlier += days[other] < days[page.id]
    return later > earlier


def _single(column: Column, pages: Sequence[Page]) -> bool:
    """Whether no page names two others there, though several pages name the same one: they name their parent."""
    named = [values.relation(page.properties.get(column.id)) for page in pages]
    each = [ids[0] for ids in named if ids]
    return all(len(ids) < 2 for ids in named) and len(set(each)) < len(each)  # noqa: PLR2004 - two
