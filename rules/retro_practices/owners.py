"""Whom an owner's place names: how many, and whether a name means a group rather than a person."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from retro.i18n.words import fold, says_no_owner
from retro.model import Owner, OwnerKind
from retro.ports import Context
from retro_practices.words import choice, folded

_MAILBOX = re.compile(r"([^@\s,;/|+]+)(?:\+[^@\s,;/|]*)?@[^@\s,;/|]+\.\w+")
"""One address, a tag behind its "+" aside: "nora+boards@lumen.example"."""
_PARTS = re.compile(r"\s*[()\[\]/,;:|&+]\s*|\s+[-@]\s+|\s+(?:chez|et|and|ou|or|puis|then|avec|with|plus)\s+")
"""What stands between a person and the group they come from, and between two names."""
_BETWEEN = re.compile(
    r"\s+(?:&|\+|et|and|ou|or|puis|then|avec|with|plus|-?>|→)\s+|(?<=\w\w\w)&(?=\w\w\w)|(?<=\w\w)\+(?=\w\w)|\s*[,;/\n|]\s*|\s+(?=@\w)",
    re.IGNORECASE,
)
"""What stands between two names in one cell."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASH = re.compile(r"\s+[-‐‑–—]\s+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_PAIR = 2
_MOST_WORDS = 12
"""Words of the longest name that may stand reversed: what is longer is no name."""


@lru_cache(maxsize=8192)
def is_collective(name: str) -> bool:
    """Whether a name is a team, a company, a mailbox or everybody, and names nobody beside it.

    "Design team", "Agence Lumen", "contact@agence.example" are; "Léa – Studio Lumen" and "Marie Toussaint" are not.
    """
    plain = fold(name)
    if (mailbox := _MAILBOX.fullmatch(plain)) is not None:
        return _all_known(re.findall(r"[^\W\d_]+", mailbox.group(1)), "groups", "functions", "mailboxes")
    parts = [part for part in _PARTS.split(plain) if part and not says_no_owner(part)]
    return bool(parts) and all(_is_group(part) for part in parts)


def nobodys(context: Context) -> frozenset[str]:
    """The names in owners' places that name nobody."""
    return frozenset(name for name in context.derived(_names) if says_no_owner(name) or _is_open(name))


def _is_open(name: str) -> bool:
    """Whether a name only says what kind of person will be found: "TBC (freelancer?)", "TBD – someone from Sales"."""
    first, *others = (part.strip(" ?!.") for part in _PARTS.split(fold(name)))
    kinds = [part for part in others if part]
    return bool(kinds) and says_no_owner(first) and all(map(_is_kind, kinds))


def _is_kind(part: str) -> bool:
    """Whether a part of a name is a group, a trade, or somebody whom it does not name."""
    return part in folded("gestures", "people") or says_no_owner(part.split(maxsplit=1)[0]) or _is_group(part)


def collectives(context: Context) -> frozenset[str]:
    """The names in owners' places that are a group's."""
    return frozenset(name for name in context.derived(_names) if is_collective(name))


def _names(context: Context) -> frozenset[str]:
    """Every name that stands in an owner's or a reviewer's place on a task that is wanted."""
    found = {owner.name for task in context.wanted for owner in task.owners}
    return frozenset(found.union(task.reviewer.name for task in context.wanted if task.reviewer is not None))


def has_hours(owner: Owner) -> bool:
    """Whether an owner has a week of their own to fill: a person, or a team of the configuration; no other group."""
    return owner.kind is not OwnerKind.PERSON or not is_collective(owner.name)


def has_group(name: str) -> bool:
    """Whether a group is named, alone or beside a person who belongs to it: "Léa – Studio Lumen"."""
    return any(_is_group(part) for part in _PARTS.split(fold(name)) if part)


@lru_cache(maxsize=8192)
def names_in(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names in a cell of text, placeholders apart. A whole that is among the folded names `known` is one name.

    So are a last name before a first one ("Durand, Camille"), a person and where they come from ("Nora, agence
    Orage"), and a house ("Dupont & Fils"). What stands in brackets tells more of a name: "Camille (Social, SEO)".
    """
    if says_no_owner(text):
        return ()
    if (plain := fold(text)) in known or _MAILBOX.fullmatch(plain) is not None:
        return (text,)
    parts = [part.strip() for part in _BETWEEN.split(_ASIDE.sub(" ", text))]
    names = tuple(part for part in parts if part and not says_no_owner(part))
    if len(names) == 1:
        dashed = _DASH.split(names[0])
        return tuple(dashed) if len(dashed) > 1 and all(map(_is_given, dashed)) else names
    if len(names) == _PAIR and (fold(names[1]) in folded("owner", "firms") or _is_one(text, names)):
        return (text.strip(),)
    return names


def reversed_names(name: str) -> Iterator[str]:
    """A folded name with its last word or words first, as lists write it: "durand, camille"."""
    words = fold(name).split()
    for cut in range(1, len(words) if len(words) <= _MOST_WORDS else 0):
        yield f"{' '.join(words[cut:])}, {' '.join(words[:cut])}"


def _is_one(text: str, names: tuple[str, ...]) -> bool:
    """Whether the two parts of a cell at its comma are one person: the last name first, or the group behind."""
    if text.count(",") != 1 or _BETWEEN.search(text.replace(",", " x ")):
        return False
    first, second = names
    if is_collective(second) and not is_collective(first):
        return True
    if len(first.split()) > 1 and _is_whole(second):  # "Priya Shah, Dan Cole"
        return False
    return _is_given(second.split()[0]) and not any(map(_is_given, first.split()))


def _is_whole(name: str) -> bool:
    """Whether a name has a given name and then another one that is none, nor an initial."""
    words = name.split()
    return len(words) > 1 and _is_given(words[0]) and len(words[-1].strip(".")) > 1 and not _is_given(words[-1])


def _is_given(name: str) -> bool:
    """Whether a name is a usual given name, or two of them with a hyphen."""
    return all(part in folded("owner", "given") for part in fold(name).split("-"))


def _is_group(part: str) -> bool:
    """Whether a part of a name is a group's: by one of its words, or because all of them name a department."""
    group = _groups().search(part)
    if group is None:
        return _all_known(_WORDS.findall(part), "functions", "fillers")
    before, after = _WORDS.findall(part[: group.start()]), _WORDS.findall(part[group.end() :])
    if not before and after and group.group() in folded("owner", "single") and _is_given(after[0]):
        return False  # "Freelance Nora"
    if _all_known(before, "functions", "fillers", "groups") or not before:
        return True
    # Somebody stands before the group ("Léa de l'agence", "Léa Studio Lumen"), or its own name does ("Lumen agency").
    own_name = group.group() in folded("owner", "named") and before[-1] not in folded("owner", "from")
    return own_name and all(word in folded("owner", "fillers") for word in after)


def _all_known(words: Sequence[str], *names: str) -> bool:
    """Whether there are words, and each stands in one of the lists."""
    return bool(words) and all(any(word in folded("owner", name) for name in names) for word in words)


@cache
def _groups() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{choice('owner', 'groups')})(?![\w-])")
