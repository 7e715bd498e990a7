"""Titles taken apart: the prefixes in front, channels and clients among them, and the folded rest.

Everything is compared in folded form (case, accents and emoji aside); the title itself is never changed here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from retro.i18n.words import EMOJI_SIGNS, fold, fold_once, undecorated, unmarked
from retro_practices.words import choice, folded, phrase

_LEAD = re.compile(r"^[\W_]*\(\s*\d+(?:[.,]\d+)?\s*\)\s*")
"""Points before a title: "(3) Landing page"."""
_SQUARE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*[-:|]?\s*")
_ROUND = re.compile(r"\s*\(\s*([^()]+?)\s*\)\s*[-:|]?\s*")
_PLAIN = re.compile(r"\s*([^:|\[\]()]{1,40}?)\s*(?:(?::{1,2}|[|•·→»])\s*(?=[^\s:/])|-{1,3}\s+(?=\S))")
_CURLY = re.compile(r"\s*(?:\[\[|\{|<|【)?\s*([^\[\]{}<>【】]{1,40}?)\s*(?:\]\]|\}|>|】)\s*")
"""Brackets of another kind: "{SEO}", "[[SEO]]", "<SEO>" of which folding has taken the first; and "SEO > …"."""
_SIGNS = re.compile(r"[:|•·→»}>】]")
"""One of these, " -" or "]]" ends every prefix without square or round brackets."""
_MARKS = ("-", ":", "|")
"""What may stand behind a closed bracket, before the title."""
_HASH = re.compile(r"\s*#(\w+)\s+")
_BY_FIRST = {"[": [_SQUARE], "(": [_ROUND], "#": [_HASH]}
_BY_FIRST_SIGNED = {"[": [_SQUARE, _CURLY], "(": [_ROUND, _CURLY], "#": [_HASH, _PLAIN, _CURLY]}
_NONE: list[re.Pattern[str]] = []
_SIGNED = [_PLAIN, _CURLY]
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[\W\d_]*|[a-z]{0,2} ?[-+]? ?\d+(?:[-/. ]\d+)*")
"""What counts or dates: "S48", "J-7", "P1", "v2", "2027-01", "12"."""
_MOST_PREFIXES = 8
"""So many are read: what stands behind them is the title, however many brackets somebody has pasted there."""


class Kind(Enum):
    """What a prefix is. `other` may be a channel that nobody declared."""

    CHANNEL = "channel"
    CLIENT = "client"
    STATE = "state"
    OTHER = "other"

    __hash__ = object.__hash__  # each of them is one object; that of an enumeration goes by way of its name


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word before the title, folded, and what it is."""

    word: str
    kind: Kind


class Title(NamedTuple):
    """A title apart: its prefixes in order, and the folded rest. A tuple, which is what is made the fastest."""

    prefixes: tuple[Prefix, ...]
    rest: str
    words: tuple[str, ...]
    """The words of the rest, marks aside: whether one of a list stands there at all is seen by them."""
    plain: bool
    """Whether the rest is nothing but these words and blanks, as most titles are."""
    channels: tuple[str, ...]
    """The prefixes that are channels."""
    has_channel: bool
    """Whether a channel stands before it, declared or not, well formed or not."""


_CHANNEL, _OTHER, _CLIENT = Kind.CHANNEL, Kind.OTHER, Kind.CLIENT


@lru_cache(maxsize=4096)
def is_state(word: str) -> bool:
    """Whether a folded prefix tells a state, a language, a priority, a count or a date rather than a channel."""
    if word in folded("prefix", "states") or word in folded("prefix", "moments") or _MARK.fullmatch(word) is not None:
        return True
    return _counted().fullmatch(word) is not None or phrase("prefix", "state_begins").match(word) is not None


_title = tuple.__new__
_BARE = Title((), "", (), plain=False, channels=(), has_channel=False)
"""What stands before a title without prefixes."""


