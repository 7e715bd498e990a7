"""The words of titles that the rules know, in French and English: data of `words/*.toml`, folded for comparison."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from retro.i18n.words import fold

_FOLDER = Path(__file__).with_suffix("")


@cache
def _lists() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Every list of every file, merged, as written."""
    merged: dict[tuple[str, str], dict[str, None]] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        for section, lists in tomllib.loads(file.read_text("utf-8")).items():
            for name, words in lists.items():
                merged.setdefault((section, name), {}).update(dict.fromkeys(words))
    return {key: tuple(words) for key, words in merged.items()}


def written(section: str, name: str) -> tuple[str, ...]:
    """A list as its files write it."""
    return _lists()[section, name]


@cache
def names_in(section: str) -> tuple[str, ...]:
    """The names of a section's lists."""
    return tuple(name for each, name in _lists() if each == section)


@cache
def folded(section: str, name: str) -> frozenset[str]:
    """A list in the form in which words are compared."""
    return frozenset(fold(word) for word in written(section, name))


@cache
def phrase(section: str, name: str) -> re.Pattern[str]:
    """Any word of a list, whole, in folded text."""
    return any_of(folded(section, name))


def choice(section: str, *names: str) -> str:
    """The words of some lists, folded, as the alternatives of a pattern, the longest first."""
    return _alternatives(word for name in names for word in folded(section, name))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some folded words, the longest first; neither a letter nor a digit on either side."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)")


def _alternatives(words: Iterable[str]) -> str:
    """The words as alternatives, those with one first letter together: a pattern tries each of them in turn."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
