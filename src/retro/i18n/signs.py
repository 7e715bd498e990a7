"""Signs and letters as a console that lacks them can show them: retro's own sentences are full of ’ and −."""

import codecs
import unicodedata

ALIKE = {
    "−": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "→": ">",
    "·": "-",
    "\xa0": " ",
    "\u202f": " ",
}
"""Each as wide as what it stands for."""

_WIDER = {"…": "...", "•": "*", "«": '"', "»": '"', "œ": "oe", "Œ": "OE", "æ": "ae", "€": "EUR"}
HANDLER = "retro-alike"
"""What a stream is told to do with what its encoding lacks, once `offer` has been called."""


def alike(char: str) -> str:
    """A character in ASCII: a sign like it, its letter without the accent, or `?`; an accent alone is left out."""
    if unicodedata.combining(char):  # names of files have theirs apart on a Mac
        return ""
    found = ALIKE.get(char) or _WIDER.get(char)
    return found or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode() or "?"


def offer() -> None:
    """Make `HANDLER` known to Python's encoders. Doing it twice does no harm."""
    codecs.register_error(HANDLER, _handled)


def _handled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(alike, error.object[error.start : error.end])), error.end
