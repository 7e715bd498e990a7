"""Names for files that retro makes up itself, on whatever disk: not every system has every sign."""

import os
import unicodedata

_ALIKE = str.maketrans({"·": "-", "–": "-", "—": "-", "−": "-", "’": "'", "…": "...", "œ": "oe", "Œ": "OE"})


def nameable(name: str) -> str:
    """The name, or one as near to it as this system can give a file: a bare locale of Unix has letters without accents.

    What a person typed, and a file that is there, are never touched: use it for retro's own part of a name only.
    """
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", name.translate(_ALIKE))
        return "".join(char if _encodable(char) else "_" for char in plain if not unicodedata.combining(char))
    return name


def _encodable(char: str) -> bool:
    try:
        os.fsencode(char)
    except UnicodeEncodeError:
        return False
    return True
