"""Notion behind retro's connector port: a database is read in pages of a hundred, a page is written in one request.

A pull takes max(1, ⌈rows/100⌉) queries, one request for the columns and, until the data source is known, one to find
it; then one for each hundred values of a relation over 25, and one or more for people that Notion sends by id alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from retro.http.pacer import Pacers
from retro.i18n import text as _
from retro.i18n.own_fields import KINDS
from retro.model import LinkType, Provision, Task, Write
from retro.ports import (
    Capabilities,
    Clock,
    ConfigurationError,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    ReadOnlyError,
    Source,
    SourceError,
    StaleRevisionError,
)
from retro_notion import mapping, payload, writing
from retro_notion.account import account
from retro_notion.client import Client, JsonObject
from retro_notion.columns import Columns
from retro_notion.errors import CONFLICT, NOT_FOUND, not_notion
from retro_notion.ids import KIND, native_id
from retro_notion.known import Known, cut_relations
from retro_notion.locating import read_source
from retro_notion.paging import Rows, shared_sources
from retro_notion.provisioning import definitions, made, present
from retro_notion.reading import BoardReading
from retro_notion.settings import BoardSettings, SourceSettings

CAPABILITIES = Capabilities(
    link_types=frozenset({LinkType.FS}),
    lag=False,
    bodies_read=False,
    writable=frozenset(writing.TEAM_FIELDS),
    own=frozenset(KINDS),
    own_text_most=1900,
    visibility_told=False,
)


class NotionConnector:
    """One connection. What was pulled stays in memory, so that a page can be understood when it is read or written.

    Args:
        client: makes the requests.
        clock: says when a board was read.
        zone: the workspace's, in which hours are told.
        source: the source's name in the configuration.
        boards: settings by the `at` of a board; others get the defaults.
        pins: ids of retro's own columns: board key → own field → property id.
    """

    def __init__(
        self,
        client: Client,
        *,
        clock: Clock,
        zone: tzinfo,
        source: str = KIND,
        boards: Iterable[BoardSettings] = (),
        pins: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._zone = zone
        self._source = source
        self._known = Known(client, zone=zone, source=source, boards=boards, pins=pins or {})

    def describe(self) -> Source:
        """Say what this source is and can do."""
        return Source(id=self._source, kind=KIND, capabilities=CAPABILITIES)

    def discover(self) -> Iterable[Discovered]:
        """List the data sources that are shared with the connection; a database's address where it has only one."""
        found = [source for source in shared_sources(self._client) if not source.in_trash]
        siblings = Counter(_database(source) for source in found)
        for source in found:
            last = source.last_edited_time
            yield Discovered(
                at=source.url if source.url and siblings[_database(source)] == 1 else source.id,
                name=source.title,
                url=source.url or None,
                last_activity=last.isoformat() if last is not None else None,
                guests_see=None,
            )

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read a database whole, a hundred rows a request."""
        before = self._client.calls
        on = self._known.read_board(at)
        rows = Rows(self._client, on.source.id)
        read: list[payload.Page] = []
        for group in rows:
            read += group
            if progress is not None:
                progress(on.source.title, len(read), None)
        pages, on = self._known.take(read, on)
        facts = [*rows.facts, *cut_relations(pages, on.columns)]
        snapshot = mapping.snapshot(on, pages, source=self._source, read_at=self._clock.now(), facts=facts)
        return Pulled(snapshot=snapshot, requests=self._client.calls - before)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read pages, one request each; those that are gone, or in another database now, are left out."""
        on = self._known.board(board)
        found = {key: self._known.reread(native_id(key), on) for key in keys}
        return {
            key: mapping.task_of(page, self._known.board(on.key)) for key, page in found.items() if page is not None
        }

    def mapping(self, board: str) -> Columns:
        """How the columns of a board are understood, for people to check."""
        return self._known.board(board).columns

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Add retro's own columns where a database has none of that name: one request a database, touching no other."""
        by_board: dict[str, list[Provision]] = {}
        for each in fields:
            by_board.setdefault(each.board, []).append(each)
        return [done for board, wanted in by_board.items() for done in self._provision(board, wanted)]

    def push(self, write: Write) -> Pushed:
        """Write one page in one request: retro's own fields and the team's dates, those needed only."""
        before = self._client.calls
        on = self._known.board(write.board)
        self._check_writable(write, on)
        ref = native_id(write.task)
        page = self._known.page(ref, on)
        if page is None:
            raise SourceError(_("this page is not in its database any more."), where=write.task, status=NOT_FOUND)
        page = self._written(page, write, on)
        return Pushed(task=mapping.task_of(page, self._known.board(on.key)), requests=self._client.calls - before)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own columns: those that were pinned or made here, never one that was found."""
        on = self._known.board(board)
        ours = self._known.ours.get(on.key, {})
        wanted = {own: ours.pop(own) for field in fields if (own := field.removeprefix(writing.OWN_PREFIX)) in ours}
        if not wanted:
            return 0
        source = read_source(self._client, on.source.id, on.place)
        gone = [column for column in source.columns if column.id in wanted.values()]
        if gone:
            self._client.update_columns(source.id, {column.wire: None for column in gone})
        self._known.pins[on.key] = {
            own: id_ for own, id_ in self._known.pins.get(on.key, {}).items() if own not in wanted
        }
        self._known.understand(source.model_copy(update={"columns": [c for c in source.columns if c not in gone]}), on)
        return len(gone)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:  # noqa: ARG002 - the port's signature
        """Creating pages is not offered here (see the capabilities)."""
        raise ReadOnlyError(_("retro does not create pages in Notion."), where=board)

    def close(self) -> None:
        """Close the connections to Notion."""
        self._client.close()

    def _written(self, page: payload.Page, write: Write, on: BoardReading) -> payload.Page:
        body = writing.properties(dict(write.fields), page, on.columns, self._zone)
        if not body:
            return page
        try:
            answer = self._client.update_page(page.id, body)
        except SourceError as error:
            if error.status != CONFLICT:
                raise
            answer = self._again(page, write, on)
        found = next(iter(payload.read_each(payload.Page, [answer])), None)
        if found is not None and found.id == page.id and found.properties.keys() >= page.properties.keys():
            return self._known.take([found], on)[0][0]
        # An answer that does not show the whole page: what is there now is asked for, once.
        return self._known.reread(page.id, on) or self._lost(write)

    def _again(self, page: payload.Page, write: Write, on: BoardReading) -> JsonObject:
        """Someone saved the page at the same moment, and Notion wrote nothing: look, and write once more if we may."""
        before = mapping.task_of(page, on).revision
        now = self._known.reread(page.id, on)
        if now is None or mapping.task_of(now, self._known.board(on.key)).revision != before:
            raise StaleRevisionError(write.task)
        return self._client.update_page(now.id, writing.properties(dict(write.fields), now, on.columns, self._zone))

    def _lost(self, write: Write) -> payload.Page:
        raise not_notion(write.task, writing=True)

    def _check_writable(self, write: Write, on: BoardReading) -> None:
        for name, _value in write.fields:
            own = name.removeprefix(writing.OWN_PREFIX)
            if own != name and own not in on.columns.own:
                raise ConfigurationError(
                    _("the database has no column for {field} yet.", field=name),
                    where=on.place,
                    remedy=_("Run `retro plan`: it shows the columns that are to be made first."),
                )
            if own == name and name not in writing.TEAM_FIELDS:
                raise ReadOnlyError(
                    _("retro does not write the field {field} in Notion.", field=name), where=write.task
                )
            if own == name and writing.column_of(name, on.columns) is None:
                raise ConfigurationError(
                    _("no column of this database was taken for {field}.", field=name),
                    where=on.place,
                    remedy=_("Name it in `columns` of the board, or take {field} out of `write`.", field=name),
                )

    def _provision(self, board: str, wanted: Sequence[Provision]) -> list[Provision]:
        on = self._known.board(board)
        # Asked anew: another run, or a person, may have made one since the board was pulled.
        source = read_source(self._client, on.source.id, on.place)
        pins = self._known.pins.setdefault(on.key, {})
        asked = [(each, each.field.removeprefix(writing.OWN_PREFIX)) for each in wanted]
        there = {own: present(source.columns, each, own, pins) for each, own in asked}
        missing = [(each, own) for each, own in asked if there[own] is None]
        if missing:
            body = definitions((own, each.name) for each, own in missing)
            answer = self._client.update_columns(source.id, body)
            source = next(iter(payload.read_each(payload.DataSource, [answer])), source)
        done: list[Provision] = []
        for each, own in asked:
            found = there[own]
            if found is not None:
                done.append(replace(each, action="found", id=found.id))
            else:
                new, found = made(source.columns, each, own)
                self._known.ours.setdefault(on.key, {})[own] = found.id
                done.append(new)
            pins[own] = found.id
        self._known.understand(source, on)
        return done


def _database(source: payload.DataSource) -> str:
    return str(source.parent.get("database_id") or source.id)


def connect(
    settings: SourceSettings,
    *,
    clock: Clock,
    zone: tzinfo,
    boards: Iterable[BoardSettings] = (),
    pins: Mapping[str, Mapping[str, str]] | None = None,
    pacers: Pacers | None = None,
    deadline: float | None = None,
) -> NotionConnector:
    """Make the connector of one source: what the registry calls.

    Args:
        settings: its name, token and address.
        clock: tells the time and waits.
        zone: the workspace's.
        boards: settings of the boards of this source.
        pins: ids of retro's own columns: board key → own field → property id.
        pacers: those of the run, so that sources that share a token share its limits.
        deadline: seconds that the run may last; None: as long as it takes.

    Raises:
        ConfigurationError: the token is missing, or the address is neither https nor loopback.
    """
    client = account(settings, clock=clock, pacers=pacers or Pacers(clock), deadline=deadline)
    return NotionConnector(client, clock=clock, zone=zone, source=settings.id, boards=boards, pins=pins)
