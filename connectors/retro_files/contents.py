"""What a file is, told by its bytes: a workbook, a table in text, retro's own JSON, or none of these."""

import re
from enum import StrEnum
from pathlib import PurePath

from retro.i18n import text as _
from retro.ports import Recognised
from retro.tables.csv import first_rows
from retro.tables.encoding import decode
from retro.tables.xlsx import looks_like_workbook
from retro_files.regions import has_headings

KIND = "file"
_OWN, _TABLE, _PERHAPS = 0.55, 0.5, 0.1
"""Confidence: below that of a tool that knows its own exports."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt"})
_KEYS = tuple(re.compile(rf'"{key}"\s*:') for key in ("version", "now", "boards"))
_START_OF_OWN = 4096
"""Characters among which the first keys of retro's JSON stand."""


class Content(StrEnum):
    """The kinds of file that are read here."""

    WORKBOOK = "workbook"
    TABLE = "table"
    OWN = "own"


def content_of(head: bytes, name: str) -> Content:
    """How a file that begins with `head` is to be read; its bytes decide, its name where they tell nothing."""
    if looks_like_workbook(head):
        return Content.WORKBOOK
    if _is_own(head):
        return Content.OWN
    named = PurePath(name).suffix.casefold() in _WORKBOOKS
    return Content.WORKBOOK if named and not has_headings(first_rows(head)) else Content.TABLE


def recognise(head: bytes, name: str = "") -> Recognised | None:
    """Whether a file is retro's own JSON, a workbook or a table; None: it is something else.

    A table without a heading that is known, and a file that only has the name of one, are claimed faintly: so that
    reading them says what is missing. Prose or a calendar with commas in it is no table.
    """
    suffix = PurePath(name).suffix.casefold()
    if _is_own(head):
        return Recognised(kind=KIND, confidence=_OWN)
    if looks_like_workbook(head):
        return Recognised(kind=KIND, confidence=_TABLE)
    text = decode(head, cut=True)
    if text is not None and not text.lstrip().startswith(("{", "[", "<")):
        rows = first_rows(head)
        if has_headings(rows):
            return Recognised(kind=KIND, confidence=_TABLE)
        if suffix in _TEXTS or (not suffix and any(len(row) > 1 for row in rows)):
            return Recognised(kind=KIND, confidence=_PERHAPS, reason=_("no heading of it is known"))
    if suffix in _WORKBOOKS | _TEXTS:
        return Recognised(kind=KIND, confidence=_PERHAPS, reason=_("its content is not what its name says"))
    return None


def _is_own(head: bytes) -> bool:
    text = (decode(head, cut=True) or "")[:_START_OF_OWN].lstrip()
    return text.startswith("{") and all(key.search(text) for key in _KEYS)
