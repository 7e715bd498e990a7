"""The words that boards are written in: statuses, headings and remarks that retro knows in French and English.

The lists are data (`words/*.toml`; every file of the folder adds to the others). Words match whole, with case,
accents and decoration aside and articles kept; what no list knows is None, never a guess.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from retro.model import Category

_FOLDER = Path(__file__).with_suffix("")

_LOOKALIKES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae", **dict.fromkeys("‐‑‒–—―−", "-")}
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_BEYOND = re.compile("[^\u0000-\u036f]+")
_EMOJI = re.compile("[0-9#*]\ufe0f?\u20e3|.\ufe0f|\u2139")
"""Emoji that would otherwise read as a digit or a letter: 1️⃣, ℹ️."""

EMOJI_SIGNS = frozenset("\ufe0f\u20e3")
"""What makes an emoji of the character before it, be that a blank."""

_DECORATION = frozenset("-=_*~|•·▪●○■□▶►➤→>«»<‣⁃…")
_PICTURES = frozenset({"So", "Sk", "Cf", "Mn", "Me", "Cn", "Co", "Cc"})
"""Unicode categories of emoji, their modifiers and joiners, and what no font shows."""

_NUMBERING = re.compile(r"^\d{1,2}\s*(?:[.)/:-]\s*|\s)(?=\D)")
_GENDERS = re.compile(r"(?<=\w)(?:\((?:e|s|es)\)(?:s|\(s\))?|[·.]e(?:[·.]?s)?)(?!\w)")
"""The endings of inclusive writing: "planifié(e)", "terminé·e·s"."""
_BRACKETS = re.compile(r"(.*\w)\W*[(\[]([^()\[\]]+)[)\]]\W*")
_LONGEST = 100
"""Letters beyond which no name is looked into: nobody calls a status so."""
_PARTS = re.compile(r"\s+[-:]\s+|\s*[/|&+]\s*|:\s+")
_COUNT = re.compile(r"\s*[(\[](?:(?:wip|max)\W*)*\d+(?:\s*max)?[)\]]$")
_SIZE = re.compile(r"xs|s|m|l|xl")
_SEPARATOR_RUN = frozenset("-=_*~•·─━═—–#+.…|▬<>→⬇⬆➡⬅←↓↑⇓▼▲🔽🔼🔻🔺👇👆⏬⏫★☆")
_POINTS_DOWN = frozenset("⬇↓⇓▼🔽🔻👇⏬")
"""What heads the cards below it when it stands at both ends, be it alone."""


_EVERYWHERE = frozenset({"mail", "mails", "email"})
"""Parts of phrases that name a channel: in some teams one title in three has them."""

EVERY_TITLE = 1 << 18
"""Texts that are kept as they were read: as many as a large workspace has titles, for each is asked for many times."""


@lru_cache(maxsize=EVERY_TITLE)
def fold(text: str) -> str:
    """The form in which words are compared: NFKC, no case, no accents, ' for ’, - for every dash.

    Emoji and decoration go at both ends and blanks are single; articles and inner punctuation stay.
    """
    return fold_once(text)


def fold_once(text: str) -> str:
    """`fold` of a text that nobody asks for again, such as a sentence: it is not kept."""
    return " ".join(undecorated(unmarked(text)).split())


def undecorated(plain: str) -> str:
    """An unmarked text without the blanks, emoji and decoration at its ends."""
    return plain if plain[:1].isalnum() and plain[-1:].isalnum() else _between(plain, _decorates)


def _between(text: str, aside: Callable[[str], bool]) -> str:
    """A text without the characters that are set aside at both its ends."""
    start, end = 0, len(text)
    while start < end and aside(text[start]):
        start += 1
    while end > start and aside(text[end - 1]):
        end -= 1
    return text[start:end]


def unmarked(text: str) -> str:
    """Any text without case, accents and look-alikes."""
    if text.isascii():
        return text.casefold().replace("`", "'")
    # This is where linting a large plan spends its time. Most texts have a few accents, each of which stands alone.
    plain = text.casefold()
    for char in set(_BEYOND_ASCII.findall(plain)):
        alone = _alone(char)
        if alone is None:
            return _decomposed(text)
        if alone != char:
            plain = plain.replace(char, alone)
    return plain.replace("`", "'")


@lru_cache(maxsize=4096)
def _alone(char: str) -> str | None:
    """What stands for a character whatever stands beside it; None where that cannot be told of it alone."""
    if char == "\u2139" or char.casefold() != char or unicodedata.combining(char):
        return None
    plain = _decomposed(char)
    if plain.isascii() and plain:
        return plain
    sign = unicodedata.category(char)[0] in "PS" and not unicodedata.decomposition(char)
    return plain if sign else None


def _decomposed(text: str) -> str:
    """Any text without case, accents and look-alikes, the long way."""
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
    return _between(fold(text), lambda char: not char.isalnum())


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
def _categories(*sections: str) -> Mapping[str, Category]:
    return {
        word: Category(name) for section in sections for name in _table()[section] for word in _names(section, name)
    }


@lru_cache(maxsize=8192)
def category_of(name: str) -> Category | None:
    """The category that a list or status of this name gives; None where no list of words knows it.

    Emoji and punctuation around, a number before ("1. À faire"), a count or a period after ("En cours (3)", "Terminé –
    mai") and endings of gender ("Planifié(e)") are set aside. Of a name in parts ("Review / QA", "Dev : terminé",
    "En cours (Léa)"), the parts that are known must agree.
    """
    sure = _categories("category")
    return _category(name, {**sure, **_categories("category_of_lists")}, sure)


@lru_cache(maxsize=8192)
def category_of_label(name: str) -> Category | None:
    """The category that a label of this name gives: as `category_of`, but for words that on a label name a subject."""
    sure = _categories("category")
    return _category(name, sure, sure)


def _category(name: str, known: Mapping[str, Category], sure: Mapping[str, Category]) -> Category | None:
    """The category of a whole name by `known`, else of its parts: all of them by `known`, or those that are `sure`."""
    text = _GENDERS.sub("", _COUNT.sub("", fold(name)))
    if len(text) > _LONGEST:
        return None
    found = _named(text, known)
    if found is None and (match := _BRACKETS.fullmatch(text)) is not None:
        within, found = _named(match[2], known), _named(f"{match[1]} {match[2]}", known)
        if found is None and (outside := _named(match[1], known)) is not None:
            return outside if within in (None, outside) else None
    parts = [part for part in _PARTS.split(text) if part and part.strip()]
    if found is not None or len(parts) < 2:  # noqa: PLR2004 - one part is the whole
        return found
    categories = [_named(part, known) for part in parts]
    if None in categories:
        categories = [category for part in parts if (category := _named(part, sure)) is not None]
    return categories[0] if len(set(categories)) == 1 else None


def _named(text: str, known: Mapping[str, Category]) -> Category | None:
    """The category of a text that is one of the words, a number before and a period after it aside."""
    bare = _bare(text)
    plain = _bare(_NUMBERING.sub("", bare))
    return known.get(bare) or known.get(plain) or known.get(_bare(_period().sub("", plain)))


@cache
def _period() -> re.Pattern[str]:
    """A period at a name's end: a week, sprint or quarter by its number, a month, a year."""
    counted, names = (
        "|".join(sorted(map(re.escape, _listed("period", each)), key=len, reverse=True))
        for each in ("counted", "names")
    )
    year = r"(?:19|20)\d\d"
    return re.compile(rf"[\W_]{{1,4}}(?:(?:{counted})\W?\d{{1,2}}(?:\W+{year})?|(?:{names})(?:\W+{year})?|{year})$")


