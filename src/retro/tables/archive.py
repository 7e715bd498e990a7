"""The zip that a workbook is, opened within bounds: a few kilobytes may unpack to more than a machine holds."""

import io
import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from retro.i18n import text as _
from retro.ports import UnreadableError

MOST = 512 * 1024 * 1024
"""Bytes that a workbook may unpack to; 50 000 rows of 12 cells take about 25 MB."""
_DENSEST = 1032
"""How many times smaller deflate can make anything, at best."""
_CHUNK = 1 << 20
MACROS = "xl/vbaProject.bin"
"""The part that holds a workbook's macros."""
_TYPES = "[Content_Types].xml"
_PLAIN, _WITH_MACROS = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
DAMAGED = (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error)
"""What the archive raises where it is damaged or packed in a way that spreadsheets do not use."""


def opened(content: bytes, name: str) -> ZipFile:
    """The archive, once it is known to unpack to a sane size. `name` is the file's, for messages.

    Raises:
        UnreadableError: it would unpack to more than `MOST`, or is damaged.
    """
    try:
        archive = ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MOST:
            raise UnreadableError(
                _("this workbook unpacks to {size} MB: that is no plan.", size=size // 1_000_000),
                where=name,
                remedy=_("Copy the table alone into a new workbook, and try that file."),
            )
        for part in parts:
            _check(archive, part)
    except DAMAGED as error:
        raise unreadable(name, error) from error
    return archive


def is_copyable(content: bytes) -> bool:
    """Whether a copy of a file can be made with other cells (`workbook_copy`): .xlsx, or .xlsm with its macros."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return (_WITH_MACROS if MACROS in archive.namelist() else _PLAIN) in archive.read(_TYPES)
    except (KeyError, *DAMAGED):
        return False


def unreadable(name: str, error: Exception) -> UnreadableError:
    """The refusal of a file that is no workbook, or a damaged one."""
    return UnreadableError(
        _("this is no workbook that can be read ({reason}).", reason=error),
        where=name,
        remedy=_("Open it in your spreadsheet, save it again as .xlsx or CSV, and try that file."),
    )


def _check(archive: ZipFile, part: ZipInfo) -> None:
    """Unpack a part that could be larger than it says: its check sum fails where it lies. The others cannot be."""
    if part.compress_size * _DENSEST <= MOST:
        return
    with archive.open(part) as stream:
        while stream.read(_CHUNK):
            pass
