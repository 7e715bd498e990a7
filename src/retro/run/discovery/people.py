"""Who has several accounts, and who only may have: by e-mail and full name, never by first name alone."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from retro.i18n.words import fold, says
from retro.model import Person, Task
from retro.model.proposal import DoubtfulPair, PersonProposal
from retro.report.untrusted import printable
from retro.run.discovery.names import alias

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.85
"""How alike two full names with a word in common must be written to be asked about."""
_MOST = 20
"""Pairs that anyone would read."""


def busy(people: Iterable[Person], tasks: Iterable[Task]) -> list[Person]:
    """Those who have something to do, or to review."""
    keys = {owner.key for task in tasks for owner in (*task.owners, task.reviewer) if owner is not None}
    return [person for person in people if person.key in keys]


def joined(people: Iterable[Person]) -> tuple[PersonProposal, ...]:
    """People who are known by several accounts, each under a short name of their own."""
    found: list[PersonProposal] = []
    taken: set[str] = set()
    for person in sorted(people, key=lambda each: fold(each.name)):
        if len(person.keys) > 1:
            short = alias(person.name, taken, "personne")
            taken.add(short)
            emails = (person.email,) if person.email else ()
            found.append(
                PersonProposal(alias=short, name=printable(person.name), ids=person.keys, aliases=tuple(emails))
            )
    return tuple(found)


def doubtful(people: Sequence[Person]) -> tuple[DoubtfulPair, ...]:
    """Pairs that are probably one person, in the order of their names: nobody joins them but a configuration.

    A first or last name alone beside a full one, a user name made of it, the same words the other way round, or two
    full names that hardly differ.
    """
    by_word: dict[str, list[Person]] = {}
    by_form: dict[str, list[Person]] = {}
    for person in (each for each in people if not says("roles", "words", _own(each.name))):
        words = _words(person.name)
        for word in set(words):
            by_word.setdefault(word, []).append(person)
        if len(words) > 1:
            for form in _forms(words):
                by_form.setdefault(form, []).append(person)
    pairs: dict[tuple[str, str], DoubtfulPair] = {}
    for person in {each.key: each for group in by_word.values() for each in group}.values():
        words = _words(person.name)
        near = [other for word in set(words) for other in by_word.get(word, ()) if other is not person]
        found = [other for other in near if _alike(words, _words(other.name))]
        if len(words) == 1:
            found += by_form.get("".join(words), [])
        for other in found:
            if other is not person:
                first, second = sorted((person, other), key=lambda each: (fold(each.name), each.key))
                pairs[first.key, second.key] = DoubtfulPair(
                    (printable(first.name), printable(second.name)), (first.key, second.key)
                )
    return tuple(pairs[key] for key in sorted(pairs))[:_MOST]


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(_own(name)))


def _own(name: str) -> str:
    """A name, or the part of an address that is somebody's own."""
    return name.partition("@")[0]


def _forms(words: Sequence[str]) -> set[str]:
    """User names that people make of a full name: leamartin, lmartin, leam, martinl."""
    first, last = words[0], "".join(words[1:])
    return {first + last, last + first, first[0] + last, first + last[0], last + first[0]}


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with a word in common may mean one person."""
    if len(one) == 1 or len(other) == 1:
        return len(one) != len(other)
    if sorted(one) == sorted(other):
        return True  # not written alike, else they would be one already
    if one[0] == other[0] and (len(one[-1]) == 1 or len(other[-1]) == 1):
        return one[-1][0] == other[-1][0]
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= _ALIKE
