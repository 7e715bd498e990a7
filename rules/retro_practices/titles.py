"""How a title is built: what stands before it, and whether it is vague, cross-channel, or no task at all.

Everything is compared in folded form (case, accents and emoji aside); the title itself is never changed here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from retro.i18n.words import fold, informative_title, separator_title
from retro_practices.vague import step_pattern, vague_pattern
from retro_practices.words import any_of, choice, folded, phrase

_LEAD = re.compile(r"^[\W_]*\(\s*\d+(?:[.,]\d+)?\s*\)\s*")
"""Points before a title: "(3) Landing page"."""
_SQUARE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*[-:|]?\s*")
_ROUND = re.compile(r"\s*\(\s*([^()]+?)\s*\)\s*[-:|]?\s*")
_PLAIN = re.compile(r"\s*([^:|\[\]()]{1,40}?)(?:\s*[:|]|\s+-)\s+(?=\S)")
_HASH = re.compile(r"\s*#(\w+)\s+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
"""A title without what surrounds its first and last letters."""
_SEPARATORS = re.compile(r"\s*[:|]\s+|\s+-\s+|\s*[.!?]\s+")
_MARK = re.compile(r"[\W\d_]*|[a-z]{0,2} ?[-+]? ?\d+(?:[-/. ]\d+)*")
"""What counts or dates: "S48", "J-7", "P1", "v2", "2027-01", "12"."""
_SHORT = 5
"""Most words of a title that is read as a milestone by its last one."""


class Kind(Enum):
    """What a prefix is. `other` may be a channel that nobody declared."""

    CHANNEL = "channel"
    CLIENT = "client"
    STATE = "state"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word before the title, folded, and what it is."""

    word: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Title:
    """A title apart: its prefixes in order, and the folded rest."""

    prefixes: tuple[Prefix, ...]
    rest: str

    @property
    def has_channel(self) -> bool:
        """Whether a channel stands before it, declared or not, well formed or not."""
        return any(prefix.kind in (Kind.CHANNEL, Kind.OTHER) for prefix in self.prefixes)


def is_state(word: str) -> bool:
    """Whether a folded prefix tells a state, a language, a priority, a count or a date rather than a channel."""
    return word in folded("prefix", "states") or _MARK.fullmatch(word) is not None


def read_title(title: str, is_channel: Callable[[str], bool], is_client: Callable[[str], bool]) -> Title:
    """Take a title apart. `is_channel` and `is_client` are asked with folded words."""
    rest = _without_points(title)
    prefixes: list[Prefix] = []
    while True:
        for pattern in (_SQUARE, _ROUND, _HASH, _PLAIN):
            match = pattern.match(rest)
            if match is None:
                continue
            kind = _kind(fold(match.group(1)), is_channel, is_client)
            # Only square brackets make a prefix of any word, if a title follows; elsewhere it has to be known, and a
            # state is none.
            bracketed_word = pattern is _SQUARE and (kind is not Kind.OTHER or match.end() < len(rest))
            if bracketed_word or kind in (Kind.CHANNEL, Kind.CLIENT):
                prefixes.append(Prefix(fold(match.group(1)), kind))
                rest = rest[match.end() :]
                break
        else:
            return Title(tuple(prefixes), rest.strip())


def bracketed(title: str) -> list[str]:
    """The words in square brackets before a title, as written."""
    start = title.find("[")
    if start < 0 or any(char.isalnum() for char in title[:start]):
        return []
    rest, found = " ".join(title[start:].split()), []
    while (match := _SQUARE.match(rest)) is not None:
        found.append(match.group(1))
        rest = rest[match.end() :]
    return found


def is_vague(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, names no deliverable: "divers", "contenus à produire"."""
    bare = _core(rest)
    return not bare or vague_pattern().fullmatch(bare) is not None or step_pattern().fullmatch(bare) is not None


def is_step(rest: str) -> bool:
    """Whether a vague title is one for want of an object only, which a parent may give: "design", "rédiger"."""
    return step_pattern().fullmatch(_core(rest)) is not None


def is_cross_channel(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, is a meeting, a milestone or work common to all channels."""
    if phrase("cross", "anywhere").search(rest):
        return True
    parts = [part.strip(" .!?…") for part in _SEPARATORS.split(rest)]
    return any(_crosses(part) for part in parts if part)


def is_informative(title: str) -> bool:
    """Whether a card informs or draws a line rather than asks for work."""
    return informative_title(title) or separator_title(title)


def _core(rest: str) -> str:
    match = _CORE.search(rest)
    return match[0] if match is not None else ""


def _without_points(title: str) -> str:
    return fold(_LEAD.sub("", title, count=1))


def _kind(word: str, is_channel: Callable[[str], bool], is_client: Callable[[str], bool]) -> Kind:
    if is_channel(word):
        return Kind.CHANNEL
    if is_client(word):
        return Kind.CLIENT
    return Kind.STATE if is_state(word) else Kind.OTHER


def _crosses(part: str) -> bool:
    if phrase("cross", "starts").match(part) or _alone().fullmatch(part):
        return True
    if len(part.split()) > _SHORT:
        return False
    # Something comes before it: "BAT signé", never "signé" alone.
    said = _reached().search(part, 1)
    return said is not None and re.search(r"\w", part[: said.start()]) is not None


@cache
def _alone() -> re.Pattern[str]:
    heads, links, general = (choice("cross", name) for name in ("alone", "links", "general"))
    return re.compile(rf"(?:{heads})(?:\s+(?:(?:{links})\s*)?(?:{general})(?!\w).*)?")


@cache
def _reached() -> re.Pattern[str]:
    return re.compile(rf"{any_of(folded('cross', 'reached')).pattern}$")
