"""On which line of a TOML file each key stands. Python's own reader does not tell."""

import tomllib
from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]


def origins(text: str) -> dict[Path, int]:
    """The line, from 1, of every key and table of a valid TOML text, by its path.

    A key inside an inline table has the line of the whole. Entries of lists have none of their own.
    """
    found: dict[Path, int] = {}
    lines = text.splitlines()
    table: Path = ()
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        if not line or line.startswith("#"):
            number += 1
            continue
        if line.startswith("["):
            table = _only_path(tomllib.loads(line))
            found.setdefault(table, number + 1)
            number += 1
            continue
        data, after = _statement(lines, number)
        for path in _paths(data):
            found.setdefault((*table, *path), number + 1)
        number = after
    return found


def _statement(lines: list[str], start: int) -> tuple[Mapping[str, Any], int]:
    """The key and value that begin on a line, and the line after them: a list or text may go on over several."""
    for end in range(start + 1, len(lines) + 1):
        try:
            return tomllib.loads("\n".join(lines[start:end])), end
        except tomllib.TOMLDecodeError:
            continue
    return {}, len(lines)


def _only_path(data: Any) -> Path:
    """The path that a table's heading opens; that of a list of tables too."""
    path: list[str] = []
    while data:
        if isinstance(data, list):
            data = data[0]
            continue
        key, data = next(iter(data.items()))
        path.append(key)
    return tuple(path)


def _paths(data: Any, before: Path = ()) -> list[Path]:
    if not isinstance(data, dict):
        return [before]
    inner = [path for key, value in data.items() for path in _paths(value, (*before, key))]
    return [*([before] if before else []), *inner]
