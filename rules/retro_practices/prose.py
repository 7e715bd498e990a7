"""What descriptions say of other tasks: words of waiting, and the name of a task behind them in the same sentence.

Everything is compared folded. Whatever only looks like a link, is denied, or is over, says nothing.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from retro.i18n.words import fold_once
from retro_practices import prose_patterns as patterns
from retro_practices.lacking import stops_the_work
from retro_practices.words import folded

LONGEST_NAME = 12
"""Words of weight beyond which a title is no name that somebody writes out."""
_GAP = 2
"""Most words that may stand between "blocked by" and a name, small ones apart."""

_FEW = 8
"""Words of waiting of which each is looked for in every sentence by itself."""
_MOST = 20_000
"""Letters of a description that are read: nobody reads more."""
_BEHIND, _BEFORE = 400, 200
"""Letters of a sentence that are looked at behind and before a word of waiting."""
_SENTENCE = re.compile(r"(?<=[.!;…])\s+|(?<=\?)\s*|\n+")
_STOP = re.compile(r"[.!;…]\s+")
_LISTED = re.compile(r":[ \t]*\n+((?:[ \t]*(?:[-*•–]|\d+[.)])[ \t]+[^\n]+(?:\n|$))+)")
"""A colon at a line's end and the list below it."""
_BULLET = re.compile(r"\s*\n?[ \t]*(?:[-*•–]|\d+[.)])[ \t]+")
_STRUCK = re.compile(r"~~.*?~~|^\s*[-*]\s+\[x\].*$", re.IGNORECASE | re.MULTILINE)
"""What somebody crossed out or ticked."""
TOKEN = re.compile(r"(?<!\w)[^\W_]{1,2}&[^\W_]{1,3}(?!\w)|[^\W_]+|[^\s\w]")
"""A word, with the sign that is one of its letters ("T&Cs", "R&D"), or a mark."""
_PARTICIPLE = re.compile(r"(?<!\w)(?:(?P<had>a|ai|as|ont|avons|avez)\s+)?(?P<word>\w+é(?:e|s|es)?)(?!\w)")
"""A French participle as it is written; its accent is all that parts "on imprime après" from "imprimé après"."""
_PRESENT = re.compile(r"\w*[^\We]es?")
"""A folded participle that could as well be a verb in the present tense: "imprime", but not "imprimee", "fait"."""
_ACCENTED = re.compile("[àâçéèêëîïôùû]")
_VERB = re.compile(r"\w+(?:ing|er|ir|re|oir)")
_INSIDE = frozenset("'-\"“”«»*_`[]")
"""Marks that may stand within a name."""
JOINS = frozenset({",", "/", "&", "+", "et", "and"})


class Side(StrEnum):
    """On which side of the task whose description it is the named one stands."""

    BEFORE = "pred"
    AFTER = "succ"


@dataclass(frozen=True, slots=True)
class Hint:
    """A word of waiting in a sentence: where a name may follow, and on which side its task would stand."""

    side: Side
    words: tuple[str, ...]
    """The words and marks behind it, folded."""
    gap: int
    """How many words of another kind may come first."""


def hints(description: str) -> Iterator[Hint]:
    """The words of waiting in a description, in its order."""
    keys = patterns.keys()
    if keys.isdisjoint(description.split()):
        return
    text = description[:_MOST]
    text = _told(text.lower() if text.isupper() else text)
    # Few sentences hold one of the words that are there: that is seen before they are taken apart.
    there = keys if "?" in text else keys.intersection(text.split())
    for sentence in _sentences(text):
        if len(there) <= _FEW and not any(word in sentence for word in there):
            continue
        if sentence.endswith("?") or keys.isdisjoint(sentence.split()):
            continue
        plain = fold_once(sentence)
        if not any(phrase in plain for phrase in patterns.shortest_phrases()):
            continue
        plain = patterns.false_friends().sub(" … ", joined(plain).replace(" - ", " ; "))
        markers = list(patterns.markers().finditer(plain))
        if not markers or _is_lifted(plain, markers):
            continue
        participles = Participles(sentence)
        for marker in markers:
            word = " ".join(marker[0].split())
            turned = word in folded("prose", "turned") and stops_the_work(plain, marker.start(), marker.end())
            if _says_nothing(plain, marker, word, participles, turned=turned):
                continue
            strong = word in folded("prose", "waits") or word in folded("prose", "negated")
            side = Side.AFTER if word in folded("prose", "before") and not turned else Side.BEFORE
            words = tuple(TOKEN.findall(plain, marker.end(), marker.end() + _BEHIND))
            if word.endswith("avoir"):  # "après avoir validé la maquette"
                words = words[1:]
            yield Hint(side, words, _GAP if strong else 0)


class Participles:
    """What the accents of a sentence say of its words, before it is folded."""

    def __init__(self, sentence: str) -> None:
        written = unicodedata.normalize("NFC", sentence).lower()
        found = list(_PARTICIPLE.finditer(written))
        self._words = frozenset(fold_once(each["word"]) for each in found)
        self._had = frozenset((each["had"], fold_once(each["word"])) for each in found if each["had"])
        self._accents = not written.isascii() and _ACCENTED.search(written) is not None

    def tell_the_past(self, words: list[str]) -> bool:
        """Whether the last words before one of waiting, folded, tell what is done: "a démarré", "devis signé"."""
        if not words:
            return False
        last, before = words[-1], words[-2] if len(words) > 1 else ""
        if (before, last) in self._had:
            return True
        if patterns.done().fullmatch(last) is None or before in folded("prose", "to_be"):
            return False
        # "On imprime après …", "Mehdi publie après …": who writes accents would have written this one.
        present = _PRESENT.fullmatch(last) is not None and last not in self._words
        return not (present and (before in folded("prose", "subjects") or self._accents))


