"""What the terminal reports share: marks that any console can show, and lines that fit its width."""

from collections.abc import Iterable
from itertools import accumulate
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Span, Text

from retro.i18n.signs import ALIKE
from retro.model import Severity
from retro.report.outlook import Prospect
from retro.report.untrusted import printable, web_address

STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
PROSPECTS = {
    Prospect.MISSED: ("red", "✗", "x"),
    Prospect.UNKNOWN: ("dim", "?", "?"),
    Prospect.TIGHT: ("yellow", "▲", "!"),
    Prospect.HOLDS: ("green", "✓", "v"),
    Prospect.FINISHED: ("green", "✓", "v"),
}


def mark(prospect: Prospect, console: Console) -> Text:
    """The sign of a prospect; a plain letter on a console without Unicode."""
    style, sign, plain = PROSPECTS[prospect]
    return Text(plain if console.options.ascii_only else sign, style=style)


def linked(words: str, url: str | None, style: str = "") -> Text:
    """A board's own words on one line, made safe; a hyperlink where there is a web address."""
    address = web_address(url)
    text = Text(printable(words), style=style)
    if address:
        text.stylize(f"link {address}")
    return text


def encodable(text: Text, console: Console) -> Text:
    """The same text with a like sign, or `?`, for what the console's encoding lacks: a report never ends in an error.

    It is as wide as it was, and styled as it was.
    """
    encoding = console.encoding or "utf-8"
    if text.plain.encode(encoding, errors="replace").decode(encoding) == text.plain:
        return text
    parts = [_shown(char, encoding) for char in text.plain]
    places = list(accumulate(map(len, parts), initial=0))
    safe = text.copy()
    safe.plain = "".join(parts)
    safe.spans = [Span(places[span.start], places[span.end], span.style) for span in text.spans]
    return safe


def _shown(char: str, encoding: str) -> str:
    if char.encode(encoding, errors="replace").decode(encoding) == char:
        return char
    plain = char.translate(_ALIKE)
    return plain if plain.isascii() else "?" * cell_len(char)


_ALIKE = str.maketrans(ALIKE)
"""Signs of retro's own sentences, as a console without them can show them."""


def fitted(words: str, width: int, console: Console, *, right: bool = False) -> str:
    """Words in exactly so many cells, cut where they are wider: one character may be two cells."""
    if cell_len(words) > width:
        cut = ".." if console.options.ascii_only else "…"
        words = set_cell_size(words, max(0, width - cell_len(cut))).rstrip() + cut[:width]
    blank = " " * (width - cell_len(words))
    return blank + words if right else words + blank


def put(console: Console, lines: Iterable[Text], *, whole: bool = False) -> None:
    """Print lines. Each is cut to the console's width, so that their number is known; `whole` folds them instead."""
    for line in lines:
        safe = encodable(line, console)
        for part in _folded(safe, console) if whole else (safe,):
            console.print(part, no_wrap=True, overflow=_overflow(console), crop=True, highlight=False)


def folded(lines: Iterable[Text], console: Console) -> list[Text]:
    """Lines as `put` would fold them, so that they can be counted before they are printed."""
    return [part for line in lines for part in _folded(encodable(line, console), console)]


def _folded(line: Text, console: Console) -> Iterable[Text]:
    indent = "    " if console.width > _FOLDABLE else ""
    tied = line.copy()
    tied.plain = line.plain.translate(_TIED)
    first, *rest = tied.wrap(console, max(1, console.width - len(indent))) or [tied]
    for part in (first, *rest):
        part.plain = part.plain.translate(_LOOSE)
    return (first, *(Text(indent).append_text(part) for part in rest))


_TIED = {0x00A0: "\uf8f0", 0x202F: "\uf8f1"}
"""What stands for blanks at which no line may break, while rich folds: it takes them for any other blank."""
_LOOSE = {ord(stand_in): chr(blank) for blank, stand_in in _TIED.items()}


_FOLDABLE = 20
"""Columns below which folded lines are not set in."""


def _overflow(console: Console) -> Literal["crop", "ellipsis"]:
    return "crop" if console.options.ascii_only else "ellipsis"
