"""Files that a tool exported, behind the connector port: read again at each run, never written."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from retro.i18n import text as _
from retro.model import Provision, Snapshot, Task, Write
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

KIND = "file"

ReadExport = Callable[[bytes, str], Snapshot]
"""Reads a file's content; the second argument is its path, for messages. Raises UnreadableError."""


class ExportConnector:
    """One file of a tool.

    Args:
        clock: says when a file was read.
        source: the source's name in the configuration, or the file's.
        capabilities: what the tool holds; nothing can be written.
        read: understands the tool's files.
    """

    def __init__(self, *, clock: Clock, source: str, capabilities: Capabilities, read: ReadExport) -> None:
        self._clock = clock
        self._source = source
        self._capabilities = capabilities
        self._understand = read

    def describe(self) -> Source:
        """Say what this source is; nothing of it can be written."""
        return Source(id=self._source, kind=KIND, capabilities=self._capabilities)

    def discover(self) -> Iterable[Discovered]:
        """A file is one board, already named."""
        return ()

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read the file at the path `at`. Raises UnreadableError, and what its reader raises."""
        try:
            content = Path(at).read_bytes()
        except OSError as error:
            raise UnreadableError(
                _("the file cannot be read ({reason}).", reason=error.strerror or error),
                where=at,
                remedy=_("Check its name and that you may read it."),
            ) from error
        snapshot = self._understand(content, at)
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
            remedy=_("Configure the live board to write to it."),
        )
