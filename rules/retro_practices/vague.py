"""What makes a title vague: patterns over folded titles, made of the lists of words."""

import re
from functools import cache

from retro_practices.words import choice

_AFTER_HEAD, _AFTER_THING, _BEFORE_THING = 3, 5, 2
"""Most words around one such as "divers" or "stuff" that still say nothing."""


@cache
def vague_pattern() -> re.Pattern[str]:
    """Titles that are vague wherever they stand: "à voir", "divers print", "voir avec Julie", "contenus à produire"."""
    whole, heads, things, starts, asks, numbered, pending = (
        choice("vague", name) for name in ("whole", "heads", "things", "starts", "asks", "numbered", "pending")
    )
    ways = (
        rf"(?:{whole})",
        rf"(?:{heads})(?!\w)(?:\W+\w+){{0,{_AFTER_HEAD}}}",
        rf"{_article()}(?:{things})(?!\w)(?:\W+\w+){{0,{_AFTER_THING}}}",
        rf"(?:\w+\s){{1,{_BEFORE_THING}}}(?:{things})",
        rf"(?:{starts})(?!\w).*",
        rf"(?:{asks})\s\S+(?:\s\S+)?",
        rf"(?:{numbered})\s?(?:n°|no|#)?\s?\d+",
        rf"{_nouns()}\s(?:{pending})",
    )
    return re.compile("|".join(ways), re.DOTALL)


@cache
def step_pattern() -> re.Pattern[str]:
    """Titles that want an object: "site", "photos et textes", "finaliser", "faire le site"."""
    return re.compile(rf"(?:(?:{choice('vague', 'handle')})\s)?{_nouns()}")


def _nouns() -> str:
    """Words that are no deliverable: one, or several of them joined."""
    loose, scopes = choice("vague", "loose"), choice("vague", "scopes")
    about = rf"(?:{loose})\s(?:pour\s|for\s)?{_article()}(?:{scopes})|(?:{scopes})\s(?:{loose})"
    words = rf"{_article()}(?:{about}|{choice('vague', 'bare')})"
    return rf"{words}(?:(?:\s*[,/&+]\s*|\s(?:{choice('vague', 'joins')})\s){words})*"


def _article() -> str:
    """An article and what parts it from its noun: a blank, or nothing after an apostrophe."""
    return rf"(?:(?:{choice('vague', 'articles')})(?:(?<=')|\s))?"
