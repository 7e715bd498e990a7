"""What a run works on, opened from its configuration: sources, files, the base of the mirror, the ledger."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from retro.config.load import Configuration
from retro.config.shape import BoardSection, SourceSection
from retro.model import Board, BoardKind, Category, ColumnUse
from retro.ports import (
    UNHEARD,
    Account,
    BoardOptions,
    Capabilities,
    Clock,
    Connector,
    ConnectorPack,
    Ledger,
    Source,
    SourceError,
    TellsCapabilities,
    Traffic,
    UnreadableError,
)
from retro.registry.choosing import pack_named, pack_of
from retro.registry.connectors import FILE, check_boards, connector_packs
from retro.registry.unopened import Unopened
from retro.run.mirror import check_base
from retro.run.read import Target


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
    *,
    offline: bool = False,
) -> tuple[list[Target], dict[str, Connector], dict[str, SourceError]]:
    """The configured boards, a connector for each of their sources, and the files that cannot be opened now.

    `traffic` gives what is told of a source's requests, by its name. With `offline`, an account is opened only when
    something is asked of it, and no secret is looked up before, where its pack knows what accounts can do.

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
        if section.kind == FILE:
            path = configuration.folder / section.path
            try:
                pack = pack_of(path, packs)
                parts = pack.parts(str(path))
                connectors[name] = pack.file(_account(name, section, configuration, clock, ledger))
            except UnreadableError as error:
                parts = ("",)
                broken[name] = SourceError(error.what, where=error.where, remedy=error.remedy)
            targets += _sheets(name, path, parts, boards)
        elif boards:
            pack = pack_named(section.kind, packs, f"[sources.{name}] kind")
            account = partial(_account, name, section, configuration, clock, ledger)
            opening = partial(_opened, pack, account, traffic(name))
            if offline and isinstance(pack, TellsCapabilities):
                source = Source(id=name, kind=section.kind, capabilities=pack.capabilities)
                connectors[name] = Unopened(source, opening)
            else:
                connectors[name] = opening()
            targets += [
                Target(source=name, at=board.at, alias=alias, kind=BoardKind(board.kind), configured=True)
                for alias, board in boards.items()
            ]
    return targets, connectors, broken


def _opened(pack: ConnectorPack, account: Callable[[], Account], traffic: Traffic) -> Connector:
    return pack.live(replace(account(), traffic=traffic))


def open_account(
    configuration: Configuration,
    name: str,
    clock: Clock,
    ledger: Ledger | None = None,
    traffic: Traffic = UNHEARD,
    *,
    lang: str = "",
) -> Connector:
    """The connector of one source that is an account, whatever boards are configured of it.

    `lang` is another language than the workspace's for what is written there. Raises ConfigurationError where a secret
    is missing.
    """
    section = configuration.settings.sources[name]
    account = replace(_account(name, section, configuration, clock, ledger), traffic=traffic)
    account = replace(account, lang=lang or account.lang)
    return pack_named(section.kind, connector_packs(), f"[sources.{name}] kind").live(account)


def open_mirror(
    configuration: Configuration, clock: Clock, ledger: Ledger | None, traffic: Traffic = UNHEARD
) -> Connector:
    """The connector of the source that holds the central base. Raises ConfigurationError where it cannot hold one."""
    name = configuration.settings.mirror.source
    where = f"{configuration.path}: [mirror] source"
    if configuration.settings.sources[name].kind == FILE:
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
        pack = pack_of(path, packs)
        connectors[name] = pack.file(account)
        targets += [Target(source=name, at=f"{name}#{part}" if part else name) for part in pack.parts(name)]
    return targets, connectors


def _account(
    name: str, section: SourceSection, configuration: Configuration, clock: Clock, ledger: Ledger | None
) -> Account:
    settings = configuration.settings
    where = f"{configuration.path}: [sources.{name}]"
    boards = {alias: board for alias, board in settings.boards.items() if board.source == name}
    known = ledger.last_boards(boards) if ledger is not None else {}
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
                mapping=_mapping(board, known.get(alias)),
            )
            for alias, board in boards.items()
        ),
        pins=ledger.pins() if ledger is not None else {},
        marks=ledger.marks() if ledger is not None else {},
        opt_out=settings.sync.opt_out,
        lang=settings.workspace.lang,
        day_minutes=settings.calendar.day.minutes(0),
        number_unit=settings.schedule.number_unit,
        deadline=settings.sync.deadline.elapsed.total_seconds(),
    )


def _mapping(board: BoardSection, known: Board | None) -> tuple[ColumnUse, ...]:
    """How a board's columns were understood when it was last read from where it still is."""
    return known.mapping if known is not None and known.at == board.at else ()
