"""From what a person pasted to the one data source that is meant: databases lead to theirs, several are listed."""

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.ports import ConfigurationError
from retro_notion import payload
from retro_notion.client import Client
from retro_notion.errors import not_notion, not_shared
from retro_notion.ids import board_id, uuid_of
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
    """The id of the data source that `at` means: at most one request, none where the configuration names its id.

    Raises:
        ConfigurationError: `at` is no address, or the database has several data sources and none is chosen.
        SourceError: the database has none that is shared.
    """
    chosen = settings.data_source.strip()
    if (pinned := board_id(chosen) if chosen else None) is not None:
        return pinned
    id_ = wanted_id(at, where)
    document = client.database(id_)
    if document is None:
        # It may be the id of a data source itself: its own request will tell.
        return id_
    found = payload.read_each(payload.Database, [document])
    if not found:
        raise not_notion(where, writing=False)
    return _one_of(found[0], chosen, where)


def _one_of(database: payload.Database, chosen: str, where: str) -> str:
    sources = database.data_sources
    if chosen:
        sources = [each for each in sources if fold(each.name) == fold(chosen)]
    if len(sources) == 1:
        return sources[0].id
    if not database.data_sources:
        raise not_shared(where)
    listed = ", ".join(f"{each.name} ({each.id})" for each in database.data_sources)
    if chosen:
        what = _('the database "{name}" has no data source "{chosen}".', name=database.title, chosen=chosen)
    else:
        what = _('the database "{name}" has several data sources.', name=database.title)
    raise ConfigurationError(
        what, where=where, remedy=_('Write one of them as `data_source = "…"`: {sources}.', sources=listed)
    )


def read_source(client: Client, id_: str, where: str) -> payload.DataSource:
    """A data source with its columns. Raises SourceError where it is not shared."""
    document = client.data_source(id_)
    if document is None:
        raise not_shared(where)
    found = payload.read_each(payload.DataSource, [document])
    if not found or uuid_of(found[0].id) is None:
        raise not_notion(where, writing=False)
    return found[0]
