"""Countable pieces that a title asks for without saying how many: "Rédiger les posts", "LinkedIn posts"."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from retro_practices.quantities import gives_quantity
from retro_practices.vague import words_in
from retro_practices.words import folded

_SEGMENTS = re.compile(r"\s*[:|(){}\[\]«»\"“”!?;…]+\s*|\s+-+>?\s+|\s*[→>]\s*|\.\s+")
"""What parts a title; each part is read by itself."""
_TOKENS = re.compile(r"[a-z]{1,2}'(?=\w)|(?<!\w)w/[a-z]?(?!\w)|[^\W_]+(?:['.-][^\W_]+)*|[,/&+]")
"""Words and what joins them; "w/" (with) and "w/c" (week commencing) are words."""
_LISTING = frozenset(",/&+")
_MARKED = re.compile(r"[,/&+|:;.!?(){}\[\]«»\"“”…'_]")
"""What may stand beside a word without a blank."""
_QUALIFIERS = 4
"""Most words between an English verb, or the beginning, and the pieces."""


def uncounted(rest: str) -> str | None:
    """The pieces that a folded title, its prefixes set aside, asks for without a number; None where there are none.

    They have to be its subject: what a production verb or noun makes, or a noun phrase of their own. "Structure des
    groupes d'annonces" and "Posts calendar" are about something else.
    """
    # Most titles name no pieces: that is seen by blanks alone, where nothing else parts their words.
    if _nouns().isdisjoint(rest.split() if _MARKED.search(rest) is None else _TOKENS.findall(rest)):
        return None
    parts = [_TOKENS.findall(part) for part in _SEGMENTS.split(rest)]
    parts = [part for part in parts if part]
    for at, words in enumerate(parts):
        if (place := _asked_for(words)) is not None:
            start, end = place
            after = [words[end + _joins_no_list(words, end) :], *parts[at + 1 :]]
            return None if any(map(_enumerates, after)) or gives_quantity(rest) else _joined(words[start:end])
        if not _words("whole").isdisjoint(words):
            return None  # its deliverable is named; what follows are details
    return None


def _asked_for(words: Sequence[str]) -> tuple[int, int] | None:
    """Where the pieces that one part of a title is about begin and end."""
    begun = _skip(words, 0, "begins")
    first = _skip(words, begun, "light")
    made, verb = _production(words, first)
    if begun and not verb:
        return None
    place = _skip(words, made, "light")
    size = _entry(words, place, *_kinds(verb, "french", "made"))
    if not size:
        place, size = _in_english(words, place, verb)
    if not size or _is_detail(words, place, size, made=bool(verb)):
        return None
    return place, place + size


def _production(words: Sequence[str], at: int) -> tuple[int, str]:
    """Where what is made begins, and the last word that says that it is made: "rédiger et publier" says it too."""
    verb = ""
    while size := _entry(words, at, "makes", "making", "makes_english", "making_english", "edits"):
        verb = _joined(words[at : at + size])
        at += size
        further = at
        while further < len(words) and words[further] in _joining():
            further += 1
        if further == at:
            break
        if size := _entry(words, further, "handles"):
            return further + size, verb
        if not _entry(words, further, "makes", "making", "makes_english", "making_english", "edits"):
            break
        at = further
    return at, verb


def _kinds(verb: str, always: str, made: str) -> tuple[str, ...]:
    """The lists of pieces that stand after a verb, or without one."""
    if verb in _words("edits"):
        return ("films",)
    return (always, made) if verb else (always,)


def _in_english(words: Sequence[str], at: int, verb: str) -> tuple[int, int]:
    """Where English pieces begin and how long they are: behind words that only say what kind they are of."""
    kinds = _kinds(verb, "english", "made_english")
    anything = verb in _words("makes_english", "making_english", "edits")
    for place in range(at, min(at + _QUALIFIERS + 1, len(words))):
        if size := _entry(words, place, *kinds):
            return place, size
        word = words[place]
        if word in _joining() or word in _words("stops"):
            break
        if not (anything or word.isdigit() or word in _words("qualifiers")):
            break
    return at, 0


def _is_detail(words: Sequence[str], at: int, size: int, *, made: bool) -> bool:
    """Whether the pieces are not what is to be made: they qualify a noun, are made already, or are part of a whole."""
    piece, after = _joined(words[at : at + size]), words[at + size :]
    if not after:
        return False
    if after[0] in ("a", "to") and not made and _entry(after, 1, "handles"):
        return True
    if piece in _words("parts") and (after[0] == "du" or tuple(after[:2]) in _WHOLES):
        return True
    about = next((n for n, word in enumerate(after) if word in _words("stops") or word in _joining()), len(after))
    if any(_entry(after, place, "done") for place in range(about)) or _entry(after, 0, "done"):
        return True
    return piece in _words("english", "made_english") and not _words("heads").isdisjoint(after[:about])


_WHOLES = {
    ("de", "la"),
    ("de", "l'"),
    ("de", "notre"),
    ("of", "the"),
    ("for", "the"),
    ("of", "our"),
    ("pour", "le"),
    ("pour", "la"),
}


def _joins_no_list(words: Sequence[str], at: int) -> int:
    """How many words join pieces to what makes no list of them: "posts, spring campaign", "posts & schedule"."""
    behind = next((place for place in range(at, len(words)) if words[place] not in _joining()), len(words))
    return behind - at if words[at:behind] == [","] or _entry(words, behind, "handles") else 0


def _enumerates(words: Sequence[str]) -> bool:
    """Whether two things or more are listed, other than pieces: "EN/DE/ES", "teasing, jour J"."""
    for at, word in enumerate(words):
        if word in _joining() and at + 1 < len(words) and not words[at + 1].isdigit():  # a date: "12/03"
            following = _skip(words, at + 1, "light")
            if not _entry(words, following, "french", "english", "made", "made_english", "makes", "makes_english"):
                return True
    return False


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace("' ", "'")


def _skip(words: Sequence[str], at: int, name: str) -> int:
    while size := _entry(words, at, name):
        at += size
    return at


def _entry(words: Sequence[str], at: int, *names: str) -> int:
    """How many words of a text, from a place on, are an entry of some lists: the longest; 0 where none is."""
    if at >= len(words):
        return 0
    for entry in _entries(*names).get(words[at], ()):
        if len(entry) == 1 or entry == tuple(words[at : at + len(entry)]):
            return len(entry)
    return 0


@cache
def _entries(*names: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The entries of some lists as words, by their first one; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((_split(entry) for entry in _words(*names)), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _words(*names: str) -> frozenset[str]:
    return frozenset[str]().union(*(folded("pieces", name) for name in names))


@cache
def _nouns() -> frozenset[str]:
    """The nouns of all pieces, first in French and last in English: a title without any of them names none."""
    french, english = _words("french", "made"), _words("english", "made_english", "films")
    return frozenset({_split(piece)[0] for piece in french} | {_split(piece)[-1] for piece in english})


@cache
def first_words() -> frozenset[str]:
    """The words that such a noun begins with: a title without any of them, as `words_in` tells them, names none."""
    return frozenset(words_in(noun)[0] for noun in _nouns())


@cache
def _joining() -> frozenset[str]:
    return _words("joins") | _LISTING


def _split(entry: str) -> tuple[str, ...]:
    """An entry of a list as words; an article may end with an apostrophe: "l'"."""
    return tuple(_TOKENS.findall(entry + "x")[:-1]) if entry.endswith("'") else tuple(_TOKENS.findall(entry))
