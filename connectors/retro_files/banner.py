"""The date of the event in the lines above a table: `Date de l’évènement : 12/03/2027`, `Jour J | 12/03/2027`.

A date there that a label names as the launch, the event or the end is what the sheet works to: its anchor. Any other
date above a table (of an update, of the beginning) is none. The date stands behind its label, or in the next cell
that is filled to the right of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from retro.i18n.words import fold
from retro.model import Day
from retro.tables.table import Cell, Row, Table
from retro_files.cells import text_of
from retro_files.dates import Span, of_serial, read_day
from retro_files.regions import Region
from retro_files.settings import SheetSettings

_OF = r"(?:\s+(?:de|du|des|of|the)\s+(?:la\s+|l')?|\s+de\s+l'|\s+d'\s*|\s+)"
_WHAT = (
    r"(?:lancement|evenement|mise en ligne|mise en service|mise en production|salon|ouverture|inauguration|livraison"
    r"(?: finale)?|fin(?: de (?:projet|campagne))?|sortie|publication|conference|seminaire|launch|event|go[ -]?live"
    r"|release|delivery|opening|end|show|fair)"
)
_LABEL = re.compile(
    rf"(?<!\w)(?:(?:date|jour){_OF}{_WHAT}|(?:launch|event|release|delivery|end|opening)\s+date"
    r"|jour\s*-?\s*j|d-?day|date\s+butoir|echeance\s+finale|deadline|evenement|event|lancement|launch|go[ -]?live"
    r"|mise en ligne)(?!\w)"
)
_AFTER = re.compile(r"\s*(?:[:=–—-]|le\b|on\b|prevue?\b|fixee?\b|est\b|is\b|\s)*")
_EVENT = ("evenement", "event")
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """A date that the lines above a table name as the one to work to; `day` is None where it cannot be read."""

    name: str
    day: Day | None
    text: str
    assumed: bool = False


def launches(table: Table, region: Region, settings: SheetSettings) -> list[Launch]:
    """The labelled dates above a sheet's first table, each once."""
    above, since_1904 = table.rows[: region.top], table.layout.since_1904
    found = {
        (fold(launch.name), launch.day): launch for row in above for launch in _in(row, settings, since_1904=since_1904)
    }
    return list(found.values()) or list(_named_apart(above, settings, since_1904=since_1904))


def _named_apart(rows: Sequence[Row], settings: SheetSettings, *, since_1904: bool) -> Iterator[Launch]:
    """An event and its day in two lines: `Évènement : Gala` above `Date : 18/06/2027`."""
    said = {
        fold(text_of(cells[0])).rstrip(" :"): cells[1]
        for row in rows
        if len(cells := [cell for cell in row if cell is not None]) > 1
    }
    name = next((text_of(said[word]) for word in _EVENT if word in said), "")
    day = said.get("date")
    if name and day is not None and (span := _day_of(day, settings, since_1904=since_1904)) is not None:
        yield Launch(name=name, day=span.end, text=text_of(day), assumed=span.assumed)


def _in(row: Row, settings: SheetSettings, *, since_1904: bool) -> Iterator[Launch]:
    cells = [cell for cell in row if cell is not None]
    for place, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        words = " ".join(cell.split())
        plain = fold(words)
        label = _LABEL.search(plain)
        if label is None:
            continue
        rest = plain[_AFTER.match(plain, label.end()).end() :]  # type: ignore[union-attr]  # it matches nothing too
        if rest:
            span, said = _read(rest, settings), rest
        else:
            beside = cells[place + 1] if place + 1 < len(cells) else None
            span, said = _day_of(beside, settings, since_1904=since_1904), text_of(beside)
        if span is not None or sum(map(str.isdigit, said)) >= _FEWEST_DIGITS:
            name = _name(words, plain, label)
            yield Launch(name=name, day=span.end if span else None, text=said, assumed=bool(span and span.assumed))


def _name(words: str, plain: str, label: re.Match[str]) -> str:
    """The label as it is written, where folding moved no letter; else as it was folded."""
    return words[label.start() : label.end()] if len(plain) == len(words) else label.group().capitalize()


def _day_of(cell: Cell, settings: SheetSettings, *, since_1904: bool) -> Span | None:
    if isinstance(cell, datetime):
        return Span(cell.replace(tzinfo=settings.zone))
    if isinstance(cell, date):
        return Span(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return of_serial(cell, settings.zone, since_1904=since_1904)
    return _read(cell, settings) if isinstance(cell, str) else None


def _read(text: str, settings: SheetSettings) -> Span | None:
    """The day at a text's beginning, whatever words follow it."""
    words = text.split()
    for count in range(min(len(words), 7), 0, -1):
        found = read_day(" ".join(words[:count]).rstrip(",;.)"), settings.zone, day_first=settings.lang != "en")
        if found is not None:
            return found
    return None
