"""Parents: told by a column, by numbers (`1.2` under `1`), by indents or outline levels; and what parents pass on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retro.model import Task
from retro_files.body import Body
from retro_files.cells import text_of
from retro_files.identity import Index

_OUTLINE = re.compile(r"\d+(?:\.\d+)*")
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.)]\s*|\s+[-–—:]?\s*)(?=\D)")
"""`1. Brief`, `1.2 Brief`, `1.2) Brief`, `1.2 – Brief`."""


def parents(body: Body, index: Index) -> Mapping[str, str]:
    """The parent's key, by the key of each row that has one; a column of them goes first, then numbers, then levels."""
    found = _by_level(body, index) | _by_outline(body, index)
    for line, key in zip(body.lines, index.keys, strict=True):
        said = text_of(line.said.get("parent"))
        parent = (index.by_id(said) or index.by_title(said)) if said else None
        if parent is not None and parent != key.key:
            found[key.key] = parent
    return found


def with_fixed_starts(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks, each bound by the fixed start of the nearest row above it in the hierarchy that has one."""
    if all(task.constraint is None for task in tasks):
        return tuple(tasks)
    by_key = {task.key: task for task in tasks}
    return tuple(_bound(task, by_key) for task in tasks)


def _bound(task: Task, by_key: Mapping[str, Task]) -> Task:
    seen: set[str] = set()
    above = task
    while above.constraint is None and above.parent is not None and above.key not in seen:
        seen.add(above.key)
        above = by_key.get(above.parent, above)
    return task if above.constraint is task.constraint else replace(task, constraint=above.constraint)


def _by_outline(body: Body, index: Index) -> dict[str, str]:
    """Numbers like 1.2.3: a row stands under the nearest number that begins its own.

    They are those of a column of their own, else the ids, else what titles begin with, where all of them do.
    """
    field = "outline" if "outline" in body.columns else "id"
    numbers = [text_of(line.said.get(field)).rstrip(".") for line in body.lines]
    if not any(numbers):
        numbers = [match[1] if (match := _NUMBERED.match(line.title)) else "" for line in body.lines]
        if not all(numbers):
            return {}
    if not all(_OUTLINE.fullmatch(number) for number in numbers if number):
        return {}
    keys = {number: key.key for number, key in zip(reversed(numbers), reversed(index.keys), strict=True) if number}
    found: dict[str, str] = {}
    for number, key in zip(numbers, index.keys, strict=True):
        above = number
        while "." in above:
            above = above.rpartition(".")[0]
            if above in keys:
                if keys[above] != key.key:
                    found[key.key] = keys[above]
                break
    return found


def _by_level(body: Body, index: Index) -> dict[str, str]:
    """Levels 1, 2, 3…: a row's parent is the last one above it with a lesser level.

    They are those of a column, else the indents of titles, else the levels by which rows are folded.
    """
    keys = [key.key for key in index.keys]
    if "level" in body.columns:
        levels = [text_of(line.said.get("level")) for line in body.lines]
        return _nested([int(level) for level in levels], keys) if all(map(str.isdecimal, levels)) else {}
    if any(line.depth for line in body.lines):
        return _nested([line.depth for line in body.lines], keys)
    if any(line.level for line in body.lines):
        folded = [line.level for line in body.lines]
        # A group is headed from above where the sheet says so, or where nothing but that makes sense of its rows.
        if body.summary_above or not folded[0]:
            return _nested(folded, keys)
        return _nested(folded[::-1], keys[::-1])
    return {}


def _nested(levels: Sequence[int], keys: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    open_: list[tuple[int, str]] = []
    for level, key in zip(levels, keys, strict=True):
        while open_ and open_[-1][0] >= level:
            open_.pop()
        if open_:
            found[key] = open_[-1][1]
        open_.append((level, key))
    return found
