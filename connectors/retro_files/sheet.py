"""A whole table read: its board and its tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Board, Snapshot, Task
from retro.tables.table import Table
from retro_files.body import Body, body
from retro_files.cells import text_of
from retro_files.columns import Reader
from retro_files.hierarchy import parents, with_fixed_starts
from retro_files.identity import Index, Named
from retro_files.mapping import task_of
from retro_files.settings import SheetSettings
from retro_files.statuses import named

_SHOWN = 5
"""Repeated ids that a message lists."""


@dataclass(frozen=True)
class Sheet:
    """A table with what its rows are called; sheets of one workbook are told of each other before they are read."""

    settings: SheetSettings
    body: Body
    index: Index


def opened(table: Table, settings: SheetSettings) -> Sheet:
    """Find a table's headings, its rows and their keys. Raises UnreadableError and ConfigurationError."""
    found = body(table, settings)
    columns = found.columns
    rows = [
        Named(
            line.place,
            text_of(columns.cell(line.cells, "id")),
            text_of(columns.cell(line.cells, "title")),
        )
        for line in found.lines
    ]
    return Sheet(settings, found, Index(settings.board, rows, assigned="id" in columns))


def snapshots(sheets: Sequence[Sheet], read_at: datetime) -> list[Snapshot]:
    """Every sheet as a board, its links reaching over all of them."""
    for sheet in sheets:
        sheet.index.know(other.index for other in sheets)
    return [_snapshot(sheet, read_at) for sheet in sheets]


def _snapshot(sheet: Sheet, read_at: datetime) -> Snapshot:
    reader = Reader(sheet.body, sheet.settings)
    above = parents(sheet.body, sheet.index)
    tasks = with_fixed_starts(
        [
            task_of(line, key, reader, sheet.index, above.get(key.key))
            for line, key in zip(sheet.body.lines, sheet.index.keys, strict=True)
        ]
    )
    return Snapshot(board=_board(sheet, reader, tasks), tasks=tasks, read_at=read_at)


def _board(sheet: Sheet, reader: Reader, tasks: Sequence[Task]) -> Board:
    settings = sheet.settings
    sections = dict.fromkeys(task.section for task in tasks if task.section)
    assumed = frozenset().union(*(task.assumed for task in tasks))
    warnings = [sheet.body.warning(), _repeated(sheet.index), *reader.assumptions(assumed)]
    return Board(
        key=settings.board,
        name=settings.name,
        source=settings.source,
        alias=settings.alias,
        sections=tuple(named(section, settings) for section in sections),
        archived_known=False,
        warnings=tuple(filter(None, warnings)),
    )


def _repeated(index: Index) -> str | None:
    if not index.repeated:
        return None
    return plural(
        "{count} id stands on several rows: {ids}. Links to it are unknown.",
        "{count} ids stand on several rows: {ids}. Links to them are unknown.",
        len(index.repeated),
        ids=", ".join(index.repeated[:_SHOWN]) + (_(" and others") if len(index.repeated) > _SHOWN else ""),
    )
