"""What makes a title vague: patterns over folded titles, made of the lists of words."""

import re
from collections.abc import Sequence
from functools import cache

from retro_practices.words import choice, folded

_WORD = re.compile(r"\w+")
_OPENERS = ("starts", "asks", "numbered", "meets", "heads", "undone", "undone_english")
"""The lists after which words of any kind may follow."""
_OTHERS = (
    "whole", "bare", "articles", "joins", "loose", "scopes", "handle", "pending", "adjectives", "hurries", "applies",
    "themes", "prepares",
)  # fmt: skip
"""The lists of which all other vague titles are made."""
_AFTER_HEAD, _AFTER_THING, _BEFORE_THING = 3, 5, 3
"""Most words around one such as "divers" or "stuff" that still say nothing."""


def words_in(title: str) -> tuple[str, ...]:
    """The words of a folded title, marks aside."""
    # Most titles have no marks, and then it is blanks that part their words.
    return tuple(title.split() if title.replace(" ", "").isalnum() else _WORD.findall(title))


def may_be_vague(words: Sequence[str]) -> bool:
    """Whether a folded title has the words of a vague one: a cheap look, as patterns cost ten times as much."""
    vocabulary, openers, things = _lists()
    return vocabulary.issuperset(words) or words[0] in openers or not things.isdisjoint(words)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of which vague titles are made, those after which any others may follow, and such as "stuff"."""
    return (
        frozenset(word for name in _OTHERS for entry in folded("vague", name) for word in _WORD.findall(entry)),
        frozenset(_WORD.findall(entry)[0] for name in _OPENERS for entry in folded("vague", name)),
        folded("vague", "things"),
    )


@cache
def vague_pattern() -> re.Pattern[str]:
    """Titles that are vague wherever they stand: "à voir", "divers print", "voir avec Julie", "contenus à produire"."""
    whole, heads, things, topics, starts, asks, numbered, pending = (
        choice("vague", name)
        for name in ("whole", "heads", "things", "topics", "starts", "asks", "numbered", "pending")
    )
    handled = _handled("handle", "prepares")
    ways = (
        rf"(?:{whole})",
        rf"(?:{choice('vague', 'undone')})\s(?:{choice('vague', 'infinitives')})",
        rf"(?:{choice('vague', 'undone_english')})\s\w+",
        rf"(?:{heads})(?!\w)(?:\W+\w+){{0,{_AFTER_HEAD}}}",
        rf"{handled}{_article()}(?!(?:{topics})(?!\w))(?:{things})(?!\w)(?:\W+\w+){{0,{_AFTER_THING}}}",
        rf"(?:\w+\s){{1,{_BEFORE_THING}}}(?:{things})",
        rf"(?:{starts})(?!\w).*",
        rf"(?:{asks})\s\S+(?:\s\S+)?",
        rf"(?:{numbered})\s?(?:n°|no|#)?\s?\d+",
        rf"{_nouns()}\s(?:{pending})",
        rf"(?:{choice('vague', 'meets')})\s(?:{choice('gestures', 'given')})(?!\w).*",
        rf"(?:{choice('vague', 'refers')})\s{_article()}(?:{choice('vague', 'elsewhere')})",
        rf"(?:(?:{choice('vague', 'applies')})\s)?{_article()}(?:{choice('vague', 'adjectives')})\s{_loose()}",
        rf"(?:{choice('vague', 'applies')})\s{_article()}{_loose()}",
    )
    hurries = choice("vague", "hurries")
    return re.compile(rf"(?:{'|'.join(ways)})(?:\W+(?:{hurries}))*", re.DOTALL)


@cache
def step_pattern() -> re.Pattern[str]:
    """Titles that want an object: "site", "photos et textes", "finaliser", "faire le site", "préparer les soldes"."""
    themes = rf"{_handled('handle', 'prepares')}{_article()}(?:{choice('vague', 'themes')})"
    return re.compile(rf"{_handled('handle')}{_nouns()}|{themes}")


def _handled(*names: str) -> str:
    """A verb of some lists that says no more than its object, or none."""
    return rf"(?:(?:{choice('vague', *names)})\s)?"


def _loose() -> str:
    """Words for changes and the like, and at most what they are made to: "modifs du site", "website changes"."""
    loose, scopes = choice("vague", "loose"), choice("vague", "scopes")
    return rf"(?:(?:{loose})(?:\s(?:pour\s|for\s)?{_article()}(?:{scopes}))?|(?:{scopes})\s(?:{loose}))"


def _nouns() -> str:
    """Words that are no deliverable: one, or several of them joined."""
    loose, scopes = choice("vague", "loose"), choice("vague", "scopes")
    about = rf"(?:{loose})\s(?:pour\s|for\s)?{_article()}(?:{scopes})|(?:{scopes})\s(?:{loose})"
    words = rf"{_article()}(?:{about}|{choice('vague', 'bare')})"
    return rf"{words}(?:(?:\s*[,/&+]\s*|\s(?:{choice('vague', 'joins')})\s){words})*"


def _article() -> str:
    """An article and what parts it from its noun: a blank, or nothing after an apostrophe."""
    return rf"(?:(?:{choice('vague', 'articles')})(?:(?<=')|\s))?"
