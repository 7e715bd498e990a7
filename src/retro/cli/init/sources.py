"""What `retro init` starts from: accounts whose secrets are found, addresses of boards, and files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.i18n import current_language
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retro.cli.session import Session
    from retro.config.load import Configuration
    from retro.model.proposal import SourceProposal
    from retro.ports import Clock, ConfigurationError, Connector
    from retro.run.discovery.accounts import Incomplete
    from retro.run.discovery.found import Found
    from retro.run.discovery.gather import Account

_FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Start:
    """Everything that is looked at.

    `configuration` is the one that is there already, or one made for this run; `known` are the files that it has.
    """

    configuration: Configuration
    clock: Clock
    sources: Sequence[SourceProposal]
    accounts: Mapping[str, Account]
    files: Sequence[Found] = ()
    readers: Mapping[str, Connector] = field(default_factory=dict)
    known: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """What the arguments name."""

    kinds: Sequence[str]
    addresses: Mapping[str, Sequence[str]]
    """By kind."""
    files: Sequence[Path]


def start(arguments: Sequence[str], folder: Path, there: Configuration | None, zone: str, session: Session) -> Start:
    """Find what the arguments name, or every account; `folder` is where the configuration stands or will stand.

    Raises ConfigurationError where nothing is found to start from, or a secret is missing; UnreadableError.
    """
    from retro import registry
    from retro.cli.own_folder import own_folder
    from retro.ports import ConfigurationError
    from retro.run.discovery.accounts import accounts

    needs = registry.needed_secrets()
    named = _named(arguments, needs)
    wanted = {*named.kinds, *named.addresses}
    proposed, incomplete = accounts(needs, os.environ, own_folder()) if wanted or not named.files else ([], [])
    proposed = [each for each in proposed if not wanted or each.kind in wanted]
    configuration = _configuration(there, folder, zone, proposed)
    clock = _clock(configuration, session)
    mine = {
        name: section.kind
        for name, section in configuration.settings.sources.items()
        if section.kind != _FILE and (not arguments or section.kind in wanted)
    }
    lacking = wanted - set(mine.values())
    if lacking or not (mine or named.files):
        raise _nothing(sorted(lacking), needs, incomplete, ConfigurationError)
    for each in incomplete:
        if each.kind in needs and each.kind not in mine.values():
            typer.echo(_("{kind}: also needed: {names}.", kind=each.kind, names=", ".join(each.lacking)), err=True)
    opened = _open(mine, named, configuration, clock, session)
    known = [path for path in named.files if path.resolve() in _configured_files(configuration)]
    files, readers = _files([path for path in named.files if path not in known], configuration, clock)
    session.closes([*(account.connector for account in opened.values()), *readers.values()])
    sources = [each for each in proposed if each.alias in opened] + _file_sources(files, folder)
    return Start(
        configuration=configuration,
        clock=clock,
        sources=sources,
        accounts=opened,
        files=files,
        readers=readers,
        known=known,
    )


def _named(arguments: Sequence[str], needs: Mapping[str, Mapping[str, str]]) -> _Named:
    from retro import registry
    from retro.ports import ConfigurationError

    kinds: list[str] = []
    addresses: dict[str, list[str]] = {}
    files: list[Path] = []
    for argument in dict.fromkeys(arguments):
        if "://" in argument:
            kind = registry.kind_of_address(argument)
            if kind is None:
                raise ConfigurationError(
                    _("no tool that retro knows has boards at this address."),
                    where=argument,
                    remedy=_("Copy the address of a board or database from the browser."),
                )
            addresses.setdefault(kind, []).append(argument)
        elif argument in needs and needs[argument] and not Path(argument).exists():
            kinds.append(argument)
        else:
            files.append(Path(argument))
    return _Named(kinds, addresses, files)


def _configuration(
    there: Configuration | None, folder: Path, zone: str, proposed: Iterable[SourceProposal]
) -> Configuration:
    """The configuration that is there, with the accounts that it lacks; or one of these accounts alone."""
    from retro.config.load import FILE_NAME, Configuration
    from retro.config.shape import Settings, Workspace

    base = there or Configuration(
        Settings(workspace=Workspace.model_validate({"lang": current_language(), "timezone": zone})),
        folder / FILE_NAME,
    )
    kinds = {section.kind for section in base.settings.sources.values()}
    added = {each.alias: each for each in proposed if each.kind not in kinds}
    sections = {
        name: {"kind": each.kind, **each.secrets, **({"url": each.url} if each.url else {})}
        for name, each in added.items()
        if name not in base.settings.sources
    }
    plain = Settings.model_validate({"sources": sections})
    sources = {**base.settings.sources, **plain.sources}
    return replace(base, settings=base.settings.model_copy(update={"sources": sources}))


def _clock(configuration: Configuration, session: Session) -> Clock:
    """The session's clock, in the zone of this configuration."""
    from zoneinfo import ZoneInfo

    from retro.cli.session import parse_day
    from retro.run.clock import FixedClock, SystemClock, instant_of

    zone = ZoneInfo(configuration.settings.workspace.timezone)
    given = session.options.now
    return SystemClock(zone) if given is None else FixedClock(instant_of(parse_day(given, "--now", zone), zone))


