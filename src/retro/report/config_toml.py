"""The settings in force as the text of a retro.toml, and where each comes from. Secrets stay references."""

from collections.abc import Iterator, Mapping
from typing import Any

from retro.i18n import text as _
from retro.report.toml_text import literal, table_key

_BY_NAME = ("people", "teams", "sources", "boards", "projects")
"""Tables of tables that people name."""

Lines = Mapping[tuple[str, ...], int]


def render(
    settings: Mapping[str, Any], *, file: str = "", lines: Lines | None = None, head: tuple[str, ...] = ()
) -> str:
    """The text. With `lines` each key is followed by its origin: `file` and a line, or the default.

    `settings` are plain values, as the model dumps them; `head` stands above as comments.
    """
    blocks = ["\n".join(f"# {each}" for each in head)] if head else []
    blocks.append("\n".join(_entries({k: v for k, v in settings.items() if not isinstance(v, dict)}, (), file, lines)))
    for name, table in settings.items():
        if not isinstance(table, dict):
            continue
        if name in _BY_NAME:
            for entry, values in table.items():
                blocks.append("\n".join(_table((name, entry), values, file, lines)))
        else:
            blocks.append("\n".join(_table((name,), table, file, lines)))
    return "\n\n".join(blocks) + "\n"


def _table(path: tuple[str, ...], values: Mapping[str, Any], file: str, lines: Lines | None) -> Iterator[str]:
    yield f"[{'.'.join(map(table_key, path))}]"
    yield from _entries(values, path, file, lines)


def _entries(values: Mapping[str, Any], path: tuple[str, ...], file: str, lines: Lines | None) -> Iterator[str]:
    for key, value in values.items():
        line = f"{table_key(key)} = {literal(value)}"
        yield line if lines is None else f"{line}  # {_origin((*path, key), file, lines)}"


def _origin(path: tuple[str, ...], file: str, lines: Lines) -> str:
    """Where a key is written: itself, or the first of what is inside it."""
    mine = [line for known, line in lines.items() if known[: len(path)] == path]
    return f"{file}:{min(mine)}" if mine else _("default")
