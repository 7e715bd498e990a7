"""A base of projects that tasks relate to and that is no board: said once a read, with the lines that make it one."""

from collections.abc import Collection, Iterable

from retro.i18n import text as _
from retro_notion import values
from retro_notion.ids import uuid_of
from retro_notion.payload import Page
from retro_notion.reading import BoardReading


def fact(on: BoardReading, pages: Iterable[Page], *, read: Collection[str], taken: Collection[str], source: str) -> str:
    """The sentence; "" where there is nothing to say.

    Args:
        on: the board, known in the configuration by its alias.
        pages: its rows.
        read: ids of the databases and data sources that are boards.
        taken: the boards' names in the configuration.
        source: the source's name there.
    """
    column = on.columns.of("project")
    if column is None or not on.settings.alias or not any(values.relation(p.properties.get(column.id)) for p in pages):
        return ""
    told = (column.config.get(part) for part in ("database_id", "data_source_id"))
    ids = [id_ for each in told if isinstance(each, str) and (id_ := uuid_of(each)) is not None]
    if not ids or any(id_ in read for id_ in ids):
        return ""
    name = _("projects")
    while name in taken:
        name += "-2"
    return _(
        'The column "{column}" names rows of another database, which is no board here: they are not known as projects. '
        'To read it, write [boards.{name}] with the lines source = "{source}" and at = "{at}".',
        column=column.name,
        name=name,
        source=source,
        at=f"https://www.notion.so/{ids[0].replace('-', '')}",
    )
