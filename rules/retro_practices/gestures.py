"""Titles that are a gesture of a few minutes: a call, a message to one person, a file to upload.

Sending a deliverable ("Envoyer le BAT", "Envoyer la newsletter aux abonnés") is a milestone, and none.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from retro.i18n.words import fold, fold_once
from retro.model import OwnerKind
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_vague
from retro_practices.words import folded

_TOKENS = re.compile(r"[a-z]{1,2}'(?=\w)|[^\W_]+(?:['.-][^\W_]+)*")
_PARTS = re.compile(r"\s*[:|(\[;]\s*|\s+-+\s+")
_NAMES = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JOINED = re.compile(r"[,/&+\d]")
"""What lists or counts: several gestures, or a long one."""
_MOST_WORDS = 12
"""A title of more words says something that takes longer."""
_SURNAME = 2
"""Most words that a name goes on for."""


@cache
def first_words() -> frozenset[str]:
    """The first words of all gestures: a folded title that begins otherwise is none."""
    entries = _words("starts", "tells", "calls", "notes", "sends", "files", "asks")
    return frozenset(_TOKENS.findall(entry)[0] for entry in entries)


def gestures(context: Context) -> frozenset[str]:
    """The keys of the open tasks whose titles are gestures: a checklist is their place, not the plan."""
    begins, read, found = first_words(), context.derived(titles), set[str]()
    begin, begin_none = _Begin(), set[str]()  # words come again: most titles have none that is new
    for task in context.wanted:
        title = read.get(task.key)
        if title is None:
            # Where no other rule has read it: a title without any first word of a gesture is not taken apart for this.
            words = task.title.split()
            if begin_none.issuperset(words):
                continue
            if not any(map(begin.__getitem__, words)):
                begin_none.update(words)
                continue
            title = read[task.key]
        rest = title.rest
        first = rest.split(" ", 1)[0]
        if first not in begins and first.split("'", 1)[0] not in begins:
            continue
        if is_gesture(rest, task.title, context.derived(_first_names)) and not is_vague(rest):
            found.add(task.key)
    return frozenset(found)


class _Begin(dict[str, bool]):
    """Whether the first word of a gesture may end a word of a title as it is written, marks and all."""

    def __missing__(self, word: str) -> bool:
        plain, begins = fold_once(word), first_words()
        found = plain.endswith(tuple(begins)) or ("'" in plain and any(f"{each}'" in plain for each in begins))
        self[word] = found
        return found


def _first_names(context: Context) -> frozenset[str]:
    """The folded first names of everybody in the portfolio."""
    names = {person.name for person in context.portfolio.people}
    names |= {owner.name for task in context.wanted for owner in task.owners if owner.kind is OwnerKind.PERSON}
    return frozenset(words[0] for name in names if (words := fold(name).split()) and "@" not in words[0])


def is_gesture(rest: str, title: str, known: Collection[str]) -> bool:
    """Whether a folded title, its prefixes set aside, is a gesture towards one person, or with one small thing.

    `title` is as it was written: whom one calls is known by a capital. `known` are people's folded first names.
    """
    part = _PARTS.split(rest, maxsplit=1)[0]
    words = _singular(_TOKENS.findall(part))
    if not 1 < len(words) <= _MOST_WORDS or words[0] not in first_words():
        return False
    if _JOINED.search(rest) or not _words("many", "joins").isdisjoint(words):
        return False
    return (
        bool(_entry(words, 0, "starts"))
        or any(_is_person(words, _entry(words, 0, verb), known) for verb in ("tells", "calls", "notes"))
        or _is_called(words, title)
        or _is_sent(words, known)
        or bool(_thing_after(words, _entry(words, 0, "files")))
        or _is_asked(words, known)
    )


def _singular(words: Sequence[str]) -> list[str]:
    """The words without the article of small things that come in the plural only: "les accès"."""
    plural = folded("gestures", "plural_things")
    return [
        word for at, word in enumerate(words) if word != "les" or at + 1 == len(words) or words[at + 1] not in plural
    ]


def _is_called(words: Sequence[str], title: str) -> bool:
    """Whether somebody is called whom only a capital tells for a name: "Appeler Orfeo"."""
    at = _entry(words, 0, "calls")
    if not at or not at < len(words) <= at + 1 + _SURNAME:
        return False
    return any(name.istitle() and fold(name) == words[at] for name in _NAMES.findall(title))


def _is_sent(words: Sequence[str], known: Collection[str]) -> bool:
    """Whether a small thing is sent, or a letter to somebody: "Envoyer le lien", "Send Julie the link"."""
    at = _entry(words, 0, "sends")
    if not at:
        return False
    if _is_name(words, at, known) and _thing_after(words, at + 1):
        return True
    if end := _thing_after(words, at):
        return end == len(words) or _is_person(words, end, known)
    start = _skip(words, at)
    letter = _entry(words, start, "letters")
    return letter > 0 and _is_person(words, start + letter, known)


def _is_asked(words: Sequence[str], known: Collection[str]) -> bool:
    """Whether one person is asked for a small thing: "Ask Paul for the logo"."""
    at = _entry(words, 0, "asks")
    if not at or "for" not in words or not _is_person(words, at, known):
        return False
    return bool(_thing_after(words, words.index("for") + 1))


def _thing_after(words: Sequence[str], at: int) -> int:
    """Where one small thing, its article aside, ends; 0 where none begins at the place, or it only qualifies a noun."""
    start = _skip(words, at) if at else 0
    size = _entry(words, start, "things") if start else 0
    end = start + size
    if not size or not (start > at or end == len(words) or words[end] in _after_nouns()):
        return 0
    return end


def _is_person(words: Sequence[str], at: int, known: Collection[str]) -> bool:
    """Whether one person stands at a place, told by a name or by an article and a role; why may follow."""
    start = _skip(words, at) if at else 0
    if not start or start >= len(words):
        return False
    if _is_name(words, start, known):
        return _goes_on(words, start + 1) <= _SURNAME
    role = _entry(words, start, "people")
    if not role or start == at:
        return False
    # "Relancer le client Orfeo", but "Email the client newsletter" sends a newsletter.
    return _goes_on(words, start + role) <= (0 if words[start - 1] in _english() else _SURNAME)


def _is_name(words: Sequence[str], at: int, known: Collection[str]) -> bool:
    return at < len(words) and (words[at] in known or words[at] in folded("gestures", "given"))


def _goes_on(words: Sequence[str], at: int) -> int:
    """How many words stand before the next preposition or article."""
    return next((place for place in range(at, len(words)) if words[place] in _after_nouns()), len(words)) - at


def _skip(words: Sequence[str], at: int) -> int:
    while size := _entry(words, at, "before"):
        at += size
    return at


def _entry(words: Sequence[str], at: int, name: str) -> int:
    """How many words of a title, from a place on, are an entry of a list: the longest; 0 where none is."""
    if at >= len(words):
        return 0
    entries = _entries(name).get(words[at], ())
    return next((len(entry) for entry in entries if entry == tuple(words[at : at + len(entry)])), 0)


@cache
def _entries(name: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The entries of a list as words, by their first one; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((_split(entry) for entry in folded("gestures", name)), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found


def _after_nouns() -> frozenset[str]:
    return folded("pieces", "stops")


def _english() -> frozenset[str]:
    return folded("gestures", "before_english")


@cache
def _words(*names: str) -> frozenset[str]:
    return frozenset[str]().union(*(folded("gestures", name) for name in names))


def _split(entry: str) -> tuple[str, ...]:
    """An entry of a list as words; an article may end with an apostrophe: "l'"."""
    return tuple(_TOKENS.findall(entry + "x")[:-1]) if entry.endswith("'") else tuple(_TOKENS.findall(entry))
