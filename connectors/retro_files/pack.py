"""Files as the registry takes them: recognised by their content, read by path."""

from collections.abc import Mapping
from types import MappingProxyType

from retro.i18n import current_language
from retro.i18n import text as _
from retro.ports import Account, ConfigurationError, Connector, Recognised
from retro.tables.source_names import SourceNames
from retro_files.connector import FileConnector, sheets
from retro_files.contents import recognise
from retro_files.reading import FileSettings


class FilePack:
    """See `retro.ports.ConnectorPack`. Sources of one run, which share its clock, have different names."""

    secrets: Mapping[str, str] = MappingProxyType({})
    pins_columns = True
    warnings = frozenset({"field"})

    def __init__(self) -> None:
        self._names = SourceNames()

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file is a table, a workbook or retro's own JSON."""
        return recognise(head, name)

    def handle(self, url: str) -> str | None:  # noqa: ARG002 - the port
        """None: rows have no addresses of their own."""
        return None

    def place(self, address: str) -> str | None:  # noqa: ARG002 - the port
        """None: a file is found by its path."""
        return None

    def parts(self, path: str) -> tuple[str, ...]:
        """The sheets of a workbook, the boards of retro's JSON."""
        return sheets(path)

    def live(self, account: Account) -> Connector:
        """Refuse: a file is no account."""
        raise ConfigurationError(
            _("a file source has no account: it is read from its path."),
            where=account.id,
            remedy=_('Write kind = "file" and path = "…" in its table.'),
        )

    def file(self, account: Account) -> Connector:
        """The connector of an account's files."""
        prefix = self._names.of(account.id, account.clock)
        settings = FileSettings.of(account, prefix, current_language())
        return FileConnector(clock=account.clock, source=account.id, settings=settings)


PACK = FilePack()
