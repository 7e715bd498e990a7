"""Which connectors there are, and what is asked of them before a board is read: addresses, secrets, options."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from retro.config.load import Configuration
from retro.i18n import text as _
from retro.ports import Account, ConfigurationError, Connector, ConnectorPack, GuidesPeople
from retro.ports.pack import CONNECTOR_GROUP
from retro.run.discovery.gather import Account as Asked

FILE = "file"
"""The kind of a source that is a file."""


def _trello() -> ConnectorPack:
    from retro_trello.pack import PACK  # noqa: PLC0415 - loads pydantic and requests

    return PACK


def _notion() -> ConnectorPack:
    from retro_notion.pack import PACK  # noqa: PLC0415 - loads notion-client

    return PACK


def _files() -> ConnectorPack:
    from retro_files.pack import PACK  # noqa: PLC0415 - loads calamine

    return PACK


def _msproject() -> ConnectorPack:
    from retro_msproject.pack import PACK  # noqa: PLC0415 - loads XML readers

    return PACK


CONNECTORS: dict[str, Callable[[], ConnectorPack]] = {
    "trello": _trello,
    "notion": _notion,
    "msproject": _msproject,
    FILE: _files,
}


class _Packs(Mapping[str, ConnectorPack]):
    """Connectors by kind; of those that are shipped, each is loaded when it is first looked at."""

    def __init__(self, added: Mapping[str, ConnectorPack]) -> None:
        self._added = added
        self._kinds = {**dict.fromkeys(added), **dict.fromkeys(CONNECTORS)}

    def __getitem__(self, kind: str) -> ConnectorPack:
        return CONNECTORS[kind]() if kind in CONNECTORS else self._added[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


@cache
def connector_packs() -> Mapping[str, ConnectorPack]:
    """Every connector by kind, third parties' too. Raises ConfigurationError for one of these that cannot be loaded."""
    return _Packs({point.name: _loaded(point) for point in entry_points(group=CONNECTOR_GROUP)})


def _loaded(point: EntryPoint) -> ConnectorPack:
    """The pack of another package."""
    try:
        pack: ConnectorPack = point.load()
    except (ImportError, AttributeError) as error:
        package = point.dist.name if point.dist is not None else point.module
        raise ConfigurationError(
            _('the connector "{kind}" cannot be loaded ({reason}).', kind=point.name, reason=error),
            where=package,
            remedy=_("Update or uninstall that package."),
        ) from error
    return pack


def handle_of(url: str) -> str | None:
    """The handle that an address means, whichever connector knows it."""
    return next((handle for pack in connector_packs().values() if (handle := pack.handle(url)) is not None), None)


def needed_secrets() -> dict[str, Mapping[str, str]]:
    """What an account of each tool needs, and the environment variables that usually hold it."""
    return {kind: pack.secrets for kind, pack in connector_packs().items()}


def guides() -> dict[str, GuidesPeople]:
    """By kind, the tools that can guide a person to a token."""
    return {kind: pack for kind, pack in connector_packs().items() if isinstance(pack, GuidesPeople)}


def live(kind: str, account: Account) -> Connector:
    """The connector of an account that no configuration names yet. Raises ConfigurationError."""
    return connector_packs()[kind].live(account)


def kind_of_address(address: str) -> str | None:
    """The tool that a board's address belongs to."""
    return next((kind for kind, pack in connector_packs().items() if pack.place(address) is not None), None)


def account_of(kind: str, connector: Connector, asked: Sequence[str] = (), known: Iterable[str] = ()) -> Asked:
    """A connector with what is known of its tool; `asked` and `known` are addresses of boards."""
    pack = connector_packs()[kind]
    places = (pack.place(address) for address in known)
    return Asked(
        connector=connector,
        place_of=pack.place,
        pins_columns=pack.pins_columns,
        asked=tuple(asked),
        known=frozenset(place for place in places if place is not None),
    )


def check_boards(configuration: Configuration) -> None:
    """Raise ConfigurationError for a board that asks its tool for what no board of it has."""
    settings, packs = configuration.settings, connector_packs()
    for alias, board in settings.boards.items():
        kind = settings.sources[board.source].kind
        pack, where = packs[kind], f"{configuration.path}: [boards.{alias}]"
        if not pack.pins_columns and (board.columns or board.data_source):
            raise ConfigurationError(
                _('"{kind}" boards have neither columns nor data sources.', kind=kind),
                where=where,
                remedy=_("Take `columns` and `data_source` out; `status` and `estimate` say how its cards are read."),
            )
        if board.warnings not in pack.warnings:
            raise ConfigurationError(
                _('remarks cannot stand in a {place} on "{kind}" boards.', place=board.warnings, kind=kind),
                where=f"{where} warnings",
                remedy=_(
                    "Take the line out, or set it to one of: {places}.",
                    places=", ".join(each for each in ("field", "comment", "label") if each in pack.warnings),
                ),
            )