def _open(
    mine: Mapping[str, str], named: _Named, configuration: Configuration, clock: Clock, session: Session
) -> dict[str, Account]:
    from retro import registry

    boards = configuration.settings.boards.values()
    return {
        name: registry.account_of(
            kind,
            registry.open_account(configuration, name, clock, traffic=session.meter.of(name)),
            named.addresses.get(kind, ()),
            [board.at for board in boards if board.source == name],
        )
        for name, kind in mine.items()
    }


def _configured_files(configuration: Configuration) -> set[Path]:
    return {
        (configuration.folder / section.path).resolve()
        for section in configuration.settings.sources.values()
        if section.kind == _FILE
    }


def _files(
    paths: Sequence[Path], configuration: Configuration, clock: Clock
) -> tuple[list[Found], dict[str, Connector]]:
    """The boards of files, and what reads them."""
    from retro import registry
    from retro.run.discovery.found import Found
    from retro.run.discovery.names import aliases

    targets, readers = registry.open_files(configuration, paths, clock)
    names = aliases([path.stem for path in paths], configuration.settings.sources, _FILE)
    short = dict(zip(map(str, paths), names, strict=True))
    found = [
        Found(
            source=short[target.source],
            at=target.at[len(target.source) :].removeprefix("#"),
            name="",
            target=target,
            writable=False,
            asked=True,
        )
        for target in targets
    ]
    return found, readers


def _file_sources(files: Iterable[Found], folder: Path) -> list[SourceProposal]:
    """A source for each file; its path is written as seen from the configuration where it lies below that."""
    from retro.model.proposal import SourceProposal

    paths = {found.source: Path(found.target.source).resolve() for found in files}
    base = folder.resolve()
    return [
        SourceProposal(
            alias=name,
            kind=_FILE,
            path=(path.relative_to(base) if path.is_relative_to(base) else path).as_posix(),
        )
        for name, path in paths.items()
    ]


def _nothing(
    lacking: Sequence[str],
    needs: Mapping[str, Mapping[str, str]],
    incomplete: Iterable[Incomplete],
    error: type[ConfigurationError],
) -> ConfigurationError:
    """Why there is nothing to start from, and what would be."""
    half = {each.kind: each.lacking for each in incomplete}
    kinds = lacking or [kind for kind, secrets in needs.items() if secrets]
    wanted = ", ".join(f"{' + '.join(half.get(kind) or needs[kind].values())} ({kind})" for kind in kinds)
    return error(
        _("no token was found."),
        where="retro init",
        remedy=_(
            "`retro connect trello` or `retro connect notion` guides you to one; or set these environment variables: "
            "{wanted}; or start from a file: `retro init board.json`.",
            wanted=wanted,
        ),
    )
