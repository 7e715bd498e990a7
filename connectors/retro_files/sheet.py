"""A whole sheet read: its board, and the tasks of its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from retro.model import Snapshot, Task
from retro.tables.table import Table
from retro_files.banner import Launch, launches
from retro_files.board import board_of
from retro_files.body import Body, body
from retro_files.cells import text_of
from retro_files.columns import Reader
from retro_files.headings import lists_contacts
from retro_files.hierarchy import parents, with_fixed_starts
from retro_files.identity import Index, Named
from retro_files.mapping import task_of
from retro_files.own_cells import without_own
from retro_files.refusals import check_columns, no_headings
from retro_files.regions import Region, regions
from retro_files.settings import SheetSettings


@dataclass(frozen=True)
class Part:
    """One table of a sheet, with what its rows are called."""

    region: Region
    body: Body
    index: Index


@dataclass(frozen=True)
class Sheet:
    """A sheet with its tables; those of one workbook are told of each other before they are read."""

    settings: SheetSettings
    table: Table
    parts: tuple[Part, ...]
    own: Mapping[tuple[int, int], str]
    """The headings of retro's own columns, by row and place."""
    aside: tuple[Region, ...] = ()
    """Lists of contacts, which hold no tasks."""


def opened(table: Table, settings: SheetSettings) -> Sheet:
    """Find a sheet's tables, their rows and their keys.

    Raises:
        UnreadableError: no row has headings that are known.
        ConfigurationError: a column that the configuration names is not there.
    """
    own = without_own(table)
    everything = regions(own.table.rows, settings.known)
    aside = tuple(region for region in everything if not settings.columns and lists_contacts(region.headings))
    found = [region for region in everything if region not in aside]
    if not found:
        raise no_headings(table.rows, settings.where)
    check_columns(found, settings)
    parts = tuple(_part(own.table, region, settings, number) for number, region in enumerate(found, 1))
    return Sheet(settings, own.table, parts, own.headings, aside)


def _part(table: Table, region: Region, settings: SheetSettings, number: int) -> Part:
    found = body(table, region, settings)
    rows = [Named(line.place, text_of(line.said.get("id")), line.title) for line in found.lines]
    # Each table numbers its rows for itself: what it calls 1 is not what the one above calls 1.
    prefix = settings.board if number == 1 else f"{settings.board}#{number}"
    return Part(region, found, Index(prefix, rows, assigned="id" in found.columns))


def snapshots(sheets: Sequence[Sheet], read_at: datetime) -> list[Snapshot]:
    """Every sheet as a board, its links reaching over all of them."""
    indexes = [part.index for sheet in sheets for part in sheet.parts]
    for index in indexes:
        index.know(indexes)
    return [_snapshot(sheet, read_at) for sheet in sheets]


def _snapshot(sheet: Sheet, read_at: datetime) -> Snapshot:
    tasks: list[Task] = []
    readers = []
    for part in sheet.parts:
        reader = Reader(part.body, sheet.settings, since_1904=sheet.table.layout.since_1904)
        readers.append(reader)
        above = parents(part.body, part.index)
        tasks += with_fixed_starts(
            [
                task_of(line, key, reader, part.index, above.get(key.key))
                for line, key in zip(part.body.lines, part.index.keys, strict=True)
            ]
        )
    found: list[Launch] = launches(sheet.table, sheet.parts[0].region, sheet.settings)
    indexes = [part.index for part in sheet.parts]
    board = board_of(
        sheet.settings, tasks, readers, indexes, found, contacts=[region.headings for region in sheet.aside]
    )
    return Snapshot(board=board, tasks=tuple(tasks), read_at=read_at)
