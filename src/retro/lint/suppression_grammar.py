"""The line by which a card asks to be spared a remark, in English and in French.

    retro: ignore CODE[, CODE]… [until DATE] [— reason]
    retro : ignorer CODE[, CODE]… [jusqu'au DATE] [— raison]

A code may be the beginning of several (`OWN`). A date is 2027-01-31 or 31/01/2027, and the last day on which the line
holds. Case, accents, kinds of apostrophes, dashes and blanks do not matter, nor do Markdown's and HTML's marks around
the line; what stands in a fenced block is an example and is not read. A line that begins so and goes on otherwise
holds nothing back, and is told of: an exception without an end must never come from a misspelt date.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from html import unescape
from itertools import islice

MOST = 20
"""Lines of one card, and codes of one line, that are read; nobody writes so many."""
_LONGEST = 200
"""Characters of a line that are kept to be shown."""
_LONGEST_CODE = 40

_DASHES = "-‐‑‒–—―−"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´′`", "'"))
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(?P<mark>`{3,}|~{3,})(?P<info>.*)")
"""Those in lists and quotations as well."""
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_INLINE = frozenset({"a", "b", "code", "em", "font", "i", "s", "small", "span", "strong", "u"})
_START = re.compile(r"[\W_]*(?:\d{1,2}[.)]\s+[\W_]*)?(?:x\][\W_]*)?", re.IGNORECASE)
_HEAD = re.compile(r"retro\s*:\s*ignore[rz]?(?!\w)\s*:?\s*(?P<rest>.*)", re.IGNORECASE)
_CODE = r"(?:[^\W\d_]+\d+(?![^\W_])|[^\W\d_](?:[^\W_]|-)*)"
_UNTIL = r"(?:until|till|jusqu(?:e|es)?)(?!\w)"
_CODES = re.compile(
    rf"""(?P<codes>(?!{_UNTIL}){_CODE}
        (?:(?:\s*[,;+&/]\s*(?:(?:et|and)\s+)? | \s+(?:et|and)\s+ | \s+(?=[^\W\d_]+\d+(?![^\W_])))(?!{_UNTIL}){_CODE})*)
        [\s,;]*(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    rf"""(?:until|till|jusqu(?:'|e|es)?\s*(?:aux?|a\sla|a|le|en)?)\s*:?\s*
        (?:(?P<year>\d{{4}})[{_DASHES}](?P<month>\d{{1,2}})[{_DASHES}](?P<day>\d{{1,2}})
          |(?P<d>\d{{1,2}})[{_DASHES}/.](?P<m>\d{{1,2}})[{_DASHES}/.](?P<y>\d{{4}}|\d{{2}}))
        (?!\w)(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_DAY = re.compile(rf"\W*\d{{1,4}}[{_DASHES}/.]\d{{1,2}}[{_DASHES}/.]\d{{2,4}}(?!\d)")
_UNTIL_WORDS = ("until", "till", "jusqu'au", "jusqu'a", "jusque")
_AROUND = f" {_DASHES}:,;.=>*_~\"'"
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Directive:
    """One line as it was understood; without `codes` it could not be read, and holds nothing back."""

    codes: tuple[str, ...] = ()
    """In capitals."""
    until: date | None = None
    """The last day on which it holds; None: for good."""
    reason: str = ""
    text: str = ""
    """The line as it stands."""


def may_hold(text: str) -> bool:
    """Whether a text is worth reading line by line: asked of every card, so nothing is made of it before."""
    return (":" in text or "\uff1a" in text) and ("gnor" in text or "GNOR" in text) and "tro" in text.lower()


def directives(text: str) -> list[Directive]:
    """What the lines of a description ask for, in their order."""
    if not may_hold(text):
        return []
    found: list[Directive] = []
    for line in _lines(_without_tags(text)):
        directive = read_line(line)
        if directive is not None:
            found.append(directive)
            if len(found) == MOST:
                break
    return found


def read_line(line: str) -> Directive | None:
    """What one line, or one label, asks for; None where it is about something else."""
    if not may_hold(line):
        return None
    plain = _plain(line)
    start = _START.match(plain)
    head = _HEAD.match(_bare(plain), start.end() if start else 0)
    if head is None:
        return None
    shown = plain.strip()[:_LONGEST]
    misread = Directive(text=shown)
    rest = plain[head.start("rest") :]
    codes = _CODES.match(rest)
    if codes is None:
        return misread
    each = (code.upper()[:_LONGEST_CODE] for code in re.findall(_CODE, codes["codes"]) if not _joins(code))
    named = tuple(islice(dict.fromkeys(each), MOST))
    rest = codes["rest"].strip()
    dashed = rest.lstrip(_AROUND)
    end = _END.match(_bare(dashed))
    if end is not None:
        until = _date(end)
        return Directive(named, until, _reason(dashed[end.start("rest") :]), shown) if until else misread
    return misread if _speaks_of_an_end(rest, dashed) else Directive(named, None, _reason(dashed), shown)


def _plain(line: str) -> str:
    """A line in one form of letters, blanks and apostrophes, without Markdown's marks and what no font shows."""
    text = unicodedata.normalize("NFKC", re.sub(r"\\(?=[^\w\s])", "", line))
    text = "".join(
        char for char in text if char.isspace() or unicodedata.category(char) not in {"Cf", "Cc", "Cs", "Cn", "Co"}
    )
    # Backquotes go before apostrophes come: a code between them is a code.
    text = re.sub(r"[*`]+", "", text) if text.count("`") > 1 or "*" in text else text
    return re.sub(r"\s", " ", text.translate(_APOSTROPHES))


def _bare(text: str) -> str:
    """The same text, place by place, without accents: "rétro", "jusqu'à"."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _joins(code: str) -> bool:
    return code.casefold() in ("et", "and")


def _date(match: re.Match[str]) -> date | None:
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        year = int(match["y"])
        return date(year if len(match["y"]) > len("27") else _CENTURY + year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _reason(text: str) -> str:
    told = text.strip(_AROUND)
    if told.startswith("(") or ("(" not in told and told.endswith(")")):
        told = told.removeprefix("(").removesuffix(")").strip(_AROUND)
    return told[:_LONGEST]


def _speaks_of_an_end(rest: str, dashed: str) -> bool:
    """Whether what follows the codes is an end that could not be read, rather than a reason.

    After a dash it is a reason, unless a number comes with the word: "— jusqu'à nouvel ordre". A day without such a
    word ("before 2027-01-31", "2027-01-31") was meant for an end, too.
    """
    words = _bare(dashed).casefold().split()
    if not words:
        return False
    if any(map(_DAY.match, words[: 3 if rest == dashed else 1])):
        return True
    near = words[0].startswith(("unt", "jusq")) or get_close_matches(
        words[0][:_LONGEST_CODE], _UNTIL_WORDS, n=1, cutoff=0.7
    )
    return bool(near) and (rest == dashed or any(word[:1].isdigit() for word in words[1:3]))


def _lines(text: str) -> Iterator[str]:
    """Lines that stand in no fenced block."""
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["mark"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif mark and "`" not in mark["info"]:
            fence = mark["mark"]
        else:
            yield line


def _without_tags(text: str) -> str:
    """Text with HTML's blocks on lines of their own and its marks gone; what is preformatted is an example."""
    if "<" in text:
        text = "".join(_untagged(text))
    return unescape(text) if "&" in text else text


def _untagged(text: str) -> Iterator[str]:
    preformatted = False
    for part in _TAG.split(text):
        if part.startswith("<!--"):
            # What pages hide is meant for readers like this one.
            yield f"\n{part.removeprefix('<!--').removesuffix('>').rstrip('-')}\n"
        elif name := _NAME.match(part):
            tag = name[1].lower()
            if tag == "pre":
                preformatted = not part.startswith("</")
            yield "" if tag in _INLINE else "\n"
        elif not preformatted:
            yield part
