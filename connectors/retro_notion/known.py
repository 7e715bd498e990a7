"""What a run knows of one connection: boards, pages and people that it has read, and the ids of retro's own columns."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo

from retro.i18n import text as _
from retro.ports import ConfigurationError
from retro_notion import payload
from retro_notion.client import Client
from retro_notion.columns import Columns
from retro_notion.ids import board_id, key_of, uuid_of
from retro_notion.locating import locate, read_source, wanted_id
from retro_notion.paging import completed, people
from retro_notion.reading import BoardReading, reading
from retro_notion.settings import BoardSettings
from retro_notion.users import named, unnamed

_RELATED = ("predecessors", "successors", "parent", "children")
"""Roles whose relations are read whole."""


class Known:
    """Reads what it does not know, and remembers.

    Args:
        client: makes the requests.
        zone: the workspace's.
        source: the source's name in the configuration.
        boards: settings of its boards.
        pins: ids of retro's own columns: board key → own field → property id.

    Raises:
        ConfigurationError: two boards have the same address, so that one cannot tell which of them is asked for.
    """

    def __init__(
        self,
        client: Client,
        *,
        zone: tzinfo,
        source: str,
        boards: Iterable[BoardSettings],
        pins: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._client = client
        self._zone = zone
        self._source = source
        configured = [(board_id(board.at) or board.at, board) for board in boards]
        count = Counter(at for at, _board in configured)
        twice = [board for at, board in configured if count[at] > 1]
        if twice:
            raise ConfigurationError(
                _("several boards have the same address."),
                where=", ".join(board.alias or board.at for board in twice),
                remedy=_("Write the id of its data source as `at` of each."),
            )
        self._settings = dict(configured)
        self.ours = {board: {own: id_ for own, id_ in ids.items() if id_} for board, ids in pins.items()}
        """Ids of own columns that retro made."""
        self.pins = {board: dict(ids) for board, ids in self.ours.items()}
        """Ids of own columns, those that were found too."""
        self._located: dict[str, str] = {}
        self._boards: dict[str, BoardReading] = {}
        self._pages: dict[str, payload.Page] = {}
        self._users: dict[str, payload.User] = {}
        self._unseen: set[str] = set()

    def board(self, key: str) -> BoardReading:
        """What is known of a board; one that this run has not pulled is asked for, without its rows."""
        return self._boards.get(key) or self.read_board(key)

    def read_board(self, at: str) -> BoardReading:
        """The columns of the data source that `at` means, now."""
        place = f"{self._source} · {at}"
        ref = wanted_id(at, place)
        settings = self._settings_of(ref)
        place = f"boards.{settings.alias}" if settings.alias else place
        if ref not in self._located:
            self._located[ref] = locate(self._client, at, settings, place)
        source = read_source(self._client, self._located[ref], place)
        settings = settings if settings.at else self._settings_of(source.id, str(source.parent.get("database_id")))
        return self._remember(reading(source, settings, self._zone, self.pins.get(key_of(source.id), {}), place))

    def understand(self, source: payload.DataSource, on: BoardReading) -> BoardReading:
        """The board with other columns on it."""
        new = reading(source, on.settings, self._zone, self.pins.get(on.key, {}), on.place)
        return self._remember(replace(new, users=on.users, titles=on.titles))

    def take(self, pages: Iterable[payload.Page], on: BoardReading) -> tuple[list[payload.Page], BoardReading]:
        """Pages as they now are, their relations whole, and the board that knows their titles and people."""
        whole = [completed(self._client, page, _related(on.columns)) for page in pages]
        self._learn(whole)
        self._pages.update({page.id: page for page in whole})
        return whole, self._remember(on.with_people(self._users).with_titles(whole))

    def page(self, ref: str, on: BoardReading) -> payload.Page | None:
        """A page as it was last read, else as it is."""
        return self._pages.get(ref) or self.reread(ref, on)

    def reread(self, ref: str, on: BoardReading) -> payload.Page | None:
        """A page as it is now; None where it is gone, or in another database."""
        document = self._client.page(ref) if uuid_of(ref) is not None else None
        page = next(iter(payload.read_each(payload.Page, [document])), None)
        return None if page is None or _elsewhere(page, on.source) else self.take([page], on)[0][0]

    def _settings_of(self, *ids: str) -> BoardSettings:
        return next((self._settings[id_] for id_ in ids if id_ in self._settings), BoardSettings())

    def _remember(self, on: BoardReading) -> BoardReading:
        self._boards[on.key] = on
        return on

    def _learn(self, pages: Iterable[payload.Page]) -> None:
        """Know the people of these pages by name; those that Notion sends by id alone are asked for once."""
        read = list(pages)
        self._users.update(named(read))
        wanted = unnamed(read) - self._users.keys() - self._unseen
        if wanted:
            self._users.update(people(self._client, wanted))
            self._unseen |= wanted - self._users.keys()


def cut_relations(pages: Iterable[payload.Page], columns: Columns) -> list[str]:
    """A sentence for each column whose relations could not be read whole."""
    wanted = _related(columns)
    short = {wanted[id_] for page in pages for id_, cell in page.properties.items() if cell.has_more and id_ in wanted}
    return [
        _("Notion shows 25 pages of the column {column} only: the others are unknown.", column=each)
        for each in sorted(short)
    ]


def _related(columns: Columns) -> dict[str, str]:
    """Names of the columns whose relations matter, by id."""
    return {column.id: column.name for role in _RELATED if (column := columns.of(role)) is not None}


def _elsewhere(page: payload.Page, source: payload.DataSource) -> bool:
    """Whether a page has moved to another data source; one that does not say where it is, is taken to be here."""
    parent = page.parent.get("data_source_id")
    return isinstance(parent, str) and uuid_of(parent) != uuid_of(source.id)
