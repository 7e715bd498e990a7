"""What a title is, once its prefixes are set aside: vague, a step, over all channels, information, or a bare link."""

import re
from functools import cache, lru_cache

from retro.i18n.words import EVERY_TITLE, informative_title, separator_title
from retro_practices.title_reader import Title
from retro_practices.vague import may_be_vague, step_pattern, vague_pattern, words_in
from retro_practices.words import any_of, choice, folded, phrase

_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
"""A title without what surrounds its first and last letters."""
_SEPARATORS = re.compile(r"\s*[:|]\s+|\s+-\s+|\s*[.!?]\s+")
_ADDRESS = re.compile(r"\W*(?:(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*)\W*", re.IGNORECASE)
_SHORT = 5
"""Most words of a title that is read as a milestone by its last one."""


@lru_cache(maxsize=EVERY_TITLE)
def is_vague(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, names no deliverable: "divers", "contenus à produire"."""
    bare = _core(rest)
    if not bare:
        return True
    return may_be_vague(words_in(bare)) and (
        vague_pattern().fullmatch(bare) is not None or step_pattern().fullmatch(bare) is not None
    )


def names_nothing(title: Title) -> bool:
    """`is_vague` of the rest of a title: of most titles their words alone tell that they are not."""
    return not (title.plain and not may_be_vague(title.words)) and is_vague(title.rest)


def is_step(rest: str) -> bool:
    """Whether a vague title is one for want of an object only, which a parent may give: "design", "rédiger"."""
    return step_pattern().fullmatch(_core(rest)) is not None


@lru_cache(maxsize=EVERY_TITLE)
def is_cross_channel(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, is a meeting, a milestone or work common to all channels."""
    if phrase("cross", "anywhere").search(rest):
        return True
    parts = [part.strip(" .!?…") for part in _SEPARATORS.split(rest)]
    return any(_crosses(part) for part in parts if part)


@lru_cache(maxsize=EVERY_TITLE)
def is_informative(title: str) -> bool:
    """Whether a card informs or draws a line rather than asks for work."""
    return informative_title(title) or separator_title(title)


def is_bare_link(title: str) -> bool:
    """Whether a title, its prefixes set aside, is an address and nothing else."""
    return may_be_link(title) and _ADDRESS.fullmatch(title) is not None


def may_be_link(title: str) -> bool:
    """Whether a title has a sign that every address has, before any prefixes are set aside: few titles have one."""
    return "/" in title or "www." in title


def _core(rest: str) -> str:
    if rest[:1].isalnum() and rest[-1:].isalnum():
        return rest
    match = _CORE.search(rest)
    return match[0] if match is not None else ""


def _crosses(part: str) -> bool:
    starts = phrase("cross", "starts").match(part) and not phrase("cross", "pieces").match(part)
    if starts or _alone().fullmatch(part):
        return True
    if len(part.split()) > _SHORT:
        return False
    # Something comes before it: "BAT signé", never "signé" alone.
    said = _reached().search(part, 1)
    return said is not None and re.search(r"\w", part[: said.start()]) is not None


@cache
def _alone() -> re.Pattern[str]:
    heads, links = choice("cross", "alone"), choice("cross", "links")
    # "Budget 2027", "Planning de mars", "Reporting Q3" speak of a time, and so of everything that is done in it.
    what = rf"(?:{choice('cross', 'general')}|{choice('prefix', 'moments')}|q[1-4]|[ts]\d{{1,2}}|\d{{1,4}}\W*$)"
    return re.compile(rf"(?:{heads})(?:\s+(?:(?:{links})\s*)?{what}(?!\w).*)?")


@cache
def _reached() -> re.Pattern[str]:
    return re.compile(rf"{any_of(folded('cross', 'reached')).pattern}$")
