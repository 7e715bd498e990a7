"""The central base behind the port of connectors, its rows known by the tasks that they show rather than by pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from retro.model import Provision, Task, Write
from retro.ports import Connector, Discovered, Ledger, Progress, Pulled, Pushed, Source
from retro.sync.decide.rows import Found, as_row, rows_of

SOURCE = "[mirror]"
"""What stands for the base among sources: no source of the configuration can be called so."""


@dataclass(slots=True)
class RowConnector:
    """The connector to a base; every task that it gives or takes is a row.

    Args:
        inner: the connector to the tool.
        ledger: remembers which page is which row.
    """

    inner: Connector
    ledger: Ledger
    found: Found = field(default_factory=Found)
    """The rows of the last pull."""
    _pages: dict[str, str] = field(default_factory=dict[str, str])

    def describe(self) -> Source:
        """The tool's."""
        return self.inner.describe()

    def discover(self) -> Iterable[Discovered]:
        """What the token can see."""
        return self.inner.discover()

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read the base; what the team added to it is left out."""
        pulled = self.inner.pull(at, progress)
        board = replace(pulled.snapshot.board, source=SOURCE, at=at)
        self.found = rows_of(pulled.snapshot.tasks, self.ledger.acknowledged(board.key))
        rows = tuple(self.found.rows.values())
        self._pages = {row.key: row.marks["key"] for row in rows}
        return replace(pulled, snapshot=replace(pulled.snapshot, board=board, tasks=rows))

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read rows; one that is not known has no page, and takes no request."""
        pages = {self._pages[key]: key for key in keys if key in self._pages}
        found = self.inner.read(board, list(pages)) if pages else {}
        return {pages[page]: as_row(task, pages[page]) for page, task in found.items()}

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Give the base its columns."""
        return self.inner.provision(fields)

    def push(self, write: Write) -> Pushed:
        """Write one row."""
        pushed = self.inner.push(replace(write, task=self._pages[write.task]))
        return replace(pushed, task=as_row(pushed.task, write.task))

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove columns of retro's."""
        return self.inner.retract(board, fields)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Make rows."""
        made = self.inner.create(board, tasks)
        self._pages.update((row.key, page.key) for row, page in zip(tasks, made, strict=True))
        return [as_row(page, row.key) for row, page in zip(tasks, made, strict=True)]

    def close(self) -> None:
        """Let go of the connection."""
        self.inner.close()
