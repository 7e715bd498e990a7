"""What a column's heading says that it holds: synonyms in French and English, and the configuration's word first."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from retro.i18n.own_fields import own_field_of
from retro.i18n.words import estimate_heading, field_of, fold
from retro.tables.sheet_layout import column_number
from retro.tables.table import Cell, Row

_INCLUSIVE = re.compile(r"\((?:e|s|es|e\.s)\)|[·.](?:e|s|es|e[·.]s)\b")
"""`assigné(e)(s)`, `chargé·e`: the endings that inclusive writing adds."""
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_MARK = re.compile(r"\(([A-Z]{1,3})\)$")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_REAL = re.compile(r"\((?:[^)]*\W)?(?:reel(?:le)?s?|realisee?|effecti(?:f|ve)|actual|real)(?:\W[^)]*)?\)")
_WHEN_REAL = {"start": "actual_start", "due": "actual_finish"}
"""What a date of a group "Réel", or in such brackets, is."""
_PLURAL = re.compile(r"(?<=\w{3})s\b")
_LONGEST = 60
"""Characters beyond which a cell is a sentence, not a heading."""
_GUESSED = 1000
"""Rank of a heading known by the engine's word lists only: after every synonym here."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in a row, and its heading as written."""

    place: int
    heading: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns by the field that each holds; `others` hold none that is known."""

    fields: Mapping[str, Column]
    others: tuple[Column, ...]

    def __contains__(self, field: str) -> bool:
        return field in self.fields

    def heading(self, field: str) -> str:
        """The heading of a field's column, "" where there is none."""
        return self.fields[field].heading if field in self.fields else ""

    def cell(self, row: Sequence[Cell], field: str) -> Cell:
        """A row's value of a field, None where it has no such column or the row is short."""
        column = self.fields.get(field)
        return row[column.place] if column is not None and column.place < len(row) else None


def columns_of(headings: Row, named: Mapping[str, str] | None = None) -> Columns:
    """Which field each column holds: first those that the configuration names, then the surest synonym of each."""
    columns = [Column(place, cell.strip()) for place, cell in enumerate(headings) if isinstance(cell, str)]
    columns = [column for column in columns if column.heading]
    fields: dict[str, Column] = {}
    for field, wanted in (named or {}).items():
        found = next((column for column in columns if fold(column.heading) == fold(wanted)), None)
        if found is not None:
            fields[field] = found
    taken = set(fields.values())
    claims = sorted(
        (rank, column.place, field, column)
        for column in columns
        if column not in taken
        for field, rank in _claims(column.heading).items()
    )
    for _rank, _place, field, column in claims:
        if field not in fields and column not in taken:
            fields[field] = column
            taken.add(column)
    if "title" not in fields and "description" in fields:
        fields["title"] = fields.pop("description")
    others = tuple(column for column in columns if column not in taken and own_column(column.heading) is None)
    return Columns(fields, others)


def known_headings(row: Row) -> int:
    """How many fields a row's cells name as headings; 0 without a title among them, as it then heads no tasks.

    Numbers and dates may stand to the right of the last of them, as the weeks of a bar chart do.
    """
    columns = columns_of(row)
    if "title" not in columns:
        return 0
    last = max(column.place for column in columns.fields.values())
    odd = [place for place, cell in enumerate(row) if cell is not None and not isinstance(cell, str)]
    if odd and (odd[0] < last or len(columns.fields) == 1):
        return 0
    return len(columns.fields)


_OF_CONTACTS = frozenset({"title", "email", "id", "url", "description", "client", "labels", "section"})


def lists_contacts(row: Row) -> bool:
    """Whether headings are those of a list of people or firms: names with addresses, and nothing of a plan."""
    columns = columns_of(row)
    return "email" in columns and columns.fields.keys() <= _OF_CONTACTS


def is_heading(text: str) -> bool:
    """Whether a text by itself could head a column."""
    return len(text) <= _LONGEST and bool(_claims(text))


def own_column(heading: str) -> str | None:
    """The own field of retro's that a column holds; where two tables share a sheet, brackets tell whose it is."""
    return own_field_of(heading) or own_field_of(_BRACKETS.sub(" ", heading).strip())


def mark_of(heading: str) -> int | None:
    """The first column (1 for A) of the table that a column of retro's is marked for; None: of the one it stands by."""
    match = _MARK.search(heading.strip())
    return column_number(match[1]) if match and own_column(heading) is not None else None


def understood(lang: str) -> Mapping[str, str]:
    """A word by field, for messages: what a heading might be called. Lists begin with a French and an English one."""
    return {field: words[0 if lang == "fr" else 1] for field, words in _listed().items() if len(words) > 1}


@cache
def fields() -> frozenset[str]:
    """Names of all fields that a column may be mapped to."""
    return frozenset(_listed())


@cache
def _listed() -> Mapping[str, Sequence[str]]:
    content: Mapping[str, Sequence[str]] = tomllib.loads(
        files("retro_files").joinpath("headings.toml").read_text("utf-8")
    )
    return content


@cache
def _ranks() -> Mapping[str, Mapping[str, int]]:
    """Plain heading → field → rank."""
    ranks: dict[str, dict[str, int]] = {}
    for field, words in _listed().items():
        for rank, word in enumerate(words):
            ranks.setdefault(_plain(word), {}).setdefault(field, rank)
    return ranks


@lru_cache(maxsize=4096)
def _claims(heading: str) -> Mapping[str, int]:
    """The fields that a heading may mean, with how sure that is (0 is surest)."""
    if len(heading) > _LONGEST:
        return {}
    claims = dict(_ranks().get(_plain(heading), {}) or _ranks().get(_plain(_BRACKETS.sub(" ", heading)), {}))
    if _REAL.search(fold(heading)):
        claims = {_WHEN_REAL.get(field, field): rank for field, rank in claims.items()}
    meaning = field_of(heading)
    if meaning is not None and meaning != "type":
        claims.setdefault(meaning, _GUESSED)
    if estimate_heading(_spaced(heading)) is not None and not claims.keys() - {"estimate"}:
        # A heading that names its unit says more than one that does not.
        claims["estimate"] = -1 if estimate_heading(_spaced(heading)) else claims.get("estimate", _GUESSED)
    return claims


def estimate_unit(heading: str) -> str:
    """The unit that an estimate's heading names: days, hours, minutes, points, or "" for none."""
    return estimate_heading(_spaced(heading)) or ""


def _spaced(heading: str) -> str:
    return _HUMP.sub(" ", heading).replace("_", " ")


def _plain(heading: str) -> str:
    """A heading without what may differ: endings of gender and number, underscores, signs around it."""
    folded = fold(_spaced(_INCLUSIVE.sub("", heading)))
    bare = " ".join(folded.strip(" :*?!.-").split())
    return _PLURAL.sub("", bare.replace("-", " ")) or bare or heading.strip()
