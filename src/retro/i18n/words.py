"""The words that boards are written in: statuses, headings and remarks that retro knows in French and English.

The lists are data (`words/*.toml`; every file of the folder adds to the others). Words match whole, with case,
accents and decoration aside and articles kept; what no list knows is None, never a guess.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from retro.model import Category

_FOLDER = Path(__file__).with_suffix("")

_LOOKALIKES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae", **dict.fromkeys("‐‑‒–—―−", "-")}
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_BEYOND = re.compile("[^\u0000-\u036f]+")
_EMOJI = re.compile("[0-9#*]\ufe0f?\u20e3|.\ufe0f|\u2139")
"""Emoji that would otherwise read as a digit or a letter: 1️⃣, ℹ️."""

_DECORATION = frozenset("-=_*~|•·▪●○■□▶►➤→>«»<‣⁃…")
_PICTURES = frozenset({"So", "Sk", "Cf", "Mn", "Me", "Cn", "Co", "Cc"})
"""Unicode categories of emoji, their modifiers and joiners, and what no font shows."""

_NUMBERING = re.compile(r"^\d{1,2}\s*(?:[.)/:-]\s*|\s)(?=\D)")
_COUNT = re.compile(r"\s*[(\[](?:(?:wip|max)\W*)*\d+(?:\s*max)?[)\]]$")
_SIZE = re.compile(r"xs|s|m|l|xl")
_SEPARATOR_RUN = frozenset("-=_*~•·─━═—–#+.…|▬<>→")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which words are compared: NFKC, no case, no accents, ' for ’, - for every dash.

    Emoji and decoration go at both ends and blanks are single; articles and inner punctuation stay.
    """
    plain = text.casefold().replace("`", "'") if text.isascii() else _unmarked(text)
    start, end = 0, len(plain)
    while start < end and _decorates(plain[start]):
        start += 1
    while end > start and _decorates(plain[end - 1]):
        end -= 1
    return " ".join(plain[start:end].split())


def _unmarked(text: str) -> str:
    """Any text without case, accents and look-alikes."""
    # This is where linting a large plan spends its time: each step is a pattern that mostly finds nothing.
    if "\ufe0f" in text or "\u20e3" in text or "\u2139" in text:
        text = _EMOJI.sub(" ", text)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = _BEYOND.sub(_without_combining, _ACCENTS.sub("", plain)).casefold()
    return _LOOKALIKE.sub(lambda match: _LOOKALIKES[match.group()], plain)


def _without_combining(match: re.Match[str]) -> str:
    return "".join(char for char in match.group() if not unicodedata.combining(char))


def _decorates(char: str) -> bool:
    return char.isspace() or char in _DECORATION or unicodedata.category(char) in _PICTURES


def _bare(text: str) -> str:
    """Folded, without any punctuation at the ends either."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", fold(text))


@cache
def _table() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Every list of every file, merged, folded: section → name → words."""
    merged: dict[str, dict[str, frozenset[str]]] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        for section, lists in tomllib.loads(file.read_text("utf-8")).items():
            known = merged.setdefault(section, {})
            for name, words in lists.items():
                known[name] = known.get(name, frozenset()) | {fold(word) for word in words}
    return merged


def _listed(section: str, name: str) -> frozenset[str]:
    return _table().get(section, {}).get(name, frozenset())


@cache
def _names(section: str, name: str) -> frozenset[str]:
    """A list's words as whole names are compared with them: without punctuation at the ends."""
    return frozenset(_bare(word) for word in _listed(section, name))


def _phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole: neither a letter nor a digit on either side; a blank may be a hyphen and back."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(word).replace(r"\ ", "[ -]").replace(r"\-", "[ -]?") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@cache
def _categories() -> Mapping[str, Category]:
    return {word: Category(name) for name in _table()["category"] for word in _names("category", name)}


@lru_cache(maxsize=8192)
def category_of(name: str) -> Category | None:
    """The category that a list, status or label of this name gives; None where no list of words knows it.

    Emoji and punctuation around, a number before ("1. À faire") and a count after ("En cours (3)") are set aside.
    """
    folded = _COUNT.sub("", fold(name))
    bare = _bare(folded)
    known = _categories()
    return known.get(bare) or known.get(_bare(_NUMBERING.sub("", bare)))


@lru_cache(maxsize=8192)
def informative_section(name: str) -> bool:
    """Whether a list informs rather than asks (Infos, Ressources, Réunions, Modèles, Archives): by its whole name."""
    return _bare(name) in _names("informative", "sections")


@cache
def _informative_titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    starts = "|".join(sorted(map(re.escape, _listed("informative", "titles")), key=len, reverse=True))
    models = "|".join(sorted(map(re.escape, _listed("informative", "templates")), key=len, reverse=True))
    copies = "|".join(sorted(map(re.escape, _listed("informative", "copies")), key=len, reverse=True))
    start = re.compile(rf"\W*(?:(?:{starts})(?!\w)|(?:{models})\s*(?:$|[:-](?:\s|$)|\s-)|[\[(](?:{models})[\])])")
    return start, re.compile(rf"[\[(](?:{copies})[\])]\W*$")


