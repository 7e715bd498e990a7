"""A whole file read: every board in it, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path, PurePath

from retro.i18n import text as _
from retro.model import Snapshot
from retro.ports import Account, BoardOptions, UnreadableError
from retro.tables.archive import is_copyable
from retro.tables.csv import read_csv
from retro.tables.placing import PlacedSheet
from retro.tables.table import Table
from retro.tables.xlsx import read_xlsx
from retro_files.contents import Content, content_of
from retro_files.own_json import board_keys, read_own
from retro_files.places import placed_table
from retro_files.refusals import no_headings
from retro_files.regions import has_headings
from retro_files.settings import SheetSettings
from retro_files.sheet import Sheet, opened, snapshots

_HEAD = 65_536
_FIELDS = {"owners": "owner"}
"""Fields that boards of other kinds are configured with by another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """How the files of one source are read; see `SheetSettings`. `prefix` begins the keys of boards and tasks."""

    prefix: str
    zone: tzinfo
    lang: str
    day_minutes: int
    opt_out: str
    boards: Sequence[BoardOptions] = ()

    @classmethod
    def of(cls, account: Account, prefix: str, lang: str) -> "FileSettings":
        """Those of an account."""
        return cls(
            prefix=prefix,
            zone=account.zone,
            lang=account.lang or lang,
            day_minutes=account.day_minutes,
            opt_out=account.opt_out,
            boards=account.boards,
        )


def boards_of(content: bytes, name: str, settings: FileSettings, read_at: datetime) -> list[tuple[str, Snapshot]]:
    """Every board of a file with the name that `path#name` picks it by: a sheet's, a board's key in JSON, "" in CSV.

    Raises UnreadableError where nothing of the file can be read, ConfigurationError where a configured column is not
    there. A workbook's sheets without known headings are passed over, as long as one has some.
    """
    if not content.strip():
        raise UnreadableError(_("the file is empty."), where=name, remedy=_("Save the table again and try that file."))
    kind = content_of(content[:_HEAD], name)
    if kind is Content.OWN:
        return [(snapshot.board.key, snapshot) for snapshot in read_own(content, name=name, read_at=read_at)]
    sheets = _sheets(content, kind, name, settings)
    named = [sheet.table.name for sheet in sheets]
    return list(zip(named, snapshots(sheets, read_at), strict=True))


def placed_in(content: bytes, path: Path, settings: FileSettings) -> dict[str, PlacedSheet]:
    """Where the tasks of each board stand in a CSV file, or an .xlsx or .xlsm workbook; empty: it is of another kind.

    Raises as `boards_of` does.
    """
    kind = content_of(content[:_HEAD], str(path))
    if kind is not Content.TABLE and (kind is not Content.WORKBOOK or not is_copyable(content)):
        return {}
    return {
        sheet.settings.board: PlacedSheet(
            path=path,
            content=content,
            name=sheet.table.name,
            tables=tuple(placed_table(sheet, part) for part in sheet.parts),
        )
        for sheet in _sheets(content, kind, str(path), settings)
    }


def _sheets(content: bytes, kind: Content, name: str, settings: FileSettings) -> list[Sheet]:
    """The sheets of a file that are read, their rows found and named."""
    if kind is Content.TABLE:
        table = read_csv(content, name)
        return [opened(table, _sheet(table, name, settings, alone=True))]
    tables = read_xlsx(content, name)
    wanted = _readable(tables, settings)
    if not wanted:
        raise _nothing_known(tables, name)
    alone = len(tables) == 1
    return [opened(table, _sheet(table, name, settings, alone=alone)) for table in wanted]


def sheet_names(content: bytes, name: str) -> tuple[str, ...]:
    """The names of a file's boards, as `boards_of` gives them, without reading their tasks."""
    kind = content_of(content[:_HEAD], name)
    if kind is Content.WORKBOOK:
        tables = read_xlsx(content, name)
        return tuple(table.name for table in tables if has_headings(table.rows)) or ("",)
    if kind is Content.OWN:
        return board_keys(content, name)
    return ("",)


def _readable(tables: Iterable[Table], settings: FileSettings) -> list[Table]:
    """Sheets with known headings, and those whose columns the configuration names."""
    named = {board.at for board in settings.boards if board.columns}
    return [table for table in tables if table.name in named or has_headings(table.rows)]


def _nothing_known(tables: Sequence[Table], name: str) -> UnreadableError:
    if not tables:
        return UnreadableError(
            _("this workbook is empty."), where=name, remedy=_("Save the table again and try that file.")
        )
    return no_headings(tables[0].rows, f"{name}#{tables[0].name}")


def _sheet(table: Table, name: str, settings: FileSettings, *, alone: bool) -> SheetSettings:
    options = next((board for board in settings.boards if board.at == table.name), None) or next(
        (board for board in settings.boards if not board.at), BoardOptions()
    )
    stem = PurePath(name).stem
    return SheetSettings(
        source=settings.prefix,
        board=settings.prefix if alone else f"{settings.prefix}/{table.name}",
        name=stem if alone else f"{stem} – {table.name}",
        where=f"{name}#{table.name}" if table.name else name,
        zone=settings.zone,
        lang=settings.lang,
        day_minutes=settings.day_minutes,
        alias=options.alias,
        status=options.status,
        columns={_FIELDS.get(field, field): heading for field, heading in options.columns.items()},
        opt_out=settings.opt_out,
    )
