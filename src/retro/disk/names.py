"""Names for files that retro makes up itself, on whatever disk: not every system has every sign."""

import os
import re
import sys
import unicodedata

_ALIKE = str.maketrans({"·": "-", "–": "-", "—": "-", "−": "-", "’": "'", "…": "...", "œ": "oe", "Œ": "OE"})
_WINDOWS = "win32"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(\.|$))", re.IGNORECASE)
"""What Windows takes for a device in every folder, with any ending: see its "Naming Files, Paths, and Namespaces"."""


def nameable(name: str, system: str = sys.platform) -> str:
    """The name, or one as near to it as this system can give a file.

    A bare locale of Unix has letters without accents. Windows (`system` is `sys.platform`'s word) has no colon in a
    name, no blank or dot at its end, and devices for names.

    What a person typed as a file, and a file that is there, are never touched: use it for what retro or a board calls
    a thing.
    """
    if system == _WINDOWS:
        name = _DEVICE.sub(r"_\1", _FORBIDDEN.sub("-", name).rstrip(". "), count=1) if name.strip(". ") else "_"
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
