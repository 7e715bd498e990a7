"""An exported table as Notion's own documents: each column's type told by its cells, each cell in that type's form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any
from urllib.parse import unquote

from retro_notion import spelt_dates
from retro_notion.ids import last_id
from retro_notion.payload import Column, Property
from retro_notion.synonyms import heading

_NAMED = re.compile(r"(?:^|,\s*)([^\n]*?)\s*\(((?:https?://|[^()\s]+%20)[^()\s]+)\)")
_ADDRESS = re.compile(r"(?:^|,\s*)(https?://\S+?)(?=,\s|$)")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?|-?\d+(?:[.,]\d+)?\s*%", re.IGNORECASE)
_UNIQUE = re.compile(r"(?:([A-Z][A-Z0-9]*)-)?(\d+)")
_TICKS = {"yes": True, "no": False, "oui": True, "non": False}
_STAMPS = {
    "created_time": ("date de création", "créé le", "création", "created", "created time", "created at"),
    "last_edited_time": ("dernière modification", "modifié le", "last edited", "last edited time", "last updated"),
}
_KINDS_OF_STAMP = {heading(name): kind for kind, names in _STAMPS.items() for name in names}
_NUMBERED = frozenset(map(heading, ("id", "n°", "numéro", "identifiant", "ref", "réf", "référence")))


@dataclass(frozen=True, slots=True)
class Target:
    """One page that a relation's cell names: its title and its id."""

    title: str
    id: str


def targets(text: str) -> list[Target]:
    """The pages that a cell names, by title and address, or by address alone."""
    named = [(found[1].strip(" ,"), found[2]) for found in _NAMED.finditer(text)]
    listed = named or [("", found[1]) for found in _ADDRESS.finditer(text)]
    read = [(title, _id(address)) for title, address in listed]
    return [Target(title, id_) for title, id_ in read if id_ is not None]


def _id(address: str) -> str | None:
    path = unquote(address.split("?", 1)[0].split("#", 1)[0])
    return last_id(re.sub(r"\.(?:md|html)$", "", path)) if "notion." in address or "://" not in address else None


class ReadColumn:
    """One column of the table.

    Args:
        place: where it stands; its id.
        name: its heading.
        cells: every cell, "" where empty.
        zone: where hours are meant.
        lang: which way round 05/01/2027 is, where the column does not show it.
    """

    def __init__(self, place: int, name: str, cells: Sequence[str], *, zone: tzinfo, lang: str) -> None:
        self._zone = zone
        self._day_first, self._settled = spelt_dates.order(cells, lang)
        kind = "title" if place == 0 else self._kind(name, [cell for cell in cells if cell])
        prefix = next((m[1] for cell in cells if (m := _UNIQUE.fullmatch(cell)) and m[1]), None)
        config = {"prefix": prefix} if kind == "unique_id" else {}
        self.column = Column(id=str(place), wire=str(place), name=name, type=kind, config=config)

    def _kind(self, name: str, held: Sequence[str]) -> str:
        if not held:
            return "rich_text"
        if all(targets(cell) for cell in held):
            return "relation"
        dated = sum(self.span(cell) is not None for cell in held)
        if dated * 2 > len(held):
            return _KINDS_OF_STAMP.get(heading(name), "date")
        if heading(name) in _NUMBERED and all(_UNIQUE.fullmatch(cell) for cell in held):
            return "unique_id"
        if all(cell.casefold() in _TICKS for cell in held):
            return "checkbox"
        return "number" if all(_NUMBER.fullmatch(cell) for cell in held) else "rich_text"

    def span(self, cell: str) -> spelt_dates.Span | None:
        """The date or range in a cell."""
        return spelt_dates.span(cell, self._zone, day_first=self._day_first, settled=self._settled)

    def cell(self, text: str) -> Property:
        """A cell in the form in which the API would send it."""
        kind = self.column.type
        return Property.model_validate({"id": self.column.id, "type": kind, kind: self._value(kind, text)})

    def _value(self, kind: str, text: str) -> Any:  # noqa: PLR0911 - one return a kind reads best
        if kind in ("title", "rich_text"):
            return [{"plain_text": text}] if text else []
        if not text:
            return None
        if kind == "relation":
            return [{"id": each.id} for each in targets(text)]
        if kind == "checkbox":
            return _TICKS[text.casefold()]
        if kind == "number":
            return float(text.rstrip("% ").replace(",", "."))
        if kind == "unique_id" and (found := _UNIQUE.fullmatch(text)):
            return {"prefix": found[1], "number": int(found[2])}
        read = self.span(text)
        if read is None:
            # Kept as it stands, so that it can be shown as a date that is none.
            return {"start": text} if kind == "date" else None
        return (
            {"start": read.start.isoformat(), "end": read.end.isoformat() if read.end else None}
            if kind == "date"
            else read.start.isoformat()
        )


def columns_of(headings: Sequence[str], rows: Iterable[Sequence[str]], *, zone: tzinfo, lang: str) -> list[ReadColumn]:
    """The columns of a table, in order."""
    held = list(rows)
    return [
        ReadColumn(place, name, [row[place] if place < len(row) else "" for row in held], zone=zone, lang=lang)
        for place, name in enumerate(headings)
        if name.strip() or any(place < len(row) and row[place] for row in held)
    ]
