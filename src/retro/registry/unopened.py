"""An account that is opened when something is asked of it: offline, that is never."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from retro.model import Provision, Task, Write
from retro.ports import Connector, Discovered, Progress, Pulled, Pushed, Source


@dataclass(slots=True)
class Unopened:
    """A connector that needs no secret, and loads no tool's client, to say what it is. See `retro.ports.Connector`.

    Every other method may raise ConfigurationError as well, as the opening does.
    """

    source: Source
    opening: Callable[[], Connector]
    _opened: list[Connector] = field(default_factory=list[Connector], init=False)

    def describe(self) -> Source:
        """Say what this source is and can do."""
        return self.source

    def discover(self) -> Iterable[Discovered]:
        """List the boards that the token can see."""
        return self._open.discover()

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read one board whole."""
        return self._open.pull(at, progress)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read some tasks."""
        return self._open.read(board, keys)

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Create retro's own fields on boards."""
        return self._open.provision(fields)

    def push(self, write: Write) -> Pushed:
        """Write the fields of one task."""
        return self._open.push(write)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own fields from a board."""
        return self._open.retract(board, fields)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Make tasks on a board."""
        return self._open.create(board, tasks)

    def close(self) -> None:
        """Let go of what was opened."""
        while self._opened:
            self._opened.pop().close()

    @property
    def _open(self) -> Connector:
        if not self._opened:
            self._opened.append(self.opening())
        return self._opened[0]
