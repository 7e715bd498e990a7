"""The words of waiting in descriptions, and those that deny or end it, as patterns over folded text."""

import re
from functools import cache

from retro.i18n.words import fold
from retro_practices.words import choice, folded, written

_MARKERS = ("waits", "negated", "lacking", "after", "before")
_SHORTEST_PLAIN = 4
"""Letters from which a word is looked for without its accents too: "apres", but not "des" for "dès"."""
_BEFORE_KEY = (
    "",
    "(",
    "[",
    "*",
    "**",
    "_",
    "-",
    *(f"{each}{mark}" for each in ("qu", "d", "D", "l", "L", "n", "N", "j", "J") for mark in "'’"),
)
_AFTER_KEY = ("", ":", ",", ".", "*", "**", "_", ":**", "**:", "…")


@cache
def keys() -> frozenset[str]:
    """The longest word of each phrase of waiting, in every dress in which it stands between two blanks.

    What tells at once that a description holds none: most of them are not read further.
    """
    words: set[str] = set()
    for phrase in (each for name in _MARKERS for each in written("prose", name)):
        longest = max(re.findall(r"[\w-]+", phrase), key=len)
        plain = fold(longest)
        words |= {longest, *([plain] if len(plain) >= _SHORTEST_PLAIN else [])}
    forms = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return frozenset(f"{before}{form}{after}" for form in forms for before in _BEFORE_KEY for after in _AFTER_KEY)


@cache
def shortest_phrases() -> tuple[str, ...]:
    """The phrases of waiting in which no other one stands: in a folded text without any of them there is none."""
    phrases = sorted({phrase for name in _MARKERS for phrase in folded("prose", name)}, key=len)
    shortest: list[str] = []
    for phrase in phrases:
        if not any(each in phrase for each in shortest):
            shortest.append(phrase)
    return tuple(shortest)


@cache
def markers() -> re.Pattern[str]:
    """Any phrase of waiting, as a whole."""
    words = choice("prose", *_MARKERS).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{words})(?:(?<=[':])|(?![\w-]))")


@cache
def false_friends() -> re.Pattern[str]:
    """What only looks like one."""
    return re.compile(rf"(?<!\w)(?:{choice('prose', 'false_friends')})(?!\w)")


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Any phrase of a list, as a whole."""
    return re.compile(rf"(?<!\w)(?:{choice('prose', name)})(?!\w)")


@cache
def joined() -> re.Pattern[str]:
    """Any word that is written in one as well as in two."""
    words = choice("prose", "joined").replace(r"\-", "[ -]")
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def denied() -> re.Pattern[str]:
    """What denies the phrase of waiting that it stands before."""
    return re.compile(rf"(?<!\w)(?:{choice('prose', 'denied')})(?:(?<=')|\s+)(?:\w+\s+)?$")


@cache
def done() -> re.Pattern[str]:
    """What tells of a task that it is through."""
    return re.compile(rf"(?:{choice('prose', 'done')})(?:e|s|es)?")
