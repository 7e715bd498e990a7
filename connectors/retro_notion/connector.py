"""Notion behind retro's connector port: a database is read in pages of a hundred, a page is written in one request.

A pull takes max(1, ⌈rows/100⌉) queries, one request for the columns and, until the data source is known, one to find
it; then one for each hundred values of a relation over 25, and one or more for people that Notion sends by id alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from retro.http.pacer import Pacers
from retro.model import Provision, Task, Write
from retro.ports import (
    UNHEARD,
    Clock,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    Source,
    Standing,
    Traffic,
)
from retro_notion import cuts, mapping, payload, writing
from retro_notion.account import account
from retro_notion.capabilities import CAPABILITIES
from retro_notion.client import Client
from retro_notion.columns import Columns
from retro_notion.comments import REMARK
from retro_notion.ids import KIND, native_id
from retro_notion.known import Known
from retro_notion.locating import read_source
from retro_notion.making import Making
from retro_notion.page_size import PageSize
from retro_notion.paging import shared_sources
from retro_notion.provisioning import definitions, made, present
from retro_notion.pushing import Pushing
from retro_notion.rows import Rows
from retro_notion.settings import BoardSettings, SourceSettings
from retro_notion.standing import of_connection


class NotionConnector:
    """One connection. What was pulled stays in memory, so that a page can be understood when it is read or written.

    Args:
        client: makes the requests.
        clock: says when a board was read.
        zone: the workspace's, in which hours are told.
        source: the source's name in the configuration.
        boards: settings by the `at` of a board; others get the defaults.
        pins: ids of retro's own columns: board key → own field → property id.
        marks: what holds remarks outside of columns: task key → own field → `comment:<id>`.
        lang: the workspace's language, for what new pages say; "": the current one.
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
        marks: Mapping[str, Mapping[str, str]] | None = None,
        lang: str = "",
    ) -> None:
        self._client = client
        self._clock = clock
        self._zone = zone
        self._source = source
        self._sizes: dict[str, PageSize] = {}
        """How many rows each data source gives at once."""
        self._known = Known(client, zone=zone, source=source, boards=boards, pins=pins or {}, marks=marks)
        self._pushing = Pushing(client, self._known, zone)
        self._making = Making(client, self._known, zone, lang or None)

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
                activity_whole=False,  # a row that is edited moves no time stamp of its database
                guests_see=None,
            )

    def standing(self) -> Standing:
        """Say what the connection is called; Notion tells neither its capabilities nor an end."""
        return of_connection(self._client.whoami())

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read a database whole, a hundred rows a request."""
        before = self._client.calls
        on = self._known.read_board(at)
        rows = Rows(self._client, on.source.id, self._sizes.setdefault(on.source.id, PageSize()))
        read: list[payload.Page] = []
        for group in rows:
            read += group
            if progress is not None:
                progress(on.source.title, len(read), None)
        pages, on = self._known.take(read, on)
        on = self._known.settle(pages, on)
        self._known.look_for_comments(pages, on)
        again = self._known.known_again(pages, on)
        if again is not on:
            pages, on = self._known.take(pages, again)
            on = self._known.settle(pages, on)
        facts = [
            *rows.facts,
            *cuts.facts(pages, on.source.columns),
            *self._known.unseen_facts(pages),
            *self._known.project_facts(pages, on),
        ]
        snapshot = mapping.snapshot(on, pages, source=self._source, read_at=self._clock.now(), facts=facts)
        cut = (*rows.cut, *cuts.values_cut(pages, on.columns))
        snapshot = replace(snapshot, board=replace(snapshot.board, whole=rows.whole, cut=cut))
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
        page = self._pushing.push(write)
        on = self._known.board(write.board)
        return Pushed(task=mapping.task_of(page, on), requests=self._client.calls - before)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own columns: those that were pinned or made here, never one that was found."""
        on = self._known.board(board)
        ours = self._known.ours.get(on.key, {})
        wanted = {own: ours.pop(own) for field in fields if (own := field.removeprefix(writing.OWN_PREFIX)) in ours}
        said = 0
        if on.comments is not None and REMARK in fields:
            said = on.comments.remove_known(self._known.pages_of(on))
        if not wanted:
            return said
        source = read_source(self._client, on.source.id, on.place)
        gone = [column for column in source.columns if column.id in wanted.values()]
        if gone:
            self._client.update_columns(source.id, {column.wire: None for column in gone})
        self._known.pins[on.key] = {
            own: id_ for own, id_ in self._known.pins.get(on.key, {}).items() if own not in wanted
        }
        self._known.understand(source.model_copy(update={"columns": [c for c in source.columns if c not in gone]}), on)
        return len(gone) + said

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Make a page for each task, one request a page, with all that its database has a column for."""
        pages = [self._making.make(board, task) for task in tasks]
        return [mapping.task_of(page, self._known.board(board)) for page in pages]

    def close(self) -> None:
        """Close the connections to Notion."""
        self._client.close()

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
    marks: Mapping[str, Mapping[str, str]] | None = None,
    pacers: Pacers | None = None,
    deadline: float | None = None,
    traffic: Traffic = UNHEARD,
    lang: str = "",
) -> NotionConnector:
    """Make the connector of one source: what the registry calls.

    Args:
        settings: its name, token and address.
        clock: tells the time and waits.
        zone: the workspace's.
        boards: settings of the boards of this source.
        pins: ids of retro's own columns: board key → own field → property id.
        marks: what holds remarks outside of columns: task key → own field → `comment:<id>`.
        pacers: those of the run, so that sources that share a token share its limits.
        deadline: seconds that the run may last; None: as long as it takes.
        traffic: told of every request.
        lang: the workspace's language, for what new pages say; "": the current one.

    Raises:
        ConfigurationError: the token is missing, or the address is neither https nor loopback.
    """
    client = account(settings, clock=clock, pacers=pacers or Pacers(clock), deadline=deadline, traffic=traffic)
    return NotionConnector(
        client, clock=clock, zone=zone, source=settings.id, boards=boards, pins=pins, marks=marks, lang=lang
    )
