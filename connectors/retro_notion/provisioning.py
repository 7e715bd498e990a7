"""Retro's own columns on a data source: found or added in one request that names no other column, and removed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Provision
from retro.ports import ConfigurationError, WriteUncertainError
from retro_notion.own import KINDS, TYPES, fits, own_columns
from retro_notion.payload import Column

_DEFINITIONS: Mapping[str, dict[str, Any]] = {
    "date": {"type": "date", "date": {}},
    "rich_text": {"type": "rich_text", "rich_text": {}},
    "number": {"type": "number", "number": {"format": "number"}},
    "select": {"type": "select", "select": {}},
    "url": {"type": "url", "url": {}},
}


def present(columns: Sequence[Column], wanted: Provision, own: str, pins: Mapping[str, str]) -> Column | None:
    """The column that already is this own field: by its pin, by any name that retro gives it, or by the name asked for.

    Raises:
        ConfigurationError: a column of that name is of another type; making ours would change it.
    """
    found = own_columns(columns, pins).get(own)
    if found is not None:
        return found
    named = [column for column in columns if fold(column.name) == fold(wanted.name)]
    fit = next((column for column in named if fits(own, column)), None)
    if named and fit is None:
        raise ConfigurationError(
            _('the column "{column}" is of type {type}.', column=named[0].name, type=named[0].type),
            where=wanted.board,
            remedy=_(
                "retro needs the name for a column of type {types}: rename yours, then run the command again.",
                types=TYPES[KINDS[own]],
            ),
        )
    return fit


def definitions(missing: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The body that adds columns: (own field, name)."""
    return {name: dict(_DEFINITIONS[TYPES[KINDS[own]]]) for own, name in missing}


def made(columns: Sequence[Column], wanted: Provision, own: str) -> tuple[Provision, Column]:
    """What came of a column that was asked for. Raises WriteUncertainError where the answer does not show it."""
    found = next((column for column in columns if column.name == wanted.name and fits(own, column)), None)
    if found is None:
        raise WriteUncertainError(
            _('Notion did not say what became of the new column "{column}".', column=wanted.name),
            where=wanted.board,
            remedy=_("Run the command again: it looks before it makes one."),
        )
    return replace(wanted, action="create", id=found.id), found
