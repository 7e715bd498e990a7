"""Which channels are one by two names, which overlap, and which one a word that is none was meant for."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache

from retro.i18n.words import fold
from retro_practices.words import folded, names_in

_ALIKE = 0.82
"""Share of common letters from which two words are one of them misspelt: "socal", "social"; not "point", "print"."""
_LEAST = 3
"""Letters of the shortest word that can be misspelt."""


@lru_cache(maxsize=4096)
def related(one: str, other: str) -> bool:
    """Whether two folded channels are the same by another name, or one is a part of the other: "linkedin", "social"."""
    if one == other:
        return True
    ones, others = _families(one), _families(other)
    return not ones.isdisjoint(others) or _within(one, others) or _within(other, ones)


def nearest(word: str, channels: Iterable[str]) -> str | None:
    """The one of some folded channels that a folded word means: by another name, or misspelt; None: none, or two."""
    found = [channel for channel in channels if _same(word, channel)]
    if not found:
        found = [channel for channel in channels if _alike(word, channel)]
    return found[0] if len(found) == 1 else None


def _same(word: str, channel: str) -> bool:
    return _plain(word) == _plain(channel) or not _families(word).isdisjoint(_families(channel))


def _plain(word: str) -> str:
    """A word without blanks, hyphens and the mark of the plural."""
    return "".join(char for char in word if char.isalnum()).removesuffix("s")


def _alike(word: str, channel: str) -> bool:
    if min(len(word), len(channel)) < _LEAST or word.isdigit():
        return False
    if sorted(word) == sorted(channel):  # two letters in the wrong order
        return True
    shared = SequenceMatcher(None, word, channel, autojunk=False)
    return shared.real_quick_ratio() >= _ALIKE and shared.ratio() >= _ALIKE


@lru_cache(maxsize=4096)
def _families(word: str) -> frozenset[str]:
    return _by_name().get(word, frozenset())


@cache
def _by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family in names_in("channel_names"):
        for word in folded("channel_names", family):
            found.setdefault(word, set()).add(family)
    return {word: frozenset(families) for word, families in found.items()}


def _within(word: str, families: frozenset[str]) -> bool:
    """Whether a channel, or another name of it, is a part of one of the families."""
    parts = (
        part for family in families if family in names_in("channel_within") for part in folded("channel_within", family)
    )
    own = _families(word)
    return any(part == word or not own.isdisjoint(_families(part)) for part in parts)


def is_theme(label: str) -> bool:
    """Whether a label of this name may mean something else than the channel: "Web", "Événement"."""
    return fold(label) in folded("channel_themes", "words")
