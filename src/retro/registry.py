"""The one list of what is shipped, and how the parts of a run are built from a configuration.

A name maps to a function that imports, so that nothing loads before it is needed. Third-party connectors and rules
join through the entry-point groups `retro.connectors` and `retro.rules`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retro.config.load import Configuration
from retro.config.shape import BoardSection, SourceSection
from retro.i18n import text as _
from retro.model import BoardKind, Category, ColumnUse
from retro.ports import (
    UNHEARD,
    Account,
    BoardOptions,
    Capabilities,
    Clock,
    ConfigurationError,
    Connector,
    ConnectorPack,
    Ledger,
    SourceError,
    Traffic,
    UnreadableError,
)
from retro.ports.pack import CONNECTOR_GROUP
from retro.run.discovery.gather import Account as Asked
from retro.run.mirror import check_base
from retro.run.read import Target

if TYPE_CHECKING:
    from retro.lint.rule import BaseRule

_HEAD = 65_536
"""Bytes of a file that are looked at to tell what it is."""
_FILE = "file"


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


def _practices() -> "Mapping[str, Callable[[], type[BaseRule]]]":
    from retro_practices import RULES  # noqa: PLC0415 - loads pydantic

    return RULES


CONNECTORS: dict[str, Callable[[], ConnectorPack]] = {
    "trello": _trello,
    "notion": _notion,
    "msproject": _msproject,
    _FILE: _files,
}
RULE_PACKS: "dict[str, Callable[[], Mapping[str, Callable[[], type[BaseRule]]]]]" = {"retro_practices": _practices}


@cache
def connector_packs() -> dict[str, ConnectorPack]:
    """Every connector by kind, third parties' too. Raises ConfigurationError for one that cannot be loaded."""
    added = {point.name: _loaded(point) for point in entry_points(group=CONNECTOR_GROUP)}
    return {**added, **{kind: load() for kind, load in CONNECTORS.items()}}


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


def rule_types() -> "list[type[BaseRule]]":
    """Every rule of every pack, third parties' too."""
    added = [point.load() for point in entry_points(group="retro.rules")]
    return [load() for pack in (*(load() for load in RULE_PACKS.values()), *added) for load in pack.values()]


def rules(configuration: Configuration, assignments: Sequence[str] = ()) -> "Sequence[BaseRule]":
    """The rules with their options: those of the configuration, then those of the command line (`-x`)."""
    from retro.lint.options import build_rules, parse_assignments  # noqa: PLC0415 - loads pydantic

    where = f"{configuration.path}: [lint] rules"
    return build_rules(rule_types(), (where, configuration.settings.lint.rules), ("-x", parse_assignments(assignments)))


@contextmanager
def open_ledger(state: Path, clock: Clock, command: str, *, exclusive: bool) -> Iterator[Ledger]:
    """The ledger of a state folder; `exclusive`: under the lock of a run that writes (LockedError where it is held)."""
    from retro.store.ledger import SqlLedger  # noqa: PLC0415 - loads SQLAlchemy
    from retro.store.lock import StateLock  # noqa: PLC0415 - idem

    if not exclusive:
        with SqlLedger(state) as ledger:
            yield ledger
        return
    with StateLock(state, command=command, now=clock.now()), SqlLedger(state) as ledger:
        yield ledger


def open_sources(
    configuration: Configuration,
    clock: Clock,
    ledger: Ledger | None,
    traffic: Callable[[str], Traffic] = lambda _source: UNHEARD,
) -> tuple[list[Target], dict[str, Connector], dict[str, SourceError]]:
    """The configured boards, a connector for each of their sources, and the files that cannot be opened now.

    `traffic` gives what is told of a source's requests, by its name.

    Raises ConfigurationError for what no other day would mend: a missing secret, an unknown kind.
    """
    check_boards(configuration)
    settings = configuration.settings
    packs = connector_packs()
    targets: list[Target] = []
    connectors: dict[str, Connector] = {}
    broken: dict[str, SourceError] = {}
    for name, section in settings.sources.items():
        boards = {alias: board for alias, board in settings.boards.items() if board.source == name}
        if section.kind == _FILE:
            path = configuration.folder / section.path
            try:
                pack = _pack_of(path, packs)
                parts = pack.parts(str(path))
                connectors[name] = pack.file(_account(name, section, configuration, clock, ledger))
            except UnreadableError as error:
                parts = ("",)
                broken[name] = SourceError(error.what, where=error.where, remedy=error.remedy)
            targets += _sheets(name, path, parts, boards)
        elif boards:
            account = replace(_account(name, section, configuration, clock, ledger), traffic=traffic(name))
            connectors[name] = _pack(section.kind, packs, f"[sources.{name}] kind").live(account)
            targets += [
                Target(source=name, at=board.at, alias=alias, kind=BoardKind(board.kind), configured=True)
                for alias, board in boards.items()
            ]
    return targets, connectors, broken


def open_account(
    configuration: Configuration, name: str, clock: Clock, ledger: Ledger | None = None, traffic: Traffic = UNHEARD
) -> Connector:
    """The connector of one source that is an account, whatever boards are configured of it.

    Raises ConfigurationError where a secret is missing.
    """
    section = configuration.settings.sources[name]
    account = replace(_account(name, section, configuration, clock, ledger), traffic=traffic)
    return _pack(section.kind, connector_packs(), f"[sources.{name}] kind").live(account)


