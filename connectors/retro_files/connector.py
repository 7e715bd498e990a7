"""Files behind the connector port: read again at each run, never written.

A path names a file, `path#name` one sheet of a workbook (or one board of retro's JSON). A path alone is the file's
first board; `sheets` lists them all, so that a caller may read each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from retro.i18n import plural
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
from retro_files.contents import KIND
from retro_files.reading import FileSettings, boards_of, sheet_names

CAPABILITIES = Capabilities(native_identity=False, retract=False)


def sheets(path: str) -> tuple[str, ...]:
    """What `path#name` may name in a file: a workbook's sheets that are read, the boards of retro's JSON, else ("",).

    Raises UnreadableError.
    """
    return sheet_names(_content(Path(path)), path)


class FileConnector:
    """The files of one source.

    Args:
        clock: says when a file was read.
        source: the source's name in the configuration, or the file's path.
        settings: how its files are read.
    """

    def __init__(self, *, clock: Clock, source: str, settings: FileSettings) -> None:
        self._clock = clock
        self._source = source
        self._settings = settings
        self._places: dict[str, str] = {}
        self._last: tuple[Path, bytes, list[tuple[str, Snapshot]]] | None = None

    def describe(self) -> Source:
        """Say what this source is; nothing of it can be written."""
        return Source(id=self._source, kind=KIND, capabilities=CAPABILITIES)

    def discover(self) -> Iterable[Discovered]:
        """The boards of every file that was pulled: a workbook's sheets."""
        for path in dict.fromkeys(_place(at)[0] for at in self._places.values()):
            for name, snapshot in self._boards(path):
                yield Discovered(at=f"{path}#{name}" if name else str(path), name=snapshot.board.name)

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read one board: `at` is a path, or `path#sheet`. Raises UnreadableError, and ConfigurationError (columns)."""
        path, wanted = _place(at)
        boards = self._boards(path)
        snapshot = _chosen(boards, wanted, at)
        self._places[snapshot.board.key] = at
        if progress is not None:
            progress(snapshot.board.name, len(snapshot.tasks), len(snapshot.tasks))
        return Pulled(snapshot=replace(snapshot, read_at=self._clock.now()))

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Read the board's file again."""
        if board not in self._places:
            raise UnreadableError(_("this board was not read before."), where=board)
        wanted = set(keys)
        tasks = self.pull(self._places[board]).snapshot.tasks if wanted else ()
        return {task.key: task for task in tasks if task.key in wanted}

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

    def _boards(self, path: Path) -> list[tuple[str, Snapshot]]:
        """A file's boards; one that has not changed since is not read twice, as its sheets are pulled one by one."""
        content = _content(path)
        if self._last is None or self._last[:2] != (path, content):
            self._last = (path, content, boards_of(content, str(path), self._settings, self._clock.now()))
        return self._last[2]

    def _read_only(self, where: str) -> ReadOnlyError:
        return ReadOnlyError(
            _("a file is only read, never written."),
            where=where,
            remedy=_("Take the dates over from `retro schedule --format csv`, or plan on a live board."),
        )


def _chosen(boards: Sequence[tuple[str, Snapshot]], wanted: str, at: str) -> Snapshot:
    names = [name for name, _snapshot in boards]
    if not boards or (wanted and wanted not in names):
        raise UnreadableError(
            _('the file has no sheet "{name}".', name=wanted),
            where=at,
            remedy=_("It has: {names}.", names=", ".join(names) or "–"),
        )
    if wanted:
        return boards[names.index(wanted)][1]
    first, others = boards[0][1], names[1:]
    if not others:
        return first
    unread = plural(
        "{count} other sheet of the file was not read: {names}.",
        "{count} other sheets of the file were not read: {names}.",
        len(others),
        names=", ".join(others),
    )
    return replace(first, board=replace(first.board, warnings=(*first.board.warnings, unread)))


def _place(at: str) -> tuple[Path, str]:
    """The file and the sheet that an address names; a file whose own name has a `#` is found too."""
    if Path(at).exists():
        return Path(at), ""
    path, _mark, name = at.partition("#")
    while _mark and not Path(path).exists():
        more, _mark, name = name.partition("#")
        path = f"{path}#{more}"
    return (Path(path), name) if _mark else (Path(at.partition("#")[0]), at.partition("#")[2])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(_("there is no such file."), where=str(path), remedy=_("Check its name.")) from error
    except OSError as error:
        raise UnreadableError(
            _("the file cannot be read ({reason}).", reason=error.strerror or error),
            where=str(path),
            remedy=_("Check its name and that you may read it."),
        ) from error
