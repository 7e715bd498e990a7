"""Keeps a look-alike's state in one file that is whole at every instant and that only its owner can read."""

import json
from pathlib import Path
from typing import Any

from retro.disk import put_whole


def write_whole(path: Path, document: dict[str, Any]) -> None:
    """Write a document as JSON to `path`, replacing what is there at once.

    Raises:
        OSError: it cannot be written.
    """
    text = json.dumps(document, ensure_ascii=False, indent=1)
    # Half of a surrogate pair, which a title may hold and UTF-8 has no bytes for, is written as JSON's escape.
    put_whole(text.encode(errors="backslashreplace"), path, mode=0o600)
