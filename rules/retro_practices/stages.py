"""Which stage of production a title names, and of which deliverable."""

import re
from dataclasses import dataclass
from functools import cache

from retro_practices.words import choice, folded, phrase

STAGES = ("brief", "text", "design", "approval", "build", "check", "out")
"""Their usual order."""
_UPON = ("out", "check", "approval")
"""Stages that work upon the result of another one, which the title may name too: "validation maquette"."""
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, by its place in the order, and the words that are left: what it is a stage of."""

    place: int
    of: frozenset[str]


def stage_of(rest: str) -> Stage | None:
    """The stage of a folded title, its prefixes set aside; None where it names none, or two that exclude each other."""
    if _any().search(rest) is None:
        return None
    found = [name for name in STAGES if phrase("order", name).search(rest)]
    upon = [name for name in _UPON if name in found]
    if not upon and len(found) > 1:
        return None
    name = upon[0] if upon else found[0]
    left = _any().sub(" ", rest)
    words = frozenset(word for word in _WORDS.findall(left) if word not in folded("order", "joins"))
    return Stage(STAGES.index(name), words)


@cache
def _any() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{choice('order', *STAGES)})(?!\w)")