def open_mirror(configuration: Configuration, clock: Clock, ledger: Ledger, traffic: Traffic = UNHEARD) -> Connector:
    """The connector of the source that holds the central base. Raises ConfigurationError where it cannot hold one."""
    name = configuration.settings.mirror.source
    where = f"{configuration.path}: [mirror] source"
    if configuration.settings.sources[name].kind == _FILE:
        check_base(Capabilities(), where)
    connector = open_account(configuration, name, clock, ledger, traffic)
    check_base(connector.describe().capabilities, where)
    return connector


def _sheets(source: str, path: Path, parts: Sequence[str], boards: Mapping[str, BoardSection]) -> list[Target]:
    """A target for each sheet that is asked for: those that `[boards]` name, else all of them."""
    wanted = {alias: (board.at, BoardKind(board.kind)) for alias, board in boards.items()} or {
        "": ("", BoardKind.PROJECT)
    }
    return [
        Target(
            source=source,
            at=f"{path}#{part}" if part else str(path),
            alias=alias if at or len(parts) == 1 else f"{alias}#{part}".removeprefix("#"),
            kind=kind,
            configured=True,
        )
        for alias, (at, kind) in wanted.items()
        for part in ([at] if at else parts)
    ]


def open_files(
    configuration: Configuration, paths: Sequence[Path], clock: Clock
) -> tuple[list[Target], dict[str, Connector]]:
    """PATHs as sources: each recognised by its content. Raises UnreadableError."""
    packs = connector_packs()
    settings = configuration.settings
    zone = ZoneInfo(settings.workspace.timezone)
    targets, connectors = [], {}
    for path in paths:
        name = str(path)
        account = Account(
            id=name,
            clock=clock,
            zone=zone,
            opt_out=settings.sync.opt_out,
            lang=settings.workspace.lang,
            day_minutes=settings.calendar.day.minutes(0),
            number_unit=settings.schedule.number_unit,
        )
        pack = _pack_of(path, packs)
        connectors[name] = pack.file(account)
        targets += [Target(source=name, at=f"{name}#{part}" if part else name) for part in pack.parts(name)]
    return targets, connectors


def _account(
    name: str, section: SourceSection, configuration: Configuration, clock: Clock, ledger: Ledger | None
) -> Account:
    settings = configuration.settings
    where = f"{configuration.path}: [sources.{name}]"
    return Account(
        id=name,
        clock=clock,
        zone=ZoneInfo(settings.workspace.timezone),
        key=section.key.resolve(f"{where} key", configuration.folder) if section.key else "",
        token=section.token.resolve(f"{where} token", configuration.folder) if section.token else "",
        base_url=section.url,
        boards=tuple(
            BoardOptions(
                at=board.at,
                alias=alias,
                status={Category(category): tuple(names) for category, names in board.status.items()},
                columns=board.columns,
                data_source=board.data_source,
                warnings=board.warnings,
                mapping=_mapping(alias, board, ledger),
            )
            for alias, board in settings.boards.items()
            if board.source == name
        ),
        pins=ledger.pins() if ledger is not None else {},
        marks=ledger.marks() if ledger is not None else {},
        opt_out=settings.sync.opt_out,
        lang=settings.workspace.lang,
        day_minutes=settings.calendar.day.minutes(0),
        number_unit=settings.schedule.number_unit,
        deadline=settings.sync.deadline.elapsed.total_seconds(),
    )


def _mapping(alias: str, board: BoardSection, ledger: Ledger | None) -> tuple[ColumnUse, ...]:
    """How a board's columns were understood when it was last read from where it still is."""
    known = ledger.last_board(alias) if ledger is not None else None
    return known.mapping if known is not None and known.at == board.at else ()


def _pack(kind: str, packs: Mapping[str, ConnectorPack], where: str) -> ConnectorPack:
    if kind not in packs:
        raise ConfigurationError(
            _('this version of retro cannot read "{kind}" sources yet.', kind=kind),
            where=where,
            remedy=_("It reads: {kinds}.", kinds=", ".join(sorted(packs))),
        )
    return packs[kind]


def _pack_of(path: Path, packs: Mapping[str, ConnectorPack]) -> ConnectorPack:
    """The tool that a file comes from, told by its content."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise UnreadableError(_("there is no such file."), where=str(path), remedy=_("Check its name.")) from error
    except IsADirectoryError as error:
        raise UnreadableError(
            _("this is a folder."), where=str(path), remedy=_("Name the files in it that are to be read.")
        ) from error
    except OSError as error:
        raise UnreadableError(
            _("the file cannot be read ({reason}).", reason=error.strerror or error),
            where=str(path),
            remedy=_("Check its name and that you may read it."),
        ) from error
    if not head.strip():
        raise UnreadableError(
            _("the file is empty."), where=str(path), remedy=_("Export the board again and try that file.")
        )
    claims = [(found.confidence, kind) for kind, pack in packs.items() if (found := pack.recognise(head, path.name))]
    if not claims:
        raise UnreadableError(
            _("this is no file that retro knows."),
            where=str(path),
            remedy=_(
                "Give a Trello board's export, a Notion or other CSV file, an XLSX workbook, Microsoft Project's XML, "
                "or retro's own JSON."
            ),
        )
    return packs[max(claims)[1]]
