"""How a board's columns are understood, so that people can check it and the next run holds on to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How a column was found."""

    CONFIGURED = "configured"
    """Named by the configuration."""
    NAMED = "named"
    """Its name says it."""
    ALONE = "alone"
    """It is the only one of its type."""
    VIEW = "view"
    """A view of the tool uses it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """One line of a board's mapping: what a column holds for retro, and how that was found.

    `role` is what it holds: due, owners, status, predecessors… `name` is what the column is called now, `id` the
    tool's own name for it, which outlasts renames, where the tool has one. `told` is what settled it when it was
    first found: the configuration's words, the column's name then, or the view's name.
    """

    role: str
    name: str
    how: How
    id: str = ""
    type: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """A column that a board's mapping rests on and that is not what it was.

    `now` is its type now, "" where the column is gone. `instead` are columns that could hold the same.
    """

    role: str
    name: str
    was: str
    now: str = ""
    instead: tuple[str, ...] = ()


def repair(changes: Iterable[ColumnChange]) -> str:
    """What the configuration's `columns` would say to take the likeliest columns instead, as TOML; "" takes none."""
    listed: dict[str, str] = {}
    for change in changes:
        listed[change.role] = next((name for name in change.instead if name not in listed.values()), "")
    return "{ " + ", ".join(f"{role} = {_quoted(name)}" for role, name in listed.items()) + " }"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
