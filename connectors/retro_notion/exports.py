"""Databases' CSV exports behind the connector port: read again at each run, never written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from retro.i18n import text as _
from retro.model import LinkType, Provision, Task, Write
from retro.ports import (
    Capabilities,
    Clock,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    ReadOnlyError,
    Source,
    UnreadableError,
)
from retro_notion.export import read_export
from retro_notion.settings import BoardSettings

KIND = "file"
CAPABILITIES = Capabilities(
    link_types=frozenset({LinkType.FS}),
    lag=False,
    native_identity=False,
    bodies_read=False,
    visibility_told=False,
    retract=False,
)


class ExportConnector:
    """Files that Notion exported.

    Args:
        clock: says when a file was read.
        zone: the workspace's.
        source: the source's name in the configuration, or the file's.
        lang: the workspace's language, for dates that may be read two ways.
        boards: settings by the path of a board's file.
    """

    def __init__(
        self, *, clock: Clock, zone: tzinfo, source: str, lang: str, boards: Mapping[str, BoardSettings] | None = None
    ) -> None:
        self._clock = clock
        self._zone = zone
        self._source = source
        self._lang = lang
        self._boards = boards or {}

    def describe(self) -> Source:
        """Say what this source is; nothing of it can be written."""
        return Source(id=self._source, kind=KIND, capabilities=CAPABILITIES)

    def discover(self) -> Iterable[Discovered]:
        """A file is one board, already named."""
        return ()

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read the file at the path `at`. Raises UnreadableError, and ConfigurationError (columns)."""
        path = Path(at)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableError(
                _("the file cannot be read ({reason}).", reason=error.strerror or error),
                where=at,
                remedy=_("Check its name and that you may read it."),
            ) from error
        snapshot = read_export(
            content,
            name=at,
            read_at=self._clock.now(),
            zone=self._zone,
            lang=self._lang,
            settings=self._boards.get(at),
            source=self._source,
        )
        if progress is not None:
            progress(snapshot.board.name, len(snapshot.tasks), len(snapshot.tasks))
        return Pulled(snapshot=snapshot)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:  # noqa: ARG002 - the port
        """A file holds no newer state than its pull showed: nothing is re-read, for nothing is written."""
        raise self._read_only(board)

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Refuse: a file is never written in place."""
        raise self._read_only(fields[0].board if fields else self._source)

    def push(self, write: Write) -> Pushed:
        """Refuse: a file is never written in place."""
        raise self._read_only(write.board)

    def retract(self, board: str, fields: Sequence[str]) -> int:  # noqa: ARG002 - the port
        """Refuse: a file is never written in place."""
        raise self._read_only(board)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:  # noqa: ARG002 - the port
        """Refuse: a file is never written in place."""
        raise self._read_only(board)

    def close(self) -> None:
        """Nothing is kept open."""

    def _read_only(self, where: str) -> ReadOnlyError:
        return ReadOnlyError(
            _("an exported file is only read, never written."),
            where=where,
            remedy=_("Configure the live database to write to it."),
        )
