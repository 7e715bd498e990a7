"""What a copy of a workbook does not hold of the original, in words: told by the parts of both, and by marks in them.

openpyxl writes what it understands of a workbook and leaves the rest out. What counts is therefore what is there
afterwards; only what shows in no name of a part is looked for in the original.
"""

import re
from zipfile import ZipFile

from retro.i18n import text as _

_SHEETS, _DRAWINGS = "xl/worksheets/", "xl/drawings/drawing"


def losses(before: ZipFile, after: ZipFile) -> tuple[str, ...]:
    """Their names in the reader's language; what nobody would miss, as a printer's own settings, is not among them."""
    was, now = before.namelist(), after.namelist()
    missing = [words for parts, words in _by_part() if _count(was, parts) > _count(now, parts)]
    texts = {part: before.read(part) for part in was if part.startswith((_SHEETS, _DRAWINGS)) and part.endswith(".xml")}
    for folder, mark, words in _by_mark():
        if any(part.startswith(folder) and mark.search(xml) for part, xml in texts.items()):
            missing.append(words)
    return tuple(missing)


def _count(names: list[str], parts: tuple[str, ...]) -> int:
    return sum(name.startswith(parts) for name in names)


def _by_part() -> list[tuple[tuple[str, ...], str]]:
    """How the names of parts begin that hold a thing, and what it is called."""
    return [
        (("xl/charts/chart",), _("charts")),
        (("xl/charts/style",), _("finer formatting of charts")),
        (("xl/media/",), _("pictures")),
        (("xl/diagrams/data",), _("diagrams")),
        (("xl/pivotTables/pivotTable",), _("pivot tables")),
        (("xl/slicers/", "xl/timelines/"), _("slicers")),
        (("xl/ctrlProps/", "xl/activeX/activeX"), _("form controls")),
        (("xl/featurePropertyBag/",), _("check boxes in cells")),
        (("xl/embeddings/",), _("embedded documents")),
        (("xl/threadedComments/",), _("conversations in comments")),
        (("xl/queryTables/", "xl/connections.xml"), _("connections to other data")),
        (("xl/model/",), _("data model")),
        (("xl/richData/",), _("linked data types")),
        (("xl/metadata.xml",), _("dynamic arrays")),
        (("xl/macrosheets/", "xl/dialogsheets/"), _("old macro sheets")),
        (("docMetadata/",), _("sensitivity label")),
        (("_xmlsignatures/",), _("signature")),
    ]


def _by_mark() -> list[tuple[str, re.Pattern[bytes], str]]:
    """In which parts a thing stands that is part of them, by what it is known there, and what it is called."""
    return [
        (_DRAWINGS, re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]"), _("shapes and text boxes")),
        (_SHEETS, re.compile(rb"<x14:sparklineGroup "), _("sparklines")),
        (_SHEETS, re.compile(rb"<x14:dataValidation "), _("drop-down lists taken from another sheet")),
        (_SHEETS, re.compile(rb"<x14:conditionalFormatting "), _("details of conditional formats")),
        (_SHEETS, re.compile(rb"<(?!xm:)(?:\w+:)?f[ >/]"), _("results of formulas (computed when the copy is opened)")),
    ]