@lru_cache(maxsize=8192)
def informative_section(name: str) -> bool:
    """Whether a list informs rather than asks (Infos, Ressources, Réunions, Modèles, Archives): by its whole name."""
    return _bare(name) in _names("informative", "sections")


@cache
def _informative_titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    starts = "|".join(sorted(map(re.escape, _listed("informative", "titles")), key=len, reverse=True))
    models = "|".join(sorted(map(re.escape, _listed("informative", "templates")), key=len, reverse=True))
    copies = "|".join(sorted(map(re.escape, _listed("informative", "copies")), key=len, reverse=True))
    ends = "|".join(sorted(map(re.escape, _listed("informative", "ends")), key=len, reverse=True))
    start = re.compile(rf"\W*(?:(?:{starts})(?!\w)|(?:{models})\s*(?:$|[:-](?:\s|$)|\s-)|[\[(](?:{models})[\])])")
    return start, re.compile(rf"(?:[\[(](?:{copies})[\])]|(?:[\[(:>→]|\s-)\s*(?:{ends}))\W*$")


def informative_title(title: str) -> bool:
    """Whether a title starts or ends as information or a model to copy: "À LIRE…", "Modèle – …", "Charte (à lire)"."""
    folded = fold(title)
    start, end = _informative_titles()
    return start.match(folded) is not None or end.search(folded) is not None


