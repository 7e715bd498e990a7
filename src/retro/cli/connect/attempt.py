"""One tool that is being connected: what is known of it before a question is asked, and what its tokens see."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retro.cli.session import Session
    from retro.config.secrets import SecretReference
    from retro.ports import Connector, Guide
    from retro.run.connecting import Seen
    from retro.run.discovery.gather import Account as Asked


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What is being connected. `known` are the secrets that there are already, and `places` where they are."""

    kind: str
    guide: Guide
    session: Session
    url: str
    known: Mapping[str, str]
    places: Mapping[str, SecretReference]
    expected: Sequence[str]
    write: bool

    def look(self, brought: Mapping[str, str]) -> Seen:
        """What these secrets see. Raises SourceError, ConfigurationError; ReadOnlyError where they are to write."""
        from retro.ports import ReadOnlyError
        from retro.run.connecting import look

        connector = self._live({**self.known, **brought})
        try:
            seen = look(self._asked(connector))
        finally:
            connector.close()
        if self.write and seen.standing.may_write is False:
            raise ReadOnlyError(
                _("this {tool} token may read but not write; it was not kept.", tool=self.guide.tool),
                where="retro connect --write",
                remedy=_("Make one on the page that lists reading and writing, then paste that one."),
            )
        same = bool(self.guide.replaced) and brought.get("token") == self.known.get("token")
        if self.write and same and not seen.standing.may_write:
            raise ReadOnlyError(
                _("this is the {tool} token that was there already: only a new one may write.", tool=self.guide.tool),
                where="retro connect --write",
                remedy=_("Make one on the page that lists reading and writing, then paste that one."),
            )
        return seen

    def _live(self, secrets: Mapping[str, str]) -> Connector:
        from retro import registry
        from retro.ports import Account

        session = self.session
        return registry.live(
            self.kind,
            Account(
                id=self.kind,
                clock=session.clock,
                zone=session.zone,
                key=secrets.get("key", ""),
                token=secrets.get("token", ""),
                base_url=self.url,
                lang=session.lang,
                traffic=session.meter.of(self.kind),
            ),
        )

    def _asked(self, connector: Connector) -> Asked:
        from retro import registry

        return registry.account_of(self.kind, connector, self.expected)


def begin(tool: str, addresses: Sequence[str], session: Session, *, write: bool) -> Attempt:
    """Everything that is known before a question is asked. Raises ConfigurationError for a tool that is not there."""
    from retro import registry
    from retro.cli.own_folder import own_folder
    from retro.http.redact import register as mask
    from retro.ports import ConfigurationError
    from retro.run.keeping import kept

    guides = registry.guides()
    if tool not in guides:
        raise ConfigurationError(
            _('"{name}" is no tool that can be connected.', name=tool),
            where="retro connect",
            remedy=_("There are: {names}.", names=", ".join(guides)),
        )
    configuration = session.configuration
    mine = {name: each for name, each in configuration.settings.sources.items() if each.kind == tool}
    places: dict[str, SecretReference] = {}
    known: dict[str, str] = {}
    for secret, variable in registry.needed_secrets()[tool].items():
        written: list[SecretReference] = [found for each in mine.values() if (found := getattr(each, secret))]
        for place in (*written, kept(tool, secret, variable, os.environ, own_folder())):
            if place is None or secret in known:
                continue
            try:
                known[secret] = place.resolve(secret, configuration.folder)
            except ConfigurationError:
                continue
            places[secret] = place
            mask(known[secret])
    told = next((each.url for each in mine.values() if each.url), "")
    boards = [board.at for board in configuration.settings.boards.values() if board.source in mine]
    return Attempt(
        kind=tool,
        guide=guides[tool].guide(write=write),
        session=session,
        url=told or os.environ.get(f"RETRO_{tool.upper()}_URL", "").strip(),
        known=known,
        places=places,
        expected=list(dict.fromkeys([*addresses, *boards])),
        write=write,
    )
