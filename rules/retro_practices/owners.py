"""Whether an owner's name means a group rather than a person."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from retro.i18n.words import fold, says_no_owner
from retro_practices.words import choice, folded

_MAILBOX = re.compile(r"([^@\s]+)@[^@\s]+\.\w+")
_PARTS = re.compile(r"\s*[()\[\]/,;:|&+]\s*|\s+[-@]\s+|\s+(?:chez|et|and)\s+")
"""What stands between a person and the group they come from, and between two names."""
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


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


def _is_group(part: str) -> bool:
    """Whether a part of a name is a group's: by one of its words, or because all of them name a department."""
    group = _groups().search(part)
    if group is None:
        return _all_known(_WORDS.findall(part), "functions", "fillers")
    before, after = _WORDS.findall(part[: group.start()]), _WORDS.findall(part[group.end() :])
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