def separator_title(title: str) -> bool:
    """Whether a title only draws a line: `---`, `=====`, `•••`, `--- SEMAINE 48 ---`, `⬇️ EN ATTENTE ⬇️`."""
    stripped = "".join(title.split()).replace("\ufe0f", "")
    if not stripped:
        return False
    before = len(stripped) - len(stripped.lstrip("".join(_SEPARATOR_RUN)))
    after = len(stripped) - len(stripped.rstrip("".join(_SEPARATOR_RUN)))
    least_alone, least_both = 3, 2
    if before == len(stripped):
        return before >= least_both or stripped in {"—", "─", "━", "═", "▬"}
    if before and after and stripped[0] == stripped[-1] and stripped[0] in _POINTS_DOWN:
        return True
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


@lru_cache(maxsize=EVERY_TITLE)
def says_after_launch(text: str) -> bool:
    """Whether a phase, list or title speaks of work after the launch: débrief, bilan, reporting, J+7…; never J-7."""
    return says_after_launch_once(text)


def says_after_launch_once(text: str) -> bool:
    """`says_after_launch` of a text that nobody asks for again, such as a title: it is not kept."""
    # Few texts have a word with which such a phrase begins: most need not be folded, and are seldom of new words.
    if _say_nothing_of_after().issuperset(words := text.split()) or not any(map(_may_speak_of_after, words)):
        return False
    folded = fold(text)
    # What merely sounds like it is taken out of the few texts in which something was found.
    return _speaks_of_after(folded) and _speaks_of_after(_words_of("after_launch", "not").sub(" ", folded))


@lru_cache(maxsize=EVERY_TITLE)
def _may_speak_of_after(word: str) -> bool:
    """Whether a word, with what stands beside it without a blank, holds a part that every such phrase has."""
    folded, known = fold_once(word), _say_nothing_of_after()
    if "+" in folded or any(part in folded for part in _parts_after()):
        return True
    if len(known) >= EVERY_TITLE:
        known.clear()
    known.add(word)
    return False


@cache
def _say_nothing_of_after() -> set[str]:
    """Words, as they were met, that hold no such part: nearly all, and the same ones again and again."""
    return set()


@cache
def _parts_after() -> frozenset[str]:
    """One part of each phrase: the first that is long enough to be rare, for a hyphen in it may be left out."""
    phrases = (re.findall(r"\w{3,}", phrase) for phrase in _listed("after_launch", "words"))
    return frozenset(next((part for part in parts if part not in _EVERYWHERE), "".join(parts[:1])) for parts in phrases)


def _speaks_of_after(folded: str) -> bool:
    if _words_of("after_launch", "words").search(folded) is not None:
        return True
    return "+" in folded and _after_counter().search(folded) is not None


