"""What connectors of files have in common: a file is read whole, and its connector refuses every write."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.model import Provision, Task, Write
from retro.ports import Pushed, ReadOnlyError, UnreadableError


def content_of(path: Path) -> bytes:
    """A file's content. Raises UnreadableError."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(_("there is no such file."), where=str(path), remedy=_("Check its name.")) from error
    except PermissionError as error:
        raise UnreadableError(
            _("the file may not be read: another program keeps it to itself, or you have no right to it."),
            where=str(path),
            remedy=_("Close it where it is open (Excel locks what it edits), or check that you may read it."),
        ) from error
    except OSError as error:
        raise UnreadableError(
            _("the file cannot be read ({reason}).", reason=reason(error)),
            where=str(path),
            remedy=_("Check its name and that you may read it."),
        ) from error


class OnlyRead(ABC):
    """The half of the connector port that writes, refused; see `retro.ports.Connector`.

    Args:
        source: the source's name, for the refusal of a provision of nothing.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    @abstractmethod
    def read_only(self, where: str) -> ReadOnlyError:
        """The refusal to write a board, with what to do instead."""

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Refuse: a file is never written in place."""
        raise self.read_only(fields[0].board if fields else self._source)

    def push(self, write: Write) -> Pushed:
        """Refuse: a file is never written in place."""
        raise self.read_only(write.board)

    def retract(self, board: str, fields: Sequence[str]) -> int:  # noqa: ARG002 - the port
        """Refuse: a file is never written in place."""
        raise self.read_only(board)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:  # noqa: ARG002 - the port
        """Refuse: a file is never written in place."""
        raise self.read_only(board)
