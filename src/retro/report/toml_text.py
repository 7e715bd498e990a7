"""Pieces of TOML for people to paste into their configuration, with names from boards: exact, and safe to show."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LAST_SHORT = 0xFFFF


def quoted(text: str) -> str:
    """A text as a TOML string on one line; what a terminal would not show as it is stands as its number."""
    return f'"{"".join(map(_written, text))}"'


def table_key(name: str) -> str:
    """A key: bare where TOML allows, else quoted; "…" stands for one that is not known."""
    return name if name == "…" or _BARE.fullmatch(name) else quoted(name)


def inline_table(values: Mapping[str, Iterable[str]]) -> str:
    """Lists of texts by key, on one line."""
    if not values:
        return "{}"
    listed = (f"{table_key(key)} = [{', '.join(map(quoted, texts))}]" for key, texts in values.items())
    return f"{{ {', '.join(listed)} }}"


def literal(value: object) -> str:
    """Any value of a configuration on one line: texts, numbers, truth, days and instants, lists, tables.

    Raises TypeError for what TOML cannot hold.
    """
    match value:
        case str():
            return quoted(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(f"{table_key(str(key))} = {literal(each)}" for key, each in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            raise TypeError(f"TOML holds no {type(value).__name__}")


def _written(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if "\ud800" <= char <= "\udfff":
        return "\\uFFFD"  # half a character, which TOML has no way to write
    if char == " " or char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= _LAST_SHORT else f"\\U{ord(char):08X}"