def joined(text: str) -> str:
    """A folded text with the words that are written in two ways written in one: "kick-off", "kick off", "kickoff"."""
    return patterns.joined().sub(lambda found: found[0].replace("-", "").replace(" ", ""), text)


@cache
def joining_heads() -> frozenset[str]:
    """The first halves of such words: "kick", "e"."""
    return frozenset(word.split("-", 1)[0] for word in folded("prose", "joined"))


def starts(hint: Hint) -> Iterator[int]:
    """Where behind a hint a name may begin."""
    gap, verb, bare = hint.gap, not hint.gap, True
    for at, word in enumerate(hint.words):
        if not is_word(word):
            if word in _INSIDE or (word == ":" and bare and (gap or hint.side is Side.BEFORE)):
                continue
            return
        bare = False
        yield at
        if word in folded("prose", "fillers"):
            continue
        if verb and _VERB.fullmatch(word):
            verb = False
            continue
        if not gap or word in folded("prose", "aside"):
            return
        gap -= 1


def sequence(hint: Hint, start: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of weight from a place on, up to the first mark that ends a name, and where each ends."""
    words: list[str] = []
    ends: list[int] = []
    for at in range(start, len(hint.words)):
        word = hint.words[at]
        if not is_word(word):
            if word in _INSIDE:
                continue
            break
        plain = plain_word(word)
        if plain in folded("prose", "small"):
            if not words:
                return (), ()  # a name begins with a word of weight
            continue
        words.append(plain)
        ends.append(at + 1)
        if len(words) == LONGEST_NAME:
            break
    return tuple(words), tuple(ends)


def ends_well(hint: Hint, end: int) -> bool:
    """Whether what follows a name leaves it whole: "… du design, puis", never "… du design system"."""
    rest = hint.words[end:]
    while rest and rest[0] in '"”»*_`])':
        rest = rest[1:]
    if rest[:2] == ("'", "s") and _is_at_hand(rest[2:3]):  # "the media plan's approved"
        rest = rest[2:]
    if not rest or rest[0] in folded("prose", "goes_on") or patterns.done().fullmatch(rest[0]):
        return not _told_as_past(rest)
    return not is_word(rest[0]) and rest[0] not in "'-" and not _told_as_past(rest)


def _is_at_hand(words: tuple[str, ...]) -> bool:
    """Whether the word behind "'s" says that something is there: the two letters are a verb then, and no genitive."""
    return any(word in folded("prose", "at_hand") or patterns.done().fullmatch(word) is not None for word in words)


def next_start(hint: Hint, end: int) -> int | None:
    """Where the next name of an enumeration may begin; None where none goes on."""
    words = hint.words
    if end >= len(words) or words[end] not in JOINS:
        return None
    end += 1
    while end < len(words) and (words[end] in JOINS or words[end] in folded("prose", "small") or words[end] == "'"):
        end += 1
    return end if end < len(words) else None


def _told(text: str) -> str:
    """A text without what is crossed out or ticked, each list in the sentence that opens it."""
    if "~~" in text or "[x]" in text or "[X]" in text:
        text = _STRUCK.sub(" ", text)
    if "\n" in text:
        text = _LISTED.sub(lambda found: ": " + ", ".join(filter(None, _BULLET.split(found[1].rstrip()))) + "\n", text)
    return text


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text) if "?" in text or "\n" in text else _stopped(text):
        if sentence and not sentence.isspace():
            yield sentence.strip()


def _stopped(text: str) -> Iterator[str]:
    """The sentences of a text without questions and new lines: the same, found in a quarter of the time."""
    begin = 0
    for stop in _STOP.finditer(text):
        yield text[begin : stop.start() + 1]
        begin = stop.end()
    yield text[begin:]


def _is_lifted(sentence: str, markers: list[re.Match[str]]) -> bool:
    """Whether a link is over, in words that are no part of those of waiting: "débloqué", not "débloque la suite"."""
    starts = [marker.start() for marker in markers]
    for found in patterns.phrases("lifted").finditer(sentence):
        at = bisect_right(starts, found.start()) - 1
        if at < 0 or found.end() > markers[at].end():
            return True
    return False


def _says_nothing(sentence: str, marker: re.Match[str], word: str, written: Participles, *, turned: bool) -> bool:
    """Whether a word of waiting is denied or told of the past.

    `turned` where its denial is a part of it: "not to be sent before …" waits for what follows.
    """
    before = sentence[max(0, marker.start() - _BEFORE) : marker.start()]
    if patterns.phrases("past").search(before):
        return True
    if turned or word in folded("prose", "negated"):
        return False
    if word in folded("prose", "lacking"):
        return not stops_the_work(sentence, marker.start(), marker.end())
    if patterns.denied().search(before):
        return True
    return written.tell_the_past(before.split()[-2:])


def _told_as_past(rest: tuple[str, ...]) -> bool:
    """Whether the main clause behind a name tells what has happened: "après le shooting, nous avons…"."""
    if "," not in rest:
        return False
    return patterns.phrases("past").search(" ".join(rest[rest.index(",") :]).replace(" ' ", "'")) is not None


def plain_word(word: str) -> str:
    """A word without the mark of the plural."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word  # noqa: PLR2004 - "bus", "PLV"


def is_word(token: str) -> bool:
    """Whether a token is a word or a number rather than a mark."""
    return token[0].isalnum()
