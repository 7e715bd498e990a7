"""A database's CSV export: recognised by its name and its links, read into the same model as the live database.

An export has no ids of its rows; a row that a dependency of the file names with its address gets that page's id, so
that the export and the live database agree on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import PurePath

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Identity, LinkType, Snapshot, Task, Unreadable
from retro.ports import Capabilities, Recognised, UnreadableError
from retro.tables.csv import first_rows, read_csv
from retro.tables.table import Row, is_blank
from retro_notion import mapping, payload
from retro_notion.cells import ReadColumn, columns_of, targets
from retro_notion.ids import KIND, uuid_of
from retro_notion.reading import BoardReading, reading
from retro_notion.settings import BoardSettings

EXPORTED = Capabilities(
    link_types=frozenset({LinkType.FS}),
    lag=False,
    native_identity=False,
    bodies_read=False,
    columns=True,
    visibility_told=False,
    retract=False,
)
"""What an exported database holds; nothing of it can be written."""

_SURE, _LIKELY = 0.95, 0.9
_EXPORTED = re.compile(r"(?:^|.* )([0-9a-f]{32})(?:_all)?\.csv", re.IGNORECASE)
_LINK = re.compile(rb"https?://(?:www\.)?notion\.so/[^\s,\"]*[0-9a-f]{32}")
_LEAST_COLUMNS = 2
_DATES = ("start", "due", "actual_start", "actual_finish")
_LINKS = ("predecessors", "successors", "parent", "children")


def recognise(head: bytes, name: str) -> Recognised | None:
    """Whether a file is a Notion database's CSV export; None: it is something else."""
    if not name.lower().endswith(".csv"):
        return None
    rows = first_rows(head)
    if not rows or len(rows[0]) < _LEAST_COLUMNS or not isinstance(rows[0][0], str):
        return None
    if _EXPORTED.fullmatch(PurePath(name).name):
        return Recognised(kind=KIND, confidence=_SURE)
    if _LINK.search(head) and any(targets(cell) for row in rows[1:] for cell in row if isinstance(cell, str)):
        return Recognised(kind=KIND, confidence=_LIKELY)
    return None


def read_export(
    content: bytes,
    *,
    name: str,
    read_at: datetime,
    zone: tzinfo,
    lang: str,
    settings: BoardSettings | None = None,
    source: str = "",
) -> Snapshot:
    """Read a database's export.

    Args:
        content: the whole file.
        name: the file's path, for messages and for the board's name.
        read_at: now, or when the file was written.
        zone: the workspace's.
        lang: the workspace's language, which says where 05/01/2027 is where nothing else does.
        settings: what the configuration says of the board.
        source: the source's name in the configuration; the file's name by default.

    Raises:
        UnreadableError: it is empty, no text, or has no rows of headings and cells.
        ConfigurationError: the configuration's columns do not fit it.
    """
    rows = [row for row in read_csv(content, name).rows if not is_blank(row)]
    if not rows or len(rows[0]) < _LEAST_COLUMNS:
        raise UnreadableError(
            _("this is no export of a Notion database: it has no columns."),
            where=name,
            remedy=_("In Notion, open the database, click •••, then Export, and choose Markdown & CSV."),
        )
    headings, cells = _texts(rows[0]), [_texts(row) for row in rows[1:]]
    columns = columns_of(headings, cells, zone=zone, lang=lang)
    document = payload.DataSource.model_validate(
        {
            "id": _board_id(name),
            "title": [{"plain_text": _title(name)}],
            "properties": [each.column for each in columns],
        }
    )
    on = reading(document, settings or BoardSettings(), zone, where=name)
    known = _known_ids(on, cells)
    pages = [_page(place, row, columns, known) for place, row in enumerate(cells, start=2)]
    on = on.with_titles(pages)
    read = mapping.snapshot(on, pages, source=source or name, read_at=read_at, facts=_facts(on, columns, cells))
    tasks = [_placed(task, row, source or name, columns, on) for task, row in zip(read.tasks, cells, strict=True)]
    return replace(read, tasks=tuple(tasks))


def _texts(row: Row) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in row]


def _board_id(name: str) -> str:
    exported = _EXPORTED.fullmatch(PurePath(name).name)
    return (uuid_of(exported[1]) if exported else None) or PurePath(name).stem


def _title(name: str) -> str:
    """The database's name: the file's, without the id that Notion puts behind it."""
    stem = PurePath(name).stem.removesuffix("_all")
    return re.sub(r"\s*[0-9a-f]{32}$", "", stem) or stem


def _known_ids(on: BoardReading, rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """The ids of pages of this file that its dependencies name, by folded title where that is theirs alone."""
    held = list(rows)
    places = [int(column.id) for role in _LINKS if (column := on.columns.of(role)) and column.type == "relation"]
    ids: dict[str, set[str]] = {}
    for row in held:
        for target in (each for place in places if place < len(row) for each in targets(row[place])):
            if target.title:
                ids.setdefault(fold(target.title), set()).add(target.id)
    titles = Counter(fold(row[0]) for row in held if row)
    return {title: next(iter(found)) for title, found in ids.items() if titles[title] == 1 and len(found) == 1}


def _page(place: int, row: Sequence[str], columns: Sequence[ReadColumn], known: Mapping[str, str]) -> payload.Page:
    found = {each.column.id: each.cell(_cell(row, each)) for each in columns}
    stamps = {each.column.type: cell.value for each, cell in zip(columns, found.values(), strict=True)}
    return payload.Page.model_validate(
        {
            "id": known.get(fold(row[0]), str(place)) if row else str(place),
            "created_time": stamps.get("created_time"),
            "last_edited_time": stamps.get("last_edited_time"),
            "properties": found,
        }
    )


def _cell(row: Sequence[str], column: ReadColumn) -> str:
    place = int(column.column.id)
    return row[place] if place < len(row) else ""


def _placed(task: Task, row: Sequence[str], source: str, columns: Sequence[ReadColumn], on: BoardReading) -> Task:
    """The task with what only an export knows: how sure its identity is, and what could not be read of its dates."""
    id_ = task.key.removeprefix(f"{KIND}:")
    if uuid_of(id_) is None:
        task = replace(task, key=f"{source}:{id_}", identity=Identity.POSITIONAL, handles=task.handles[1:])
    by_id = {each.column.id: each for each in columns}
    unreadable, assumed = [], set(task.assumed)
    for role in _DATES:
        column = on.columns.of(role)
        text = _cell(row, by_id[column.id]) if column is not None else ""
        if column is None or not text:
            continue
        read = by_id[column.id].span(text)
        if read is None:
            unreadable.append(Unreadable(role, text))
        elif read.assumed:
            assumed |= {role, "start"} if role == "due" and read.end is not None else {role}
    return replace(task, unreadable=tuple(unreadable), assumed=frozenset(assumed))


def _facts(on: BoardReading, columns: Sequence[ReadColumn], rows: Sequence[Sequence[str]]) -> list[str]:
    """What was assumed of whole columns, and what the file cannot tell."""
    by_id = {each.column.id: each for each in columns}
    dated = {column.id: by_id[column.id] for role in _DATES if (column := on.columns.of(role)) is not None}
    facts = []
    for read in dated.values():
        spans = (read.span(text) for row in rows if (text := _cell(row, read)))
        if any(span is not None and span.assumed for span in spans):
            facts.append(
                _(
                    'Dates of the column "{column}" could be read two ways: its language settled it.',
                    column=read.column.name,
                )
            )
    return facts
