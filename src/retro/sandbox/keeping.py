"""Keeps a look-alike's state in one file that is whole at every instant and that only its owner can read."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write_whole(path: Path, document: dict[str, Any]) -> None:
    """Write a document as JSON to `path`, replacing what is there at once.

    Raises:
        OSError: it cannot be written.
    """
    text = json.dumps(document, ensure_ascii=False, indent=1)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # created for its owner alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
