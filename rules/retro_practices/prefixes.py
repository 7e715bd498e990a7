"""Channels before a title that are not written "[SEO] …", and the title with the prefix mended."""

import re
from functools import cache

from retro.i18n.words import fold
from retro_practices.channels import Vocabulary
from retro_practices.title_reader import is_state
from retro_practices.titles import is_vague
from retro_practices.words import choice, folded

_LEAD = re.compile(r"(?:[\W_]*\(\s*\d+(?:[.,]\d+)?\s*\))?[^\w\[\](){}<【\"'«“‘#@]*")
"""Points, emoji and blanks before the first word."""
_SQUARE = re.compile(r"\[([^\[\]]+)\](\s*)")
_ROUND = re.compile(r"\(([^()\[\]]+)\)(?:\s*[:|])?\s*")
_CURLY = re.compile(r"(?:\[\[|[{<【])\s*([^\[\]{}<>【】]{1,40}?)\s*(?:\]\]|[}>】])(?:\s*[:|])?\s*")
_PLAIN = re.compile(
    r"([^:|\[\]()>•·→»]{1,40}?)\s*(?:(?::{1,2}|\|)(?:\s+|(?=\w))|[>•·→»]\s+|[-‐‑–—−]{1,3}(?!\s+[^\W\d_A-ZÀ-Þ]\w*\s*$)\s+)"
)
"""A channel and a colon or a dash; after a dash one small word is the end of a compound: "web - série".

A colon may be glued to what follows, a dash may not: "Web-série" is one word.
"""
_SIGNS = re.compile(r"[({<【\[:|>•·→»\-‐‑–—−]")
"""Without one of these none of the three can be there."""
_WORD = re.compile(r"[^\W_]+(?:['°][^\W_]*)?")


def mended(title: str, words: Vocabulary) -> str | None:
    """The title with its channel in brackets; None where it is so already, or where no channel stands before it."""
    title = title.strip()
    if _begins_well(title[: title.find("]") + 2], words):
        return None
    at = 0
    if "(" in title or not (title.startswith("[") or title[:1].isalnum()):
        lead = _LEAD.match(title)
        at = lead.end() if lead is not None else 0
    while (square := _SQUARE.match(title, at)) is not None:
        inside, after = square.groups()
        word = fold(inside)
        if words.is_channel(word):
            # "[SEO][Web]" is two prefixes, whatever stands between them.
            together = not after and not title.startswith("[", square.end())
            if inside != inside.strip() or together:
                return _with(title, at, square.end(), inside, words)
            return None
        if word not in words.clients and not is_state(word):
            return None
        at = square.end()
    for pattern in (_ROUND, _CURLY, _PLAIN) if _SIGNS.search(title, at) is not None else ():
        match = pattern.match(title, at)
        if match is not None and words.is_channel(fold(match.group(1))):
            return _with(title, at, match.end(), match.group(1), words)
    return None


def _begins_well(begin: str, words: Vocabulary) -> bool:
    """Whether "[SEO] ", the beginning of a title up to the letter behind its first bracket, is as it should be."""
    known = words.well_begun.get(begin)
    if known is None:
        square = _SQUARE.fullmatch(begin)
        known = square is not None and begin[-1].isspace()
        if square is not None and known:
            inside = square.group(1)
            known = inside == inside.strip() and words.is_channel(fold(inside))
        words.well_begun[begin] = known
    return known


def _with(title: str, start: int, end: int, word: str, words: Vocabulary) -> str | None:
    """The title with `word` as its prefix in place of what stands from `start` to `end`, if the rest stands alone."""
    rest = title[end:].strip()
    if not _stands_alone(fold(rest)):
        return None
    channel = words.channels.get(fold(word), " ".join(word.split()))
    return f"{title[:start]}[{channel}] {rest}"


def _stands_alone(rest: str) -> bool:
    """Whether a folded rest is a title of its own: neither vague, nor a mere date, nor bound to the word before."""
    if is_vague(rest) or is_state(rest) or _leaning().match(rest):
        return False
    moments = folded("prefix", "moments")
    return not all(word in moments or is_state(word) for word in _WORD.findall(rest))


@cache
def _leaning() -> re.Pattern[str]:
    return re.compile(rf"(?:&|\+|(?:{choice('prefix', 'leans')})(?:(?<=')|(?!\w)))")
