"""Files as the registry takes them: recognised by their content, read by path."""

from pathlib import PurePath

from retro.i18n import current_language
from retro.i18n import text as _
from retro.ports import Account, Clock, ConfigurationError, Connector, Recognised
from retro_files.connector import FileConnector, sheets
from retro_files.contents import recognise
from retro_files.reading import FileSettings


class FilePack:
    """See `retro.ports.ConnectorPack`. Sources of one run, which share its clock, have different names."""

    def __init__(self) -> None:
        self._named: tuple[Clock, dict[str, str]] | None = None

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file is a table, a workbook or retro's own JSON."""
        return recognise(head, name)

    def handle(self, url: str) -> str | None:  # noqa: ARG002 - the port
        """None: rows have no addresses of their own."""
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
        settings = FileSettings.of(account, self._prefix(account), current_language())
        return FileConnector(clock=account.clock, source=account.id, settings=settings)

    def _prefix(self, account: Account) -> str:
        """What keys begin with: the source's name without its folder, so that they do not depend on where retro runs.

        A second file of that name in one run has its folder's name too, and so on until no other has it.
        """
        if self._named is None or self._named[0] is not account.clock:
            self._named = (account.clock, {})
        taken = self._named[1]
        parts = PurePath(account.id).parts
        prefix = account.id
        for count in range(1, len(parts) + 1):
            prefix = "/".join(parts[-count:])
            if taken.setdefault(prefix, account.id) == account.id:
                break
        return prefix


PACK = FilePack()
