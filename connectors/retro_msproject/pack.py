"""Microsoft Project's XML as the registry takes it: recognised by its content, read by path."""

from collections.abc import Mapping
from types import MappingProxyType

from retro.i18n import text as _
from retro.model import Snapshot
from retro.ports import Account, Capabilities, ConfigurationError, Connector, Recognised
from retro.tables.exports import ExportConnector
from retro.tables.source_names import SourceNames
from retro_msproject.plan import Reading, read_plan
from retro_msproject.recognising import recognise

CAPABILITIES = Capabilities(dates=frozenset({"instant"}), retract=False)
"""What a plan holds: everything, links of every kind and lags; nothing of it can be written."""


class PlanPack:
    """See `retro.ports.ConnectorPack`."""

    secrets: Mapping[str, str] = MappingProxyType({})
    pins_columns = False
    warnings = frozenset({"field"})

    def __init__(self) -> None:
        self._names = SourceNames()

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file is a plan of Microsoft Project in XML."""
        return recognise(head, name)

    def handle(self, url: str) -> str | None:  # noqa: ARG002 - the port
        """None: tasks of a plan have no addresses."""
        return None

    def place(self, address: str) -> str | None:  # noqa: ARG002 - the port
        """None: a plan is found by its path."""
        return None

    def parts(self, path: str) -> tuple[str, ...]:  # noqa: ARG002 - the port
        """A plan is one board."""
        return ("",)

    def live(self, account: Account) -> Connector:
        """Refuse: a plan is a file."""
        raise ConfigurationError(
            _("a plan of Microsoft Project has no account: it is read from its path."),
            where=account.id,
            remedy=_('Write kind = "file" and path = "…" in its table.'),
        )

    def file(self, account: Account) -> Connector:
        """The connector of an account's plan."""
        prefix = self._names.of(account.id, account.clock)

        def read(content: bytes, at: str) -> Snapshot:
            on = Reading(
                where=at,
                prefix=prefix,
                source=account.id,
                zone=account.zone,
                read_at=account.clock.now(),
            )
            return read_plan(content, on)

        return ExportConnector(clock=account.clock, source=account.id, capabilities=CAPABILITIES, read=read)


PACK = PlanPack()
