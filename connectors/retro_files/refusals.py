"""The refusals of tables whose columns are not what is needed: each lists what there is, and what would help."""

from collections.abc import Sequence

from retro.i18n import current_language
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.ports import ConfigurationError, UnreadableError
from retro.tables.table import Row
from retro_files.cells import text_of
from retro_files.headings import columns_of, fields, understood
from retro_files.regions import LOOKED_AT, Region
from retro_files.settings import SheetSettings

_SHOWN = 12
"""Headings that a message lists."""


def no_headings(rows: Sequence[Row], where: str) -> UnreadableError:
    """The refusal of a table whose headings say nothing."""
    found = [text_of(cell) for cell in widest(rows) if cell is not None][:_SHOWN]
    known = understood(current_language())
    words = ", ".join(known[field] for field in ("title", "owner", "start", "due", "status", "predecessors"))
    return UnreadableError(
        _(
            "no heading of this table is known: it has {found}.",
            found=", ".join(f'"{each}"' for each in found) if found else "–",
        ),
        where=where,
        remedy=_("Give it one row of headings with a title at least ({words}…).", words=words),
    )


def widest(rows: Sequence[Row]) -> Row:
    """The row that looks most like headings though none is known: the first of those with most texts; for messages."""
    return max(rows[:LOOKED_AT], key=lambda row: sum(isinstance(cell, str) for cell in row), default=())


def check_columns(found: Sequence[Region], settings: SheetSettings) -> None:
    """Look for the configured columns: each stands in some table of the sheet, and each table has titles.

    Raises:
        UnreadableError: a table has no titles.
        ConfigurationError: a configured column is nowhere, or is configured for a field that is none.
    """
    headings = [text_of(cell) for region in found for cell in region.headings if cell is not None]
    present = set(map(fold, headings))
    for field, heading in settings.columns.items():
        where = f"{settings.where}: columns.{field}"
        if field not in fields():
            raise ConfigurationError(
                _('"{field}" is no field of a task.', field=field),
                where=where,
                remedy=_("Those that a column may hold: {fields}.", fields=", ".join(sorted(fields()))),
            )
        if fold(heading) not in present:
            raise ConfigurationError(
                _('there is no column "{heading}".', heading=heading),
                where=where,
                remedy=_("The columns are: {found}.", found=", ".join(headings)),
            )
    for region in found:
        if "title" not in columns_of(region.headings, settings.columns):
            raise no_headings((region.headings,), settings.where)
