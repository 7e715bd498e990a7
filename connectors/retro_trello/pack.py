"""Trello as the registry takes it: its exports recognised, its connectors built from an account."""

from collections.abc import Mapping
from types import MappingProxyType

from retro.http.run_pacers import RunPacers
from retro.model import Snapshot
from retro.ports import Account, BoardOptions, Capabilities, Connector, Guide, Recognised
from retro_trello.guide import guide
from retro_trello.handles import board_place, linked_card
from retro_trello.settings import API, BoardSettings, SourceSettings


class TrelloPack:
    """See `retro.ports.ConnectorPack`. Sources of one run, which share its clock, share the limits of their tokens."""

    secrets: Mapping[str, str] = MappingProxyType({"key": "TRELLO_KEY", "token": "TRELLO_TOKEN"})
    pins_columns = False
    warnings = frozenset({"field", "comment", "label"})

    def __init__(self) -> None:
        self._pacers = RunPacers()

    @property
    def capabilities(self) -> Capabilities:
        """What its boards hold, and what of them may be written."""
        from retro_trello.capabilities import CAPABILITIES  # noqa: PLC0415 - a pack is loaded to know addresses

        return CAPABILITIES

    def guide(self, *, write: bool) -> Guide:
        """How a person gets a token, one that may write as well where that is wanted."""
        return guide(write=write)

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file is a Trello board's JSON export."""
        from retro_trello.export import recognise  # noqa: PLC0415 - no account needs the reader of files

        return recognise(head, name)

    def handle(self, url: str) -> str | None:
        """The handle of a card's address."""
        return linked_card(url)

    def place(self, address: str) -> str | None:
        """The short link or id of a board."""
        return board_place(address)

    def parts(self, path: str) -> tuple[str, ...]:  # noqa: ARG002 - the port
        """An export is one board."""
        return ("",)

    def live(self, account: Account) -> Connector:
        """The connector of an account."""
        from retro_trello.connector import connect  # noqa: PLC0415 - a file is read without the tool's client

        return connect(
            SourceSettings(id=account.id, key=account.key, token=account.token, base_url=account.base_url or API),
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
        """The connector of exported boards."""
        from retro.tables.exports import ExportConnector  # noqa: PLC0415 - as above
        from retro_trello.export import EXPORTED, read_export  # noqa: PLC0415 - as above

        boards = {board.at: _settings(board, account) for board in account.boards}

        def read(content: bytes, at: str) -> Snapshot:
            return read_export(
                content,
                name=at,
                read_at=account.clock.now(),
                zone=account.zone,
                settings=boards.get(at, boards.get("")),
                source=account.id,
            )

        return ExportConnector(clock=account.clock, source=account.id, capabilities=EXPORTED, read=read)


def _settings(board: BoardOptions, account: Account) -> BoardSettings:
    return BoardSettings(
        at=board.at,
        alias=board.alias,
        status={category: list(names) for category, names in board.status.items()},
        day_minutes=account.day_minutes,
        number_unit=account.number_unit,
        opt_out=account.opt_out,
        warnings=board.warnings,
    )


PACK = TrelloPack()