def informative_title(title: str) -> bool:
    """Whether a title starts as information or as a model to copy: "À LIRE…", "Modèle – …", "Mode d’emploi"."""
    folded = fold(title)
    start, copy = _informative_titles()
    return start.match(folded) is not None or copy.search(folded) is not None


def separator_title(title: str) -> bool:
    """Whether a title only draws a line: `---`, `=====`, `•••`, `--- SEMAINE 48 ---`."""
    stripped = "".join(title.split())
    if not stripped:
        return False
    before = len(stripped) - len(stripped.lstrip("".join(_SEPARATOR_RUN)))
    after = len(stripped) - len(stripped.rstrip("".join(_SEPARATOR_RUN)))
    least_alone, least_both = 3, 2
    if before == len(stripped):
        return before >= least_both or stripped in {"—", "─", "━", "═", "▬"}
    return before >= least_both and after >= least_both and before + after > least_alone


@cache
def _words_of(section: str, name: str) -> re.Pattern[str]:
    return _phrases(_listed(section, name))


def says_milestone(label: str) -> bool:
    """Whether a label or a type names a milestone (jalon, milestone), as a whole word."""
    return _words_of("milestone", "words").search(fold(label)) is not None


@cache
def _after_counter() -> re.Pattern[str]:
    letters = "|".join(sorted(_listed("after_launch", "counters"), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{letters}) ?\+ ?\d+(?!\w)")


def says_after_launch(text: str) -> bool:
    """Whether a phase, list or title speaks of work after the launch: débrief, bilan, reporting, J+7…; never J-7."""
    folded = fold(text)
    if _listed("after_launch", "not"):
        folded = _words_of("after_launch", "not").sub(" ", folded)
    return _words_of("after_launch", "words").search(folded) is not None or _after_counter().search(folded) is not None


def says_no_owner(text: str) -> bool:
    """Whether the words in an owner's place name nobody: empty, "?", "TBD", "à définir", "n/a", "-"."""
    bare = _bare(text)
    return not bare or bare in _names("no_owner", "words") or set(bare) == {"x"}


def dependency_heading(name: str) -> Literal["predecessors", "children"] | None:
    """What a checklist or custom field of this name holds: prerequisites, parts, or neither of them."""
    bare = _bare(name)
    if bare in _names("links", "predecessors"):
        return "predecessors"
    return "children" if bare in _names("links", "children") else None


TaskField = Literal["channel", "client", "phase", "priority", "type"]
_FIELDS: tuple[TaskField, ...] = ("channel", "client", "phase", "priority", "type")


@lru_cache(maxsize=8192)
def field_of(heading: str) -> TaskField | None:
    """What a column or custom field of this name says of a task; None where the lists do not know it."""
    bare = _bare(heading)
    return next((field for field in _FIELDS if bare in _names("fields", field)), None)


@cache
def _dependency_line() -> re.Pattern[str]:
    leads = "|".join(sorted(map(re.escape, _listed("links", "lines")), key=len, reverse=True))
    return re.compile(rf"\W*(?:{leads})\s*:")


def dependency_line(line: str) -> bool:
    """Whether a line of a description starts as one that names prerequisites: "Dépend de :", "Blocked by:"."""
    return _dependency_line().match(fold(line)) is not None


@cache
def _size_words() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _listed("size", "words")), key=len, reverse=True))
    return re.compile(rf"(?:(?:{words})\W+)?({_SIZE.pattern})")


@lru_cache(maxsize=8192)
def size_of(label: str) -> str | None:
    """The T-shirt size, XS to XL, that a label is: "XL", "Taille M", "Size: S"; None for any other."""
    match = _size_words().fullmatch(_bare(label))
    return match.group(1).upper() if match else None


EstimateHeading = Literal["days", "hours", "minutes", "points", ""]


@lru_cache(maxsize=8192)
def estimate_heading(name: str) -> EstimateHeading | None:
    """The unit that a column or number field of this name counts work in; "" where only the configuration can tell.

    "JH", "Charge (jours)", "Heures estimées" name a unit; "Estimation", "Durée", "Effort" name none; None: no estimate.
    """
    rest = fold(name)
    unit: EstimateHeading = ""
    units: tuple[EstimateHeading, ...] = ("points", "days", "hours", "minutes")
    for candidate in units:
        shorter = _words_of("estimate", candidate).sub(" ", rest)
        if shorter != rest:
            rest, unit = shorter, unit or candidate
    named = _words_of("estimate", "headings").sub(" ", rest)
    if not unit and named == rest:
        return None
    left = re.findall(r"\w+", _words_of("estimate", "fillers").sub(" ", named))
    return None if left else unit
