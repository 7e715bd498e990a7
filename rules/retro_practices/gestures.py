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
_JOINED = re.compile(r"[,/&+]|(?<![a-wyz\d])\d")
"""What lists or counts: several gestures, or a long one. The number of a name counts nothing: "GA4", "H1"."""
_MOST_WORDS = 12
"""A title of more words says something that takes longer."""
_QUALIFIERS = 4
"""Most words from "les accès" to the one that says whom they go to, it included."""
_SURNAME = 2
"""Most words that a name goes on for."""
_WHICH = 2
"""Most words before an English role that say which one: "badge printer"."""


@cache
def first_words() -> frozenset[str]:
    """The first words of all gestures: a folded title that begins otherwise is none."""
    entries = _words("starts", "tells", "calls", "notes", "sends", "hands", "files", "asks")
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
    if _JOINED.search(rest) or not _words("joins").isdisjoint(words):
        return False
    if _entry(words, 0, "starts"):  # "passer chercher les flyers" is one errand, however many they are
        return True
    return _words("many").isdisjoint(words) and (
        any(_is_person(words, _entry(words, 0, verb), known) for verb in ("tells", "calls", "notes"))
        or _is_called(words, _entry(words, 0, "calls"), title)
        or _is_rung(words)
        or _is_sent(words, title, known)
        or _is_handed(words, known)
        or bool(_thing_after(words, _entry(words, 0, "files")))
        or _is_asked(words, known)
    )


def _singular(words: Sequence[str]) -> list[str]:
    """The words without the article of small things that come in the plural only: "les accès"."""
    plural = folded("gestures", "plural_things")
    return [
        word for at, word in enumerate(words) if word != "les" or at + 1 == len(words) or words[at + 1] not in plural
    ]


def _is_called(words: Sequence[str], at: int, title: str) -> bool:
    """Whether somebody ends a title whom only a capital tells for a name: "Appeler Orfeo"."""
    if not at or not at < len(words) <= at + 1 + _SURNAME:
        return False
    return any(name.istitle() and fold(name) == words[at] for name in _NAMES.findall(title))


def _is_rung(words: Sequence[str]) -> bool:
    """Whether a role is called without an article, and no noun follows: "Call printer", never "Call client meeting"."""
    at = _entry(words, 0, "rings")
    return at > 0 and not _entry(words, 0, "called") and _is_role(words, at)


def _is_role(words: Sequence[str], at: int) -> bool:
    """Whether English words from a place on are a role and which one: "printer", "keynote speaker", "AV supplier"."""
    for start in range(at, min(at + _WHICH + 1, len(words))):
        role = _entry(words, start, "people")
        if role and not _goes_on(words, start + role):
            return True
        if words[start] in _after_nouns():
            return False
    return False


def _is_sent(words: Sequence[str], title: str, known: Collection[str]) -> bool:
    """Whether a small thing is sent, or a letter to somebody: "Envoyer le lien", "Send Julie the link"."""
    at = _entry(words, 0, "sends")
    if not at:
        return False
    if _is_name(words, at, known):
        place = _skip(words, at + 1)
        # "Send Julie the link", "Send Julie the analytics login"
        if _thing_after(words, at + 1) or (place > at + 1 and _thing_after(words, place + 1)):
            return True
    if (end := _thing_after(words, at)) and (end == len(words) or _is_told(words, end, title, known)):
        return True
    start = _skip(words, at)
    if key := _entry(words, start, "keys"):  # "les accès Business Manager à Tom"
        behind = range(start + key, min(start + key + _QUALIFIERS, len(words)))
        return any(words[to] in _words("towards") and _is_told(words, to, title, known) for to in behind)
    letter = _entry(words, start, "letters")
    return letter > 0 and _is_person(words, start + letter, known)


def _is_handed(words: Sequence[str], known: Collection[str]) -> bool:
    """Whether one person is given a word or a call: "Drop Chloe a line", "Give the venue a ring about parking"."""
    at = _entry(words, 0, "hands")
    if not at:
        return False
    start = _skip(words, at)
    person = 1 if _is_name(words, start, known) else _entry(words, start, "people") if start > at else 0
    place = _skip(words, start + person)
    letter = _entry(words, place, "words_to") if person and place > start + person else 0
    return letter > 0 and not _goes_on(words, place + letter)


def _is_told(words: Sequence[str], at: int, title: str, known: Collection[str]) -> bool:
    """Whether one person is told at a place whom something goes to: "à Julie", "à l'imprimeur", "à Orfeo"."""
    start = _skip(words, at)
    return _is_person(words, at, known) or (start > at and _is_called(words, start, title))


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
    # "Uploader le logo Orfeo", but "Add the photo gallery" adds a gallery.
    french = start > at and words[start - 1] not in _english()
    if not size or not (french or end == len(words) or words[end] in _after_nouns()):
        return 0
    return end


def _is_person(words: Sequence[str], at: int, known: Collection[str]) -> bool:
    """Whether one person stands at a place, told by a name or by an article and a role; why may follow."""
    start = _skip(words, at) if at else 0
    if not start or start >= len(words):
        return False
    if _is_name(words, start, known):
        return _goes_on(words, start + 1) <= _SURNAME
    if start == at:
        return False
    # "Relancer le client Orfeo", but "Email the client newsletter" sends a newsletter.
    if words[start - 1] in _english():
        return _is_role(words, start)
    role = _entry(words, start, "people")
    return bool(role) and _goes_on(words, start + role) <= _SURNAME


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
