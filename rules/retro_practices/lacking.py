"""What descriptions cannot do without: "Sans le plan média, impossible de réserver", "We can't print without it"."""

import re
from functools import cache

from retro_practices.words import phrase

_CLAUSE = re.compile(r"[,;:…(]")
_NEAR = 120
"""Letters on either side in which the words that stop the work are looked for."""


def stops_the_work(sentence: str, start: int, end: int) -> bool:
    """Whether the word "without" that stands at a place of a folded sentence names what the work cannot start without.

    The same clause has said so ("impossible de réserver sans …"), or the word opens it and what follows says so
    ("sans …, on ne peut rien réserver"). "On peut démarrer sans …" says the contrary.
    """
    clause = _CLAUSE.split(sentence[max(0, start - _NEAR) : start])[-1]
    if _opening().fullmatch(clause) is None:
        return phrase("prose", "stopped").search(clause) is not None
    rest = sentence[end : end + _NEAR]
    return phrase("prose", "stops").search(rest) is not None and phrase("prose", "past").search(rest) is None


@cache
def _opening() -> re.Pattern[str]:
    """What may stand before the word that opens a clause."""
    return re.compile(rf"[\W_]*(?:{phrase('prose', 'opens').pattern}\s*)?")
