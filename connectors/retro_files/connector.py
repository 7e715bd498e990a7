"""Files behind the connector port: read again at each run, never written.

A path names a file, `path#name` one sheet of a workbook (or one board of retro's JSON). A path alone is the file's
first board; `sheets` lists them all, so that a caller may read each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Snapshot, Task
from retro.ports import Capabilities, Clock, Discovered, Progress, Pulled, ReadOnlyError, Source, UnreadableError
from retro.tables.only_read import OnlyRead, content_of
from retro.tables.placing import PlacedSheet
from retro_files.contents import KIND
from retro_files.reading import FileSettings, boards_of, placed_in, sheet_names

CAPABILITIES = Capabilities(native_identity=False, columns=True, retract=False)


def sheets(path: str) -> tuple[str, ...]:
    """What `path#name` may name in a file: a workbook's sheets that are read, the boards of retro's JSON, else ("",).

    Raises UnreadableError.
    """
    return sheet_names(content_of(Path(path)), path)


class FileConnector(OnlyRead):
    """The files of one source.

    Args:
        clock: says when a file was read.
        source: the source's name in the configuration, or the file's path.
        settings: how its files are read.
    """

    def __init__(self, *, clock: Clock, source: str, settings: FileSettings) -> None:
        super().__init__(source)
        self._clock = clock
        self._settings = settings
        self._places: dict[str, str] = {}
        self._placed: dict[Path, dict[str, PlacedSheet]] = {}
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

    def placed(self, board: str) -> PlacedSheet | None:
        """Where the tasks of a board that was pulled stand in its workbook; None: it is no .xlsx or .xlsm."""
        found = self.cells(board)
        return found if found is not None and found.name else None

    def cells(self, board: str) -> PlacedSheet | None:
        """Where the tasks of a board that was pulled stand in its file; None: it is no CSV, .xlsx or .xlsm."""
        if board not in self._places:
            return None
        path = _place(self._places[board])[0]
        if path not in self._placed:
            content = self._last[1] if self._last is not None and self._last[0] == path else content_of(path)
            self._placed[path] = placed_in(content, path, self._settings)
        return self._placed[path].get(board)

    def close(self) -> None:
        """Nothing is kept open."""

    def _boards(self, path: Path) -> list[tuple[str, Snapshot]]:
        """A file's boards; one that has not changed since is not read twice, as its sheets are pulled one by one."""
        content = content_of(path)
        if self._last is None or self._last[:2] != (path, content):
            self._placed.pop(path, None)
            self._last = (path, content, boards_of(content, str(path), self._settings, self._clock.now()))
        return self._last[2]

    def read_only(self, where: str) -> ReadOnlyError:
        """The refusal, which points to the copy that can be made."""
        return ReadOnlyError(
            _("a file is only read, never written."),
            where=where,
            remedy=_("Take a copy with the dates by `retro export xlsx`, or plan on a live board."),
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