class Reader:
    """Takes titles apart. `is_channel` and `is_client` are asked with folded words.

    A portfolio has a few beginnings and a few thousand words, again and again: each of them is read once.
    """

    def __init__(self, is_channel: Callable[[str], bool], is_client: Callable[[str], bool]) -> None:
        self._is_channel, self._is_client = is_channel, is_client
        self._words = _Words()
        self._begun: dict[str, Title | None] = {}

    def read(self, title: str) -> Title:
        """Take one title apart."""
        end = title.find("] ") + 2
        while end > 1 and title[end : end + 1] == "[" and (further := title.find("] ", end)) > 0:
            end = further + 2
        begun = self._beginning(title[:end]) if end > 1 else None
        if begun is None:
            begun, end = _BARE, 0
            if "(" in title:
                title = _LEAD.sub("", title, count=1)
        words = tuple(map(self._words.__getitem__, title[end:].split()))
        rest = " ".join(words)
        if rest.replace(" ", "").isalnum() and "" not in words:
            # Without the call of a function that a named tuple has for its making: a tenth of all this.
            return _title(Title, (begun.prefixes, rest, words, True, begun.channels, begun.has_channel))
        # Behind brackets there may be something to be set aside, or one more sign of theirs.
        if "" in words or (end and not rest[:1].isalnum()):
            return self._apart([], fold_once(title))
        bare = undecorated(rest)
        if bare == rest and bare[:1] not in _BY_FIRST and self._words.signed.isdisjoint(words):
            words = tuple(_WORD.findall(rest))
            return _title(Title, (begun.prefixes, rest, words, False, begun.channels, begun.has_channel))
        return self._apart(list(begun.prefixes), bare)

    def _apart(self, prefixes: list[Prefix], rest: str) -> Title:
        """Take what is left of a folded title apart, where some of its prefixes have been read."""
        # What is but letters, digits and blanks shows no sign of a prefix.
        while not (plain := rest.replace(" ", "").isalnum()) and len(prefixes) < _MOST_PREFIXES:
            first = (self._in_brackets(rest) if rest[:1] == "[" else None) or self._first_prefix(rest)
            if first is None:
                break
            prefix, rest = first
            prefixes.append(prefix)
        rest = rest.strip()
        words = tuple(rest.split() if plain else _WORD.findall(rest))
        if not prefixes:
            return Title((), rest, words, plain, (), has_channel=False)
        channels = tuple([prefix.word for prefix in prefixes if prefix.kind is _CHANNEL])
        has_channel = bool(channels) or any(prefix.kind is _OTHER for prefix in prefixes)
        return Title(tuple(prefixes), rest, words, plain, channels, has_channel)

    def _beginning(self, head: str) -> Title | None:
        """The prefixes of a title that begins so, up to a letter or digit; None if square brackets are not all of it.

        `head` ends in a bracket and a blank.
        """
        if head not in self._begun:
            self._begun[head] = self._only_brackets(f"{fold_once(head)} x") if head[1:2].isalnum() else None
        return self._begun[head]

    def _only_brackets(self, rest: str) -> Title | None:
        prefixes: list[Prefix] = []
        while rest != "x":
            found = self._in_brackets(rest) if len(prefixes) < _MOST_PREFIXES else None
            if found is None:
                return None
            prefix, rest = found
            prefixes.append(prefix)
        return self._apart(prefixes, rest)

    def _in_brackets(self, rest: str) -> tuple[Prefix, str] | None:
        """The square bracket at the beginning of a folded title, and what stands behind it; None where there is none.

        Only they make a prefix of any word, if a title follows; elsewhere it has to be known, and a state is none.
        """
        if rest[:1] != "[" or (word := _in_square(rest[: rest.find("]") + 1])) is None:
            return None
        kind = self._kind(word)
        behind = rest[rest.find("]") + 1 :].lstrip()
        if behind[:1] in _MARKS:
            behind = behind[1:].lstrip()
        return (_prefix(word, kind), behind) if kind is not _OTHER or behind else None

    def _first_prefix(self, rest: str) -> tuple[Prefix, str] | None:
        """The prefix at the beginning of a folded title, and what stands behind it; None where there is none."""
        for pattern in _prefix_patterns(rest):
            match = pattern.match(rest)
            if match is None:
                continue
            word = fold(match.group(1))
            kind = self._kind(word)
            bracketed_word = pattern is _SQUARE and (kind is not _OTHER or match.end() < len(rest))
            if bracketed_word or kind is _CHANNEL or kind is _CLIENT:
                return _prefix(word, kind), rest[match.end() :]
        return None

    def _kind(self, word: str) -> Kind:
        if self._is_channel(word):
            return Kind.CHANNEL
        if self._is_client(word):
            return Kind.CLIENT
        return Kind.STATE if is_state(word) else Kind.OTHER


class _Words(dict[str, str]):
    """Words between two blanks, folded: by how they are written; "" for one that has to be folded with its neighbours.

    A title is its folded words, if only what decorates its ends is set aside then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.signed: set[str] = set()
        """Those with a sign of a prefix that needs no bracket before it: a title without any of them has none."""

    def __missing__(self, word: str) -> str:
        plain = unmarked(word)
        if not (word.isascii() and word.isalnum()):
            if plain.split() != [plain] or not EMOJI_SIGNS.isdisjoint(word):
                plain = ""
            if plain.endswith("-") or "]]" in plain or _SIGNS.search(plain) is not None:
                self.signed.add(plain)
        self[word] = plain
        return plain


@lru_cache(maxsize=4096)
def _in_square(head: str) -> str | None:
    """The folded word of a square bracket and nothing more."""
    match = _SQUARE.fullmatch(head)
    return fold(match.group(1)) if match is not None else None


@lru_cache(maxsize=4096)
def _prefix(word: str, kind: Kind) -> Prefix:
    """One and the same for all the titles that begin so."""
    return Prefix(word, kind)


def _prefix_patterns(rest: str) -> list[re.Pattern[str]]:
    """The ways in which a prefix may stand here, by the signs that it would need: most titles show none of them."""
    first = rest[:1]
    if first.isspace():
        first = rest.lstrip()[:1]
    signs = "- " in rest or "]]" in rest or _SIGNS.search(rest) is not None
    return (_BY_FIRST_SIGNED if signs else _BY_FIRST).get(first, _SIGNED if signs else _NONE)


def bracketed(title: str) -> tuple[str, ...]:
    """The words in square brackets before a title, as written."""
    start = title.find("[")
    if start < 0 or (start and any(char.isalnum() for char in title[:start])):
        return ()
    return _in_brackets(title[start : title.rfind("]") + 1])


@lru_cache(maxsize=8192)
def _in_brackets(head: str) -> tuple[str, ...]:
    rest = " ".join(head.split())
    found: list[str] = []
    while len(found) < _MOST_PREFIXES and (match := _SQUARE.match(rest)) is not None:
        found.append(match.group(1))
        rest = rest[match.end() :]
    return tuple(found)


@cache
def _counted() -> re.Pattern[str]:
    """Batches and times by their number or their year: "sprint 3", "phase 2", "mars 2027"."""
    return re.compile(rf"(?:{choice('prefix', 'counted', 'moments')})\s?(?:n°|#)?\s?(?:\d{{1,4}}|[a-d]|i{{1,3}}|iv|v)")
