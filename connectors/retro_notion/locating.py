"""From what a person pasted to the one data source that is meant: databases lead to theirs, several are listed."""

from typing import NoReturn

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.ports import ConfigurationError, SourceError
from retro_notion import payload
from retro_notion.client import Client
from retro_notion.errors import BAD_REQUEST, FORBIDDEN, NOT_FOUND, a_page, linked, not_notion, not_shared
from retro_notion.ids import board_id, uuid_of, view_id
from retro_notion.settings import BoardSettings


def wanted_id(at: str, where: str) -> str:
    """The id in an address. Raises ConfigurationError where it holds none."""
    found = board_id(at)
    if found is None:
        raise ConfigurationError(
            _('"{at}" is no address of a Notion database.', at=at),
            where=where,
            remedy=_("It looks like https://www.notion.so/workspace/0123456789abcdef0123456789abcdef."),
        )
    return found


def locate(client: Client, at: str, settings: BoardSettings, where: str) -> str:
    """The id of the data source that `at` means: one request, none where the configuration names its id.

    A linked view, which Notion gives without data sources, is known by the view in its address.

    Raises:
        ConfigurationError: `at` is no address, or that of a page, or the database has several data sources and none
            is chosen.
        SourceError: the database has none that is shared.
    """
    chosen = settings.data_source.strip()
    if (pinned := board_id(chosen) if chosen else None) is not None:
        return pinned
    id_ = wanted_id(at, where)
    document = client.database(id_)
    if document is None:
        # It may be the id of a data source itself: its own request will tell.
        return _viewed(client, at) or id_
    found = payload.read_each(payload.Database, [document])
    if not found:
        raise not_notion(where, writing=False)
    if not found[0].data_sources:
        source = _viewed(client, at)
        if source is None:
            raise linked(where)
        return source
    return _one_of(found[0], chosen, where)


def _viewed(client: Client, at: str) -> str | None:
    """The data source of the view that an address opens; None where it opens none, or Notion does not tell."""
    view = view_id(at)
    if view is None:
        return None
    try:
        found = payload.read_each(payload.View, [client.view(view)])
    except SourceError as error:
        if error.status not in (BAD_REQUEST, FORBIDDEN, NOT_FOUND):
            raise
        return None
    return uuid_of(found[0].data_source_id) if found else None


def _one_of(database: payload.Database, chosen: str, where: str) -> str:
    sources = database.data_sources
    if chosen:
        sources = [each for each in sources if fold(each.name) == fold(chosen)]
    if len(sources) == 1:
        return sources[0].id
    if chosen:
        what = _('the database "{name}" has no data source "{chosen}".', name=database.title, chosen=chosen)
    else:
        what = _('the database "{name}" has several data sources.', name=database.title)
    lines = "\n".join(f'data_source = "{each.id}"  # {_on_a_line(each.name)}' for each in database.data_sources)
    raise ConfigurationError(
        what,
        where=where,
        remedy=_("Copy the line of the one that is meant under {where}:\n{lines}", where=_section(where), lines=lines),
    )


def _section(where: str) -> str:
    """The section of the configuration that a board is in, as it is written there."""
    return f"[{where}]" if where.startswith("boards.") else "`[boards…]`"


def _on_a_line(name: str) -> str:
    """A name that cannot end the comment that it stands in."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


def read_source(client: Client, id_: str, where: str) -> payload.DataSource:
    """A data source with its columns.

    Raises:
        SourceError: it is not shared.
        ConfigurationError: the id is that of a page.
    """
    document = client.data_source(id_)
    if document is None:
        _refuse(client, id_, where)
    found = payload.read_each(payload.DataSource, [document])
    if not found or uuid_of(found[0].id) is None:
        raise not_notion(where, writing=False)
    return found[0]


def _refuse(client: Client, id_: str, where: str) -> NoReturn:
    """Say what stands at an id where no data source is."""
    if client.page(id_) is not None:
        raise a_page(where)
    raise not_shared(where)