@lru_cache(maxsize=8192)
def says_no_owner(text: str) -> bool:
    """Whether the words in an owner's place name nobody: empty, "?", "TBD", "à définir avec Julie", "n/a", "-"."""
    bare = _bare(text)
    if not bare or bare in _names("no_owner", "words") or set(bare) == {"x"}:
        return True
    return " " in bare and _no_owner_yet().match(bare) is not None


@cache
def _no_owner_yet() -> re.Pattern[str]:
    """Words that name nobody, and when or with whom somebody will be found."""
    words = (word for word in _names("no_owner", "words") if " " in word or word.startswith("tb"))
    first, then = (
        "|".join(sorted(map(re.escape, each), key=len, reverse=True)) for each in (words, _listed("no_owner", "then"))
    )
    return re.compile(rf"(?:{first})(?: -|,)? (?:{then})(?:(?<=')|(?!\w))")


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


USUAL_PRIORITY = 2
"""The rank of a task of which nothing is said."""
_PRIORITIES = ("highest", "high", "usual", "low", "lowest")


@cache
def _priority_ranks() -> Mapping[str, int]:
    return {word: rank for rank, name in enumerate(_PRIORITIES) for word in _names("priority", name)}


@lru_cache(maxsize=8192)
def priority_rank(name: str) -> int:
    """How much a priority of this name matters: 0 the most, 4 the least ("Urgent", "Haute", "P3", "2 - Low").

    What no list knows is as usual, and so is a bare number, for it may count either way.
    """
    bare, ranks = _bare(name), _priority_ranks()
    return ranks.get(bare, ranks.get(_bare(_NUMBERING.sub("", bare)), USUAL_PRIORITY))


DateField = Literal["start", "due"]
_DATES: tuple[DateField, ...] = ("start", "due")


@lru_cache(maxsize=8192)
def date_of(heading: str) -> DateField | None:
    """Which date of a task a date field of this name holds ("Début", "Échéance"); None: another one."""
    bare = _bare(heading)
    return next((field for field in _DATES if bare in _names("dates", field)), None)


EstimateHeading = Literal["days", "hours", "minutes", "points", ""]


@lru_cache(maxsize=8192)
def estimate_heading(name: str) -> EstimateHeading | None:
    """The unit that a column or number field of this name counts work in; "" where only the configuration can tell.

    "JH", "Charge (jours)", "Heures estimées" name a unit; "Estimation", "Durée", "Effort" name none; None: no estimate.
    """
    return _heading(name, "estimate", unit_is_enough=True)


@lru_cache(maxsize=8192)
def remaining_heading(name: str) -> EstimateHeading | None:
    """The unit in which a number field of this name counts the work that is left; "" where it names none.

    "RAF (JH)", "Heures restantes" name one, "Reste à faire", "Remaining" none; None: it is about something else.
    """
    return _heading(name, "remaining", unit_is_enough=False)


def _heading(name: str, section: str, *, unit_is_enough: bool) -> EstimateHeading | None:
    """The unit of a heading that is made of units, a section's headings and fillers, and nothing else."""
    rest = fold(name)
    unit: EstimateHeading = ""
    units: tuple[EstimateHeading, ...] = ("points", "days", "hours", "minutes")
    for candidate in units:
        shorter = _words_of("estimate", candidate).sub(" ", rest)
        if shorter != rest:
            rest, unit = shorter, unit or candidate
    named = _words_of(section, "headings").sub(" ", rest)
    if named == rest and not (unit and unit_is_enough):
        return None
    left = re.findall(r"\w+", _words_of("estimate", "fillers").sub(" ", named))
    return None if left else unit


def says(section: str, name: str, text: str) -> bool:
    """Whether any word or phrase of a list stands in a text, whole."""
    return _words_of(section, name).search(fold(text)) is not None


def is_one_of(section: str, name: str, text: str) -> bool:
    """Whether a text is one of a list's words, punctuation around it aside."""
    return _bare(text) in _names(section, name)


def category_guess(name: str) -> Category | None:
    """The category that a name gives in other languages, or by habit: to be asked about, not to be read by."""
    return _categories("category_guess").get(_bare(name))
