"""Short names for the tables of retro.toml, made from what boards, files and people are called."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from retro.i18n.words import fold

_LONGEST = 24
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"})
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """A name in small ASCII letters and digits, words joined by `_`; "" where nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", fold(name).translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = [word for word in _OTHER.split(plain.replace("'", "_")) if word]
    short = "_".join(words)
    while len(short) > _LONGEST and len(words) > 1:
        words.pop()
        short = "_".join(words)
    return short[:_LONGEST]


def alias(name: str, taken: Collection[str], otherwise: str) -> str:
    """A short name that nothing else has: `otherwise` where the name gives none, a number behind where it is taken."""
    base = slug(name) or otherwise
    if base not in taken:
        return base
    number = 2
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def aliases(names: Sequence[str], taken: Collection[str], otherwise: str) -> list[str]:
    """A short name for each, in order: without the words that it shares with others before a dash or a colon.

    "Ondalie – contenus" beside "Ondalie – site" is "contenus"; where two would then be called alike, they keep all.
    """
    heads = Counter(fold(_head(name)) for name in names if _head(name))
    short = [_after(name) if heads[fold(_head(name))] > 1 else name for name in names]
    clashes = Counter(map(slug, short))
    found: list[str] = []
    for name, cut in zip(names, short, strict=True):
        found.append(alias(cut if clashes[slug(cut)] == 1 else name, {*taken, *found}, otherwise))
    return found


def common_start(names: Collection[str]) -> str:
    """The words that several names all begin with, up to a dash or colon: "Ondalie"; "" where there are none."""
    heads = {_head(name) for name in names}
    if len(names) < 2 or len({fold(head) for head in heads}) != 1:  # noqa: PLR2004 - one name shares nothing
        return ""
    return min(heads)


_BREAK = re.compile(r"\s+[-‐‑–—:|/·]+\s+|:\s+")


def _head(name: str) -> str:
    parts = _BREAK.split(name, maxsplit=1)
    return parts[0].strip() if len(parts) > 1 else ""


def _after(name: str) -> str:
    return _BREAK.split(name, maxsplit=1)[-1].strip() or name
