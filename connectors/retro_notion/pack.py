"""Notion as the registry takes it: its exports recognised, its connectors built from an account."""

from collections.abc import Mapping
from types import MappingProxyType

from retro.http.run_pacers import RunPacers
from retro.i18n import current_language
from retro.model import Snapshot
from retro.ports import Account, BoardOptions, Capabilities, Connector, Guide, Recognised
from retro_notion.guide import guide
from retro_notion.ids import board_place, handle_of_url
from retro_notion.settings import API, BoardSettings, SourceSettings


class NotionPack:
    """See `retro.ports.ConnectorPack`. Sources of one run, which share its clock, share the limits of their tokens."""

    secrets: Mapping[str, str] = MappingProxyType({"token": "NOTION_TOKEN"})
    pins_columns = True
    warnings = frozenset({"field", "comment"})

    def __init__(self) -> None:
        self._pacers = RunPacers()

    @property
    def capabilities(self) -> Capabilities:
        """What its boards hold, and what of them may be written."""
        from retro_notion.capabilities import CAPABILITIES  # noqa: PLC0415 - a pack is loaded to know addresses

        return CAPABILITIES

    def guide(self, *, write: bool) -> Guide:
        """How a person gets a token, one that may write as well where that is wanted."""
        return guide(write=write)

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file is the CSV export of a Notion database."""
        from retro_notion.export import recognise  # noqa: PLC0415 - no account needs the reader of files

        return recognise(head, name)

    def handle(self, url: str) -> str | None:
        """The handle of a page's address."""
        return handle_of_url(url)

    def place(self, address: str) -> str | None:
        """The id of a database or data source, without dashes."""
        return board_place(address)

    def parts(self, path: str) -> tuple[str, ...]:  # noqa: ARG002 - the port
        """An export is one board."""
        return ("",)

    def live(self, account: Account) -> Connector:
        """The connector of an account."""
        from retro_notion.connector import connect  # noqa: PLC0415 - a file is read without the tool's client

        return connect(
            SourceSettings(id=account.id, token=account.token, base_url=account.base_url or API),
            clock=account.clock,
            zone=account.zone,
            boards=[_settings(board, account) for board in account.boards],
            pins=account.pins,
            marks=account.marks,
            pacers=self._pacers.of(account.clock),
            deadline=account.deadline,
            traffic=account.traffic,
            lang=account.lang,
        )

    def file(self, account: Account) -> Connector:
        """The connector of exported databases."""
        from retro.tables.exports import ExportConnector  # noqa: PLC0415 - as above
        from retro_notion.export import EXPORTED, read_export  # noqa: PLC0415 - as above

        boards = {board.at: _settings(board, account) for board in account.boards}

        def read(content: bytes, at: str) -> Snapshot:
            return read_export(
                content,
                name=at,
                read_at=account.clock.now(),
                zone=account.zone,
                lang=account.lang or current_language(),
                settings=boards.get(at, boards.get("")),
                source=account.id,
            )

        return ExportConnector(clock=account.clock, source=account.id, capabilities=EXPORTED, read=read)


def _settings(board: BoardOptions, account: Account) -> BoardSettings:
    return BoardSettings(
        at=board.at,
        alias=board.alias,
        status={category: list(names) for category, names in board.status.items()},
        columns=dict(board.columns),
        mapping=board.mapping,
        warnings="comment" if board.warnings == "comment" else "field",
        data_source=board.data_source,
        day_minutes=account.day_minutes,
        opt_out=account.opt_out,
    )


PACK = NotionPack()
