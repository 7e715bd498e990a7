"""Which part of an .xlsx archive holds what: its sheets by name, its formats, and when its days begin."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFormats:
    """Formats that mean something, by their number in the workbook's list."""

    bold: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    indents: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookParts:
    """The parts of a workbook. Sheets are in its order; those that are charts are left out by who reads them."""

    sheets: Mapping[str, str]
    """The path of each sheet's part, by its name."""
    styles: str = ""
    since_1904: bool = False


def workbook_parts(archive: ZipFile) -> WorkbookParts:
    """Look a workbook's parts up.

    Raises:
        KeyError: a part is not there.
        ValueError: a part is no XML.
    """
    root = _related(archive, "")
    book = next((path for kind, path in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    related = _related(archive, book)
    sheets: dict[str, str] = {}
    since_1904 = False
    for element in _parsed(archive.read(book)).iter():
        attributes = {_plain(key): value for key, value in element.items()}
        if _plain(element.tag) == "workbookPr":
            since_1904 = is_true(attributes.get("date1904", ""))
        elif _plain(element.tag) == "sheet" and attributes.get("id") in related:
            sheets.setdefault(attributes.get("name", ""), related[attributes["id"]][1])
    return WorkbookParts(
        sheets=sheets,
        styles=next((path for kind, path in related.values() if kind == "styles"), ""),
        since_1904=since_1904,
    )


def is_true(value: str) -> bool:
    """Whether an attribute says yes."""
    return value.casefold() in _TRUE


def cell_formats(xml: bytes) -> CellFormats:
    """What the formats of a workbook's cells show. Raises ValueError where the part is no XML."""
    lists = {_plain(each.tag): list(each) for each in _parsed(xml)}
    fonts = [{_plain(each.tag) for each in font if is_true(each.get("val", "1"))} for font in lists.get("fonts", ())]
    marks: list[set[str]] = []
    indents: dict[int, int] = {}
    for place, shape in enumerate(lists.get("cellXfs", ())):
        font = _number(shape.get("fontId"))
        marks.append(fonts[font] if font < len(fonts) else set())
        deep = sum(_number(each.get("indent")) for each in shape if _plain(each.tag) == "alignment")
        if deep:
            indents[place] = deep
    return CellFormats(
        bold=frozenset(place for place, font in enumerate(marks) if "b" in font),
        struck=frozenset(place for place, font in enumerate(marks) if "strike" in font),
        indents=indents,
    )


def _parsed(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml)  # entities, which no workbook needs, are a ValueError
    except (ParseError, LookupError) as error:
        raise ValueError(str(error)) from error
    return root


def _plain(name: str) -> str:
    """The name of an element or attribute without its namespace, of which there are several for the same."""
    return name.rpartition("}")[2]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: the last word of its kind and its path, by id."""
    folder, _slash, base = part.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    if path not in archive.namelist():
        return {}
    found = {}
    for element in _parsed(archive.read(path)):
        target = element.get("Target", "")
        if element.get("TargetMode", "") != "External":
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], place)
    return found
