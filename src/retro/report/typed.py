"""Commands as people type them after us: names with blanks and accents come out of a terminal as they went in."""

import re
import shlex
import sys
from collections.abc import Iterable

_BARE = re.compile(r"[\w@%+=:,./\\-]+")
"""Letters of any language among them: no shell takes those for its own. `\\` is Windows's, which others quote."""
_READ_BETWEEN = re.compile(r'["$`\\!%]')
"""What one shell or another reads even between double quotes."""


def typed(words: Iterable[object], system: str = sys.platform) -> str:
    """A command line; `system` is `sys.platform`'s word.

    Double quotes serve in every shell, that of Windows included, which takes single ones for letters. Where a Unix
    shell would read something between them, they are single.
    """
    return " ".join(_word(str(word), system) for word in words)


def _word(word: str, system: str) -> str:
    windows = system == "win32"
    if _BARE.fullmatch(word) and (windows or "\\" not in word):
        return word
    return f'"{word}"' if windows or not _READ_BETWEEN.search(word) else shlex.quote(word)
