"""What boards hold is untrusted: make it safe for a terminal, a spreadsheet or a link before it is shown."""

import re
from urllib.parse import urlsplit

_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]"
)
_BLANK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
"""Code points that are no character, and that no XML may hold."""
# C0, C1, the characters that reorder or hide what follows them, and those that are none.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    rf"\ud800-\udfff\ufdd0-\ufdef{NO_CHARACTERS}]"
)
_TAGS = re.compile(r"(\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f)|[\U000e0000-\U000e007f]")
"""Letters that nobody sees; behind a black flag they make that of a country: those stay."""
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:])")
_INLINE_MARKUP = re.compile(
    r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)|\$(?=\$)|(?<=\$)\$|&(?=#?\w)|:(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE
)
"""What Markdown reads as markup within a line; `#`, `-`, `1.` and the like are some at its beginning alone."""
_NO_PLACE = frozenset(' <>"\\`')
"""Characters that no address holds as they are, and that could end one where it stands in a page."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def printable(words: str) -> str:
    """One line without escape sequences, control characters or marks that turn the direction of writing."""
    if words.isprintable():  # as nearly all text is: nothing below has anything to do then
        return words.strip()
    return _seen(_BLANK.sub(" ", _ESCAPE.sub("", words))).strip()


def _seen(words: str) -> str:
    """Words without what cannot be seen."""
    if words.isprintable():
        return words
    clean = _UNSEEN.sub("", words)
    return clean if clean.isascii() else _TAGS.sub(r"\1", clean)


def web_address(url: str | None) -> str | None:
    """The URL where it is a plain http or https address, else None: nothing else ever becomes a link."""
    if not url or not _NO_PLACE.isdisjoint(url):
        return None
    if not url.isprintable() and (_UNSEEN.search(url) or _TAGS.search(url)):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def sheet_cell(words: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before a character that would start one."""
    clean = words if words.isprintable() else _seen(_BLANK.sub(" ", words))
    return f"'{clean}" if clean.lstrip().startswith(_FORMULA) or words.startswith(("\t", "\r")) else clean


def markdown(words: str) -> str:
    """One line that Markdown shows as it stands: no markup, no HTML, no link, and nobody is called by an @."""
    return _MARKUP.sub(r"\\\1", printable(words)).replace("@", "@\u2060")


def inline_markdown(words: str) -> str:
    """The same behind other words on a line: what is markup at a line's beginning alone stays as people wrote it."""
    return _INLINE_MARKUP.sub(r"\\\g<0>", printable(words)).replace("@", "@\u2060")
