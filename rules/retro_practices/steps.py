"""Several tasks in one title: "Brief + design + intégration LP"."""

import re
from collections.abc import Iterable
from functools import cache

from retro_practices.words import choice, folded

_SIGNS = re.compile(r"[,/&+>→]")
_PARTS = re.compile(r"\s*[:|()\[\]]\s*|\s+-+\s+|\.\s+")
_LEAST = 3
"""On so many steps joined by commas or "et" a card is several tasks; a plus or "puis" tells two apart as well."""


def joins(words: Iterable[str]) -> bool:
    """Whether one of some words, those of a title, may part two steps."""
    return not _joins().isdisjoint(words)


def steps(rest: str) -> tuple[str, ...]:
    """The steps that a folded title, its prefixes set aside, lists, each of them a task; none where it is one task.

    "Rédiger et envoyer la newsletter" is one task as people speak; with a plus, or a third step, it is several.
    """
    if _SIGNS.search(rest) is None and _joins().isdisjoint(rest.split()):
        return ()
    for part in _PARTS.split(rest):
        listed = tuple(step for step in _between().split(part) if step)
        least = 2 if _surely_between().search(part) else _LEAST
        found = [match[1] for step in listed if (match := _step().match(step)) is not None]
        # "Article + post LinkedIn": English verbs that are things in French are steps in an English title only.
        if len(found) == len(listed) >= least and (
            folded("steps", "things").isdisjoint(found) or not _english().isdisjoint(found)
        ):
            return listed
    return ()


@cache
def _english() -> frozenset[str]:
    """Verbs by which a title is known to be English."""
    return folded("verbs", "base") - folded("steps", "things") - folded("steps", "shared")


@cache
def _joins() -> frozenset[str]:
    """The words, of several the last one, that part two steps."""
    return frozenset(entry.split()[-1] for name in ("sure", "joins") for entry in folded("steps", name))


@cache
def _between() -> re.Pattern[str]:
    """What may part two steps."""
    return re.compile(rf"\s*(?:[,/&+→]|=?-?>|\s(?:{choice('steps', 'sure', 'joins')})\s)\s*")


@cache
def _surely_between() -> re.Pattern[str]:
    """What parts two steps that are a task each."""
    return re.compile(rf"\+|[=-]>|→|\s>\s|\s(?:{choice('steps', 'sure')})\s")


@cache
def _step() -> re.Pattern[str]:
    words = choice("steps", "nouns", "verbs")
    made = choice("pieces", "makes", "making", "makes_english", "making_english", "handles")
    return re.compile(rf"(?:(?:{choice('steps', 'light')})(?:(?<=')|\s))*({words}|{made})(?!\w)")
