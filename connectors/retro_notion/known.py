"""What a run knows of one connection: boards, pages and people that it has read, and the ids of retro's own columns."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import ColumnUse
from retro.ports import ConfigurationError, SourceError
from retro_notion import payload, project_base
from retro_notion.client import Client
from retro_notion.comments import PLACE, Comments
from retro_notion.cuts import Completion
from retro_notion.ids import board_id, key_of, uuid_of
from retro_notion.locating import locate, read_source, wanted_id
from retro_notion.orientation import settled
from retro_notion.own import own_values
from retro_notion.paging import people, views
from retro_notion.people import named, unnamed
from retro_notion.reading import BoardReading, reading
from retro_notion.renamed import renamed
from retro_notion.settings import BoardSettings
from retro_notion.ties import unsettled


class Known:
    """Reads what it does not know, and remembers.

    Args:
        client: makes the requests.
        zone: the workspace's.
        source: the source's name in the configuration.
        boards: settings of its boards.
        pins: ids of retro's own columns: board key → own field → property id.
        marks: what holds remarks outside of columns: task key → own field → `comment:<id>`.

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
        marks: Mapping[str, Mapping[str, str]] | None = None,
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
        self._comments = Comments(client, marks or {})
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
            self._located[ref] = self._located_at(at, settings, place)
        source = read_source(self._client, self._located[ref], place)
        settings = settings if settings.at else self._settings_of(source.id, str(source.parent.get("database_id")))
        return self._remember(self._understood(source, settings, place))

    def _located_at(self, at: str, settings: BoardSettings, place: str) -> str:
        """The data source at an address.

        Raises:
            ConfigurationError: it does not lead to one.
            SourceError: nothing is shared there; or it led to one when it was last read, and the database has changed.
        """
        try:
            return locate(self._client, at, settings, place)
        except ConfigurationError as error:
            if not settings.mapping:
                raise
            changed = SourceError(error.what, where=error.where, remedy=error.remedy)
        raise changed

    def understand(self, source: payload.DataSource, on: BoardReading) -> BoardReading:
        """The board with other columns on it."""
        new = self._reading(source, on.settings, on.place, on.columns.mapping)
        return self._remember(replace(new, users=on.users, titles=on.titles))

    def _understood(self, source: payload.DataSource, settings: BoardSettings, place: str) -> BoardReading:
        """The board by what was known of it; at first also by its views, where names leave its ties open."""
        held = self._boards.get(key_of(source.id))
        known = held.columns.mapping if held is not None else settings.mapping
        on = self._reading(source, settings, place, known)
        if known or not unsettled(on.columns.rest, on.columns.uses, source.id):
            return on
        found = views(self._client, source.id)
        return self._reading(source, settings, place, known, found) if found else on

    def _reading(
        self,
        source: payload.DataSource,
        settings: BoardSettings,
        place: str,
        known: Iterable[ColumnUse],
        drawn: Sequence[payload.View] = (),
    ) -> BoardReading:
        pins = self.pins.get(key_of(source.id), {})
        on = reading(source, settings, self._zone, pins=pins, where=place, known=known, views=drawn)
        return replace(on, comments=self._comments) if settings.warnings == PLACE else on

    def take(self, pages: Iterable[payload.Page], on: BoardReading) -> tuple[list[payload.Page], BoardReading]:
        """Pages as they now are, their relations whole, and the board that knows their titles and people."""
        whole = list(map(Completion(self._client, on.columns, on.source.columns), pages))
        self._learn(whole)
        self._pages.update({page.id: page for page in whole})
        return whole, self._remember(on.with_people(self._users).with_titles(whole))

    def look_for_comments(self, pages: Iterable[payload.Page], on: BoardReading) -> None:
        """Find retro's comments again where the state has lost them: on pages that hold other values of retro's."""
        ours = on.comments
        read = list(pages)
        if ours is None or self.ours.get(on.key) or ours.knows_any(page.id for page in read):
            return
        for page in read:
            if own_values(page, on.columns.own, on.zone):
                ours.look(page.id)

    def known_again(self, pages: Sequence[payload.Page], on: BoardReading) -> BoardReading:
        """The board with the columns of retro's that people renamed, where the state has lost their ids."""
        found = renamed(pages, on, self.pins.get(on.key, {}))
        if not found:
            return on
        self.pins.setdefault(on.key, {}).update(found)
        del self._boards[on.key]  # how its columns were understood just now is not to be held on to
        return self._remember(self._understood(on.source, on.settings, on.place))

    def settle(self, pages: Sequence[payload.Page], on: BoardReading) -> BoardReading:
        """The board with its ties the way round that all of its pages tell."""
        return self._remember(replace(on, columns=settled(on.columns, pages, self._zone)))

    def page(self, ref: str, on: BoardReading) -> payload.Page | None:
        """A page as it was last read, else as it is."""
        return self._pages.get(ref) or self.reread(ref, on)

    def reread(self, ref: str, on: BoardReading) -> payload.Page | None:
        """A page as it is now; None where it is gone, or in another database."""
        document = self._client.page(ref) if uuid_of(ref) is not None else None
        self._client.seen()
        page = next(iter(payload.read_each(payload.Page, [document])), None)
        return None if page is None or _elsewhere(page, on.source) else self.take([page], on)[0][0]

    def unseen_facts(self, pages: Iterable[payload.Page]) -> list[str]:
        """What is to be said of the people on these pages whom the connection may not see."""
        unseen = len(unnamed(pages) - self._users.keys())
        if not unseen:
            return []
        return [
            plural(
                "Notion does not tell the name of {count} person of this database: an id stands for it. Tick "
                '"Read user information" among the connection\'s capabilities; who left the workspace stays an id.',
                "Notion does not tell the names of {count} people of this database: ids stand for them. Tick "
                '"Read user information" among the connection\'s capabilities; who left the workspace stays an id.',
                unseen,
            )
        ]

    def project_facts(self, pages: Iterable[payload.Page], on: BoardReading) -> list[str]:
        """What is to be said of the base of projects that these pages relate to, where it is no board."""
        boards = self._settings.values()
        told = {id_ for board in boards if (id_ := board_id(board.data_source)) is not None}
        read = {*self._settings, *self._located.values(), *told}
        taken = {board.alias for board in boards}
        said = project_base.fact(on, pages, read=read, taken=taken, source=self._source)
        return [said] if said else []

    def pages_of(self, on: BoardReading) -> list[str]:
        """The ids of the pages of a board that were read."""
        return [id_ for id_, page in self._pages.items() if not _elsewhere(page, on.source)]

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


def _elsewhere(page: payload.Page, source: payload.DataSource) -> bool:
    """Whether a page has moved to another data source; one that does not say where it is, is taken to be here."""
    parent = page.parent.get("data_source_id")
    return isinstance(parent, str) and uuid_of(parent) != uuid_of(source.id)
