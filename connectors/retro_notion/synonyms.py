"""What a column's name says that it holds: the lists of `synonyms.toml`, and how headings are compared with them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from retro.i18n.words import fold

_BRACKETS = re.compile(r"\s*\((?:e|es|s|x|e\)\(s)\)")
_INCLUSIVE = re.compile(r"[·.•/-](?:e|s|es|trice|rice|euse|ne)s?(?=[·.•/\s-]|$)")
_PLURAL = re.compile(r"(?<=\w{3})s\b")
_ESTIMATE_TYPES = ("number", "select", "rich_text", "formula")

TIES = ("predecessors", "successors", "parent", "children")
"""Roles of relations between the rows of one data source."""


@cache
def table() -> Mapping[str, tuple[tuple[str, ...], Mapping[str, int]]]:
    """By role: the types that may hold it, the surest first, and the rank of each name."""
    lists = tomllib.loads((files("retro_notion") / "synonyms.toml").read_text("utf-8"))
    return {
        role: (tuple(entry["types"]), {heading(name): rank for rank, name in reversed([*enumerate(entry["names"])])})
        for role, entry in lists.items()
    }


def roles() -> tuple[str, ...]:
    """Every role that the configuration may give a column."""
    return ("title", *table(), "estimate")


def accepted(role: str) -> tuple[str, ...]:
    """The types of column that may hold a role."""
    if role == "title":
        return ("title",)
    return _ESTIMATE_TYPES if role == "estimate" else table()[role][0]


def heading(name: str) -> str:
    """The form in which headings are compared: folded, singular, without inclusive endings or punctuation around."""
    bare = _INCLUSIVE.sub("", _BRACKETS.sub("", fold(name)))
    return _PLURAL.sub("", fold(bare).strip(" :?!.")).strip()


def tie_within(name: str) -> str | None:
    """The tie whose words a longer heading holds ("Tâches bloquées par"): that of the longest; None: none of them."""
    text = heading(name)
    held = [
        (len(words), role)
        for role in TIES
        for words in table()[role][1]
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    ]
    return max(held)[1] if held else None
