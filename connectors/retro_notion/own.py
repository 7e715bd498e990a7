"""Retro's own columns: found by pinned id, else by name and type; and what their cells hold.

Those of a central base (`retro.i18n.row_fields`) are own columns like the others.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from retro.i18n import own_fields, row_fields
from retro.i18n.own_fields import own_field_of
from retro.i18n.row_fields import row_field_of
from retro.model import Day, as_date
from retro_notion import values
from retro_notion.payload import Column, Page, Property

OwnValue = Day | str | float | None

TYPES = {"date": "date", "text": "rich_text", "number": "number", "choice": "select", "link": "url"}
"""Notion's type for each kind of own field."""
KINDS = {**own_fields.KINDS, **row_fields.KINDS}
"""What each own field holds."""


def own_columns(columns: Iterable[Column], pins: Mapping[str, str]) -> dict[str, Column]:
    """Retro's own columns by own field: those pinned, else the first of that name and type."""
    known = list(columns)
    by_id = {column.id: column for column in known}
    found = {own: by_id[id_] for own, id_ in pins.items() if id_ in by_id and fits(own, by_id[id_])}
    taken = {column.id for column in found.values()}
    for column in known:
        own = own_field_of(column.name) or row_field_of(column.name)
        if own is not None and own not in found and column.id not in taken and fits(own, column):
            found[own] = column
    return found


def fits(own: str, column: Column) -> bool:
    """Whether a column can hold an own field."""
    return own in KINDS and column.type == TYPES[KINDS[own]]


def own_values(page: Page, columns: Mapping[str, Column], zone: tzinfo) -> dict[str, OwnValue]:
    """The own fields of a page that are not empty."""
    held = {own: own_value(own, page.properties.get(column.id), zone) for own, column in columns.items()}
    return {own: value for own, value in held.items() if value is not None}


def own_value(own: str, cell: Property | None, zone: tzinfo) -> OwnValue:
    """What a cell holds, read as that own field; None where it is empty."""
    kind = KINDS[own]
    if kind == "number":
        return values.number(cell)
    if kind in ("text", "choice", "link"):
        return values.text(cell) or None
    start, _end = values.dates(cell, zone)
    # A person who gives it an hour still means that day.
    return as_date(start, zone) if isinstance(start, datetime) else start
