"""Files that a tool exported, behind the connector port: read again at each run, never written."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from retro.i18n import text as _
from retro.model import Snapshot, Task
from retro.ports import Capabilities, Clock, Discovered, Progress, Pulled, ReadOnlyError, Source
from retro.tables.only_read import OnlyRead, content_of

KIND = "file"

ReadExport = Callable[[bytes, str], Snapshot]
"""Reads a file's content; the second argument is its path, for messages. Raises UnreadableError."""


class ExportConnector(OnlyRead):
    """One file of a tool.

    Args:
        clock: says when a file was read.
        source: the source's name in the configuration, or the file's.
        capabilities: what the tool holds; nothing can be written.
        read: understands the tool's files.
    """

    def __init__(self, *, clock: Clock, source: str, capabilities: Capabilities, read: ReadExport) -> None:
        super().__init__(source)
        self._clock = clock
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
        snapshot = self._understand(content_of(Path(at)), at)
        if progress is not None:
            progress(snapshot.board.name, len(snapshot.tasks), len(snapshot.tasks))
        return Pulled(snapshot=snapshot)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:  # noqa: ARG002 - the port
        """A file holds no newer state than its pull showed: nothing is re-read, for nothing is written."""
        raise self.read_only(board)

    def close(self) -> None:
        """Nothing is kept open."""

    def read_only(self, where: str) -> ReadOnlyError:
        """The refusal, which points to the live board."""
        return ReadOnlyError(
            _("an exported file is only read, never written."),
            where=where,
            remedy=_("Configure the live board to write to it."),
        )
