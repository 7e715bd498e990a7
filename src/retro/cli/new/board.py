"""Which board `retro new --create-in` means: one of retro.toml by its name, or an address that its accounts see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retro.i18n import text as _
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retro.cli.session import Session
    from retro.config.shape import BoardSection
    from retro.ports import ConnectorPack
    from retro.run.read import Target

_WHERE = "--create-in"


@dataclass(frozen=True)
class Place:
    """A board to make cards on."""

    target: Target
    where_guests_see: bool = False
    """Its configuration lets retro write although people outside the team see it."""

    @property
    def named(self) -> str:
        """As the log names it, and as it is named on the command line: by its name, else its source and address."""
        return self.target.alias or f"{self.target.source}:{self.target.at}"


def place_of(words: str, session: Session) -> Place:
    """The board that `words` mean: `trello:BOARD`, `notion:DATABASE`, `SOURCE:BOARD`, or the board's name alone.

    BOARD is the board's name in retro.toml, its address, or its id. Raises ConfigurationError.
    """
    from retro import registry

    packs = registry.connector_packs()
    kinds = {name: section.kind for name, section in session.settings.sources.items()}
    prefix, colon, rest = words.strip().partition(":")
    if colon and not rest.startswith("//") and (prefix in kinds or prefix in packs):
        wanted = {name: kind for name, kind in kinds.items() if prefix in (name, kind)}
        address, kind = rest.strip(), kinds.get(prefix, prefix)
    else:
        wanted, address = kinds, words.strip()
        kind = (registry.kind_of_address(address) or "") if "://" in address else ""
    boards = {alias: board for alias, board in session.settings.boards.items() if board.source in wanted}
    alias = _configured(address, boards, wanted, packs)
    if alias is not None:
        return _known(alias, boards[alias], wanted[boards[alias].source])
    if not kind or (packs[kind].place(address) is None and kind != "file"):
        raise _nowhere(words, session)
    return _addressed(address, kind, [name for name, each in wanted.items() if each == kind], session)


def _configured(
    address: str, boards: Mapping[str, BoardSection], kinds: Mapping[str, str], packs: Mapping[str, ConnectorPack]
) -> str | None:
    """The name of the board of retro.toml that is called so, or stands at this address."""
    from retro.i18n.words import fold

    if address in boards:
        return address
    for alias, board in boards.items():
        place = packs[kinds[board.source]].place
        if fold(alias) == fold(address) or (board.at and (at := place(board.at)) is not None and at == place(address)):
            return alias
    return None


def _known(alias: str, board: BoardSection, kind: str) -> Place:
    from retro.model import BoardKind
    from retro.run.new_cards import only_read
    from retro.run.read import Target

    if kind == "file":
        raise only_read(alias)
    target = Target(source=board.source, at=board.at, alias=alias, kind=BoardKind(board.kind), configured=True)
    return Place(target, board.write_where_guests_see)


def _addressed(address: str, kind: str, sources: list[str], session: Session) -> Place:
    from retro.run.new_cards import only_read
    from retro.run.read import Target

    if kind == "file":
        raise only_read(address)
    if not sources:
        raise ConfigurationError(
            _("retro.toml names no account of {tool}.", tool=kind.capitalize()),
            where=str(session.configuration.path or _WHERE),
            remedy=_("`retro connect {tool} --write` makes a token and says what to add.", tool=kind),
        )
    if len(sources) > 1:
        raise ConfigurationError(
            _("retro.toml names several accounts of {tool}.", tool=kind.capitalize()),
            where=_WHERE,
            remedy=_(
                "Say which: {examples}.",
                examples=", ".join(f"--create-in {name}:{address}" for name in sorted(sources)),
            ),
        )
    return Place(Target(source=sources[0], at=address))


def _nowhere(words: str, session: Session) -> ConfigurationError:
    names = ", ".join(sorted(session.settings.boards))
    return ConfigurationError(
        _("no board is called “{name}”.", name=words),
        where=_WHERE,
        remedy=" ".join(
            [
                *([_("There are: {names}.", names=names)] if names else []),
                _("Or give an address: --create-in trello:https://trello.com/b/…, notion:https://www.notion.so/…"),
            ]
        ),
    )
